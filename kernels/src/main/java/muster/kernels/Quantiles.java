package muster.kernels;

import java.util.Arrays;

/**
 * Quantiles of non-negative values: the r-th smallest of n, r = ceil(share * n) and at least 1. Exact up to {@value #EXACT}
 * values; above, by counts of values whose leading bits agree (sign, exponent and {@value #MANTISSA_BITS} bits of the
 * mantissa), which are integers, so any worker may count any part.
 */
public final class Quantiles {
    /** The most values that are sorted. */
    public static final int EXACT = 4_096;

    private static final int MANTISSA_BITS = 10;
    private static final int SHIFT = 52 - MANTISSA_BITS;
    private static final int BINS = 0x7FF << MANTISSA_BITS;

    private Quantiles() {}

    /**
     * The quantiles of a column; above {@value #EXACT} values the middle of the bin, at most 1/2048 of the value away.
     *
     * @param values shape [values], finite, &ge; 0, at least one
     * @param count how many of them, from the first
     * @param shares each from 0 to 1
     * @throws IllegalArgumentException if a value, a share or the count is outside its domain
     */
    public static double[] of(double[] values, int count, double... shares) {
        if (count < 1 || count > values.length) {
            throw new IllegalArgumentException("count (%d) must lie between 1 and %d.".formatted(count, values.length));
        }
        for (int i = 0; i < count; i++) {
            Checks.inside("A value", values[i], 0.0, Double.MAX_VALUE);
        }
        for (double share : shares) {
            Checks.inside("share", share, 0.0, 1.0);
        }
        return count <= EXACT ? exact(values, count, shares) : binned(values, count, shares);
    }

    private static double[] exact(double[] values, int count, double[] shares) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return Arrays.stream(shares)
                .map(share -> sorted[(int) rank(share, count) - 1])
                .toArray();
    }

    private static double[] binned(double[] values, int count, double[] shares) {
        int[] counts = new int[BINS];
        for (int i = 0; i < count; i++) {
            counts[(int) (Double.doubleToRawLongBits(values[i] + 0.0) >>> SHIFT)]++;
        }
        double[] quantiles = new double[shares.length];
        for (int s = 0; s < shares.length; s++) {
            long left = rank(shares[s], count);
            int bin = 0;
            while (left > counts[bin]) {
                left -= counts[bin];
                bin++;
            }
            quantiles[s] = bin == 0 ? 0.0 : Double.longBitsToDouble(((long) bin << SHIFT) + (1L << SHIFT - 1));
        }
        return quantiles;
    }

    private static long rank(double share, int count) {
        return Math.max(1, (long) Math.ceil(share * count));
    }
}
