package muster.planner.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.Interval;
import muster.planner.domain.StatedFigure;

/**
 * The stated figures as the equations know them: by variable, and as wide as their makers may have meant them.
 *
 * <p>A stated utilisation is that of steps; the mean over all hours of a run is at most as high, and two ways of counting
 * the same model's FLOP differ by up to 2 % (250.45 GFLOP per token here against the 250 that DeepSeek prints,
 * arXiv:2505.09343).
 */
final class StatedValues {
    static final double COUNTING_FRACTION = 0.02;

    private final Claim claim;
    private final Map<String, StatedFigure> byVariable = new LinkedHashMap<>();
    private final Map<String, Interval> rounded = new LinkedHashMap<>();
    private final Map<String, Interval> nominal = new LinkedHashMap<>();

    /** @param modelCounts whether FLOP follow from the model, so that stated ones are only held against them */
    StatedValues(Claim claim, boolean modelCounts) {
        this.claim = claim;
        claim.figures().forEach((path, figure) -> {
            boolean heldAgainst = path.equals("flop") && modelCounts
                    || path.equals("sequence")
                    || path.equals("batch")
                    || path.endsWith(".sequence")
                    || path.endsWith(".batch");
            if (path.equals("mfu")) {
                claim.mfuBasis().ifPresent(basis -> {
                    byVariable.put(basis.variable(), figure);
                    rounded.put(
                            basis.variable(), Interval.atMost(figure.rounded().high() * (1 + COUNTING_FRACTION)));
                });
            } else if (!heldAgainst) {
                byVariable.put(path, figure);
                rounded.put(path, figure.rounded());
                nominal.put(path, figure.nominal());
            }
        });
    }

    boolean has(String variable) {
        return byVariable.containsKey(variable);
    }

    StatedFigure get(String variable) {
        return byVariable.get(variable);
    }

    /** {@return the path in the file; a utilisation goes by its basis among variables} */
    String path(String variable) {
        boolean utilisation = claim.mfuBasis()
                .filter(basis -> basis.variable().equals(variable))
                .isPresent();
        return utilisation ? "mfu" : variable;
    }

    List<String> variables() {
        return List.copyOf(byVariable.keySet());
    }

    /** {@return what each figure may be, by variable} */
    Map<String, Interval> rounded() {
        return rounded;
    }

    /** {@return these and the fixed values together, one variable left out where named} */
    static Map<String, Interval> with(
            Map<String, Interval> fixed, Map<String, Interval> values, Optional<String> without) {
        Map<String, Interval> all = new LinkedHashMap<>(fixed);
        values.forEach((variable, value) -> {
            if (without.filter(variable::equals).isEmpty()) {
                all.merge(variable, value, Interval::intersect);
            }
        });
        return all;
    }

    /** {@return the figures as written; bounds as bounds, and no utilisation, which is not the mean over all hours} */
    Map<String, Interval> nominal() {
        return nominal;
    }
}
