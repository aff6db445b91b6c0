package muster.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * Measures the placements kernel on one core: fleets of one job scored per second, in batches as a search makes them. Every
 * back end's bits are compared with scalar's before its time counts.
 */
public final class PlacementBenchmark {
    private static final int[] POOLS = {5, 10, 20};
    private static final int FLEETS = 4_096;
    private static final int ROUNDS = 101;
    private static final int FLEETS_PER_ROUND = 65_536;

    /** Per pool: rate, power, two of spending, two of prices, and two more of owned nodes' prices. */
    private static final int PRODUCTS_PER_POOL = 8;

    private final PlacementBatch batch;

    private PlacementBenchmark(int pools, int fleets) {
        batch = BenchmarkPlacements.batch(pools, fleets);
    }

    /** Prints fleets/s of scalar and of vectors of every width that runs here. */
    public static void main(String[] arguments) {
        System.out.printf(
                "M fleets scored/s on one core, batches of %,d in 64 rooms of 16 starts, 24 parts of time, %d rounds;"
                        + " bits equal to scalar's%n",
                FLEETS, ROUNDS);
        for (int pools : POOLS) {
            System.out.printf("%n%8d pools    median      min      max   to scalar%n", pools);
            List<KernelSpeed> speeds = measure(BenchmarkRounds.everyBackend(), pools, FLEETS, ROUNDS);
            BenchmarkRounds.print(speeds);
            KernelSpeed widest = speeds.getLast();
            if (widest.choice().name().equals(KernelBackends.VECTOR)) {
                double peak = VectorPeak.fusedPerSecond();
                int products = PRODUCTS_PER_POOL * pools;
                System.out.printf(
                        "%3d products at least, %6.2f G/s allow %5.0f M fleets/s: %3.0f %% (%.0f %%)%n",
                        products,
                        peak / 1e9,
                        peak / products / 1e6,
                        100 * products * widest.perSecond() / peak,
                        100 * products * widest.mostPerSecond() / peak);
            }
        }
    }

    /**
     * How fast back ends score fleets, in turn on this thread, in fleets/s.
     *
     * @param pools &ge; 1
     * @param fleets of a batch, &ge; 1
     * @param rounds &ge; 1; each is a fraction of a second
     * @throws IllegalStateException if a back end returns other bits than scalar
     */
    public static List<KernelSpeed> measure(List<KernelBackend> backends, int pools, int fleets, int rounds) {
        PlacementBenchmark benchmark = new PlacementBenchmark(pools, fleets);
        backends.forEach(benchmark::verify);
        return BenchmarkRounds.measure(backends, rounds, benchmark::fleetsPerSecond);
    }

    private void verify(KernelBackend backend) {
        double[][] expected = scored(KernelBackends.open(KernelBackends.SCALAR));
        // Compares bits, as Double.equals does.
        if (!Arrays.deepEquals(scored(backend), expected)) {
            throw new IllegalStateException("Back end %s returns other bits than scalar.".formatted(backend.choice()));
        }
    }

    private double[][] scored(KernelBackend backend) {
        Kernels.placements(backend, batch);
        double[][] values = new double[2][batch.slots()];
        for (int slot = 0; slot < batch.slots(); slot++) {
            values[0][slot] = batch.holds(slot) ? batch.endMicros(slot) : 0.0;
            values[1][slot] = batch.holds(slot) ? batch.cost(slot) : 0.0;
        }
        return values;
    }

    private double fleetsPerSecond(KernelBackend backend) {
        int calls = Math.max(1, FLEETS_PER_ROUND / batch.fleets());
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            Kernels.placements(backend, batch);
        }
        return (double) calls * batch.fleets() / (System.nanoTime() - start) * 1e9;
    }
}
