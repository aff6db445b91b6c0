package muster.planner.perf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random models on random nodes: dense and mixtures, every kind of attention, 16 and 8 bits, every shipped stack. */
final class DrawnCases {
    private static final Origin ORIGIN = new Origin("test", "", Confidence.LOW);
    private static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home"), "cluster-profiles"), Optional.empty());

    /** Files are read once. */
    private static final Map<String, CatalogueEntry> ENTRIES = new HashMap<>();

    private DrawnCases() {}

    /** A job and the nodes it runs on. */
    record Case(Job job, Node node, int nodes) {
        double bestSeconds() {
            LayoutEstimates estimates = new LayoutEstimator(job, node, LayoutWish.any()).best(nodes, 1);
            return estimates.feasible() == 0
                    ? Double.POSITIVE_INFINITY
                    : estimates.best().getFirst().stepSeconds();
        }

        Case with(Node changed) {
            return new Case(job, changed, nodes);
        }

        /** The same layers, in another number; mixtures have no dense ones then. */
        Case withLayers(int layers) {
            Architecture old = job.model().architecture();
            Architecture changed = new Architecture(
                    layers,
                    old.hiddenSize(),
                    old.embedding(),
                    old.attention(),
                    old.span(),
                    old.linear(),
                    old.experts().count() == 0 ? layers : 0,
                    old.feedForwardSize(),
                    old.gated(),
                    old.experts(),
                    old.biases(),
                    old.norms(),
                    old.parallelParts(),
                    old.predictionLayers(),
                    old.otherParameters());
            return new Case(
                    DrawnCases.job(
                            changed,
                            job.stack(),
                            job.precision(),
                            job.training().sequenceTokens().asInt(),
                            job.training().batchSequences().asInt()),
                    node,
                    nodes);
        }

        @Override
        public String toString() {
            return "%s on %d x %d of %s, %s %s, %d sequences of %d"
                    .formatted(
                            job.model().architecture(),
                            nodes,
                            node.gpusPerNode().asInt(),
                            node,
                            job.stack().name(),
                            job.precision(),
                            job.training().batchSequences().asInt(),
                            job.training().sequenceTokens().asInt());
        }
    }

    static Arbitrary<Case> cases() {
        return Combinators.combine(jobs(), nodes(), Arbitraries.integers().between(1, 6))
                .as(Case::new);
    }

