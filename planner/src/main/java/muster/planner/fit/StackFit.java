package muster.planner.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.perf.RunEstimator;
import muster.planner.perf.RunEstimator.RunEstimate;

/** Fits the constants of one stack to its measured runs. */
public final class StackFit {
    private static final double NOISE = 0.03;
    private static final double UNMOVED = 1e-9;
    private static final double INCOMPLETE_WEIGHT = 0.3;
    static final Origin FITTED = new Origin("fitted to measurements", "", Confidence.MEDIUM);

    private final Stack stack;
    private final List<Measurement> rows;
    private final List<FitParameter> parameters;

    /** A stack with constants for the rows' GPUs, releases and formats. */
    public record Fitted(Stack stack, Map<String, Double> values) {}

    /**
     * @param rows of this stack, each with a run
     */
    public StackFit(Stack stack, List<Measurement> rows) {
        this.stack = stack.at("");
        this.rows = List.copyOf(rows);
        this.parameters = new FitParameters(rows)
                .all().stream()
                        .filter(parameter -> !isPublished(this.stack, parameter.path()))
                        .toList();
    }

    /** What a publication states is kept. */
    private static boolean isPublished(Stack stack, String path) {
        Figure figure = stack.figures().get(path);
        return figure != null && figure.origin().confidence() == Confidence.HIGH;
    }

    public Fitted fit() {
        return fit(row -> true, priors());
    }

    /** {@return the fit without some rows, from a start that is near} */
    public Fitted fit(Predicate<Measurement> kept, Map<String, Double> start) {
        List<Measurement> used = rows.stream().filter(kept).toList();
        double[] axis = new double[parameters.size()];
        double[] prior = new double[parameters.size()];
        double[] spread = new double[parameters.size()];
        for (int j = 0; j < axis.length; j++) {
            FitParameter parameter = parameters.get(j);
            axis[j] = parameter.toAxis(start.getOrDefault(parameter.path(), parameter.prior()));
            prior[j] = parameter.toAxis(parameter.prior());
            spread[j] = parameter.spread();
        }
        boolean anyComplete = used.stream().anyMatch(Measurement::complete);
        double[] weights = used.stream()
                .mapToDouble(row -> row.complete() || !anyComplete ? 1 : INCOMPLETE_WEIGHT)
                .toArray();
        for (int round = 0; round < 2; round++) {
            Stack now = stack.with(values(axis), FITTED);
            List<Optional<RunEstimate>> layouts = used.stream()
                    .map(row -> new RunEstimator(with(row.run().orElseThrow(), now)).estimate())
                    .toList();
            LeastSquares squares = new LeastSquares(
                    at -> residuals(used, layouts, stack.with(values(at), FITTED)), weights, NOISE, prior, spread);
            axis = squares.solve(axis);
        }
        Map<String, Double> values = values(axis);
        for (int j = 0; j < axis.length; j++) {
            // What no run depends on stays as the file has it; where the file has nothing, what is believed stands in.
            if (Math.abs(axis[j] - prior[j]) < UNMOVED
                    && stack.figures().containsKey(parameters.get(j).path())) {
                values.remove(parameters.get(j).path());
            }
        }
        return new Fitted(stack.with(values, FITTED), values);
    }

    Map<String, Double> priors() {
        Map<String, Double> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.path(), parameter.prior()));
        return values;
    }

    private Map<String, Double> values(double[] axis) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int j = 0; j < axis.length; j++) {
            String path = parameters.get(j).path();
            double value = parameters.get(j).fromAxis(axis[j]);
            values.put(path, value);
            if (path.endsWith("matrix.bf16")) {
                values.put(path.replace("bf16", "fp16"), value);
            }
        }
        return values;
    }

    /** Logarithms of predicted over measured step time. */
    private static double[] residuals(List<Measurement> rows, List<Optional<RunEstimate>> layouts, Stack stack) {
        double[] residuals = new double[rows.size()];
        for (int i = 0; i < residuals.length; i++) {
            MeasuredRun run = with(rows.get(i).run().orElseThrow(), stack);
            if (layouts.get(i).isPresent()) {
                RunEstimate estimate = layouts.get(i).get();
                double seconds = new RunEstimator(run).stepSeconds(estimate);
                residuals[i] = Math.log(seconds / measuredSeconds(rows.get(i), run, estimate));
            }
        }
        return residuals;
    }

    /** {@return the measured step time, of the sequences that the estimate counts} */
    public static double measuredSeconds(Measurement row, MeasuredRun run, RunEstimate estimate) {
        double share =
                estimate.sequences() / run.job().training().batchSequences().value();
        double tokens = run.tokensPerStep() * share;
        double flops = run.flopsPerStep(estimate.layout().recompute()) * share;
        double peak = peak(run);
        MeasuredKind kind = row.kind().orElseThrow();
        return kind == MeasuredKind.STEP_SECONDS
                ? row.value()
                : kind.ofStep(1, tokens, flops, peak, run.gpus()) / row.value();
    }

    private static double peak(MeasuredRun run) {
        var rates = run.node().gpu().flopsPerSecond();
        return rates.getOrDefault(Precision.BF16, rates.get(Precision.FP16)).value();
    }

    /** {@return the run on another state of its stack, of the same release} */
    public static MeasuredRun with(MeasuredRun run, Stack stack) {
        Job job = run.job();
        return new MeasuredRun(
                new Job(
                        job.name(),
                        job.model(),
                        job.tokens(),
                        job.training().sequenceTokens(),
                        job.training().batchSequences(),
                        job.precision(),
                        stack.at(job.stack().release()),
                        job.after(),
                        job.releaseSeconds(),
                        job.deadlineSeconds(),
                        job.spread(),
                        job.measured(),
                        job.modelled()),
                run.node(),
                run.gpus(),
                run.wish(),
                run.recomputeStated(),
                run.basis());
    }
}
