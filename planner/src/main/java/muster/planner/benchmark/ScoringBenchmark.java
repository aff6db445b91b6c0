package muster.planner.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import muster.kernels.KernelBackends;
import muster.kernels.PlacementBenchmark;
import muster.planner.bound.PriceGuide;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Scenario;
import muster.planner.search.FleetNeighbourhoods;
import muster.planner.search.FleetSearch;

/**
 * How many candidate fleets the stages of a search score per second: local search, neighbourhoods as a whole, and the kernel
 * that scores them alone. A stage is run twice and the shorter run taken off, so that what comes before it does not count.
 */
final class ScoringBenchmark {
    private static final long OUT_OF_REACH = Long.MIN_VALUE / 2;
    private static final int LOCAL_STEPS = 200_000;
    private static final int NEIGHBOURHOODS = 4_000;
    private static final int KERNEL_ROUNDS = 15;
    private static final int KERNEL_FLEETS = 4_096;

    private ScoringBenchmark() {}

    static void printHead() {
        System.out.printf(
                Locale.ROOT,
                "%-20s %20s %20s %16s   M candidate fleets scored per second (of CPU time in brackets), one thread%n",
                "scenario",
                "local search",
                "neighbourhoods",
                "kernel alone");
    }

    static void print(String name, Scenario scenario) {
        FleetProblem problem = FleetProblem.of(scenario);
        Relaxation relaxation = new Relaxation(problem, () -> false);
        relaxation.tighten(Relaxation.FIRST_ROUNDS, Double.POSITIVE_INFINITY, 0);
        PriceGuide guide = relaxation.guide();
        Optional<FleetChoice> start =
                FleetNeighbourhoods.construct(problem, guide, () -> false).choice();
        if (start.isEmpty()) {
            System.out.printf("%-20s no schedule to start from%n", name);
            return;
        }
        String local = perSecond(LOCAL_STEPS, steps -> {
            FleetSearch.Ending ending = new FleetSearch.Ending(
                    OptionalLong.of(steps), OptionalDouble.empty(), OUT_OF_REACH, Integer.MAX_VALUE);
            return FleetSearch.search(problem, start.get(), 1, ending, () -> false)
                    .evaluations();
        });
        String neighbourhoods = perSecond(
                NEIGHBOURHOODS,
                steps -> FleetNeighbourhoods.improveBySeed(problem, guide, start.get(), 1, steps, OUT_OF_REACH)
                        .evaluations());
        double kernel = PlacementBenchmark.measure(
                                List.of(KernelBackends.inUse()), problem.poolCount(), KERNEL_FLEETS, KERNEL_ROUNDS)
                        .getFirst()
                        .perSecond()
                / 1e6;
        System.out.printf(Locale.ROOT, "%-20s %20s %20s %16.1f%n", name, local, neighbourhoods, kernel);
    }

    /** @param stage runs so many steps and says how many fleets it scored */
    private static String perSecond(int steps, IntToLongFunction stage) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        // The first runs are compiled on the way.
        stage.applyAsLong(steps);
        double nanos = 0;
        double cpuNanos = 0;
        double scored = 0;
        for (int sign : new int[] {-1, 1}) {
            long begin = System.nanoTime();
            long cpuBegin = threads.getCurrentThreadCpuTime();
            scored += sign * stage.applyAsLong(sign < 0 ? steps / 10 : steps);
            cpuNanos += sign * (threads.getCurrentThreadCpuTime() - cpuBegin);
            nanos += sign * (System.nanoTime() - begin);
        }
        return String.format(Locale.ROOT, "%.2f (%.2f)", scored / nanos * 1e3, scored / cpuNanos * 1e3);
    }
}
