package muster.planner.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Precision;
import muster.planner.fit.FitParameter.Scale;

/** The constants that rows have something to say of, with what is believed of them before. */
final class FitParameters {
    /**
     * Large multiplies reach 80 to 87 % of the peak in 16 bits and 71 to 76 % in FP8 (Stas Bekman, ML Engineering,
     * accelerator tables: A100, H100, B200); those of a layer, with what runs between them, somewhat less.
     */
    private static final Map<Precision, Double> MATRIX = Map.of(
            Precision.FP32,
            0.75,
            Precision.TF32,
            0.75,
            Precision.FP16,
            0.72,
            Precision.BF16,
            0.72,
            Precision.FP8,
            0.6,
            Precision.MXFP8,
            0.6,
            Precision.NVFP4,
            0.45);

    private final List<Measurement> rows;
    private final List<FitParameter> parameters = new ArrayList<>();

    FitParameters(List<Measurement> rows) {
        this.rows = rows;
    }

    List<FitParameter> all() {
        TreeMap<String, TreeSet<Precision>> formats = new TreeMap<>();
        TreeMap<String, Boolean> mixtures = new TreeMap<>();
        TreeMap<String, TreeSet<String>> releases = new TreeMap<>();
        for (Measurement row : rows) {
            MeasuredRun run = row.run().orElseThrow();
            String generation = run.node().gpu().generation();
            TreeSet<Precision> found = formats.computeIfAbsent(generation, unused -> new TreeSet<>());
            found.add(run.job().precision());
            if (run.job().precision() == Precision.FP16 || run.job().precision() != Precision.FP32) {
                found.add(Precision.BF16);
                found.remove(Precision.FP16); // runs as fast; StackFit writes both
            }
            mixtures.merge(
                    generation, run.job().model().architecture().experts().count() > 0, Boolean::logicalOr);
            releases.computeIfAbsent(generation, unused -> new TreeSet<>())
                    .add(run.job().stack().release());
        }
        boolean unfused = rows.stream()
                .anyMatch(row -> !row.run().orElseThrow().job().stack().habits().fusedAttention());
        formats.forEach((generation, found) -> {
            String prefix = "efficiency." + generation + ".";
            found.forEach(precision -> share(prefix + "matrix." + precision.key(), MATRIX.get(precision), 0.2));
            share(prefix + "attention", 0.55, 0.3);
            share(prefix + "memory", 0.75, 0.3);
            share(prefix + "link", 0.75, 0.4);
            share(prefix + "fabric", 0.7, 0.7);
            positive(prefix + "launch", 100e-6, 0.8);
            if (mixtures.get(generation)) {
                positive(prefix + "mixtureLaunch", 300e-6, 0.6);
            }
            if (unfused) {
                positive(prefix + "scorePasses", 6, 0.6);
            }
            TreeSet<String> names = releases.get(generation);
            String last = names.contains("") ? "" : names.last();
            for (String release : names) {
                if (!release.equals(last)) {
                    positive("paces." + release + "." + generation + ".layers", 1, 0.08);
                    if (mixtures.get(generation)) {
                        positive("paces." + release + "." + generation + ".mixtures", 1, 0.2);
                    }
                }
            }
        });
        share("overlap.tensor", 0.4, 0.7);
        if (mixtures.containsValue(true)) {
            share("overlap.expert", 0.4, 0.7);
        }
        share("overlap.context", 0.6, 0.7);
        share("overlap.pipeline", 0.6, 0.7);
        share("overlap.data", 0.6, 0.7);
        return parameters;
    }

    private void share(String path, double prior, double spread) {
        parameters.add(new FitParameter(path, Scale.SHARE, prior, spread));
    }

    private void positive(String path, double prior, double spread) {
        parameters.add(new FitParameter(path, Scale.POSITIVE, prior, spread));
    }
}
