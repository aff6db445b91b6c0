package muster.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Measures back ends in turn, round after round, so that what else the machine does hits all of them alike. */
final class BenchmarkRounds {
    private static final long WARM_UP_NANOS = 500_000_000L;

    private BenchmarkRounds() {}

    /**
     * The speeds of the back ends, in their order.
     *
     * @param perSecond one round of one back end: elements per second
     */
    static List<KernelSpeed> measure(
            List<KernelBackend> backends, int rounds, ToDoubleFunction<KernelBackend> perSecond) {
        for (KernelBackend backend : backends) {
            long end = System.nanoTime() + WARM_UP_NANOS;
            while (System.nanoTime() < end) {
                perSecond.applyAsDouble(backend);
            }
        }
        double[][] measured = new double[backends.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int b = 0; b < backends.size(); b++) {
                measured[b][round] = perSecond.applyAsDouble(backends.get(b));
            }
        }
        List<KernelSpeed> speeds = new ArrayList<>();
        for (int b = 0; b < backends.size(); b++) {
            Arrays.sort(measured[b]);
            speeds.add(new KernelSpeed(
                    backends.get(b).choice(), measured[b][rounds / 2], measured[b][0], measured[b][rounds - 1]));
        }
        return speeds;
    }

    /** Scalar, then vectors of every width that runs here. */
    static List<KernelBackend> everyBackend() {
        List<KernelBackend> backends = new ArrayList<>();
        backends.add(KernelBackends.open(KernelBackends.SCALAR));
        KernelBackends.listVectorWidths().forEach(bits -> backends.add(KernelBackends.openVector(bits)));
        return backends;
    }

    /** One line per back end, in millions, against the first. */
    static void print(List<KernelSpeed> speeds) {
        for (KernelSpeed speed : speeds) {
            System.out.printf(
                    "%-8s%4d bit %10.1f %8.1f %8.1f %10.2fx%n",
                    speed.choice().name(),
                    speed.choice().laneBits(),
                    speed.perSecond() / 1e6,
                    speed.leastPerSecond() / 1e6,
                    speed.mostPerSecond() / 1e6,
                    speed.perSecond() / speeds.getFirst().perSecond());
        }
    }
}
