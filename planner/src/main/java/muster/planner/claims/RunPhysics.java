package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
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
 * How many GPU-hours the stated hardware can need: about as many as the best layout of the performance model takes, within
 * that model's error, if there is a layout that fits.
 */
final class RunPhysics {
    private static final double SECONDS_PER_HOUR = 3_600;
    /** Nobody trained on more; the search over layouts would only take longer. */
    private static final int MOST_NODES = 32_768;

    private static final double MOST_SEQUENCES = 1_000_000;

    private final Claim claim;
    private final Map<String, Interval> narrowed;

    /** @param narrowed what every figure of the claim can be */
    RunPhysics(Claim claim, Map<String, Interval> narrowed) {
        this.claim = claim;
        this.narrowed = narrowed;
    }

    /**
     * What the model says, or what it lacks.
     *
     * @param tooLarge the layout that lacks least memory, where none fits
     */
    private record Modelled(
            Optional<Interval> band, double best, String how, List<String> sources, Optional<LayoutEstimate> tooLarge) {
        static Modelled lacks(String what) {
            return new Modelled(Optional.empty(), 0, what, List.of(), Optional.empty());
        }
    }

    List<Check> checks(Map<String, Interval> derived) {
        if (claim.subject().model().isEmpty()) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        Modelled modelled = modelled();
        modelled.band().ifPresent(band -> derived.put("gpuHoursModelled", band));
        modelled.tooLarge()
                .map(leanest -> MemoryCheck.noLayoutFits(
                        leanest, claim.node().orElseThrow().gpu()))
                .or(() -> MemoryCheck.weightsDoNotFit(claim, narrowed))
                .ifPresent(checks::add);
        checks.add(physics(modelled));
        return checks;
    }

    private Check physics(Modelled modelled) {
        Interval hours = hours();
        Verdict verdict = Verdict.UNDETERMINED;
        String note = modelled.how();
        boolean open = hours.high() == Double.POSITIVE_INFINITY;
        if (modelled.band().isPresent() && open) {
            note = "no GPU-hours are stated to hold against it, or no most of them; " + note;
        } else if (modelled.band().isPresent()) {
            Interval band = modelled.band().get();
            boolean possible = hours.high() >= band.low();
            boolean slowerThanBest = hours.high() >= modelled.best();
            verdict = !possible ? Verdict.CONTRADICTED : slowerThanBest ? Verdict.CONSISTENT : Verdict.TIGHT;
            String said = !possible
                    ? "faster than the model, with its error, thinks possible"
                    : slowerThanBest
                            ? "more hours than the best layout needs are always possible"
                            : "faster than the best layout of the model, within its error";
            note = said + "; " + note;
        }
        return new Check(
                "physics",
                open ? statedHours() : Optional.of(statedHours().orElse(hours)),
                modelled.band(),
                BaseUnit.GPU_HOURS.symbol(),
                verdict,
                "GPU-hours = tokens / tokens per step × step of the best layout × GPUs / 3600",
                modelled.sources().isEmpty() ? List.of("model: docs/claims.md#physics") : modelled.sources(),
                note);
    }

    private Interval hours() {
        return narrowed.getOrDefault(claim.basisPath("gpuHours"), Interval.ANY);
    }

    private Optional<Interval> statedHours() {
        return claim.find(claim.basisPath("gpuHours")).map(StatedFigure::nominal);
    }

