package muster.planner;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import muster.planner.bound.FleetBound;
import muster.planner.bound.PriceGuide;
import muster.planner.bound.Proof;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.SearchState;
import muster.planner.perf.RateBook;
import muster.planner.search.FleetNeighbourhoods;
import muster.planner.search.FleetSearch;

/**
 * One question put to bound and search: is there a plan for a scenario, which is the best, and how good can any be.
 * First a quick bound with a plan near it, then local search from there, then the bound proper with the found plan to
 * beat.
 */
final class FleetInquiry {
    /** A wider gap is asked for as this one: any plan will do. */
    private static final double WIDEST_GAP_FRACTION = 0.999;

    private static final long STEPS_FOR_ANY_PLAN = 1_000;
    private static final int STEPS_OF_A_WHAT_IF = 30;
    private static final long STEPS_BESIDE_OTHERS = 200;

    private final Scenario scenario;
    private final RateBook book;
    private final FleetProblem problem;
    private final SearchSettings settings;
    private final Set<SearchStage> stages;
    private final SearchWatch watch;
    private final BooleanSupplier stop;

    /** @param book of rates, shared by the what-ifs of a scenario */
    FleetInquiry(Scenario scenario, RateBook book, SearchSettings settings, BooleanSupplier stop) {
        this(scenario, book, settings, EnumSet.allOf(SearchStage.class), SearchWatch.NOBODY, stop);
    }

    /** @param stages of the search for several jobs */
    FleetInquiry(
            Scenario scenario,
            RateBook book,
            SearchSettings settings,
            Set<SearchStage> stages,
            SearchWatch watch,
            BooleanSupplier stop) {
        this(scenario, book, FleetProblem.of(scenario, book), settings, stages, watch, stop);
    }

    /** @param problem of the scenario */
    FleetInquiry(
            Scenario scenario,
            RateBook book,
            FleetProblem problem,
            SearchSettings settings,
            Set<SearchStage> stages,
            SearchWatch watch,
            BooleanSupplier stop) {
        this.watch = watch;
        this.scenario = scenario;
        this.book = book;
        this.stages = stages;
        this.problem = problem;
        this.settings = settings;
        this.stop = stop;
    }

    /**
     * What came of it.
     *
     * @param choice the best plan known, as plans state it; empty where none was found
     * @param infeasible there is no plan
     * @param boundValue no plan's first criterion is below, in ledger units
     * @param stage what found the plan: relaxation, search or bound
     */
    record Finding(
            FleetProblem problem,
            Optional<FleetChoice> choice,
            boolean infeasible,
            double boundValue,
            boolean exact,
            String method,
            String stage,
            long steps,
            long evaluations,
            long boxes,
            boolean endedByClock) {
        boolean feasible() {
            return choice.isPresent();
        }

        /** {@return the plan added up; there must be one} */
        Ledger ledger() {
            FleetChoice byLots = problem.lots().ofPlan(choice.orElseThrow());
            Ledger ledger = new Ledger(problem);
            ledger.evaluate(byLots.nodes(), byLots.startMicros());
            return ledger;
        }

        /** {@return the plan's first criterion in ledger units} */
        OptionalDouble value() {
            if (choice.isEmpty()) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(ledger().value(problem.criteria().getFirst()));
        }
    }

    /** {@return the full answer: bound, search, bound} */
    Finding searchAndProve() {
        if (problem.jobCount() > 1) {
            SeveralJobs.Outcome outcome =
                    new SeveralJobs(scenario, book, problem, settings, stages, gapFraction(), watch, stop).answer();
            FleetSearch.Found found = new FleetSearch.Found(
                    outcome.choice(), outcome.steps(), outcome.evaluations(), outcome.endedByClock());
            return finding(outcome.root(), outcome.proof(), outcome.choice(), outcome.stage(), found);
        }
        Proof root = FleetBound.root(problem, stop);
        if (root.infeasible() || root.exact()) {
            return finding(
                    root, root, Optional.empty(), "relaxation", new FleetSearch.Found(Optional.empty(), 0, 0, false));
        }
        tell(root.best().filter(this::feasible), root.value());
        FleetSearch.Found found = search(root, root.best().filter(this::feasible));
        Optional<FleetChoice> incumbent = better(root.best(), found.choice());
        String stage =
                incumbent.isPresent() && incumbent.equals(root.best().filter(this::feasible)) ? "relaxation" : "search";
        tell(incumbent, root.value());
        Proof proof = FleetBound.prove(problem, incumbent, root, gapFraction(), false, stop);
        return finding(root, proof, incumbent, stage, found);
    }

