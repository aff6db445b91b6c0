package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import muster.planner.domain.Explanation.BreakEven;
import muster.planner.domain.Explanation.BreakEven.Outcome;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;

/**
 * At which price the best fleet begins or ceases to rent, reserve or buy from a pool. The least cost of a plan that does is a
 * concave function of the price, as every plan's cost is a straight line of it. So the line of the best plan at some price
 * below the break-even meets the cost without such nodes at a price that is no higher than the break-even; from there one
 * asks again, until the best plan there costs as much as the best one without (Newton's way, which ends as plans are finitely
 * many).
 */
final class BreakEvens {
    private static final int MOST_ROUNDS = 60;

    private final PlanAnswer base;
    private final Scenario scenario;
    private final Plan plan;
    private final WhatIfs whatIfs;

    /** @param base a feasible answer */
    BreakEvens(PlanAnswer base, WhatIfs whatIfs) {
        this.base = base;
        this.scenario = base.scenario();
        this.plan = base.plan().orElseThrow();
        this.whatIfs = whatIfs;
    }

    /** {@return one for each price of a pool, where cost is minimised first; else none} */
    List<BreakEven> all() {
        return scenario.objectives().getFirst() == Objective.COST
                ? PoolPrice.of(scenario).stream().map(this::of).toList()
                : List.of();
    }

    private BreakEven of(PoolPrice price) {
        double stated = Math.max(price.least(), price.stated().value());
        boolean used = price.perUnit(plan, stated) > 0;
        WhatIfs.Solved without = used
                ? whatIfs.best(price.without(scenario), Optional.empty())
                : new WhatIfs.Solved(Optional.of(plan), false, base.status() == Status.OPTIMAL);
        Optional<Double> budget = scenario.limits().budgetUsd().map(figure -> figure.value());
        if (without.plan().isEmpty() && !without.infeasible()) {
            return told(price, OptionalDouble.empty(), Outcome.NOT_SETTLED, List.of(), false);
        } else if (without.plan().isEmpty() && budget.isEmpty()) {
            return told(price, OptionalDouble.empty(), Outcome.NEEDED, List.of(), true);
        }
        double target =
                without.plan().map(found -> found.totals().microUsd() / 1e6).orElseGet(() -> budget.orElse(Double.NaN));
        List<String> beats = without.plan().map(found -> others(found, price)).orElse(List.of());
        return between(price, used ? stated : price.least(), target, beats, without);
    }

    private BreakEven between(
            PoolPrice price, double from, double targetUsd, List<String> beats, WhatIfs.Solved without) {
        double asked = from;
        boolean proved = without.exact() || without.infeasible();
        Optional<FleetChoice> neighbour = Optional.of(plan.choice());
        for (int round = 0; round < MOST_ROUNDS && !whatIfs.stopped(); round++) {
            WhatIfs.Solved solved = whatIfs.best(price.at(scenario, asked), neighbour);
            proved &= solved.exact() || solved.infeasible();
            double perUnit = slope(price, solved, asked);
            double usd =
                    solved.plan().map(found -> found.totals().microUsd() / 1e6).orElse(Double.NaN);
            if (!(perUnit > 0)) {
                // At the very start: not even at this price. Later: rounding has carried us just past it.
                boolean known = solved.plan().isPresent() || solved.infeasible();
                return round == 0
                        ? told(
                                price,
                                OptionalDouble.empty(),
                                known ? Outcome.NEVER : Outcome.NOT_SETTLED,
                                beats,
                                solved.exact() || solved.infeasible())
                        : settled(price, asked, beats, proved, without);
            }
            double next = asked + (targetUsd - usd) / perUnit;
            if (next - asked < price.resolution() / 4) {
                return settled(price, Math.max(asked, next), beats, proved, without);
            }
            asked = next;
            neighbour = solved.choice();
        }
        return told(price, OptionalDouble.empty(), Outcome.NOT_SETTLED, beats, false);
    }

    /** Tells the price rounded down, once re-solves on both sides have shown that the fleet changes there. */
    private BreakEven settled(
            PoolPrice price, double value, List<String> beats, boolean proved, WhatIfs.Solved without) {
        double resolution = price.resolution();
        double rounded = Math.round(Math.floor(value / resolution) * resolution * 1e4) / 1e4;
        double below = Math.max(price.least(), rounded - resolution);
        double above = rounded + 2 * resolution;
        WhatIfs.Solved under = whatIfs.best(price.at(scenario, below), Optional.of(plan.choice()));
        WhatIfs.Solved over = whatIfs.best(price.at(scenario, above), without.choice());
        boolean flips = slope(price, under, below) > 0 && !(slope(price, over, above) > 0);
        Outcome outcome = without.plan().isPresent() ? Outcome.FLIPS : Outcome.NO_PLAN_ABOVE;
        return flips
                ? told(
                        price,
                        OptionalDouble.of(rounded),
                        outcome,
                        beats,
                        proved && under.exact() && (over.exact() || over.infeasible()))
                : told(price, OptionalDouble.empty(), Outcome.NOT_SETTLED, beats, false);
    }

    private static double slope(PoolPrice price, WhatIfs.Solved solved, double asked) {
        return solved.plan().map(found -> price.perUnit(found, asked)).orElse(0.0);
    }

    private static BreakEven told(
            PoolPrice price, OptionalDouble value, Outcome outcome, List<String> beats, boolean proved) {
        return new BreakEven(
                price.pool().name(),
                price.acquisition(),
                price.path(),
                price.stated().value(),
                value,
                price.unit(),
                outcome,
                beats,
                proved);
    }

    /** {@return pools of a fleet, this one too where its nodes are come by in yet another way} */
    private static List<String> others(Plan plan, PoolPrice price) {
        return plan.fleet().stream()
                .filter(row -> !price.isOfItsOwn(row))
                .map(row -> row.pool().name())
                .distinct()
                .toList();
    }
}
