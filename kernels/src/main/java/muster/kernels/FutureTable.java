package muster.kernels;

import java.util.Arrays;

/**
 * The futures that all fleets share: one column per pool and quantity. Checked once, copied, never changed; any number of
 * fleets is then priced against the same futures, so that their differences carry no noise of their own.
 *
 * <p>One factor scales all failure rates of a future, so that its root stands in the table and the kernel takes none; how
 * often nodes fail at a factor of 1 is up to each fleet.
 */
public final class FutureTable {
    public static final double MAX_FACTOR = 1e6;
    public static final double MAX_RATE = 1e15;
    public static final double MIN_RATE = 1e-6;

    private final int futures;

    // The kernels read these; nobody writes them.
    final double[][] tokensPerSecond;
    final double[][] microUsdPerSecond;
    final double[][] readySeconds;
    final double[] failureFactor;
    final double[] failureRoot;
    final double mostFailureFactor;
    /** Whether any pool is ever late. */
    final boolean late;

    /**
     * @param tokensPerSecond shape [pools, futures], {@value #MIN_RATE} to {@value #MAX_RATE}, tokens/s of one node
     * @param microUsdPerSecond shape [pools, futures], 0 to {@value #MAX_RATE}, rent and energy of one node
     * @param readySeconds shape [pools, futures], 0 to {@value #MAX_RATE}, s from the start until nodes are there
     * @param failureFactor shape [futures], 0 to {@value #MAX_FACTOR}
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public FutureTable(
            double[][] tokensPerSecond, double[][] microUsdPerSecond, double[][] readySeconds, double[] failureFactor) {
        futures = failureFactor.length;
        int pools = tokensPerSecond.length;
        Checks.requireLength("microUsdPerSecond", microUsdPerSecond.length, pools);
        Checks.requireLength("readySeconds", readySeconds.length, pools);
        this.tokensPerSecond = copy("tokensPerSecond", tokensPerSecond, MIN_RATE);
        this.microUsdPerSecond = copy("microUsdPerSecond", microUsdPerSecond, 0.0);
        this.readySeconds = copy("readySeconds", readySeconds, 0.0);
        this.failureFactor = copy("failureFactor", failureFactor, 0.0, MAX_FACTOR);
        failureRoot = Arrays.stream(this.failureFactor).map(Math::sqrt).toArray();
        mostFailureFactor = Arrays.stream(this.failureFactor).max().orElse(0.0);
        late = Arrays.stream(this.readySeconds).flatMapToDouble(Arrays::stream).anyMatch(seconds -> seconds > 0.0);
    }

    public int pools() {
        return tokensPerSecond.length;
    }

    public int futures() {
        return futures;
    }

    /** Blocks of {@value FutureKernels#BLOCK} futures, the last perhaps shorter. */
    int blocks() {
        return Math.ceilDiv(futures, FutureKernels.BLOCK);
    }

    private double[][] copy(String name, double[][] columns, double least) {
        double[][] copies = new double[columns.length][];
        for (int p = 0; p < columns.length; p++) {
            Checks.requireLength(name, columns[p].length, futures);
            copies[p] = copy(name, columns[p], least, MAX_RATE);
        }
        return copies;
    }

    private static double[] copy(String name, double[] column, double least, double most) {
        double[] copy = column.clone();
        for (int f = 0; f < copy.length; f++) {
            // Written so that NaN fails.
            if (!(copy[f] >= least && copy[f] <= most)) {
                throw new IllegalArgumentException(
                        "Column %s holds %s at index %d, outside %s to %s.".formatted(name, copy[f], f, least, most));
            }
            copy[f] += 0.0;
        }
        return copy;
    }
}
