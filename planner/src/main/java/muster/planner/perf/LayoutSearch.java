package muster.planner.perf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import muster.kernels.LayoutPoints;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutRules;
import muster.planner.domain.Node;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;

/** Every legal layout of a job on up to a number of nodes, as shardings and the lattices that go with them. */
final class LayoutSearch {

    private final Architecture architecture;
    private final Stack stack;
    private final int sequenceTokens;
    private final int batchSequences;
    private final int gpusPerNode;
    private final NodeCounts nodeCounts;
    private final Map<LatticeKey, Lattice> lattices = new HashMap<>();
    private final Map<Integer, int[]> divisors = new HashMap<>();

    /** What decides which points a sharding's lattice has. */
    private record LatticeKey(int ranks, int tensor, int expert, int microbatch, Schedule schedule, Ends ends) {}

    /**
     * Points of one lattice.
     *
     * @param nodes shape [points]: nodes that the point uses
     * @param stages shape [points]; {@code chunks} and {@code dataRanks} likewise
     */
    record Lattice(LayoutPoints points, int[] nodes, int[] stages, int[] chunks, int[] dataRanks) {
        LayoutPoint point(Sharding sharding, int index) {
            return new LayoutPoint(sharding, stages[index], chunks[index], dataRanks[index]);
        }
    }

    /** On which nodes layouts are looked for, and with how much of the batch. */
    private sealed interface NodeCounts {
        /** The whole batch on every count of a range: data ranks × microbatch divides it. */
        record WholeBatch(int from, int to) implements NodeCounts {}

        /** A share of the batch on certain counts, in whole microbatches, the last ones for some of the ranks only. */
        record Share(int[] counts, int sequences) implements NodeCounts {}
    }

    /** All layouts of the whole batch on a range of node counts. */
    LayoutSearch(Job job, Node node, int fromNodes, int toNodes) {
        this(job, node, new NodeCounts.WholeBatch(fromNodes, toNodes));
    }

    /** {@return all layouts of a share of the batch; {@link Lattice#nodes} then holds indices of these counts} */
    static LayoutSearch ofShare(Job job, Node node, int[] nodeCounts, int sequences) {
        return new LayoutSearch(job, node, new NodeCounts.Share(nodeCounts, sequences));
    }

    private LayoutSearch(Job job, Node node, NodeCounts nodeCounts) {
        this.architecture = job.model().architecture();
        this.stack = job.stack();
        this.sequenceTokens = job.training().sequenceTokens().asInt();
        this.batchSequences = job.training().batchSequences().asInt();
        this.gpusPerNode = node.gpusPerNode().asInt();
        this.nodeCounts = nodeCounts;
    }

    /** Calls {@code visitor} for each sharding that has points. */
    void forEach(BiConsumer<Sharding, Lattice> visitor) {
        for (int tensor : tensorRanks()) {
            for (int context : contextRanks()) {
                for (int expert : expertRanks()) {
                    for (int microbatch : microbatches()) {
                        forEachKept(tensor, context, expert, microbatch, visitor);
                    }
                }
            }
        }
    }

    private void forEachKept(
            int tensor, int context, int expert, int microbatch, BiConsumer<Sharding, Lattice> visitor) {
        for (Schedule schedule : schedules()) {
            for (Ends ends : Ends.values()) {
                LatticeKey key = new LatticeKey(tensor * context, tensor, expert, microbatch, schedule, ends);
                Lattice lattice = lattices.computeIfAbsent(key, this::lattice);
                if (lattice.points().count() == 0) {
                    continue;
                }
                for (Layout.Recompute recompute : Layout.Recompute.values()) {
                    for (int zero : stack.zeroStages().stream().sorted().toList()) {
                        Sharding sharding =
                                new Sharding(tensor, context, expert, microbatch, recompute, zero, schedule, ends);
                        visitor.accept(sharding, lattice);
                    }
                }
            }
        }
    }

    private List<Integer> tensorRanks() {
        return stack.parallelisms().contains(Parallelism.TENSOR)
                ? powers(gpusPerNode, ranks -> LayoutRules.allowsTensor(architecture, gpusPerNode, ranks))
                : List.of(1);
    }

    private List<Integer> contextRanks() {
        return stack.parallelisms().contains(Parallelism.CONTEXT)
                ? powers(LayoutRules.MOST_CONTEXT_RANKS, ranks -> LayoutRules.allowsContext(sequenceTokens, ranks))
                : List.of(1);
    }

    private List<Integer> expertRanks() {
        int experts = architecture.experts().count();
        return experts > 0 && stack.parallelisms().contains(Parallelism.EXPERT)
                ? powers(experts, ranks -> LayoutRules.allowsExpert(architecture, ranks))
                : List.of(1);
    }

    private List<Integer> microbatches() {
        return powers(LayoutRules.MOST_MICROBATCH, size -> batchSequences % size == 0);
    }

    /** Without pipeline parallelism there is one order only; a pipeline of one stage is planned as 1F1B. */
    private List<Schedule> schedules() {
        if (!stack.parallelisms().contains(Parallelism.PIPELINE)) {
            return List.of(Schedule.ONE_FORWARD_ONE_BACKWARD);
        }
        List<Schedule> schedules = new ArrayList<>(List.of(Schedule.ONE_FORWARD_ONE_BACKWARD));
        stack.schedules().stream()
                .sorted()
                .filter(schedule -> schedule != Schedule.ONE_FORWARD_ONE_BACKWARD)
                .forEach(schedules::add);
        return schedules;
    }

    private static List<Integer> powers(int most, IntPredicate allowed) {
        return IntStream.iterate(1, power -> power <= most, power -> power * 2)
                .filter(allowed)
                .boxed()
                .toList();
    }

