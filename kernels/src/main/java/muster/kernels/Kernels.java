package muster.kernels;

import static muster.kernels.Checks.requireLength;
import static muster.kernels.Checks.requireRoom;

import java.util.Arrays;
import java.util.Objects;

/** The public door: checks lengths and domains, then calls the back end. */
public final class Kernels {
    private static final RunKernels BACKEND = new ScalarKernels();

    private Kernels() {}

    /**
     * Step time and memory of every point of a lattice on the back end in use; see {@link LayoutKernels}. Shape and points
     * were checked when they were made, so a call checks in constant time.
     *
     * @param seconds shape [points] or longer, output, s
     * @param bytes shape [points] or longer, output, B
     * @throws IllegalArgumentException if an output is too short, or both are the same array
     */
    public static void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        layouts(KernelBackends.inUse(), shape, points, seconds, bytes);
    }

    /** {@link #layouts(LayoutShape, LayoutPoints, double[], double[])} on a given back end, for measuring and testing. */
    public static void layouts(
            KernelBackend backend, LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        requireRoom("seconds", seconds.length, points.count());
        requireRoom("bytes", bytes.length, points.count());
        if (seconds == bytes) {
            throw new IllegalArgumentException("Columns seconds and bytes are the same array.");
        }
        backend.layouts().layouts(shape, points, seconds, bytes);
    }

    /**
     * The step time of one point by cause. Its sum has the bits that {@link #layouts} gives for the point.
     *
     * @param p pipeline stages, this and the following whole numbers from 1 to {@link LayoutShape#MAX_COUNT}
     * @param v chunks of layers per stage
     * @param d data ranks
     * @param m microbatches per step and data rank
     * @param k layers per chunk
     * @throws IllegalArgumentException if a number is outside its domain
     */
    public static LayoutParts layoutParts(LayoutShape shape, double p, double v, double d, double m, double k) {
        return ScalarLayoutKernels.parts(
                shape,
                new LayoutPoints(
                        new double[] {p}, new double[] {v}, new double[] {d}, new double[] {m}, new double[] {k}));
    }

    /**
     * Keeps, per node count, the fastest point that fits: where {@code bytes[i] <= bytesLimit} and {@code seconds[i]} is
     * below {@code bestSeconds[nodeIndex[i]]}, that becomes {@code seconds[i]} and {@code bestIndex[nodeIndex[i]]} becomes
     * {@code firstIndex + i}. So the first of equals stays, and calls for several shapes add up. Before the first call
     * {@code bestSeconds} holds positive infinity.
     *
     * @param nodeIndex shape [points], which node count a point belongs to, from 0
     * @param seconds shape [points] or longer, s
     * @param bytes shape [points] or longer, B
     * @param bytesLimit memory of a GPU, B
     * @param firstIndex the index of the first point, &ge; 0, for callers that number points over several calls
     * @param bestSeconds shape [node counts], in and out, s
     * @param bestIndex shape [node counts], in and out
     * @throws IllegalArgumentException if lengths do not fit, or a node index or {@code bytesLimit} is outside its domain
     */
    public static void best(
            int[] nodeIndex,
            double[] seconds,
            double[] bytes,
            double bytesLimit,
            int firstIndex,
            double[] bestSeconds,
            int[] bestIndex) {
        requireRoom("seconds", seconds.length, nodeIndex.length);
        requireRoom("bytes", bytes.length, nodeIndex.length);
        requireRoom("bestIndex", bestIndex.length, bestSeconds.length);
        if (Double.isNaN(bytesLimit)) {
            throw new IllegalArgumentException("bytesLimit is not a number.");
        }
        if (firstIndex < 0 || firstIndex > Integer.MAX_VALUE - nodeIndex.length) {
            throw new IllegalArgumentException(
                    "firstIndex (%d) leaves no numbers for %d points.".formatted(firstIndex, nodeIndex.length));
        }
        if (!BestPoints.allBelow(nodeIndex, bestSeconds.length)) {
            throw new IllegalArgumentException(
                    "Column nodeIndex holds an index that is not from 0 to below %d.".formatted(bestSeconds.length));
        }
        BestPoints.keep(nodeIndex, seconds, bytes, bytesLimit, firstIndex, bestSeconds, bestIndex);
    }

    /**
     * Cost and finish of every fleet in every future on the back end in use, reduced per fleet; see {@link FutureKernels}.
     * Inputs were checked when they were made.
     *
     * @throws IllegalArgumentException if table and fleets have different pools
     */
    public static FutureSums futures(FutureTable table, FutureFleets fleets, FutureLimits limits) {
        return futures(KernelBackends.inUse(), table, fleets, limits);
    }

    /** {@link #futures(FutureTable, FutureFleets, FutureLimits)} on a given back end, for measuring and testing. */
    public static FutureSums futures(
            KernelBackend backend, FutureTable table, FutureFleets fleets, FutureLimits limits) {
        requireSamePools(table, fleets);
        FutureSums sums = new FutureSums(fleets.fleets(), table);
        backend.futures().reduce(table, fleets, limits, 0, table.blocks(), sums);
        return sums;
    }

    /**
     * In how many futures each fleet costs less than an incumbent: what a search compares, since it needs no quantile. A
     * fleet whose r-th cheapest future is below a value has at least r futures below it, and the other way round.
     *
     * @param incumbentMicroUsd &ge; 0, micro-dollars
     * @return shape [fleets]
     * @throws IllegalArgumentException if table and fleets have different pools, or the incumbent is negative or NaN
     */
    public static long[] futuresBelow(FutureTable table, FutureFleets fleets, double incumbentMicroUsd) {
        return futuresBelow(KernelBackends.inUse(), table, fleets, incumbentMicroUsd);
    }

    /** {@link #futuresBelow(FutureTable, FutureFleets, double)} on a given back end, for measuring and testing. */
    public static long[] futuresBelow(
            KernelBackend backend, FutureTable table, FutureFleets fleets, double incumbentMicroUsd) {
        double incumbent = Checks.inside("incumbentMicroUsd", incumbentMicroUsd, 0.0, Double.POSITIVE_INFINITY);
        requireSamePools(table, fleets);
        long[] below = new long[fleets.fleets()];
        if (incumbent > 0.0) {
            // Below a value is at most the next smaller one.
            FutureSums sums = futures(
                    backend, table, fleets, new FutureLimits(Double.POSITIVE_INFINITY, Math.nextDown(incumbent)));
            Arrays.setAll(below, sums::within);
        }
        return below;
    }

    /**
     * Cost and finish of one fleet in every future, for quantiles.
     *
     * @param fleet from 0
     * @param microUsd shape [futures] or longer, output, micro-dollars
     * @param finishSeconds shape [futures] or longer, output, s
     * @throws IllegalArgumentException if table and fleets have different pools, an output is too short, or both are the
     *     same array
     */
    public static void futureValues(
            FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finishSeconds) {
        futureValues(KernelBackends.inUse(), table, fleets, fleet, microUsd, finishSeconds);
    }

    /** The same on a given back end, for measuring and testing. */
    public static void futureValues(
            KernelBackend backend,
            FutureTable table,
            FutureFleets fleets,
            int fleet,
            double[] microUsd,
            double[] finishSeconds) {
        requireSamePools(table, fleets);
        Objects.checkIndex(fleet, fleets.fleets());
        requireRoom("microUsd", microUsd.length, table.futures());
        requireRoom("finishSeconds", finishSeconds.length, table.futures());
        if (microUsd == finishSeconds) {
            throw new IllegalArgumentException("Columns microUsd and finishSeconds are the same array.");
        }
        backend.futures().values(table, fleets, fleet, microUsd, finishSeconds);
    }

    private static void requireSamePools(FutureTable table, FutureFleets fleets) {
        if (fleets.fleets() > 0 && fleets.pools() != table.pools()) {
            throw new IllegalArgumentException(
                    "The fleets have %d pools where the table has %d.".formatted(fleets.pools(), table.pools()));
        }
    }

    /**
     * When every fleet of a batch would end, whether it fits and what it costs, on the back end in use; see
     * {@link PlacementKernels}. A batch was checked as it was filled.
     */
    public static void placements(PlacementBatch batch) {
        placements(KernelBackends.inUse(), batch);
    }

    /** {@link #placements(PlacementBatch)} on a given back end, for measuring and testing. */
    public static void placements(KernelBackend backend, PlacementBatch batch) {
        backend.placements().placements(batch);
    }

    /**
     * What one job costs in time, money and energy on each candidate fleet; see {@link RunKernels#run}.
     *
     * @param tokens tokens to train on, &gt; 0
     * @param tokensPerSecond shape [candidates], &gt; 0, tokens/s
     * @param rentMicroUsdPerHour shape [candidates], &ge; 0, micro-dollars per hour
     * @param energyMicroUsdPerHour shape [candidates], &ge; 0, micro-dollars per hour
     * @param watts shape [candidates], &ge; 0, W
     * @param seconds shape [candidates], output, s
     * @param rentMicroUsd shape [candidates], output, micro-dollars, not rounded
     * @param energyMicroUsd shape [candidates], output, micro-dollars, not rounded
     * @param joules shape [candidates], output, J
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public static void run(
            double tokens,
            double[] tokensPerSecond,
            double[] rentMicroUsdPerHour,
            double[] energyMicroUsdPerHour,
            double[] watts,
            double[] seconds,
            double[] rentMicroUsd,
            double[] energyMicroUsd,
            double[] joules) {
        int length = tokensPerSecond.length;
        requireLength("rentMicroUsdPerHour", rentMicroUsdPerHour.length, length);
        requireLength("energyMicroUsdPerHour", energyMicroUsdPerHour.length, length);
        requireLength("watts", watts.length, length);
        requireLength("seconds", seconds.length, length);
        requireLength("rentMicroUsd", rentMicroUsd.length, length);
        requireLength("energyMicroUsd", energyMicroUsd.length, length);
        requireLength("joules", joules.length, length);
        if (!(tokens > 0.0 && tokens < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tokens (%s) must be positive and finite.".formatted(tokens));
        }
        for (int i = 0; i < length; i++) {
            requireDomain("tokensPerSecond", tokensPerSecond[i] > 0.0, tokensPerSecond[i], i);
            requireDomain("rentMicroUsdPerHour", rentMicroUsdPerHour[i] >= 0.0, rentMicroUsdPerHour[i], i);
            requireDomain("energyMicroUsdPerHour", energyMicroUsdPerHour[i] >= 0.0, energyMicroUsdPerHour[i], i);
            requireDomain("watts", watts[i] >= 0.0, watts[i], i);
        }
        BACKEND.run(
                tokens,
                tokensPerSecond,
                rentMicroUsdPerHour,
                energyMicroUsdPerHour,
                watts,
                seconds,
                rentMicroUsd,
                energyMicroUsd,
                joules);
    }

    private static void requireDomain(String column, boolean inside, double value, int index) {
        if (!inside || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "Column %s holds %s at index %d, outside its domain.".formatted(column, value, index));
        }
    }
}
