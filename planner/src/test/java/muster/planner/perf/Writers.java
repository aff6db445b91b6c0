package muster.planner.perf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Architecture;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Jobs that generate, drawn or of the catalogue. */
final class Writers {
    private static final Origin ORIGIN = new Origin("test", "", Confidence.LOW);

    private Writers() {}

    /** A job that generates and the nodes it runs on. */
    record Case(
            Architecture architecture, Stack stack, Precision precision, Work.Generation work, Node node, int nodes) {
        Job job() {
            return Writers.job(new Model("drawn", "", architecture, Map.of(), Map.of()), stack, precision, work);
        }

        /** {@return output tokens per second of the best replicas; 0 where none fits} */
        double tokensPerSecond() {
            ReplicaEstimates best = new ReplicaEstimator(job(), work, node).best(nodes, LayoutWish.any(), 1);
            return best.feasible() == 0 ? 0 : best.best().getFirst().tokensPerSecond();
        }

        double samplesPerSecond() {
            return tokensPerSecond() / work.meanOutputTokens().value();
        }

        Case with(Node changed) {
            return new Case(architecture, stack, precision, work, changed, nodes);
        }

        Case with(Work.Generation changed) {
            return new Case(architecture, stack, precision, changed, node, nodes);
        }

        Case withNodes(int changed) {
            return new Case(architecture, stack, precision, work, node, changed);
        }
    }

    static Arbitrary<Case> cases() {
        Arbitrary<Work.Generation> works = Combinators.combine(
                        Arbitraries.integers().between(1, 16_000),
                        Arbitraries.integers().between(1, 16_000),
                        Arbitraries.integers().between(10, 100),
                        Arbitraries.integers().between(1, 7))
                .as((prompt, mean, tenths, digits) ->
                        work(prompt, mean, Math.ceil(mean * tenths / 10.0), Math.pow(10, digits)));
        return Combinators.combine(
                        DrawnCases.architectures(),
                        Arbitraries.of("megatron-core", "deepseek", "nemo", "fsdp")
                                .map(DrawnCases::stack),
                        Arbitraries.of(Precision.BF16, Precision.FP8),
                        works,
                        DrawnCases.nodes(),
                        Arbitraries.integers().between(1, 12))
                .as((architecture, stack, precision, work, node, nodes) -> new Case(
                        architecture,
                        stack,
                        stack.precisions().contains(precision) ? precision : Precision.BF16,
                        work,
                        node,
                        nodes));
    }

    static Work.Generation work(double prompt, double mean, double tail, double samples) {
        return new Work.Generation(
                tokens(prompt), tokens(mean), tokens(tail), new Figure(samples, BaseUnit.SAMPLES, ORIGIN));
    }

    private static Figure tokens(double count) {
        return new Figure(count, BaseUnit.TOKENS, ORIGIN);
    }

    static Job job(Model model, Stack stack, Precision precision, Work work) {
        return new Job(
                "job",
                model,
                work,
                precision,
                stack,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Job.Spread.DATA_PARALLEL,
                Map.of(),
                Set.of(),
                Job.DEFAULT_PRIORITY);
    }
}
