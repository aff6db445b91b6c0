package muster.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import muster.kernels.BackendUnavailableException;
import muster.kernels.FutureBenchmark;
import muster.kernels.KernelBackend;
import muster.kernels.KernelBackends;
import muster.kernels.KernelChoice;
import muster.kernels.KernelSpeed;
import muster.kernels.LayoutBenchmark;
import muster.planner.domain.BackendCensus;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.UnavailableBackendException;

/** Chooses and measures what computes the hot arithmetic; results never depend on it, only times do. */
public final class ComputeBackends {
    private static final int MEASURED_POINTS = 4_096;
    private static final int MEASURED_FUTURES = 4_096;
    private static final int MEASURED_ROUNDS = 15;

    // Without an instruction for it, a fused product takes the JVM microseconds.
    private static final int SLOW_FLEETS = 1;
    private static final int SLOW_FUTURES = 256;
    private static final int SLOW_ROUNDS = 3;

    // What fills a GPU for longer than its calls take.
    private static final int DEVICE_POINTS = 1 << 20;
    private static final int DEVICE_FLEETS = 4_096;
    private static final int DEVICE_FUTURES = 16_384;

    private ComputeBackends() {}

    /**
     * Makes everything that follows compute with this back end.
     *
     * @param name auto, scalar, vector or cuda
     * @throws UnavailableBackendException if it cannot run here, or there is none of that name; thrown later, by what
     *     computes, where a GPU was asked for by name and is lost
     */
    public static void use(String name) {
        try {
            KernelBackends.use(name, UnavailableBackendException::new);
        } catch (BackendUnavailableException unavailable) {
            throw new UnavailableBackendException(unavailable.getMessage());
        }
    }

    /** {@return what computes now, and why} */
    public static PlanAnswer.Computed inUse() {
        KernelChoice choice = KernelBackends.inUse().choice();
        return new PlanAnswer.Computed(choice.name(), choice.laneBits(), choice.reason());
    }

    /** {@return every back end, those that run here measured: the processor's in turn on one core; takes some seconds} */
    public static BackendCensus measured() {
        KernelChoice chosen = KernelBackends.open(KernelBackends.AUTO).settledChoice();
        List<KernelBackend> processors = new ArrayList<>();
        List<BackendCensus.Backend> unavailable = new ArrayList<>();
        for (String name : List.of(KernelBackends.SCALAR, KernelBackends.VECTOR)) {
            find(name, unavailable).ifPresent(processors::add);
        }
        List<BackendCensus.Backend> backends = new ArrayList<>(census(
                chosen,
                Optional.empty(),
                LayoutBenchmark.measure(processors, MEASURED_POINTS, MEASURED_ROUNDS),
                measuredFutures(processors)));
        find(KernelBackends.CUDA, unavailable).ifPresent(cuda -> backends.addAll(measuredDevice(cuda, chosen)));
        backends.addAll(unavailable);
        backends.sort(Comparator.comparingInt(backend -> KernelBackends.names().indexOf(backend.name())));
        return new BackendCensus(chosen.name(), backends);
    }

    private static List<KernelSpeed> measuredFutures(List<KernelBackend> processors) {
        return KernelBackends.fusesInHardware()
                ? FutureBenchmark.measure(processors, MEASURED_FUTURES, MEASURED_ROUNDS)
                : FutureBenchmark.measure(processors, SLOW_FLEETS, SLOW_FUTURES, SLOW_ROUNDS);
    }

    private static List<BackendCensus.Backend> measuredDevice(KernelBackend cuda, KernelChoice chosen) {
        try {
            return census(
                    chosen,
                    KernelBackends.findDevice(),
                    LayoutBenchmark.measure(List.of(cuda), DEVICE_POINTS, MEASURED_ROUNDS),
                    FutureBenchmark.measure(List.of(cuda), DEVICE_FLEETS, DEVICE_FUTURES, MEASURED_ROUNDS));
        } catch (BackendUnavailableException lost) {
            return List.of(unavailable(KernelBackends.CUDA, lost));
        }
    }

    private static List<BackendCensus.Backend> census(
            KernelChoice chosen, Optional<String> device, List<KernelSpeed> layouts, List<KernelSpeed> futures) {
        List<BackendCensus.Backend> backends = new ArrayList<>();
        for (int b = 0; b < layouts.size(); b++) {
            KernelChoice choice = layouts.get(b).choice();
            backends.add(new BackendCensus.Backend(
                    choice.name(),
                    true,
                    reason(choice, chosen),
                    OptionalInt.of(choice.laneBits()),
                    device,
                    OptionalDouble.of(layouts.get(b).perSecond()),
                    OptionalDouble.of(futures.get(b).perSecond())));
        }
        return backends;
    }

    private static String reason(KernelChoice choice, KernelChoice chosen) {
        String reason = choice.name().equals(chosen.name()) ? chosen.reason() : "runs, but another is chosen";
        return choice.name().equals(KernelBackends.CUDA) || KernelBackends.fusesInHardware()
                ? reason
                : reason + "; slow, as this processor has no fused multiply-add";
    }

    private static Optional<KernelBackend> find(String name, List<BackendCensus.Backend> unavailable) {
        try {
            return Optional.of(KernelBackends.open(name));
        } catch (BackendUnavailableException absent) {
            unavailable.add(unavailable(name, absent));
            return Optional.empty();
        }
    }

    private static BackendCensus.Backend unavailable(String name, BackendUnavailableException why) {
        return new BackendCensus.Backend(
                name,
                false,
                why.getMessage()
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^The \\w+ back end cannot run here: (.*?)\\.?$", "$1"),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
