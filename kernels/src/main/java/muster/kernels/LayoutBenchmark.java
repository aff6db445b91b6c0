package muster.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * Measures the layout lattice on one core: every back end in turn, round after round, so that what else the machine does
 * hits all of them alike. Every back end's bits are compared with scalar's before its time counts.
 */
public final class LayoutBenchmark {
    private static final int[] COLUMN_LENGTHS = {4_096, 16_384};
    private static final int ROUNDS = 201;
    private static final int LAYOUTS_PER_ROUND = 200_000;

    private final BenchmarkLattice lattice;
    private final List<LayoutShape> shapes = BenchmarkLattice.shapes();
    private final double[] seconds;
    private final double[] bytes;

    private LayoutBenchmark(int points) {
        lattice = new BenchmarkLattice(points);
        seconds = new double[points];
        bytes = new double[points];
    }

    /** Prints layouts/s of scalar and of vectors of every width that runs here, then of the choice of the best points. */
    public static void main(String[] arguments) {
        System.out.printf(
                "automatic choice: %s%n",
                KernelBackends.open(KernelBackends.AUTO).choice());
        System.out.printf("M layouts/s on one core, %d rounds; bits equal to scalar's%n", ROUNDS);
        for (int points : COLUMN_LENGTHS) {
            System.out.printf("%n%,8d points   median      min      max   to scalar%n", points);
            BenchmarkRounds.print(measure(BenchmarkRounds.everyBackend(), points, ROUNDS));
            System.out.printf("%-16s %10.1f%n", "best of them", bestPointsPerSecond(points) / 1e6);
        }
    }

    /**
     * How fast back ends compute the lattice, in turn on this thread, in layouts/s.
     *
     * @param points the length of the columns, &ge; 1
     * @param rounds &ge; 1; each is a fraction of a second
     * @throws IllegalStateException if a back end returns other bits than scalar
     */
    public static List<KernelSpeed> measure(List<KernelBackend> backends, int points, int rounds) {
        LayoutBenchmark benchmark = new LayoutBenchmark(points);
        backends.forEach(benchmark::verify);
        return BenchmarkRounds.measure(backends, rounds, benchmark::layoutsPerSecond);
    }

    private void verify(KernelBackend backend) {
        double[] expectedSeconds = new double[seconds.length];
        double[] expectedBytes = new double[bytes.length];
        for (LayoutShape shape : shapes) {
            new ScalarLayoutKernels().layouts(shape, lattice.points, expectedSeconds, expectedBytes);
            Kernels.layouts(backend, shape, lattice.points, seconds, bytes);
            // Compares bits, as Double.equals does.
            if (!Arrays.equals(seconds, expectedSeconds) || !Arrays.equals(bytes, expectedBytes)) {
                throw new IllegalStateException(
                        "Back end %s returns other bits than scalar.".formatted(backend.choice()));
            }
        }
    }

    private double layoutsPerSecond(KernelBackend backend) {
        int calls = Math.max(shapes.size(), LAYOUTS_PER_ROUND / seconds.length);
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            Kernels.layouts(backend, shapes.get(call % shapes.size()), lattice.points, seconds, bytes);
        }
        return (double) calls * seconds.length / (System.nanoTime() - start) * 1e9;
    }

    /** Points per second through {@link Kernels#best}, half of them too large, over four shapes. */
    private static double bestPointsPerSecond(int points) {
        BenchmarkLattice lattice = new BenchmarkLattice(points);
        List<LayoutShape> shapes = BenchmarkLattice.shapes();
        double[][] seconds = new double[shapes.size()][points];
        double[][] bytes = new double[shapes.size()][points];
        for (int s = 0; s < shapes.size(); s++) {
            Kernels.layouts(shapes.get(s), lattice.points, seconds[s], bytes[s]);
        }
        double[] sorted = bytes[0].clone();
        Arrays.sort(sorted);
        double limit = sorted[points / 2];
        double[] bestSeconds = new double[BenchmarkLattice.nodeCounts()];
        int[] bestIndex = new int[BenchmarkLattice.nodeCounts()];
        double[] rates = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            int calls = Math.max(shapes.size(), LAYOUTS_PER_ROUND / points);
            long start = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                int shape = call % shapes.size();
                if (shape == 0) {
                    Arrays.fill(bestSeconds, Double.POSITIVE_INFINITY);
                }
                Kernels.best(
                        lattice.nodeIndex, seconds[shape], bytes[shape], limit, shape * points, bestSeconds, bestIndex);
            }
            if (round >= 0) {
                rates[round] = (double) calls * points / (System.nanoTime() - start) * 1e9;
            }
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }
}
