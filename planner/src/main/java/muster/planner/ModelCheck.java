package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Calibration;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Precision;
import muster.planner.domain.StepBand;
import muster.planner.domain.Validation;
import muster.planner.fit.Calibrator;
import muster.planner.fit.StackFit;
import muster.planner.perf.RunEstimator;
import muster.planner.perf.RunEstimator.RunEstimate;

/** Holds the performance model against measured runs. */
public final class ModelCheck {
    private ModelCheck() {}

    /** {@return every row with its prediction, under the constants of the catalogue} */
    public static Validation validate(String file, List<Measurement> measurements) {
        return new Validation(file, measurements.stream().map(ModelCheck::row).toList());
    }

    /** {@return the constants that fit the rows, by stack, with the errors of left-out rows} */
    public static List<Calibration> calibrate(List<Measurement> measurements) {
        return Calibrator.calibrate(measurements);
    }

    private static Validation.Row row(Measurement measurement) {
        Optional<RunEstimate> estimate = measurement.run().flatMap(run -> new RunEstimator(run).estimate());
        List<String> reasons = new ArrayList<>();
        if (!measurement.defect().isEmpty()) {
            reasons.add("in doubt: " + measurement.defect());
        }
        reasons.addAll(measurement.remarks());
        if (estimate.isEmpty()) {
            if (measurement.run().isPresent()) {
                reasons.add("no layout is legal with what is stated");
            }
            return new Validation.Row(measurement, Optional.empty(), String.join("; ", reasons));
        }
        if (!estimate.get().assumed().isEmpty()) {
            reasons.add("assumed " + String.join(", ", estimate.get().assumed()));
        }
        MeasuredRun run = measurement.run().orElseThrow();
        return new Validation.Row(
                measurement, Optional.of(prediction(measurement, run, estimate.get())), String.join("; ", reasons));
    }

    private static Validation.Prediction prediction(Measurement measurement, MeasuredRun run, RunEstimate estimate) {
        double measured = StackFit.measuredSeconds(measurement, run, estimate);
        double predicted = estimate.stepSeconds();
        double share =
                estimate.sequences() / run.job().training().batchSequences().value();
        MeasuredKind kind = measurement.kind().orElseThrow();
        StepBand band = StepBand.of(predicted, run.job(), run.node().gpu());
        return new Validation.Prediction(
                kind.ofStep(
                        predicted,
                        run.tokensPerStep() * share,
                        run.flopsPerStep(estimate.layout().recompute()) * share,
                        peak(run),
                        run.gpus()),
                measured,
                predicted,
                100 * (predicted / measured - 1),
                estimate.fits(),
                estimate.memoryBytes(),
                estimate.layout(),
                band,
                band.lowSeconds() <= measured && measured <= band.highSeconds());
    }

    private static double peak(MeasuredRun run) {
        var rates = run.node().gpu().flopsPerSecond();
        return Stream.of(Precision.BF16, Precision.FP16)
                .map(rates::get)
                .filter(rate -> rate != null)
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** {@return rows that are used but fit in no memory: layouts that ran, so that the model is wrong there} */
    public static List<Validation.Row> misfits(Validation validation) {
        return validation.rows().stream()
                .filter(row -> row.used() && !row.prediction().orElseThrow().fits())
                .toList();
    }
}
