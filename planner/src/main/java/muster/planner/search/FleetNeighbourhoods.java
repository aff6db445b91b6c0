package muster.planner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import muster.planner.bound.PriceGuide;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;

/** Searches neighbourhoods from several seeds, side by side where there are cores; what comes out does not depend on them. */
public final class FleetNeighbourhoods {
    private FleetNeighbourhoods() {}

    /**
     * @param choice the best feasible choice; empty where none was found
     * @param steps neighbourhoods looked at
     * @param evaluations fleets scored in them
     */
    public record Found(Optional<FleetChoice> choice, long steps, long evaluations) {}

    /** {@return the best of schedules built from scratch} */
    public static Found construct(FleetProblem problem, PriceGuide guide, BooleanSupplier stop) {
        NeighbourhoodSearch search = new NeighbourhoodSearch(problem, guide, stop);
        search.construct();
        return new Found(search.best(), 0, search.tried());
    }

    /**
     * {@return the best that any seed finds from a start; among equals the first seed's}
     *
     * @param seeds how many searches, each with a seed of its own
     * @param target grid steps of the first criterion at which there is nothing left to gain
     */
    public static Found improve(
            FleetProblem problem,
            PriceGuide guide,
            Optional<FleetChoice> start,
            long seed,
            int seeds,
            int steps,
            long target,
            BooleanSupplier stop) {
        int cores = Runtime.getRuntime().availableProcessors();
        return improve(problem, guide, start, seed, seeds, steps, target, cores, stop);
    }

    /** {@return what one seed finds, on this thread} */
    public static Found improveBySeed(
            FleetProblem problem, PriceGuide guide, FleetChoice start, long seed, int steps, long target) {
        NeighbourhoodSearch search = new NeighbourhoodSearch(problem, guide, () -> false);
        search.offer(start);
        search.improve(steps, seed, target);
        return new Found(search.best(), search.steps(), search.tried());
    }

    /** @param threads changes how long it takes, never what is found */
    static Found improve(
            FleetProblem problem,
            PriceGuide guide,
            Optional<FleetChoice> start,
            long seed,
            int seeds,
            int steps,
            long target,
            int threads,
            BooleanSupplier stop) {
        List<Callable<NeighbourhoodSearch>> searches = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            long own = seed + i;
            searches.add(() -> {
                NeighbourhoodSearch search = new NeighbourhoodSearch(problem, guide, stop);
                start.ifPresentOrElse(search::offer, search::construct);
                search.improve(steps, own, target);
                return search;
            });
        }
        Optional<FleetChoice> best = Optional.empty();
        long[] bestCriteria = null;
        long taken = 0;
        long tried = 0;
        Ledger ledger = new Ledger(problem);
        for (NeighbourhoodSearch search : run(searches, threads)) {
            taken += search.steps();
            tried += search.tried();
            if (search.best().isPresent()) {
                ledger.evaluate(search.best().get().nodes(), search.best().get().startMicros());
                long[] criteria = ledger.criteria();
                if (bestCriteria == null || Arrays.compare(criteria, bestCriteria) < 0) {
                    bestCriteria = criteria;
                    best = search.best();
                }
            }
        }
        return new Found(best, taken, tried);
    }

    private static List<NeighbourhoodSearch> run(List<Callable<NeighbourhoodSearch>> searches, int threads) {
        try (ExecutorService executor = Executors.newFixedThreadPool(Math.min(searches.size(), threads))) {
            List<NeighbourhoodSearch> done = new ArrayList<>();
            for (Future<NeighbourhoodSearch> future : executor.invokeAll(searches)) {
                done.add(future.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The search was interrupted from outside.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A search failed: " + e.getCause(), e.getCause());
        }
    }
}