    private Lattice lattice(LatticeKey key) {
        List<int[]> points = new ArrayList<>();
        for (int stages : stages(key.schedule())) {
            if (Ends.of(stack, architecture, key.schedule(), stages) != key.ends()) {
                continue;
            }
            for (int chunks : chunks(key.schedule(), stages)) {
                switch (nodeCounts) {
                    case NodeCounts.WholeBatch whole -> addWhole(key, stages, chunks, whole, points);
                    case NodeCounts.Share share -> addShares(key, stages, chunks, share, points);
                }
            }
        }
        return lattice(points);
    }

    private void addWhole(LatticeKey key, int stages, int chunks, NodeCounts.WholeBatch range, List<int[]> points) {
        int rounds = batchSequences / key.microbatch();
        for (int data : divisors(rounds)) {
            long gpus = (long) key.ranks() * stages * data;
            if (gpus > (long) range.to() * gpusPerNode) {
                break;
            }
            boolean wholeNodes = gpus % gpusPerNode == 0 && gpus >= (long) range.from() * gpusPerNode;
            if (wholeNodes && fits(key, stages, chunks, data, rounds / data)) {
                points.add(new int[] {stages, chunks, data, rounds / data, (int) (gpus / gpusPerNode)});
            }
        }
    }

    private void addShares(LatticeKey key, int stages, int chunks, NodeCounts.Share share, List<int[]> points) {
        for (int index = 0; index < share.counts().length; index++) {
            long gpus = (long) share.counts()[index] * gpusPerNode;
            long replica = (long) key.ranks() * stages;
            long round = gpus / replica * key.microbatch();
            if (gpus % replica == 0 && round <= share.sequences()) {
                int step = roundStep(key.schedule(), stages);
                int rounds = ceil(ceil(share.sequences(), (int) round), step) * step;
                int data = (int) (gpus / replica);
                if (fits(key, stages, chunks, data, rounds)) {
                    points.add(new int[] {stages, chunks, data, rounds, index});
                }
            }
        }
    }

    private int[] divisors(int number) {
        return divisors.computeIfAbsent(number, LayoutSearch::divisorsOf);
    }

    private static int[] divisorsOf(int number) {
        return IntStream.rangeClosed(1, (int) Math.sqrt(number))
                .filter(divisor -> number % divisor == 0)
                .flatMap(divisor -> IntStream.of(divisor, number / divisor))
                .distinct()
                .sorted()
                .toArray();
    }

    private List<Integer> stages(Schedule schedule) {
        boolean pipelined = stack.parallelisms().contains(Parallelism.PIPELINE);
        boolean stated = stack.schedules().contains(schedule);
        List<Integer> stages = new ArrayList<>();
        if (schedule == Schedule.ONE_FORWARD_ONE_BACKWARD) {
            stages.add(1);
        }
        for (int count = 2; pipelined && stated && count <= architecture.layers(); count++) {
            if (LayoutRules.allowsParts(architecture, count) && (schedule != Schedule.DUAL_PIPE || count % 2 == 0)) {
                stages.add(count);
            }
        }
        return stages;
    }

    private List<Integer> chunks(Schedule schedule, int stages) {
        if (schedule != Schedule.INTERLEAVED) {
            return List.of(1);
        }
        return IntStream.rangeClosed(2, LayoutRules.MOST_CHUNKS)
                .filter(chunks -> LayoutRules.allowsParts(architecture, stages * chunks))
                .boxed()
                .toList();
    }

    private boolean fits(LatticeKey key, int stages, int chunks, int data, int microbatches) {
        return microbatches % roundStep(key.schedule(), stages) == 0
                && microbatches >= leastMicrobatches(key.schedule(), stages)
                && expertsDivide(key.expert(), key.tensor(), key.ranks() / key.tensor(), stack, data);
    }

    /** {@return what the schedule wants the microbatches to be a multiple of} */
    static int roundStep(Schedule schedule, int stages) {
        return schedule == Schedule.INTERLEAVED ? stages : 1;
    }

    /** {@return the fewest microbatches that the schedule runs with} */
    static int leastMicrobatches(Schedule schedule, int stages) {
        return switch (schedule) {
            case ONE_FORWARD_ONE_BACKWARD, ZERO_BUBBLE -> 1;
            case INTERLEAVED -> stages;
            case DUAL_PIPE -> 2 * stages;
        };
    }

    /** {@return whether the expert ranks divide the ranks that hold the same layers} */
    static boolean expertsDivide(Sharding sharding, Stack stack, int data) {
        return expertsDivide(sharding.expert(), sharding.tensor(), sharding.context(), stack, data);
    }

    private static boolean expertsDivide(int expert, int tensor, int context, Stack stack, int data) {
        return data * context * (stack.expertOverTensor() ? tensor : 1) % expert == 0;
    }

    private Lattice lattice(List<int[]> points) {
        int count = points.size();
        double[][] columns = new double[5][count];
        int[][] whole = new int[4][count];
        for (int i = 0; i < count; i++) {
            int[] point = points.get(i);
            columns[0][i] = point[0];
            columns[1][i] = point[1];
            columns[2][i] = point[2];
            columns[3][i] = point[3];
            columns[4][i] = ceil(architecture.layers(), point[0] * point[1]);
            whole[0][i] = point[4];
            whole[1][i] = point[0];
            whole[2][i] = point[1];
            whole[3][i] = point[2];
        }
        LayoutPoints layoutPoints = new LayoutPoints(columns[0], columns[1], columns[2], columns[3], columns[4]);
        return new Lattice(layoutPoints, whole[0], whole[1], whole[2], whole[3]);
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