    /** Layouts of any schedule, each of which may be doubled in every dimension. */
    static Arbitrary<PlacedLayout> layouts() {
        Arbitrary<Sharding> shardings = Combinators.combine(
                        powers(2),
                        powers(2),
                        powers(4),
                        powers(2),
                        Arbitraries.of(Layout.Recompute.values()),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Schedule.values()))
                // Where the ends lie follows from stack and stages.
                .as((tensor, context, expert, microbatch, recompute, zero, schedule) ->
                        new Sharding(tensor, context, expert, microbatch, recompute, zero, schedule, Ends.TOGETHER));
        return Combinators.combine(cases(), shardings, Arbitraries.integers().between(1, 8), powers(4), powers(5))
                .as(PlacedLayout::of);
    }

    private static Arbitrary<Integer> powers(int most) {
        return Arbitraries.integers().between(0, most).map(exponent -> 1 << exponent);
    }

    static Arbitrary<Job> jobs() {
        return Combinators.combine(
                        architectures(),
                        Arbitraries.of("megatron-core", "deepseek", "nemo", "megatron-deepspeed", "meta", "fsdp")
                                .map(DrawnCases::stack),
                        Arbitraries.of(Precision.BF16, Precision.FP8),
                        Arbitraries.of(512, 1_024, 4_096, 8_192),
                        Arbitraries.of(8, 32, 48, 128))
                .as((architecture, stack, precision, sequence, batch) ->
                        job(architecture, stack, precision, sequence, batch));
    }

    /** A stack without 8 bits trains in 16. */
    static Job job(Architecture architecture, Stack stack, Precision precision, int sequenceTokens, int batch) {
        return new Job(
                "job",
                new Model("drawn", "", architecture, Map.of(), Map.of()),
                new Figure(1e12, BaseUnit.TOKENS, ORIGIN),
                new Figure(sequenceTokens, BaseUnit.TOKENS, ORIGIN),
                new Figure(batch, BaseUnit.SEQUENCES, ORIGIN),
                stack.precisions().contains(precision) ? precision : Precision.BF16,
                stack,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Job.Spread.DATA_PARALLEL,
                Map.of(),
                Set.of());
    }

    /** Nodes from a fifth of an H100's or H800's figures to five times these, each by itself. */
    static Arbitrary<Node> nodes() {
        Arbitrary<Double> factor = Arbitraries.doubles().between(0.2, 5.0).ofScale(2);
        return Combinators.combine(
                        Arbitraries.of("hgx-h100", "hgx-h800", "hgx-h20").map(DrawnCases::node),
                        Arbitraries.of(8, 4, 2, 1),
                        factor,
                        factor,
                        factor,
                        factor,
                        factor)
                .as((node, gpus, rates, memory, memoryBandwidth, link, fabric) -> HardwareVariants.withGpusPerNode(
                        HardwareVariants.withFabric(
                                HardwareVariants.withGpu(
                                        node,
                                        gpu -> HardwareVariants.withLink(
                                                HardwareVariants.withMemoryBandwidth(
                                                        HardwareVariants.withMemory(
                                                                HardwareVariants.withRates(gpu, rates), memory),
                                                        memoryBandwidth),
                                                link)),
                                fabric),
                        gpus));
    }

    static Arbitrary<Architecture> architectures() {
        return Arbitraries.oneOf(dense(), mixtures());
    }

    private static Arbitrary<Architecture> dense() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 48),
                        hiddenSizes(),
                        Arbitraries.of(1_000, 50_257, 129_280),
                        attentions(),
                        Arbitraries.integers().between(1, 128).map(size -> 128 * size),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((layers, hidden, vocabulary, attention, inner, gated, tied) -> new Architecture(
                        layers,
                        hidden,
                        vocabulary,
                        tied,
                        0,
                        attention,
                        layers,
                        inner,
                        gated,
                        Architecture.Experts.NONE,
                        !gated,
                        0));
    }

    private static Arbitrary<Architecture> mixtures() {
        Arbitrary<Architecture.Experts> experts = Combinators.combine(
                        Arbitraries.of(8, 64, 256, 6),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 32).map(size -> 128 * size))
                .as((count, active, shared, size) -> new Architecture.Experts(count, active, shared, size, true));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 48),
                        Arbitraries.integers().between(0, 3),
                        hiddenSizes(),
                        Arbitraries.of(1_000, 50_257, 129_280),
                        attentions(),
                        experts,
                        Arbitraries.integers().between(0, 1))
                .as((layers, dense, hidden, vocabulary, attention, mixture, predictions) -> new Architecture(
                        layers,
                        hidden,
                        vocabulary,
                        false,
                        0,
                        attention,
                        Math.min(dense, layers - 1),
                        4 * hidden,
                        true,
                        mixture,
                        false,
                        predictions));
    }

    private static Arbitrary<Integer> hiddenSizes() {
        return Arbitraries.integers().between(4, 96).map(size -> 128 * size);
    }

    private static Arbitrary<Attention> attentions() {
        Arbitrary<Integer> heads = Arbitraries.of(8, 16, 40, 64, 128, 5);
        Arbitrary<Attention> multiHead = heads.map(count -> new Attention.Grouped(count, count, 128));
        Arbitrary<Attention> grouped = heads.map(count -> new Attention.Grouped(count, count % 8 == 0 ? 8 : 1, 64));
        Arbitrary<Attention> latent = Combinators.combine(heads, Arbitraries.of(0, 1_536))
                .as((count, rank) -> new Attention.Latent(count, rank, 512, 128, 64, 128));
        return Arbitraries.oneOf(Arrays.asList(multiHead, grouped, latent));
    }

    static Stack stack(String name) {
        return (Stack) ENTRIES.computeIfAbsent(Catalogue.Kind.STACK + name, key -> find(Catalogue.Kind.STACK, name));
    }

    static Model model(String name) {
        return (Model) ENTRIES.computeIfAbsent(Catalogue.Kind.MODEL + name, key -> find(Catalogue.Kind.MODEL, name));
    }

    static Node node(String name) {
        return (Node) ENTRIES.computeIfAbsent(Catalogue.Kind.NODE + name, key -> find(Catalogue.Kind.NODE, name));
    }

    private static CatalogueEntry find(Catalogue.Kind kind, String name) {
        try {
            return CATALOGUE.find(kind, name);
        } catch (ProfileException e) {
            throw new IllegalStateException(e);
        }
    }
}