    private void tell(Optional<FleetChoice> best, double boundValue) {
        Objective objective = problem.criteria().getFirst();
        OptionalDouble value = OptionalDouble.empty();
        if (best.isPresent()) {
            Ledger ledger = new Ledger(problem);
            ledger.evaluate(best.get().nodes(), best.get().startMicros());
            value = OptionalDouble.of(Grid.reported(objective, ledger.value(objective)));
        }
        watch.reached(new SearchState(objective, value, Grid.reported(objective, Math.max(0, boundValue))));
    }

    /** Local search from a plan near the bound, or from one that is known. */
    private FleetSearch.Found search(Proof root, Optional<FleetChoice> known) {
        FleetSearch.Ending ending =
                FleetSearch.Ending.of(problem, settings.steps(), searchSeconds(), target(root.value()));
        FleetChoice start = known.or(root::best).orElseGet(() -> nothing(problem));
        FleetSearch.Found found = FleetSearch.search(problem, start, settings.seed(), ending, stop);
        return new FleetSearch.Found(
                better(known, found.choice()), found.steps(), found.evaluations(), found.endedByClock());
    }

    /**
     * {@return the answer to one of many questions beside the main one} What the bound does not settle is searched for, from
     * the neighbour's plan where it is one here.
     *
     * @param plan of a question nearby
     */
    Finding besideOthers(Optional<FleetChoice> plan) {
        Optional<FleetChoice> neighbour = plan.map(problem.lots()::ofPlan);
        if (problem.jobCount() > 1 && !FleetBound.isSmall(problem)) {
            return severalBesideOthers(neighbour);
        }
        Proof root = FleetBound.root(problem, stop);
        Proof proof = FleetBound.prove(problem, better(root.best(), neighbour), root, 0, true, stop);
        FleetSearch.Found found = new FleetSearch.Found(Optional.empty(), 0, 0, false);
        Optional<FleetChoice> known = better(proof.best(), neighbour);
        if (!proof.infeasible() && !proof.exact() && !stop.getAsBoolean()) {
            found = search(root, known);
        }
        return finding(root, proof, better(known, found.choice()), "search", found);
    }

    private Finding severalBesideOthers(Optional<FleetChoice> neighbour) {
        OptionalLong steps = settings.steps().isPresent() ? settings.steps() : OptionalLong.of(STEPS_BESIDE_OTHERS);
        SearchSettings shorter = new SearchSettings(settings.seed(), steps, settings.seconds(), settings.gapPercent());
        SeveralJobs.Outcome outcome =
                new SeveralJobs(scenario, book, problem, shorter, stages, gapFraction(), watch, stop).answer();
        FleetSearch.Found found =
                new FleetSearch.Found(outcome.choice(), outcome.steps(), outcome.evaluations(), outcome.endedByClock());
        return finding(outcome.root(), outcome.proof(), better(outcome.choice(), neighbour), outcome.stage(), found);
    }

    /** {@return what the bound alone knows, with a plan to beat, as plans state it; for the many questions of a what-if} */
    Finding proveOnly(Optional<FleetChoice> plan) {
        Optional<FleetChoice> incumbent = plan.map(problem.lots()::ofPlan);
        if (problem.jobCount() > 1 && incumbent.isPresent() && !FleetBound.isSmall(problem)) {
            return improveOnly(incumbent);
        }
        Proof root = FleetBound.root(problem, stop);
        Proof proof = FleetBound.prove(problem, better(root.best(), incumbent), root, 0, true, stop);
        return finding(root, proof, incumbent, "bound", new FleetSearch.Found(Optional.empty(), 0, 0, false));
    }

    /** Many jobs are not settled for each what-if: a few neighbourhoods of the plan show whether more is possible. */
    private Finding improveOnly(Optional<FleetChoice> incumbent) {
        PriceGuide guide = PriceGuide.none(problem.jobCount(), problem.poolCount());
        FleetNeighbourhoods.Found found = FleetNeighbourhoods.improve(
                problem, guide, incumbent, settings.seed(), 1, STEPS_OF_A_WHAT_IF, Long.MIN_VALUE, stop);
        Proof nothing = new Proof(false, 0, Optional.empty(), false, "neighbourhoods of a plan", 0);
        return finding(
                nothing,
                nothing,
                found.choice(),
                "neighbourhoods",
                new FleetSearch.Found(found.choice(), found.steps(), found.evaluations(), false));
    }

