package muster.kernels;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Random columns of a table of futures. A column is drawn for a name (a market, a stack on a GPU, a site) and depends on
 * seed, name and length alone, so that what else is drawn, and in which order, changes nothing.
 *
 * <p>Columns are stratified (Latin hypercube: McKay, Beckman and Conover 1979, doi:10.2307/1268522): each of the equally
 * likely parts of a distribution, as many as there are futures, is drawn from once, in an order of its own per column.
 */
public final class FutureStreams {
    /** The most futures of a column: the order of its strata is kept in 24 bits. */
    public static final int MAX_FUTURES = 1 << 24;

    private static final double LARGEST_BELOW_ONE = 1.0 - 0x1p-53;

    private final long seed;

    public FutureStreams(long seed) {
        this.seed = seed;
    }

    /**
     * Standard normal numbers: with j the place of future f in the order of the upper 40 bits of its first random number
     * (of equal ones, of f), {@code inverseNormal(min((j + u) / futures, 1 - 2^-53))}, u from its second.
     *
     * @throws IllegalArgumentException if {@code futures} is not from 0 to {@value #MAX_FUTURES}
     */
    public double[] normals(String name, int futures) {
        if (futures < 0 || futures > MAX_FUTURES) {
            throw new IllegalArgumentException(
                    "futures (%d) must lie between 0 and %d.".formatted(futures, MAX_FUTURES));
        }
        long stream = stream(name);
        long[] order = new long[futures];
        Arrays.setAll(order, f -> Philox.bits(seed, stream, f, 0) & -MAX_FUTURES | f);
        Arrays.sort(order);
        double[] normals = new double[futures];
        for (int j = 0; j < futures; j++) {
            int f = (int) order[j] & MAX_FUTURES - 1;
            double p = (j + Philox.uniform(Philox.bits(seed, stream, f, 1))) / futures;
            normals[f] = Transcendentals.inverseNormal(p < LARGEST_BELOW_ONE ? p : LARGEST_BELOW_ONE);
        }
        return normals;
    }

    /**
     * Factors {@code exp(deviation * normal)}, whose median is 1.
     *
     * @param deviation of the logarithm, 0 to 10
     */
    public double[] factorsOfMedianOne(String name, int futures, double deviation) {
        return factors(name, futures, Checks.inside("deviation", deviation, 0.0, 10.0), 0.0);
    }

    /** Factors {@code exp(deviation * normal - deviation * deviation / 2)}, whose mean is 1. */
    public double[] factorsOfMeanOne(String name, int futures, double deviation) {
        double checked = Checks.inside("deviation", deviation, 0.0, 10.0);
        return factors(name, futures, checked, checked * checked / 2.0);
    }

    private double[] factors(String name, int futures, double deviation, double shift) {
        double[] factors = normals(name, futures);
        for (int f = 0; f < futures; f++) {
            factors[f] = Transcendentals.exp(deviation * factors[f] - shift);
        }
        return factors;
    }

    /** The first 64 bits of the SHA-256 of the name. */
    private static long stream(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
