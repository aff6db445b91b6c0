package muster.planner;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import muster.planner.bound.FleetBound;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.Work;
import muster.planner.perf.LayoutEstimator;
import muster.planner.perf.RateBook;
import muster.planner.perf.ReplicaEstimator;
import muster.planner.search.PriorityTiming;

/** The facade: plans a fleet for a scenario. */
public final class CapacityPlanner {
    private static final double OPTIMAL_ABSOLUTE = 0.01;
    private static final double OPTIMAL_RELATIVE = 1e-6;
    private static final double NEARLY_USED_UP = 0.99;

    private CapacityPlanner() {}

    /**
     * {@return the best checked plan found, with its bound; or a proof that there is none; or neither}
     *
     * @param interrupted asked now and then; once true the search ends with the best plan so far
     */
    public static PlanAnswer plan(Scenario scenario, SearchSettings settings, BooleanSupplier interrupted) {
        return plan(scenario, settings, SearchWatch.NOBODY, interrupted);
    }

    /**
     * {@link #plan(Scenario, SearchSettings, BooleanSupplier)}, watched.
     *
     * @param watch is told how far the search has come
     */
    public static PlanAnswer plan(
            Scenario scenario, SearchSettings settings, SearchWatch watch, BooleanSupplier interrupted) {
        return plan(
                scenario,
                new RateBook(),
                settings,
                EnumSet.allOf(SearchStage.class),
                Optional.empty(),
                watch,
                interrupted);
    }

    /** {@link #plan(Scenario, SearchSettings, BooleanSupplier)} with only some stages of the search, to see what each is worth. */
    public static PlanAnswer plan(
            Scenario scenario, SearchSettings settings, Set<SearchStage> stages, BooleanSupplier interrupted) {
        return plan(scenario, new RateBook(), settings, stages, Optional.empty(), SearchWatch.NOBODY, interrupted);
    }

    /**
     * {@return the best plan as {@link #plan} finds it, with other fleets that are nearly as good beside it}
     *
     * @param most how many others at most
     * @param withinPercent how much worse than the best, in the first objective, they may be
     */
    public static PlanAnswer planWithAlternatives(
            Scenario scenario, SearchSettings settings, int most, double withinPercent, BooleanSupplier interrupted) {
        RateBook book = new RateBook();
        PlanAnswer best = plan(scenario, book, settings, Optional.empty(), interrupted);
        if (best.plan().isEmpty()) {
            return best;
        }
        // A clock that ended the search for the best leaves no time for others; else they get as much again.
        long begin = System.nanoTime();
        boolean ended = !best.run().reproducible();
        BooleanSupplier stop = () -> ended
                || interrupted.getAsBoolean()
                || settings.seconds().isPresent()
                        && System.nanoTime() - begin > settings.seconds().getAsDouble() * 1e9;
        SearchSettings unclocked =
                new SearchSettings(settings.seed(), settings.steps(), OptionalDouble.empty(), settings.gapPercent());
        List<Plan> others =
                new FleetAlternatives(best, book, new WhatIfs(book, unclocked, stop), withinPercent / 100).find(most);
        return best.withAlternatives(
                new PlanAnswer.Alternatives(withinPercent, 100 * FleetAlternatives.DIFFERENT_FRACTION, others),
                !stop.getAsBoolean());
    }

    /**
     * {@return the answer to one of several questions}
     *
     * @param book of rates, which they share
     * @param known the plan that was found for it already, whose bound is still to be told; else it is searched for
     */
    static PlanAnswer plan(
            Scenario scenario,
            RateBook book,
            SearchSettings settings,
            Optional<FleetChoice> known,
            BooleanSupplier interrupted) {
        return plan(scenario, book, settings, EnumSet.allOf(SearchStage.class), known, SearchWatch.NOBODY, interrupted);
    }

