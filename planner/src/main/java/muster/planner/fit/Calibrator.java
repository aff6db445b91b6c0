package muster.planner.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.planner.domain.Calibration;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Origin;
import muster.planner.domain.Stack;
import muster.planner.domain.StepBand;
import muster.planner.perf.RunEstimator;
import muster.planner.perf.RunEstimator.RunEstimate;

/** Fits every stack of a table, and says how well it predicts what it was not fitted to. */
public final class Calibrator {
    private static final Origin FITTED = StackFit.FITTED;

    /** Where fewer than five runs were measured, a band is at least that wide: what models left out are off on average. */
    private static final double FEW_ROWS_PERCENT = 11;

    private Calibrator() {}

    /** {@return one calibration per stack that has rows with a run, without those in doubt; by name} */
    public static List<Calibration> calibrate(List<Measurement> measurements) {
        Map<String, List<Measurement>> byStack = measurements.stream()
                .filter(row -> row.run().isPresent() && row.defect().isEmpty())
                .collect(Collectors.groupingBy(
                        row -> row.run().orElseThrow().job().stack().name(), TreeMap::new, Collectors.toList()));
        List<List<Measurement>> stacks = List.copyOf(byStack.values());
        // Stacks are independent; each result has its place, so that the order of threads decides nothing.
        return stacks.parallelStream().map(Calibrator::calibrate1).toList();
    }

    private static Calibration calibrate1(List<Measurement> rows) {
        Stack stack = rows.getFirst().run().orElseThrow().job().stack().at("");
        StackFit fit = new StackFit(stack, rows);
        StackFit.Fitted fitted = fit.fit();
        Map<Measurement, Double> leftOut = new LinkedHashMap<>();
        Map<String, List<Measurement>> folds = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.model() + "|" + row.gpu(), LinkedHashMap::new, Collectors.toList()));
        for (List<Measurement> fold : folds.values()) {
            Set<Measurement> gone = Set.copyOf(fold);
            Stack without = fit.fit(row -> !gone.contains(row), fitted.values()).stack();
            fold.forEach(row -> leftOut.put(row, ratio(row, without)));
        }
        Stack banded = fitted.stack().with(residuals(leftOut));
        Stack unmeasured = stack.with(fit.priors(), FITTED);
        return new Calibration(
                stack,
                rows.size(),
                fitted.values(),
                banded,
                meanPercent(rows, fitted.stack()),
                rows.stream().map(row -> leftOut(row, leftOut.get(row), banded)).toList(),
                meanPercent(rows, unmeasured));
    }

    private static Calibration.LeftOut leftOut(Measurement row, double ratio, Stack banded) {
        MeasuredRun run = StackFit.with(row.run().orElseThrow(), banded);
        StepBand band = StepBand.of(1, run.job(), run.node().gpu());
        double measured = 1 / ratio;
        return new Calibration.LeftOut(
                row, 100 * (ratio - 1), band.lowSeconds() <= measured && measured <= band.highSeconds());
    }

    /** Predicted over measured step time. */
    private static double ratio(Measurement row, Stack stack) {
        MeasuredRun run = StackFit.with(row.run().orElseThrow(), stack);
        RunEstimate estimate = new RunEstimator(run).estimate().orElseThrow();
        return estimate.stepSeconds() / StackFit.measuredSeconds(row, run, estimate);
    }

    private static double meanPercent(List<Measurement> rows, Stack stack) {
        List<Measurement> counted = counted(rows);
        return counted.stream()
                .mapToDouble(row -> 100 * Math.abs(ratio(row, stack) - 1))
                .average()
                .orElse(0);
    }

    /** {@return complete rows; all, where none is} */
    private static List<Measurement> counted(List<Measurement> rows) {
        List<Measurement> complete = rows.stream().filter(Measurement::complete).toList();
        return complete.isEmpty() ? rows : complete;
    }

    /** By generation and kind; where few were measured, all runs of the stack say how far it may be off. */
    private static Map<String, Stack.Residuals> residuals(Map<Measurement, Double> ratios) {
        Map<String, List<Double>> groups = new TreeMap<>();
        List<Double> all = new ArrayList<>();
        for (Measurement row : counted(List.copyOf(ratios.keySet()))) {
            double excess = 100 * (1 / ratios.get(row) - 1);
            groups.computeIfAbsent(group(row), key -> new ArrayList<>()).add(excess);
            all.add(excess);
        }
        Map<String, Stack.Residuals> residuals = new LinkedHashMap<>();
        groups.forEach((key, values) -> {
            boolean few = values.size() < Quantiles.LEAST_ROWS;
            Stack.Residuals middle = Quantiles.middle(few ? all : values, values.size());
            residuals.put(key, few ? middle.widened(FEW_ROWS_PERCENT) : middle);
        });
        return residuals;
    }

    private static String group(Measurement row) {
        MeasuredRun run = row.run().orElseThrow();
        String key = run.job()
                .stack()
                .efficiencyOn(run.node().gpu(), run.job().precision())
                .map(Stack.Reached::key)
                .orElse(run.node().gpu().generation());
        boolean mixture = run.job().model().architecture().experts().count() > 0;
        return key + (mixture ? ".mixture" : ".dense");
    }

    /** The middle of residuals. */
    private static final class Quantiles {
        static final int LEAST_ROWS = 5;
        private static final double OUTSIDE = 0.1;
        private static final double LEAST_PERCENT = 2;

        static Stack.Residuals middle(List<Double> values, int rows) {
            List<Double> sorted =
                    values.stream().sorted(Comparator.naturalOrder()).toList();
            return new Stack.Residuals(
                    Math.min(-LEAST_PERCENT, at(sorted, OUTSIDE)),
                    Math.max(LEAST_PERCENT, at(sorted, 1 - OUTSIDE)),
                    rows);
        }

        /** Between two ranks a quantile lies in proportion. */
        private static double at(List<Double> sorted, double share) {
            double rank = share * (sorted.size() - 1);
            int below = (int) Math.floor(rank);
            int above = Math.min(sorted.size() - 1, below + 1);
            return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
        }
    }
}