    private Modelled modelled() {
        Map<String, Boolean> needs = new LinkedHashMap<>();
        Optional<Stack> stack = claim.subject().stack();
        Optional<Precision> precision = claim.subject().precision();
        Optional<Node> node = claim.node();
        Optional<StatedFigure> sequence = claim.findOfBasis("sequence");
        Optional<StatedFigure> batch = claim.findOfBasis("batch");
        Interval gpus = narrowed.getOrDefault(
                claim.find(claim.basisPath("gpus")).isPresent() ? claim.basisPath("gpus") : "gpus", Interval.ANY);
        Interval tokens = narrowed.getOrDefault(claim.basisPath("tokens"), Interval.ANY);
        needs.put("stack", stack.isPresent());
        needs.put("precision", precision.isPresent());
        needs.put("gpu (with a server that the catalogue knows)", node.isPresent());
        needs.put("gpus", gpus.high() < Double.POSITIVE_INFINITY);
        needs.put("tokens", tokens.isKnown());
        needs.put("sequence", sequence.filter(RunPhysics::isKnown).isPresent());
        needs.put("batch", batch.filter(RunPhysics::isKnown).isPresent());
        List<String> missing = needs.entrySet().stream()
                .filter(need -> !need.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            return Modelled.lacks(
                    "not stated, so that the performance model cannot say: " + String.join(", ", missing));
        }
        Optional<Stack.Reached> reached = stack.get()
                .efficiencyOn(node.get().gpu(), precision.get())
                .filter(found -> runs(node.get(), precision.get()));
        if (reached.isEmpty()) {
            return Modelled.lacks("the performance model has no efficiency of stack %s in %s on the GPU %s"
                    .formatted(
                            stack.get().name(),
                            precision.get().key(),
                            node.get().gpu().name()));
        }
        if (gpus.high() > (double) MOST_NODES * node.get().gpusPerNode().asInt()
                || batch.get().nominal().high() > MOST_SEQUENCES) {
            return Modelled.lacks("the performance model searches up to %,d servers and %,.0f sequences"
                    .formatted(MOST_NODES, MOST_SEQUENCES));
        }
        double count = Math.rint(gpus.high());
        int nodes = (int) (count / node.get().gpusPerNode().value());
        if (nodes < 1 || nodes * node.get().gpusPerNode().value() != count) {
            return Modelled.lacks("%.0f GPUs are no whole number of servers of %d"
                    .formatted(count, node.get().gpusPerNode().asInt()));
        }
        Job job = job(sequence.get(), batch.get(), tokens);
        return estimated(job, node.get(), nodes, tokens, reached.get());
    }

    private static boolean isKnown(StatedFigure figure) {
        return figure.nominal().isKnown();
    }

    private static boolean runs(Node node, Precision precision) {
        return node.gpu().supports(precision) && node.gpu().supports(node.gpu().wideFormat());
    }

    private Modelled estimated(Job job, Node node, int nodes, Interval tokens, Stack.Reached reached) {
        LayoutEstimates estimates = new LayoutEstimator(job, node, LayoutWish.any()).best(nodes, 1);
        if (estimates.candidates() == 0) {
            return Modelled.lacks("no layout of the model divides the stated GPUs and batch");
        }
        if (estimates.feasible() == 0) {
            return new Modelled(
                    Optional.empty(),
                    0,
                    "no layout of the model fits in memory",
                    List.of(),
                    Optional.of(estimates.best().getFirst()));
        }
        LayoutEstimate best = estimates.best().getFirst();
        StepBand band = StepBand.of(best.stepSeconds(), job, node.gpu());
        double hoursPerSecond =
                tokens.high() / job.tokensPerStep() * nodes * node.gpusPerNode().value() / SECONDS_PER_HOUR;
        return new Modelled(
                Optional.of(new Interval(band.lowSeconds() * hoursPerSecond, band.highSeconds() * hoursPerSecond)),
                best.stepSeconds() * hoursPerSecond,
                "the best layout takes %.3g s a step, %,.0f GPU-hours (± %.0f %%: %s)"
                        .formatted(
                                best.stepSeconds(),
                                best.stepSeconds() * hoursPerSecond,
                                band.halfWidthPercent(),
                                band.basis()),
                List.of(
                        "model: docs/claims.md#physics",
                        "stacks.%s: %s"
                                .formatted(
                                        job.stack().name(),
                                        EquationChecks.shown(reached.matrix().origin()))),
                Optional.empty());
    }

    private Job job(StatedFigure sequence, StatedFigure batch, Interval tokens) {
        return Job.alone(
                claim.basisPhase().orElse("run"),
                claim.subject().model().orElseThrow(),
                new Figure(tokens.high(), BaseUnit.TOKENS, new Origin("claim", "", Confidence.HIGH)),
                new Figure(sequence.nominal().high(), BaseUnit.TOKENS, sequence.origin()),
                new Figure(batch.nominal().high(), BaseUnit.SEQUENCES, batch.origin()),
                claim.subject().precision().orElseThrow(),
                claim.subject().stack().orElseThrow());
    }
}
