package muster.planner.perf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import muster.kernels.LayoutPoints;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;

/** Every legal layout of a job on up to a number of nodes, as shardings and the lattices that go with them. */
final class LayoutSearch {
    private static final int MOST_CONTEXT = 16;
    private static final int MOST_MICROBATCH = 16;
    private static final int MOST_CHUNKS = 16;
    /** Embedding and head, each about a layer's work on its stage. */
    private static final int END_UNITS = 2;

    private static final List<Boolean> EVEN = List.of(false);
    private static final List<Boolean> EVEN_OR_NOT = List.of(false, true);

    private static final int LEAST_TOKENS_PER_CONTEXT_RANK = 512;

    private final Architecture architecture;
    private final Stack stack;
    private final int sequenceTokens;
    private final int batchSequences;
    private final int gpusPerNode;
    private final int fromNodes;
    private final int toNodes;
    private final Map<LatticeKey, Lattice> lattices = new HashMap<>();

    /** What decides which points a sharding's lattice has. */
    private record LatticeKey(
            int ranks, int tensor, int expert, int microbatch, Schedule schedule, boolean headOnLast) {}

    /**
     * Points of one lattice.
     *
     * @param nodes shape [points]: nodes that the point uses
     * @param stages shape [points]; {@code chunks} and {@code dataRanks} likewise
     */
    record Lattice(LayoutPoints points, int[] nodes, int[] stages, int[] chunks, int[] dataRanks) {}

    LayoutSearch(Job job, Node node, int fromNodes, int toNodes) {
        this.architecture = job.model().architecture();
        this.stack = job.stack();
        this.sequenceTokens = job.sequenceTokens().asInt();
        this.batchSequences = job.batchSequences().asInt();
        this.gpusPerNode = node.gpusPerNode().asInt();
        this.fromNodes = fromNodes;
        this.toNodes = toNodes;
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
            for (boolean headOnLast : stack.habits().evenStages() ? EVEN : EVEN_OR_NOT) {
                LatticeKey key = new LatticeKey(tensor * context, tensor, expert, microbatch, schedule, headOnLast);
                Lattice lattice = lattices.computeIfAbsent(key, this::lattice);
                if (lattice.points().count() == 0) {
                    continue;
                }
                for (Layout.Recompute recompute : Layout.Recompute.values()) {
                    for (int zero : stack.zeroStages().stream().sorted().toList()) {
                        Sharding sharding = new Sharding(
                                tensor, context, expert, microbatch, recompute, zero, schedule, headOnLast);
                        visitor.accept(sharding, lattice);
                    }
                }
            }
        }
    }

    /**
     * {@return whether the last stage carries the head on top of its share of layers} Stacks that deal out equal layers do
     * so where the layers divide; where they do not, the last stage has fewer. Interleaved chunks are taken as even.
     */
    static boolean headOnLast(Stack stack, Architecture architecture, Schedule schedule, int stages) {
        return !stack.habits().evenStages()
                && schedule == Schedule.ONE_FORWARD_ONE_BACKWARD
                && stages > 1
                && architecture.layers() % stages == 0;
    }

    /** Powers of two inside a node that divide the heads. */
    private List<Integer> tensorRanks() {
        return stack.parallelisms().contains(Parallelism.TENSOR)
                ? powers(gpusPerNode).stream()
                        .filter(ranks -> architecture.attention().heads() % ranks == 0)
                        .toList()
                : List.of(1);
    }

    private List<Integer> contextRanks() {
        return stack.parallelisms().contains(Parallelism.CONTEXT)
                ? powers(MOST_CONTEXT).stream()
                        .filter(ranks -> ranks == 1
                                || sequenceTokens % (2 * ranks) == 0
                                        && sequenceTokens / ranks >= LEAST_TOKENS_PER_CONTEXT_RANK)
                        .toList()
                : List.of(1);
    }

    private List<Integer> expertRanks() {
        int experts = architecture.experts().count();
        return experts > 0 && stack.parallelisms().contains(Parallelism.EXPERT)
                ? powers(experts).stream().filter(ranks -> experts % ranks == 0).toList()
                : List.of(1);
    }

    private List<Integer> microbatches() {
        return powers(MOST_MICROBATCH).stream()
                .filter(size -> batchSequences % size == 0)
                .toList();
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

    private static List<Integer> powers(int most) {
        return IntStream.iterate(1, power -> power <= most, power -> power * 2)
                .boxed()
                .toList();
    }

    private Lattice lattice(LatticeKey key) {
        int rounds = batchSequences / key.microbatch();
        List<int[]> points = new ArrayList<>();
        for (int stages : stages(key.schedule())) {
            if (headOnLast(stack, architecture, key.schedule(), stages) != key.headOnLast()) {
                continue;
            }
            for (int chunks : chunks(key.schedule(), stages)) {
                for (int data = 1; data <= rounds; data++) {
                    long gpus = (long) key.ranks() * stages * data;
                    if (gpus > (long) toNodes * gpusPerNode) {
                        break;
                    }
                    boolean wholeNodes = gpus % gpusPerNode == 0 && gpus >= (long) fromNodes * gpusPerNode;
                    if (wholeNodes && rounds % data == 0 && fits(key, stages, chunks, data, rounds / data)) {
                        points.add(new int[] {stages, chunks, data, rounds / data, (int) (gpus / gpusPerNode)});
                    }
                }
            }
        }
        return lattice(points);
    }

    private List<Integer> stages(Schedule schedule) {
        boolean pipelined = stack.parallelisms().contains(Parallelism.PIPELINE);
        boolean stated = stack.schedules().contains(schedule);
        List<Integer> stages = new ArrayList<>();
        if (schedule == Schedule.ONE_FORWARD_ONE_BACKWARD) {
            stages.add(1);
        }
        for (int count = 2; pipelined && stated && count <= architecture.layers(); count++) {
            if (everyPartWorks(count) && (schedule != Schedule.DUAL_PIPE || count % 2 == 0)) {
                stages.add(count);
            }
        }
        return stages;
    }

    /**
     * Equal parts, or uneven ones that still give every part work, as published layouts do: embedding, head and modules
     * that predict further tokens fill up the ends.
     */
    private boolean everyPartWorks(int parts) {
        int units = architecture.layers() + END_UNITS + architecture.predictionLayers();
        return parts <= architecture.layers() && (parts - 1) * ceil(architecture.layers(), parts) < units;
    }

    private List<Integer> chunks(Schedule schedule, int stages) {
        if (schedule != Schedule.INTERLEAVED) {
            return List.of(1);
        }
        return IntStream.rangeClosed(2, MOST_CHUNKS)
                .filter(chunks -> everyPartWorks(stages * chunks))
                .boxed()
                .toList();
    }

    private boolean fits(LatticeKey key, int stages, int chunks, int data, int microbatches) {
        int context = key.ranks() / key.tensor();
        int expertRanks = data * context * (stack.expertOverTensor() ? key.tensor() : 1);
        boolean expertsDivide = expertRanks % key.expert() == 0;
        boolean enough = switch (key.schedule()) {
            case ONE_FORWARD_ONE_BACKWARD, ZERO_BUBBLE -> true;
            case INTERLEAVED -> microbatches % stages == 0;
            case DUAL_PIPE -> microbatches >= 2 * stages;
        };
        return expertsDivide && enough;
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
