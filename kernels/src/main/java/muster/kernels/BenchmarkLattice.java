package muster.kernels;

import java.util.List;

/** The lattice that is measured: a model of 61 layers on 1 to 512 nodes of 8 GPUs, and four shapes of its parallelism. */
final class BenchmarkLattice {
    private static final double LAYERS = 61.0;
    private static final int GPUS_PER_NODE = 8;
    private static final int NODES = 512;
    private static final int SEQUENCES_PER_STEP = 15_360;

    final LayoutPoints points;
    final int[] nodeIndex;

    /** The first {@code count} points, node count by node count; from the start again where the lattice is shorter. */
    BenchmarkLattice(int count) {
        double[] p = new double[count];
        double[] v = new double[count];
        double[] d = new double[count];
        double[] m = new double[count];
        double[] k = new double[count];
        nodeIndex = new int[count];
        int i = 0;
        while (i < count) {
            for (int nodes = 1; nodes <= NODES && i < count; nodes++) {
                for (int stages = 1; stages <= LAYERS && i < count; stages++) {
                    for (int chunks = 1; chunks * stages <= LAYERS && chunks <= 4 && i < count; chunks++) {
                        int gpus = nodes * GPUS_PER_NODE;
                        if (gpus % stages == 0) {
                            p[i] = stages;
                            v[i] = chunks;
                            d[i] = gpus / stages;
                            m[i] = Math.ceil(SEQUENCES_PER_STEP / d[i]);
                            k[i] = Math.ceil(LAYERS / (p[i] * v[i]));
                            nodeIndex[i] = nodes - 1;
                            i++;
                        }
                    }
                }
            }
        }
        points = new LayoutPoints(p, v, d, m, k);
    }

    static int nodeCounts() {
        return NODES;
    }

    /** 1F1B with a sharded optimizer, interleaved without, zero-bubble with gathered parameters, and DualPipe. */
    static List<LayoutShape> shapes() {
        return List.of(
                mixtureOfExperts().optimizerSharded(true).build(),
                mixtureOfExperts().inFlightChunks(1.0).build(),
                mixtureOfExperts()
                        .bubbleSeconds(0.002)
                        .gatherSeconds(0.0004)
                        .optimizerSharded(true)
                        .build(),
                mixtureOfExperts()
                        .bubbleStages(0.5)
                        .bubbleSeconds(0.0015)
                        .coldSeconds(0.0007)
                        .coldStages(1.0)
                        .inFlightExtra(1.0)
                        .optimizerSharded(true)
                        .build());
    }

    private static LayoutShapeBuilder mixtureOfExperts() {
        return new LayoutShapeBuilder()
                .layers(LAYERS)
                .forwardSeconds(0.0013)
                .backwardSeconds(0.0025)
                .edgeSeconds(0.006)
                .bubbleSeconds(0.0038)
                .sendSeconds(0.00005)
                .denseReduceSeconds(0.011)
                .expertReduceSeconds(0.06)
                .edgeReduceSeconds(0.018)
                .reduceOverlapFraction(0.5)
                .denseOptimizerSeconds(0.0011)
                .expertOptimizerSeconds(0.02)
                .edgeOptimizerSeconds(0.002)
                .fixedSeconds(0.01)
                .contextRanks(2.0)
                .expertRanks(64.0)
                .denseStaticBytes(0.9e9)
                .denseShardedBytes(1.8e9)
                .expertStaticBytes(1.1e9)
                .expertShardedBytes(33e9)
                .edgeStaticBytes(3.7e9)
                .edgeShardedBytes(7.4e9)
                .activationBytes(0.12e9)
                .inFlightStages(1.0)
                .transientBytes(4e9);
    }
}
