package muster.kernels;

import java.util.SplittableRandom;

/** What is measured: fleets over six pools, in futures whose rates, prices and failures all vary. */
final class BenchmarkFutures {
    private static final int POOLS = 6;
    private static final FutureFleets.Work WORK = new FutureFleets.Work(14.8e12, 60.0, 600.0);

    private BenchmarkFutures() {}

    /** The spread of each factor in its logarithm. */
    private static double spread(SplittableRandom random, double deviation) {
        return Math.exp(deviation * random.nextGaussian());
    }

    static FutureTable table(int futures) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rates = new double[POOLS][futures];
        double[][] prices = new double[POOLS][futures];
        double[] failures = new double[futures];
        for (int f = 0; f < futures; f++) {
            failures[f] = spread(random, 0.4);
            for (int p = 0; p < POOLS; p++) {
                rates[p][f] = 8 * (500.0 + 250.0 * p) * spread(random, 0.06);
                prices[p][f] = 8 * (1.0 + 0.3 * p) * 1e6 / 3_600 * spread(random, 0.2);
            }
        }
        return new FutureTable(rates, prices, new double[POOLS][futures], failures);
    }

    static FutureFleets fleets(int count) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] nodes = new double[count][POOLS];
        double[] failuresPerSecond = new double[count];
        double[] fixed = new double[count];
        for (int g = 0; g < count; g++) {
            for (int p = 0; p < POOLS; p++) {
                nodes[g][p] = 8.0 + random.nextInt(64);
                failuresPerSecond[g] += nodes[g][p] * 8 * 6e-9;
            }
            fixed[g] = random.nextInt(1_000_000) * 1e6;
        }
        return new FutureFleets(WORK, nodes, nodes, failuresPerSecond, fixed);
    }
}