    private static PlanAnswer plan(
            Scenario scenario,
            RateBook book,
            SearchSettings settings,
            Set<SearchStage> stages,
            Optional<FleetChoice> known,
            SearchWatch watch,
            BooleanSupplier interrupted) {
        long begin = System.nanoTime();
        AtomicBoolean clockEnded = new AtomicBoolean();
        BooleanSupplier stop = () -> {
            boolean late = settings.seconds().isPresent()
                    && System.nanoTime() - begin > settings.seconds().getAsDouble() * 1e9;
            if (late) {
                clockEnded.set(true);
            }
            return late || interrupted.getAsBoolean();
        };
        FleetInquiry inquiry = new FleetInquiry(scenario, book, settings, stages, watch, stop);
        FleetInquiry.Finding finding = known.isPresent() ? inquiry.proveOnly(known) : inquiry.searchAndProve();
        FleetProblem asked = finding.problem();
        Optional<Plan> plan = finding.choice()
                .map(choice -> PriorityTiming.of(asked, asked.lots().ofPlan(choice), stop))
                .map(timed -> PlanLedger.plan(scenario, asked, asked.lots().toPlan(timed)));
        plan.ifPresent(sound -> PlanChecker.requireSound(scenario, sound));
        Objective objective = scenario.objectives().getFirst();
        Optional<PlanAnswer.Bound> bound = finding.infeasible()
                ? Optional.empty()
                : Optional.of(new PlanAnswer.Bound(Grid.reported(objective, finding.boundValue()), finding.method()));
        List<PlanAnswer.LimitUse> limits =
                plan.isPresent() ? limitUses(scenario, book, finding, plan.get(), stop) : List.of();
        Optional<PlanAnswer.Conflict> conflict =
                finding.infeasible() ? Optional.of(conflict(scenario, book, stop)) : Optional.empty();
        boolean wasInterrupted = interrupted.getAsBoolean();
        return new PlanAnswer(
                scenario,
                status(objective, finding, plan, bound),
                plan,
                bound,
                limits,
                conflict,
                plan.map(found -> new OnePoolPlans(scenario, book, stop).of(found))
                        .orElse(List.of()),
                new PlanAnswer.Run(
                        settings.seed(),
                        finding.steps(),
                        finding.evaluations(),
                        finding.boxes(),
                        (System.nanoTime() - begin) / 1e9,
                        !clockEnded.get() && !finding.endedByClock() && !wasInterrupted,
                        wasInterrupted,
                        finding.stage(),
                        settings.gapPercent(),
                        ComputeBackends.inUse()));
    }

    /**
     * {@return the fastest layouts of a job on exactly this many nodes}
     *
     * @param wish dimensions that are fixed; the others are searched
     * @param top how many
     */
    public static LayoutEstimates estimate(Job job, Node node, int nodes, LayoutWish wish, int top) {
        return new LayoutEstimator(job, node, wish).best(nodes, top);
    }

    private static PlanAnswer.Conflict conflict(Scenario scenario, RateBook book, BooleanSupplier stop) {
        return new ConflictFinder(scenario, book, stop)
                .find()
                .withLeaveOut(new LeaveOutFinder(scenario, book, stop).find());
    }

    /** {@return the {@code top} fastest replicas of a job that generates, on so many nodes} */
    public static ReplicaEstimates estimateReplicas(
            Job job, Work.Generation work, Node node, int nodes, LayoutWish wish, int top) {
        return new ReplicaEstimator(job, work, node).best(nodes, wish, top);
    }

    private static PlanAnswer.Status status(
            Objective objective, FleetInquiry.Finding finding, Optional<Plan> plan, Optional<PlanAnswer.Bound> bound) {
        if (finding.infeasible()) {
            return PlanAnswer.Status.INFEASIBLE;
        }
        if (plan.isEmpty()) {
            return PlanAnswer.Status.UNKNOWN;
        }
        double value = plan.get().totals().value(objective).orElse(Double.NaN);
        double tolerance = Math.max(OPTIMAL_ABSOLUTE, OPTIMAL_RELATIVE * Math.abs(value));
        double gap = value - bound.orElseThrow().value();
        if (gap < -tolerance) {
            throw new IllegalStateException("A checked plan (%s) is below the bound (%s): the bound is wrong."
                    .formatted(value, bound.orElseThrow().value()));
        }
        boolean optimal = gap <= tolerance;
        return optimal ? PlanAnswer.Status.OPTIMAL : PlanAnswer.Status.FEASIBLE;
    }

    private static List<PlanAnswer.LimitUse> limitUses(
            Scenario scenario, RateBook book, FleetInquiry.Finding finding, Plan plan, BooleanSupplier stop) {
        return LimitUses.of(plan, scenario).stream()
                .map(row -> new PlanAnswer.LimitUse(
                        row.term().name(),
                        row.limit(),
                        row.value(),
                        row.unit(),
                        binds(row.term(), row.value() / row.limit(), scenario, book, finding, stop)))
                .toList();
    }

    /**
     * Loosening the limit alone improves on the bound: without it there is a plan below what is possible with it. Among many
     * jobs a limit that is not nearly used up is not asked about.
     *
     * @param usedFraction of the limit
     */
    private static boolean binds(
            Term term,
            double usedFraction,
            Scenario scenario,
            RateBook book,
            FleetInquiry.Finding finding,
            BooleanSupplier stop) {
        FleetProblem problem = finding.problem();
        if (problem.jobCount() > 1 && !FleetBound.isSmall(problem) && usedFraction < NEARLY_USED_UP) {
            return false;
        }
        Optional<FleetChoice> incumbent = finding.choice();
        FleetInquiry.Finding without = new FleetInquiry(
                        term.lifted(scenario), book, FleetInquiry.whatIf(scenario.seed()), stop)
                .proveOnly(incumbent);
        double step = Grid.stepSize(scenario.objectives().getFirst());
        return without.value().isPresent() && without.value().getAsDouble() < finding.boundValue() - step / 2;
    }
}
