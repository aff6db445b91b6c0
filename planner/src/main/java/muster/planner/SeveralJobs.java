package muster.planner;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import muster.planner.bound.FleetBound;
import muster.planner.bound.PriceGuide;
import muster.planner.bound.Proof;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.SearchState;
import muster.planner.perf.RateBook;
import muster.planner.search.FleetNeighbourhoods;
import muster.planner.search.FleetSearch;

/**
 * The way to a plan of several jobs: prices of what is scarce from the relaxation, schedules built by them, neighbourhoods of
 * the best one from several seeds, local search, sharper prices now that a plan is known, and every plan where there are
 * few. Each stage starts from the best of the earlier ones, so leaving one out never breaks the others.
 */
final class SeveralJobs {
    private static final int SEEDS = 2;
    private static final int NEIGHBOURHOODS_PER_SEED = 2_000;
    private static final int ROUNDS_WITH_A_PLAN = 100;
    private static final int LAST_ROUNDS = 200;

    /** Freeing jobs and tying them anew in a linear program takes about as long as so many neighbourhoods. */
    private static final int STEPS_PER_REBUILD = 20;

    private static final int LOCAL_STEPS = 2_000;
    private static final int LOCAL_PATIENCE = 400;

    private final Scenario scenario;
    private final RateBook book;
    private final FleetProblem problem;
    private final SearchSettings settings;
    private final Set<SearchStage> stages;
    private final double gapFraction;
    private final SearchWatch watch;
    private final BooleanSupplier stop;

    private Optional<FleetChoice> best = Optional.empty();
    private long[] bestCriteria;
    private long steps;
    private long evaluations;
    private String stage = "";
    private boolean endedByClock;

    SeveralJobs(
            Scenario scenario,
            RateBook book,
            FleetProblem problem,
            SearchSettings settings,
            Set<SearchStage> stages,
            double gapFraction,
            SearchWatch watch,
            BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.problem = problem;
        this.settings = settings;
        this.stages = stages;
        this.gapFraction = gapFraction;
        this.watch = watch;
        this.stop = stop;
    }

    /** What the search came to; the proof's plan may be better than the search's. */
    record Outcome(
            Proof root,
            Proof proof,
            Optional<FleetChoice> choice,
            String stage,
            long steps,
            long evaluations,
            boolean endedByClock) {}

    Outcome answer() {
        Relaxation relaxation = new Relaxation(problem, stop);
        relaxation.tighten(Relaxation.FIRST_ROUNDS, Double.POSITIVE_INFINITY, 0);
        if (relaxation.infeasible()) {
            return outcome(relaxation.proof(), relaxation.proof());
        }
        if (has(SearchStage.CONSTRUCTION)) {
            offer(FleetNeighbourhoods.construct(problem, guide(relaxation), stop), "construction");
        }
        if (!closed(relaxation)) {
            relaxation.tighten(ROUNDS_WITH_A_PLAN, value(), gapFraction);
        }
        if (has(SearchStage.CONSTRUCTION) && !closed(relaxation)) {
            offer(FleetNeighbourhoods.construct(problem, guide(relaxation), stop), "construction");
        }
        if (has(SearchStage.SLICES) && problem.criteria().getFirst() != Objective.DAYS && !closed(relaxation)) {
            offer(
                    FleetNeighbourhoods.slice(
                            problem,
                            guide(relaxation),
                            settings.seed(),
                            has(SearchStage.SEEDS) ? SEEDS : 1,
                            (int) Math.min(
                                    settings.steps().orElse(Integer.MAX_VALUE) / STEPS_PER_REBUILD, Integer.MAX_VALUE),
                            FleetInquiry.target(problem, relaxation.value(), gapFraction),
                            stop),
                    "slices");
        }
        if (has(SearchStage.DEADLINES) && problem.criteria().getFirst() == Objective.DAYS && !closed(relaxation)) {
            halveDeadlines(relaxation);
        }
        if (has(SearchStage.NEIGHBOURHOODS) && !closed(relaxation)) {
            int seeds = has(SearchStage.SEEDS) ? SEEDS : 1;
            int each = Math.toIntExact(
                    settings.steps().isPresent()
                            ? Math.min(settings.steps().getAsLong() / seeds, Integer.MAX_VALUE)
                            : NEIGHBOURHOODS_PER_SEED);
            offer(
                    FleetNeighbourhoods.improve(
                            problem,
                            guide(relaxation),
                            best,
                            settings.seed(),
                            seeds,
                            each,
                            FleetInquiry.target(problem, relaxation.value(), gapFraction),
                            stop),
                    "neighbourhoods");
        }
        if (has(SearchStage.LOCAL_SEARCH) && !closed(relaxation)) {
            searchLocally(relaxation);
        }
        if (!closed(relaxation)) {
            relaxation.tighten(LAST_ROUNDS, value(), gapFraction);
        }
        if (!closed(relaxation)) {
            relaxation.branch(Relaxation.LAST_BOXES, value(), gapFraction);
        }
        Proof root = relaxation.proof();
        Proof proof =
                has(SearchStage.ENUMERATION) ? FleetBound.prove(problem, best, root, gapFraction, false, stop) : root;
        return outcome(root, proof);
    }

