package muster.kernels;

import java.util.Arrays;

/** The reference: plain loops, the formulas in the order of {@link FutureKernels}. */
final class ScalarFutureKernels implements FutureKernels {
    @Override
    public void reduce(
            FutureTable table, FutureFleets fleets, FutureLimits limits, int fromBlock, int toBlock, FutureSums sums) {
        double[] microUsd = new double[LANES];
        double[] finish = new double[LANES];
        for (int fleet = 0; fleet < fleets.fleets(); fleet++) {
            for (int block = fromBlock; block < toBlock; block++) {
                int from = block * BLOCK;
                int to = Math.min(from + BLOCK, table.futures());
                int cell = sums.cell(fleet, block);
                Arrays.fill(microUsd, 0.0);
                Arrays.fill(finish, 0.0);
                sums.within[cell] = addRun(table, fleets, fleet, limits, from, to, microUsd, finish);
                sums.microUsd[cell] = halvingTree(microUsd);
                sums.finishSeconds[cell] = halvingTree(finish);
            }
        }
    }

    /** Futures of one block, from {@code from} to below {@code to}, into its lanes; returns how many are within limits. */
    static long addRun(
            FutureTable table,
            FutureFleets fleets,
            int fleet,
            FutureLimits limits,
            int from,
            int to,
            double[] microUsdLanes,
            double[] finishLanes) {
        Fleet of = new Fleet(table, fleets, fleet);
        long within = 0;
        for (int f = from; f < to; f++) {
            double seconds = of.seconds(f);
            double microUsd = of.microUsd(f, seconds);
            double finish = of.ready(f) + seconds;
            microUsdLanes[f % LANES] += microUsd;
            finishLanes[f % LANES] += finish;
            if (finish <= limits.deadlineSeconds() && microUsd <= limits.budgetMicroUsd()) {
                within++;
            }
        }
        return within;
    }

    private static double halvingTree(double[] lanes) {
        return halvingTree(lanes, LANES / 2);
    }

    /** Adds up the first {@code 2 * from} lanes in place. */
    static double halvingTree(double[] lanes, int from) {
        for (int half = from; half > 0; half /= 2) {
            for (int t = 0; t < half; t++) {
                lanes[t] += lanes[t + half];
            }
        }
        return lanes[0];
    }

    @Override
    public void values(FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish) {
        values(table, fleets, fleet, 0, microUsd, finish);
    }

    /** The futures from {@code first} on. */
    static void values(
            FutureTable table, FutureFleets fleets, int fleet, int first, double[] microUsd, double[] finish) {
        Fleet of = new Fleet(table, fleets, fleet);
        for (int f = first; f < table.futures(); f++) {
            double seconds = of.seconds(f);
            microUsd[f] = of.microUsd(f, seconds);
            finish[f] = of.ready(f) + seconds;
        }
    }

    /** One fleet beside the columns of its own pools. */
    private static final class Fleet {
        private final double[] workingNodes;
        private final double[] paidNodes;
        private final double[][] tokensPerSecond;
        private final double[][] microUsdPerSecond;
        private final double[][] readySeconds;
        private final double[] failureFactor;
        private final double[] failureRoot;
        private final double tokens;
        private final double pace;
        private final double root;
        private final double restart;
        private final double fixedMicroUsd;

        Fleet(FutureTable table, FutureFleets fleets, int fleet) {
            int[] pools = fleets.usedPools[fleet];
            workingNodes = fleets.workingNodes[fleet];
            paidNodes = fleets.paidNodes[fleet];
            tokensPerSecond = pick(table.tokensPerSecond, pools);
            microUsdPerSecond = pick(table.microUsdPerSecond, pools);
            readySeconds = table.late ? pick(table.readySeconds, pools) : new double[0][];
            failureFactor = table.failureFactor;
            failureRoot = table.failureRoot;
            tokens = fleets.tokens;
            pace = fleets.pace[fleet];
            root = fleets.root[fleet];
            restart = fleets.restart[fleet];
            fixedMicroUsd = fleets.fixedMicroUsd[fleet];
        }

        private static double[][] pick(double[][] columns, int[] pools) {
            return Arrays.stream(pools).mapToObj(pool -> columns[pool]).toArray(double[][]::new);
        }

        /** (13) and (15) to (17). */
        double seconds(int f) {
            double rate = 0.0;
            for (int p = 0; p < workingNodes.length; p++) {
                rate = Math.fma(workingNodes[p], tokensPerSecond[p][f], rate);
            }
            double failures = failureFactor[f] * pace;
            double checks = failures <= 4.0 ? failureRoot[f] * root : Math.fma(failures, 0.25, 1.0);
            double overhead = Math.fma(failureFactor[f], restart, checks);
            return Math.fma(tokens, overhead, tokens) / rate;
        }

        /** (14) and (18). */
        double microUsd(int f, double seconds) {
            double spend = 0.0;
            for (int p = 0; p < paidNodes.length; p++) {
                spend = Math.fma(paidNodes[p], microUsdPerSecond[p][f], spend);
            }
            return Math.fma(spend, seconds, fixedMicroUsd);
        }

        /** (19). */
        double ready(int f) {
            double ready = 0.0;
            for (int p = 0; p < readySeconds.length; p++) {
                if (workingNodes[p] > 0.0 && readySeconds[p][f] > ready) {
                    ready = readySeconds[p][f];
                }
            }
            return ready;
        }
    }
}