    /** {@return whether there is a plan at all, the first that comes; neither where the proof and the search give up} */
    Finding isPossible() {
        Proof proof = FleetBound.possible(problem, stop);
        FleetSearch.Found nothing = new FleetSearch.Found(Optional.empty(), 0, 0, false);
        if (proof.infeasible() || proof.best().isPresent() || stop.getAsBoolean()) {
            return finding(proof, proof, Optional.empty(), "bound", nothing);
        }
        if (problem.jobCount() > 1) {
            PriceGuide guide = PriceGuide.none(problem.jobCount(), problem.poolCount());
            FleetNeighbourhoods.Found built = FleetNeighbourhoods.construct(problem, guide, stop);
            if (built.choice().isPresent()) {
                FleetSearch.Found first = new FleetSearch.Found(built.choice(), 0, built.evaluations(), false);
                return finding(proof, proof, built.choice(), "construction", first);
            }
        }
        FleetSearch.Ending atFirstPlan =
                new FleetSearch.Ending(OptionalLong.of(STEPS_FOR_ANY_PLAN), OptionalDouble.empty(), Long.MAX_VALUE / 4);
        FleetSearch.Found found = FleetSearch.search(problem, nothing(problem), settings.seed(), atFirstPlan, stop);
        return finding(proof, proof, found.choice(), "search", found);
    }

    /** {@return the plan of a choice; empty where it breaks a limit} */
    Optional<Plan> kept(FleetChoice choice) {
        return Optional.of(choice)
                .filter(planned -> feasible(problem.lots().ofPlan(planned)))
                .map(kept -> PlanLedger.plan(scenario, problem, kept));
    }

    private Finding finding(
            Proof root, Proof proof, Optional<FleetChoice> incumbent, String stage, FleetSearch.Found found) {
        Optional<FleetChoice> best = better(incumbent, proof.best());
        boolean improved = best.isPresent() && !best.equals(incumbent.filter(this::feasible));
        return new Finding(
                problem,
                best.map(problem.lots()::toPlan),
                proof.infeasible(),
                Math.max(0, Math.max(root.infeasible() ? 0 : root.value(), proof.infeasible() ? 0 : proof.value())),
                proof.exact(),
                proof.method(),
                improved && root != proof ? "bound" : stage,
                found.steps(),
                found.evaluations(),
                root == proof ? root.boxes() : root.boxes() + proof.boxes(),
                found.endedByClock());
    }

    /** {@return half of the time given: the rest belongs to the bound} */
    private OptionalDouble searchSeconds() {
        return settings.seconds().isPresent()
                ? OptionalDouble.of(settings.seconds().getAsDouble() / 2)
                : OptionalDouble.empty();
    }

    /** {@return the step of the first criterion at which the plan is as close to the bound as asked} */
    private long target(double boundValue) {
        return target(problem, boundValue, gapFraction());
    }

    static long target(FleetProblem problem, double boundValue, double gapFraction) {
        Objective objective = problem.criteria().getFirst();
        double value = Double.isFinite(boundValue) ? Math.max(0, boundValue) : 0;
        return Grid.steps(objective, (long) Math.ceil(value / (1 - gapFraction)));
    }

    private double gapFraction() {
        return Math.min(settings.gapPercent().orElse(0) / 100, WIDEST_GAP_FRACTION);
    }

    static FleetChoice nothing(FleetProblem problem) {
        long[] starts = new long[problem.jobCount()];
        for (int j = 0; j < starts.length; j++) {
            starts[j] = problem.releaseMicros(j);
        }
        return new FleetChoice(new int[problem.jobCount()][problem.poolCount()], starts);
    }

    private boolean feasible(FleetChoice choice) {
        return criteria(choice).isPresent();
    }

    private Optional<long[]> criteria(FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.feasible() ? Optional.of(ledger.criteria()) : Optional.empty();
    }

    /** {@return the better of two plans, the first among equals; plans that break a limit do not count} */
    private Optional<FleetChoice> better(Optional<FleetChoice> first, Optional<FleetChoice> second) {
        Optional<long[]> firstCriteria = first.flatMap(this::criteria);
        Optional<long[]> secondCriteria = second.flatMap(this::criteria);
        if (secondCriteria.isEmpty()) {
            return firstCriteria.isPresent() ? first : Optional.empty();
        }
        boolean secondWins = firstCriteria.isEmpty() || Arrays.compare(secondCriteria.get(), firstCriteria.get()) < 0;
        return secondWins ? second : first;
    }

    /** {@return settings for a what-if: default steps, no clock, no gap} */
    static SearchSettings whatIf(long seed) {
        return new SearchSettings(seed, OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
}
