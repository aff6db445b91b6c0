package muster.planner;

import java.util.ArrayList;
import java.util.List;
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
    private static final String CUDA = "cuda";
    private static final String NO_CUDA = "this version has no CUDA kernels yet";
    private static final int MEASURED_POINTS = 4_096;
    private static final int MEASURED_FUTURES = 4_096;
    private static final int MEASURED_ROUNDS = 15;

    private ComputeBackends() {}

    /**
     * Makes everything that follows compute with this back end.
     *
     * @param name auto, scalar, vector or cuda
     * @throws UnavailableBackendException if it cannot run here, or there is none of that name
     */
    public static void use(String name) {
        if (name.equals(CUDA)) {
            throw new UnavailableBackendException("The back end cuda cannot run: " + NO_CUDA + ".");
        }
        try {
            KernelBackends.use(name);
        } catch (BackendUnavailableException unavailable) {
            throw new UnavailableBackendException(unavailable.getMessage());
        }
    }

    /** {@return what computes now, and why} */
    public static PlanAnswer.Computed inUse() {
        KernelChoice choice = KernelBackends.inUse().choice();
        return new PlanAnswer.Computed(choice.name(), choice.laneBits(), choice.reason());
    }

    /** {@return every back end, those that run here measured in turn on one core; takes some seconds} */
    public static BackendCensus measured() {
        KernelChoice chosen = KernelBackends.open(KernelBackends.AUTO).choice();
        List<KernelBackend> running = new ArrayList<>(List.of(KernelBackends.open(KernelBackends.SCALAR)));
        String vectorReason = "";
        try {
            running.add(KernelBackends.open(KernelBackends.VECTOR));
        } catch (BackendUnavailableException unavailable) {
            vectorReason = unavailable.getMessage();
        }
        List<BackendCensus.Backend> backends = new ArrayList<>();
        List<KernelSpeed> layouts = LayoutBenchmark.measure(running, MEASURED_POINTS, MEASURED_ROUNDS);
        List<KernelSpeed> futures = FutureBenchmark.measure(running, MEASURED_FUTURES, MEASURED_ROUNDS);
        for (int b = 0; b < running.size(); b++) {
            KernelSpeed speed = layouts.get(b);
            backends.add(new BackendCensus.Backend(
                    speed.choice().name(),
                    true,
                    speed.choice().name().equals(chosen.name()) ? chosen.reason() : "runs, but another is chosen",
                    OptionalInt.of(speed.choice().laneBits()),
                    OptionalDouble.of(speed.perSecond()),
                    OptionalDouble.of(futures.get(b).perSecond())));
        }
        if (running.size() == 1) {
            backends.add(unavailable(KernelBackends.VECTOR, vectorReason));
        }
        backends.add(unavailable(CUDA, NO_CUDA));
        return new BackendCensus(chosen.name(), backends);
    }

    private static BackendCensus.Backend unavailable(String name, String reason) {
        return new BackendCensus.Backend(
                name, false, reason, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
}
