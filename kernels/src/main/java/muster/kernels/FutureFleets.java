package muster.kernels;

import java.util.Arrays;

/**
 * Candidate fleets for one job. A pool that no node of a fleet comes from costs that fleet no time. Checked once, copied,
 * never changed.
 */
public final class FutureFleets {
    public static final double MAX_NODES = 1e7;

    /** Fewer nodes than these are none, so that no rate underflows. */
    public static final double MIN_NODES = 1e-3;

    public static final double MAX_TOKENS = 1e20;
    public static final double MAX_SECONDS = 1e9;
    public static final double MAX_MICRO_USD = 1e30;

    private final int pools;
    final double tokens;
    // Per fleet, the pools it has nodes of, and how many of these work and are paid for.
    final int[][] usedPools;
    final double[][] workingNodes;
    final double[][] paidNodes;
    // Once per fleet, as FutureKernels says.
    final double[] pace;
    final double[] root;
    final double[] restart;
    final double[] fixedMicroUsd;

    /**
     * What all fleets share.
     *
     * @param tokens &ge; 1, tokens to train on
     * @param checkpointSeconds for which a checkpoint stops the work, s
     * @param restartSeconds from a failure until work goes on, s
     */
    public record Work(double tokens, double checkpointSeconds, double restartSeconds) {
        public Work {
            tokens = Checks.inside("tokens", tokens, 1.0, MAX_TOKENS);
            checkpointSeconds = Checks.inside("checkpointSeconds", checkpointSeconds, 0.0, MAX_SECONDS);
            restartSeconds = Checks.inside("restartSeconds", restartSeconds, 0.0, MAX_SECONDS);
        }
    }

    /**
     * @param workingNodes shape [fleets, pools], nodes times what mixing leaves of them; 0 or at least {@value #MIN_NODES}, some of each
     *     fleet above 0
     * @param paidNodes shape [fleets, pools], nodes whose rent and energy are paid, spares included
     * @param failuresPerSecond shape [fleets], at a factor of 1; at most 1
     * @param fixedMicroUsd shape [fleets], what a fleet costs whatever happens, micro-dollars
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public FutureFleets(
            Work work,
            double[][] workingNodes,
            double[][] paidNodes,
            double[] failuresPerSecond,
            double[] fixedMicroUsd) {
        int fleets = workingNodes.length;
        Checks.requireLength("paidNodes", paidNodes.length, fleets);
        Checks.requireLength("failuresPerSecond", failuresPerSecond.length, fleets);
        Checks.requireLength("fixedMicroUsd", fixedMicroUsd.length, fleets);
        pools = fleets == 0 ? 0 : workingNodes[0].length;
        tokens = work.tokens();
        usedPools = new int[fleets][];
        this.workingNodes = new double[fleets][];
        this.paidNodes = new double[fleets][];
        pace = new double[fleets];
        root = new double[fleets];
        restart = new double[fleets];
        this.fixedMicroUsd = new double[fleets];
        for (int g = 0; g < fleets; g++) {
            Checks.requireLength("workingNodes", workingNodes[g].length, pools);
            Checks.requireLength("paidNodes", paidNodes[g].length, pools);
            keepUsed(g, workingNodes[g], paidNodes[g]);
            double failures = Checks.inside("failuresPerSecond", failuresPerSecond[g], 0.0, 1.0);
            pace[g] = 2.0 * work.checkpointSeconds() * failures;
            root[g] = Math.sqrt(pace[g]);
            restart[g] = failures * work.restartSeconds();
            this.fixedMicroUsd[g] = Checks.inside("fixedMicroUsd", fixedMicroUsd[g], 0.0, MAX_MICRO_USD);
        }
    }

    /** A pool without nodes adds +0 to the sums and is not waited for: without it they have the same bits. */
    private void keepUsed(int g, double[] working, double[] paid) {
        int[] used = new int[pools];
        int count = 0;
        boolean works = false;
        for (int p = 0; p < pools; p++) {
            double nodes = Checks.inside("workingNodes", working[p], 0.0, MAX_NODES);
            double charged = Checks.inside("paidNodes", paid[p], 0.0, MAX_NODES);
            if (nodes > 0.0) {
                Checks.inside("workingNodes", nodes, MIN_NODES, MAX_NODES);
                works = true;
            }
            if (nodes > 0.0 || charged > 0.0) {
                used[count++] = p;
            }
        }
        if (!works) {
            throw new IllegalArgumentException("Fleet %d has no working nodes.".formatted(g));
        }
        usedPools[g] = Arrays.copyOf(used, count);
        workingNodes[g] = pick(working, usedPools[g]);
        paidNodes[g] = pick(paid, usedPools[g]);
    }

    private static double[] pick(double[] values, int[] indices) {
        return Arrays.stream(indices).mapToDouble(index -> values[index]).toArray();
    }

    public int fleets() {
        return usedPools.length;
    }

    public int pools() {
        return pools;
    }
}
