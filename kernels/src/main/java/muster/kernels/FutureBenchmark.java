package muster.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * Measures the futures kernel on one core: pairs of a fleet over six pools and a future, the futures drawn before and
 * reduced to means and counts within limits. Every back end's bits are compared with scalar's before its time counts.
 */
public final class FutureBenchmark {
    private static final int[] FUTURES = {4_096, 65_536};
    private static final int FLEETS = 64;
    private static final int ROUNDS = 101;

    private final FutureTable table;
    private final FutureFleets fleets;
    private final FutureLimits limits;

    private FutureBenchmark(int fleets, int futures) {
        this.fleets = BenchmarkFutures.fleets(fleets);
        table = BenchmarkFutures.table(futures);
        FutureSums sums = Kernels.futures(
                KernelBackends.open(KernelBackends.SCALAR),
                table,
                this.fleets,
                new FutureLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
        // Limits that some futures of every fleet keep.
        limits = new FutureLimits(1.02 * sums.meanFinishSeconds(0), 1.05 * sums.meanMicroUsd(0));
    }

    /**
     * Operations per pair of a fleet over six pools and a future that multiply, alone or fused with a sum: 12 for (13) and
     * (14), one each for (15), (16), (17) and (18).
     */
    private static final int PRODUCTS_PER_PAIR = 16;

    /** Of a quarter of 12 columns, 2 factors, the sums (13) and (14), and half of two lanes. */
    private static final int LOADS_PER_PAIR = 8;

    /** Prints pairs/s of scalar and of vectors of every width that runs here, reduced and stored. */
    public static void main(String[] arguments) {
        System.out.printf("M (fleet, future) pairs/s on one core, %d fleets of 6 pools, %d rounds;", FLEETS, ROUNDS);
        System.out.printf(" bits equal to scalar's%n");
        for (int futures : FUTURES) {
            System.out.printf("%n%,8d futures  median      min      max   to scalar%n", futures);
            List<KernelSpeed> speeds = measure(BenchmarkRounds.everyBackend(), futures, ROUNDS);
            BenchmarkRounds.print(speeds);
            printShareOfPeak(speeds.getLast());
            FutureBenchmark benchmark = new FutureBenchmark(FLEETS, futures);
            double[][] columns = new double[2][futures];
            System.out.println("cost and finish of one fleet stored");
            BenchmarkRounds.print(BenchmarkRounds.measure(
                    BenchmarkRounds.everyBackend(),
                    ROUNDS,
                    backend -> benchmark.storedPerSecond(backend, columns[0], columns[1])));
            printSampling(futures, columns[0]);
        }
    }

    /** What comes before and after the kernel, in plain Java on every back end. */
    private static void printSampling(int futures, double[] microUsd) {
        FutureStreams streams = new FutureStreams(1);
        double[] shares = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
        double[][] perSecond = new double[2][ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long start = System.nanoTime();
            streams.factorsOfMeanOne("column " + round, futures, 0.2);
            long drawn = System.nanoTime();
            Quantiles.of(microUsd, futures, shares);
            long sorted = System.nanoTime();
            perSecond[0][Math.max(round, 0)] = futures * 1e9 / (drawn - start);
            perSecond[1][Math.max(round, 0)] = futures * 1e9 / (sorted - drawn);
        }
        Arrays.stream(perSecond).forEach(Arrays::sort);
        System.out.printf(
                "M stratified factors drawn/s: %.1f (%.1f); M values/s to %d quantiles, %s: %.0f (%.0f)%n",
                perSecond[0][ROUNDS / 2] / 1e6,
                perSecond[0][ROUNDS - 1] / 1e6,
                shares.length,
                futures <= Quantiles.EXACT ? "exact" : "by counting",
                perSecond[1][ROUNDS / 2] / 1e6,
                perSecond[1][ROUNDS - 1] / 1e6);
    }

    /** Of the widest vectors, in the same run. */
    private static void printShareOfPeak(KernelSpeed widest) {
        if (widest.choice().name().equals(KernelBackends.VECTOR)) {
            System.out.println("share of what the core does at most, in the fastest round in brackets");
            printShare(widest, VectorPeak.fusedPerSecond(), PRODUCTS_PER_PAIR, "products, alone or fused");
            printShare(widest, VectorPeak.divisionsPerSecond(), 1, "division");
            printShare(widest, VectorPeak.loadsPerSecond(), LOADS_PER_PAIR, "loads");
            printShare(widest, VectorPeak.fusedAndDividedPerSecond(), 1, "turn of those products and that division");
        }
    }

    private static void printShare(KernelSpeed speed, double peak, int perPair, String operations) {
        System.out.printf(
                "%3d %-41s %6.2f G/s allow %5.0f M pairs/s: %3.0f %% (%.0f %%)%n",
                perPair,
                operations,
                peak / 1e9,
                peak / perPair / 1e6,
                100 * perPair * speed.perSecond() / peak,
                100 * perPair * speed.mostPerSecond() / peak);
    }

    /**
     * How fast back ends compute futures, in turn on this thread, in (fleet, future) pairs/s.
     *
     * @param futures &ge; 1
     * @param rounds &ge; 1; each is a fraction of a second
     * @throws IllegalStateException if a back end returns other bits than scalar
     */
    public static List<KernelSpeed> measure(List<KernelBackend> backends, int futures, int rounds) {
        return measure(backends, FLEETS, futures, rounds);
    }

    /**
     * The same in batches of another size, as a GPU needs.
     *
     * @param fleets &ge; 1
     */
    public static List<KernelSpeed> measure(List<KernelBackend> backends, int fleets, int futures, int rounds) {
        FutureBenchmark benchmark = new FutureBenchmark(fleets, futures);
        backends.forEach(benchmark::verify);
        return BenchmarkRounds.measure(backends, rounds, benchmark::pairsPerSecond);
    }

    private void verify(KernelBackend backend) {
        FutureSums expected = Kernels.futures(KernelBackends.open(KernelBackends.SCALAR), table, fleets, limits);
        FutureSums sums = Kernels.futures(backend, table, fleets, limits);
        // Compares bits, as Double.equals does.
        if (!Arrays.equals(sums.microUsd, expected.microUsd)
                || !Arrays.equals(sums.finishSeconds, expected.finishSeconds)
                || !Arrays.equals(sums.within, expected.within)) {
            throw new IllegalStateException("Back end %s returns other bits than scalar.".formatted(backend.choice()));
        }
    }

    private double pairsPerSecond(KernelBackend backend) {
        long start = System.nanoTime();
        Kernels.futures(backend, table, fleets, limits);
        return (double) fleets.fleets() * table.futures() / (System.nanoTime() - start) * 1e9;
    }

    private double storedPerSecond(KernelBackend backend, double[] microUsd, double[] finishSeconds) {
        int calls = Math.max(1, 65_536 / table.futures());
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            Kernels.futureValues(backend, table, fleets, call % fleets.fleets(), microUsd, finishSeconds);
        }
        return (double) calls * table.futures() / (System.nanoTime() - start) * 1e9;
    }
}