    private Outcome outcome(Proof root, Proof proof) {
        return new Outcome(root, proof, best, stage, steps, evaluations, endedByClock);
    }

    private boolean has(SearchStage one) {
        return stages.contains(one);
    }

    private PriceGuide guide(Relaxation relaxation) {
        return has(SearchStage.PRICES) ? relaxation.guide() : PriceGuide.none(problem.jobCount(), problem.poolCount());
    }

    private void halveDeadlines(Relaxation relaxation) {
        LeastDays days = new LeastDays(
                scenario, book, settings.seed(), relaxation.value(), value(), best, has(SearchStage.SLICES), stop);
        days.search(gapFraction);
        steps += days.steps();
        evaluations += days.evaluations();
        days.best().ifPresent(choice -> offer(choice, "deadlines"));
        relaxation.raise(days.provedMicros(), days.deadlines());
    }

    private void searchLocally(Relaxation relaxation) {
        FleetSearch.Ending ending = new FleetSearch.Ending(
                OptionalLong.of(settings.steps().isPresent() ? settings.steps().getAsLong() : LOCAL_STEPS),
                settings.seconds(),
                FleetInquiry.target(problem, relaxation.value(), gapFraction),
                LOCAL_PATIENCE);
        FleetChoice start = best.orElseGet(() -> FleetInquiry.nothing(problem));
        FleetSearch.Found found = FleetSearch.search(problem, start, settings.seed(), ending, stop);
        steps += found.steps();
        evaluations += found.evaluations();
        endedByClock |= found.endedByClock();
        found.choice().ifPresent(choice -> offer(choice, "search"));
    }

    private void offer(FleetNeighbourhoods.Found found, String by) {
        steps += found.steps();
        evaluations += found.evaluations();
        found.choice().ifPresent(choice -> offer(choice, by));
    }

    private void offer(FleetChoice choice, String by) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        long[] criteria = ledger.criteria();
        if (ledger.feasible() && (bestCriteria == null || Arrays.compare(criteria, bestCriteria) < 0)) {
            best = Optional.of(choice);
            bestCriteria = criteria;
            stage = by;
        }
    }

    /** {@return whether the best plan is as close to the bound as asked; whoever watches is told how close it is} */
    private boolean closed(Relaxation relaxation) {
        Objective objective = problem.criteria().getFirst();
        double value = value();
        watch.reached(new SearchState(
                objective,
                best.isPresent() ? OptionalDouble.of(Grid.reported(objective, value)) : OptionalDouble.empty(),
                Grid.reported(objective, Math.max(0, relaxation.value()))));
        return bestCriteria != null && bestCriteria[0] <= FleetInquiry.target(problem, relaxation.value(), gapFraction);
    }

    /** {@return the best plan's first criterion in ledger units; infinite where there is none} */
    private double value() {
        if (best.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(best.get().nodes(), best.get().startMicros());
        return ledger.value(problem.criteria().getFirst());
    }
}
