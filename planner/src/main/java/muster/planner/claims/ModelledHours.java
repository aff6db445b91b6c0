package muster.planner.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Interval;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.StepBand;
import muster.planner.perf.LayoutEstimator;

/**
 * What the performance model says of a run's GPU-hours, or what it lacks to say so. Of GPUs, sequence and batch that are
 * stated as ranges both ends are searched.
 *
 * @param band GPU-hours that the best layout can take, within the model's error
 * @param best GPU-hours of the best layout, at least
 * @param how in words
 * @param tooLarge the layout that lacks least memory, where none fits
 * @param sampled whether there are runs between the searched ones, which may be better
 */
record ModelledHours(
        Optional<Interval> band,
        double best,
        String how,
        List<String> sources,
        Optional<LayoutEstimate> tooLarge,
        boolean sampled) {
    private static final double SECONDS_PER_HOUR = 3_600;
    /** Nobody trained on more; the search over layouts would only take longer. */
    private static final int MOST_NODES = 32_768;

    private static final double MOST_SEQUENCES = 1_000_000;

    /** One run of those that the stated figures allow. */
    private record Run(Job job, int nodes) {}

    /** The best layout of a run. */
    private record Estimated(Run run, LayoutEstimates estimates, Node node) {
        LayoutEstimate best() {
            return estimates.best().getFirst();
        }

        double gpuHours(double stepSeconds, double tokens) {
            return tokens
                    / run.job().training().tokensPerStep()
                    * stepSeconds
                    * run.nodes()
                    * node.gpusPerNode().value()
                    / SECONDS_PER_HOUR;
        }

        StepBand band() {
            return StepBand.of(best().stepSeconds(), run.job(), node.gpu());
        }
    }

    /** @param narrowed what every figure of the claim can be */
    static ModelledHours of(Claim claim, Map<String, Interval> narrowed) {
        Optional<Stack> stack = claim.subject().stack();
        Optional<Precision> precision = claim.subject().precision();
        Optional<Node> node = claim.node();
        Optional<StatedFigure> sequence = claim.findOfBasis("sequence");
        Optional<StatedFigure> batch = claim.findOfBasis("batch");
        Interval gpus = narrowed.getOrDefault(
                claim.find(claim.basisPath("gpus")).isPresent() ? claim.basisPath("gpus") : "gpus", Interval.ANY);
        Interval tokens = narrowed.getOrDefault(claim.basisPath("tokens"), Interval.ANY);
        Map<String, Boolean> needs = new LinkedHashMap<>();
        needs.put("stack", stack.isPresent());
        needs.put("precision", precision.isPresent());
        needs.put("gpu (with a server that the catalogue knows)", node.isPresent());
        needs.put("gpus", gpus.high() < Double.POSITIVE_INFINITY);
        needs.put("tokens", tokens.isKnown());
        needs.put("sequence", sequence.filter(ModelledHours::isKnown).isPresent());
        needs.put("batch", batch.filter(ModelledHours::isKnown).isPresent());
        List<String> missing = needs.entrySet().stream()
                .filter(need -> !need.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            return lacks("not stated, so that the performance model cannot say: " + String.join(", ", missing));
        }
        Optional<Stack.Reached> reached = stack.get()
                .efficiencyOn(node.get().gpu(), precision.get())
                .filter(found -> runs(node.get(), precision.get()));
        if (reached.isEmpty()) {
            return lacks("the performance model has no efficiency of stack %s in %s on the GPU %s"
                    .formatted(
                            stack.get().name(),
                            precision.get().key(),
                            node.get().gpu().name()));
        }
        if (gpus.high() > (double) MOST_NODES * node.get().gpusPerNode().asInt()
                || batch.get().nominal().high() > MOST_SEQUENCES) {
            return lacks("the performance model searches up to %,d servers and %,.0f sequences"
                    .formatted(MOST_NODES, MOST_SEQUENCES));
        }
        double perNode = node.get().gpusPerNode().value();
        // Ends that came about by division are a hair off whole numbers.
        int least = Math.max(1, (int) Math.ceil(Math.rint(gpus.low()) / perNode));
        int most = (int) (Math.rint(gpus.high()) / perNode);
        if (least > most) {
            return lacks("%s is no whole number of servers of %.0f GPUs"
                    .formatted(Math.rint(gpus.high()) == 1 ? "1 GPU" : "%.0f GPUs".formatted(gpus.high()), perNode));
        }
        List<Run> runs = ends(least, most)
                .flatMap(nodes -> ends(sequence.get())
                        .flatMap(length -> ends(batch.get())
                                .map(sequences -> new Run(job(claim, length, sequences, tokens), nodes.intValue()))))
                .toList();
        return estimated(runs, node.get(), tokens, reached.get());
    }

    private static ModelledHours lacks(String what) {
        return new ModelledHours(Optional.empty(), 0, what, List.of(), Optional.empty(), false);
    }

    private static boolean isKnown(StatedFigure figure) {
        return figure.nominal().isKnown();
    }

    private static boolean runs(Node node, Precision precision) {
        return node.gpu().supports(precision) && node.gpu().supports(node.gpu().wideFormat());
    }

    private static Stream<Double> ends(double low, double high) {
        return DoubleStream.of(low, high).distinct().boxed();
    }

    private static Stream<Figure> ends(StatedFigure figure) {
        return ends(figure.nominal().low(), figure.nominal().high())
                .map(end -> new Figure(end, figure.unit(), figure.origin()));
    }

    private static Job job(Claim claim, Figure sequence, Figure batch, Interval tokens) {
        return Job.alone(
                claim.basisPhase().orElse("run"),
                claim.subject().model().orElseThrow(),
                new Figure(tokens.high(), BaseUnit.TOKENS, new Origin("claim", "", Confidence.HIGH)),
                sequence,
                batch,
                claim.subject().precision().orElseThrow(),
                claim.subject().stack().orElseThrow());
    }

    private static ModelledHours estimated(List<Run> runs, Node node, Interval tokens, Stack.Reached reached) {
        boolean sampled = runs.size() > 1;
        List<Estimated> legal = new ArrayList<>();
        for (Run run : runs) {
            LayoutEstimates estimates = new LayoutEstimator(run.job(), node, LayoutWish.any()).best(run.nodes(), 1);
            if (estimates.candidates() > 0) {
                legal.add(new Estimated(run, estimates, node));
            }
        }
        if (legal.isEmpty()) {
            return lacks("no layout of the model divides the stated GPUs and batch");
        }
        List<Estimated> fitting =
                legal.stream().filter(run -> run.estimates().feasible() > 0).toList();
        if (fitting.isEmpty()) {
            return sampled
                    ? lacks("no layout of the model fits in memory at the ends of what is stated")
                    : new ModelledHours(
                            Optional.empty(),
                            0,
                            "no layout of the model fits in memory",
                            List.of(),
                            Optional.of(legal.getFirst().best()),
                            false);
        }
        // Hours are proportional to tokens: fewer tokens take less.
        Estimated quickest = fitting.stream()
                .min(Comparator.comparingDouble(run -> run.gpuHours(run.best().stepSeconds(), 1)))
                .orElseThrow();
        double best = quickest.gpuHours(quickest.best().stepSeconds(), tokens.low());
        Interval band = new Interval(
                fitting.stream()
                        .mapToDouble(run -> run.gpuHours(run.band().lowSeconds(), tokens.low()))
                        .min()
                        .orElseThrow(),
                fitting.stream()
                        .mapToDouble(run -> run.gpuHours(run.band().highSeconds(), tokens.high()))
                        .max()
                        .orElseThrow());
        return new ModelledHours(
                Optional.of(band),
                best,
                "the best layout takes %.3g s a step, %,.0f GPU-hours%s (± %.0f %%: %s)"
                        .formatted(
                                quickest.best().stepSeconds(),
                                best,
                                sampled || !tokens.isPoint() ? " at least" : "",
                                quickest.band().halfWidthPercent(),
                                quickest.band().basis()),
                List.of(
                        "model: docs/claims.md#physics",
                        "stacks.%s: %s"
                                .formatted(
                                        quickest.run().job().stack().name(),
                                        EquationChecks.shown(reached.matrix().origin()))),
                Optional.empty(),
                sampled);
    }
}
