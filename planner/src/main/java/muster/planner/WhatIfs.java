package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import muster.planner.cost.Grid;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.Axis;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.perf.RateBook;

/** Re-solves of one scenario with something changed. They share its rates, and offer each other their plans. */
final class WhatIfs {
    private static final Origin WHAT_IF = new Origin("command line", "", Confidence.HIGH);

    private final RateBook book;
    private final SearchSettings settings;
    private final BooleanSupplier stop;
    private int solves;

    /** @param settings of the search, where the bound alone does not settle a question */
    WhatIfs(RateBook book, SearchSettings settings, BooleanSupplier stop) {
        this.book = book;
        this.settings = settings;
        this.stop = stop;
    }

    /**
     * What came of a re-solve.
     *
     * @param plan the best known; empty where there is none, or none was found
     * @param infeasible there is none
     * @param exact the plan is proved best
     */
    record Solved(Optional<Plan> plan, boolean infeasible, boolean exact) {
        Optional<FleetChoice> choice() {
            return plan.map(Plan::choice);
        }
    }

    /**
     * {@return the best plan of a scenario} The bound alone mostly settles it; else it is searched for.
     *
     * @param neighbour a plan of a question nearby, to beat if it is one here
     */
    Solved best(Scenario scenario, Optional<FleetChoice> neighbour) {
        solves++;
        return solved(scenario, new FleetInquiry(scenario, book, settings, stop).besideOthers(neighbour));
    }

    /**
     * {@return the plan itself where a change that is good for no plan has left it as good as it was; else the best plan}
     *
     * @param worse the scenario after such a change: a limit tightened, a price raised
     * @param before the answer without it, with a plan
     */
    Solved bestAfterWorsening(Scenario worse, PlanAnswer before) {
        Plan best = before.plan().orElseThrow();
        Optional<Plan> kept = new FleetInquiry(worse, book, settings, stop).kept(best.choice());
        boolean unchanged =
                kept.filter(plan -> plan.totals().equals(best.totals())).isPresent();
        return unchanged
                ? new Solved(kept, false, before.status() == PlanAnswer.Status.OPTIMAL)
                : best(worse, Optional.of(best.choice()));
    }

    /** {@return any plan, or the proof that there is none, or neither} */
    Solved any(Scenario scenario) {
        solves++;
        return solved(scenario, new FleetInquiry(scenario, book, settings, stop).isPossible());
    }

    private static Solved solved(Scenario scenario, FleetInquiry.Finding finding) {
        return new Solved(
                finding.choice().map(choice -> PlanLedger.plan(scenario, finding.problem(), choice)),
                finding.infeasible(),
                finding.exact() && finding.feasible());
    }

    int solves() {
        return solves;
    }

    boolean stopped() {
        return stop.getAsBoolean();
    }

    static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, WHAT_IF);
    }

    /** {@return the scenario whose limits are at most these; Long.MAX_VALUE leaves a limit as it is} */
    static Scenario capped(Scenario scenario, long microUsd, long finishMicros, long peakMilliwatts) {
        Limits limits = scenario.limits();
        return scenario.withLimits(new Limits(
                capped(limits.deadlineSeconds(), finishMicros, 1e6, BaseUnit.SECONDS),
                capped(limits.budgetUsd(), microUsd, 1e6, BaseUnit.USD),
                capped(limits.powerWatts(), peakMilliwatts, 1e3, BaseUnit.WATTS)));
    }

    private static Optional<Figure> capped(Optional<Figure> limit, long most, double perUnit, BaseUnit unit) {
        boolean kept = most == Long.MAX_VALUE
                || limit.isPresent() && Math.round(limit.get().value() * perUnit) <= most;
        return kept ? limit : Optional.of(figure(atLeast(most, perUnit), unit));
    }

    /** {@return the most of an axis, in its small unit, that counts as this many steps of the grid} */
    static long mostOf(Axis axis, long steps) {
        if (axis == Axis.POWER) {
            return steps;
        }
        long size = Grid.stepSize(axis == Axis.COST ? Objective.COST : Objective.DAYS);
        return steps * size + (size - 1) / 2;
    }

    /** {@return the most of cost or days that counts as less than this amount} */
    static long below(Axis axis, long amount) {
        return mostOf(axis, Grid.steps(axis == Axis.COST ? Objective.COST : Objective.DAYS, amount) - 1);
    }

    /** {@return the amount in the larger unit, rounded up: beyond 285 years of microseconds a double would miss some} */
    private static double atLeast(long amount, double perUnit) {
        double value = amount / perUnit;
        return Math.round(value * perUnit) < amount ? Math.nextUp(value) : value;
    }

    /** {@return the scenario that minimises these, in this order} */
    static Scenario minimising(Scenario scenario, Objective... objectives) {
        return scenario.withObjectives(List.of(objectives));
    }
}
