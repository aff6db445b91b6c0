package muster.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * Measures both kernels on the GPU: what a call costs, pairs of a fleet over six pools and a future, and layouts, each
 * against the bits of the scalar twin before its time counts.
 */
public final class CudaBenchmark {
    private static final int ROUNDS = 51;
    private static final int CALLS = 1_001;
    private static final int[][] FLEETS_AND_FUTURES = {{64, 4_096}, {64, 65_536}, {4_096, 16_384}, {4_096, 65_536}};
    private static final int[] POINTS = {4_096, 16_384, 1 << 20};

    /** Instructions per pair over six pools, counted in the PTX: of double precision, and all that are issued. */
    private static final int DOUBLES_PER_PAIR = 34;

    private static final int ISSUED_PER_PAIR = 80;

    /** A multiprocessor of an H100 issues to 128 threads a cycle and starts 64 double-precision instructions. */
    private static final int ISSUED_PER_DOUBLE = 2;

    private CudaBenchmark() {}

    /** Prints the figures, or why there are none. */
    public static void main(String[] arguments) {
        KernelBackend cuda;
        CudaDevice device;
        try {
            cuda = KernelBackends.open(KernelBackends.CUDA);
            device = CudaDevice.shared();
        } catch (BackendUnavailableException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.out.printf("%s, CUDA %s%n", device.name(), device.driverVersion());
        double peak = device.doublesPerSecond();
        System.out.printf(
                "fp64 peak %.0f G instructions/s at its stated clock, where a multiprocessor starts 64 a cycle%n",
                peak / 1e9);
        System.out.printf("a call of one fleet and one future: %.1f us, median of %d%n", callMicros(cuda), CALLS);
        System.out.printf("%nM (fleet, future) pairs/s, %d rounds, copies included%n", ROUNDS);
        for (int[] size : FLEETS_AND_FUTURES) {
            KernelSpeed speed = FutureBenchmark.measure(List.of(cuda), size[0], size[1], ROUNDS)
                    .getFirst();
            System.out.printf("%,8d fleets x %,8d futures", size[0], size[1]);
            print(speed);
            System.out.printf(
                    "%28s %d fp64 instructions a pair: %.0f %% of the peak; %d issued a pair: %.0f %% of what can be%n",
                    "",
                    DOUBLES_PER_PAIR,
                    100 * DOUBLES_PER_PAIR * speed.perSecond() / peak,
                    ISSUED_PER_PAIR,
                    100 * ISSUED_PER_PAIR * speed.perSecond() / (ISSUED_PER_DOUBLE * peak));
        }
        System.out.printf("%nM layouts/s, %d rounds, results copied back%n", ROUNDS);
        for (int points : POINTS) {
            System.out.printf("%,26d points", points);
            print(LayoutBenchmark.measure(List.of(cuda), points, ROUNDS).getFirst());
        }
    }

    private static void print(KernelSpeed speed) {
        System.out.printf(
                "%12.1f  (%.1f to %.1f)%n",
                speed.perSecond() / 1e6, speed.leastPerSecond() / 1e6, speed.mostPerSecond() / 1e6);
    }

    private static double callMicros(KernelBackend cuda) {
        FutureTable table = BenchmarkFutures.table(1);
        FutureFleets fleets = BenchmarkFutures.fleets(1);
        FutureLimits limits = new FutureLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        long[] nanos = new long[CALLS];
        for (int call = -CALLS; call < CALLS; call++) {
            long start = System.nanoTime();
            Kernels.futures(cuda, table, fleets, limits);
            if (call >= 0) {
                nanos[call] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos[CALLS / 2] / 1e3;
    }
}
