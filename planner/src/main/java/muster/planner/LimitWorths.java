package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.domain.Axis;
import muster.planner.domain.Explanation.Dual;
import muster.planner.domain.Explanation.LimitWorth;
import muster.planner.domain.Explanation.NextStep;
import muster.planner.domain.Explanation.Worth;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/** What one step more of each limit is worth, and the least loosening that is worth anything; by planning again. */
final class LimitWorths {
    private static final int DUAL_ROUNDS = 200;
    private static final double NOISE = 1e-4;

    private final PlanAnswer base;
    private final Plan plan;
    private final Scenario scenario;
    private final Objective objective;
    private final RateBook book;
    private final WhatIfs whatIfs;
    private final BooleanSupplier stop;
    private OptionalDouble relaxed = OptionalDouble.empty();

    /** @param base a feasible answer */
    LimitWorths(PlanAnswer base, RateBook book, WhatIfs whatIfs, BooleanSupplier stop) {
        this.base = base;
        this.plan = base.plan().orElseThrow();
        this.scenario = base.scenario();
        this.objective = scenario.objectives().getFirst();
        this.book = book;
        this.whatIfs = whatIfs;
        this.stop = stop;
    }

    /** {@return a row for each stated limit, then for each pool that nodes are rented in} */
    List<LimitWorth> all() {
        List<LimitWorth> worths = new ArrayList<>();
        List<Term> terms = Term.of(scenario);
        for (LimitUse use : base.limits()) {
            terms.stream()
                    .filter(term -> term.name().equals(use.name()))
                    .flatMap(term -> Loosening.of(term, scenario).stream())
                    .forEach(loosening -> worths.add(stated(use, loosening)));
        }
        terms.stream()
                .filter(Term.MostNodes.class::isInstance)
                .flatMap(term -> Loosening.of(term, scenario).stream())
                .forEach(loosening -> worths.add(mostNodes(loosening)));
        return worths;
    }

    private LimitWorth stated(LimitUse use, Loosening loosening) {
        Optional<Worth> worth = use.binding() ? worth(loosening) : worthless(loosening);
        boolean gains = worth.filter(found -> found.gain() > 0).isPresent();
        return new LimitWorth(
                use.name(), use.limit(), use.value(), use.unit(), use.binding() || gains, worth, dual(loosening));
    }

    /** A limit whose lifting gains nothing gains nothing by a step, where the plan is proved best. */
    private Optional<Worth> worthless(Loosening loosening) {
        return base.status() == Status.OPTIMAL
                ? Optional.of(new Worth(0, loosening.stepName(), true, Optional.empty()))
                : worth(loosening);
    }

    /** A pool of which the plan leaves a step unused may still matter: mixes and layouts need certain counts. */
    private LimitWorth mostNodes(Loosening loosening) {
        String pool = ((Term.MostNodes) loosening.term()).pool();
        int used = plan.fleet().stream()
                .filter(row -> row.pool().name().equals(pool))
                .mapToInt(Plan.FleetRow::nodes)
                .sum();
        Optional<Worth> worth = worth(loosening);
        boolean gains = worth.filter(found -> found.gain() > 0 || found.next().isPresent())
                .isPresent();
        return new LimitWorth(loosening.term().name(), loosening.limit(), used, "nodes", gains, worth, dual(loosening));
    }

    private Optional<Worth> worth(Loosening loosening) {
        WhatIfs.Solved solved = whatIfs.best(loosening.loosened(scenario), Optional.of(plan.choice()));
        OptionalDouble gain = gain(solved);
        if (gain.isEmpty()) {
            return Optional.empty();
        }
        boolean proved = solved.exact() && base.status() == Status.OPTIMAL;
        return Optional.of(new Worth(
                gain.getAsDouble(), loosening.stepName(), proved, proved ? next(loosening) : Optional.empty()));
    }

    /** The difference of two relaxations: each is found by an ascent, so what it may have missed counts as nothing. */
    private Optional<Dual> dual(Loosening loosening) {
        if (relaxed.isEmpty()) {
            relaxed = OptionalDouble.of(relaxed(scenario));
        }
        double before = relaxed.getAsDouble();
        double after = relaxed(loosening.loosened(scenario));
        if (!Double.isFinite(before) || !Double.isFinite(after) || stop.getAsBoolean()) {
            return Optional.empty();
        }
        double gain = before - after;
        boolean noise = gain <= NOISE * Math.abs(before);
        return Optional.of(new Dual(noise ? 0 : Grid.reported(objective, gain), loosening.stepName()));
    }

    private double relaxed(Scenario asked) {
        Relaxation relaxation = new Relaxation(FleetProblem.of(asked, book), stop);
        relaxation.tighten(DUAL_ROUNDS, Double.POSITIVE_INFINITY, 0);
        return relaxation.fractionalValue();
    }

    /** {@return how much lower the first objective is, in its reported unit; below one step of its grid it is 0} */
    private OptionalDouble gain(WhatIfs.Solved solved) {
        OptionalDouble before = plan.totals().value(objective);
        OptionalDouble after =
                solved.plan().map(found -> found.totals().value(objective)).orElse(OptionalDouble.empty());
        if (before.isEmpty() || after.isEmpty()) {
            return OptionalDouble.empty();
        }
        double gain = before.getAsDouble() - after.getAsDouble();
        return OptionalDouble.of(gain < Grid.reported(objective, Grid.stepSize(objective)) / 2 ? 0 : gain);
    }

    /** With the plan's own value, less a step of its grid, as a limit the scenario has no plan: what must give way? */
    private Optional<NextStep> next(Loosening loosening) {
        Optional<Scenario> better = better();
        if (better.isEmpty()) {
            return Optional.empty();
        }
        return new ConflictFinder(better.get(), book, stop)
                .leastRelaxation(loosening.term())
                .filter(relaxation -> !relaxation.isWord() && relaxation.to() > loosening.limit())
                .flatMap(relaxation -> {
                    WhatIfs.Solved solved =
                            whatIfs.best(loosening.at(scenario, relaxation.to()), Optional.of(plan.choice()));
                    OptionalDouble gain = gain(solved);
                    return gain.isPresent() && gain.getAsDouble() > 0
                            ? Optional.of(new NextStep(relaxation.to(), gain.getAsDouble()))
                            : Optional.empty();
                });
    }

    /** {@return the scenario of plans that are better by a step of the grid; only for cost and days, which have limits} */
    private Optional<Scenario> better() {
        return switch (objective) {
            case COST ->
                Optional.of(WhatIfs.capped(
                        scenario, WhatIfs.below(Axis.COST, plan.totals().microUsd()), Long.MAX_VALUE, Long.MAX_VALUE));
            case DAYS ->
                Optional.of(WhatIfs.capped(
                        scenario,
                        Long.MAX_VALUE,
                        WhatIfs.below(Axis.DAYS, plan.totals().finishMicros()),
                        Long.MAX_VALUE));
            case ENERGY, CARBON -> Optional.empty();
        };
    }
}
