package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Explanation.BreakEven;
import muster.planner.domain.Explanation.BreakEven.Outcome;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;

/**
 * At which rent the best fleet begins or ceases to rent from a pool. The least cost with the pool is a concave function of
 * its rent, as every plan's cost is a straight line of it. So the line of the best plan at some rent below the break-even
 * meets the cost without the pool at a rent that is no higher than the break-even; from there one asks again, until the best
 * plan there costs as much as the best one without (Newton's way, which ends as plans are finitely many).
 */
final class BreakEvens {
    /** To this the rent is told, rounded down; a re-solve on each side must show different fleets. */
    private static final double RESOLUTION_USD_PER_GPU_HOUR = 1e-4;

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

    /** {@return one for each pool with a rent, where cost is minimised first; else none} */
    List<BreakEven> all() {
        List<BreakEven> found = new ArrayList<>();
        if (scenario.objectives().getFirst() == Objective.COST) {
            for (Pool pool : scenario.pools()) {
                if (pool.rentUsdPerGpuHour().isPresent()) {
                    found.add(of(pool));
                }
            }
        }
        return found;
    }

    private BreakEven of(Pool pool) {
        boolean used = rentedGpuHours(plan, pool) > 0;
        double stated = pool.rentUsdPerGpuHour().orElseThrow().value();
        WhatIfs.Solved without = used
                ? whatIfs.best(
                        scenario.withPools(
                                other -> other.name().equals(pool.name()), other -> other.withRent(Optional.empty())),
                        Optional.empty())
                : new WhatIfs.Solved(Optional.of(plan), false, base.status() == Status.OPTIMAL);
        Optional<Double> budget = scenario.limits().budgetUsd().map(figure -> figure.value());
        if (without.plan().isEmpty() && !without.infeasible()) {
            return told(pool, stated, OptionalDouble.empty(), Outcome.NOT_SETTLED, List.of(), false);
        } else if (without.plan().isEmpty() && budget.isEmpty()) {
            return told(pool, stated, OptionalDouble.empty(), Outcome.NEEDED, List.of(), true);
        }
        double target =
                without.plan().map(found -> found.totals().microUsd() / 1e6).orElseGet(() -> budget.orElse(Double.NaN));
        List<String> beats = without.plan().map(found -> others(found, pool)).orElse(List.of());
        return between(pool, used ? stated : 0, target, beats, without);
    }

    private BreakEven between(Pool pool, double from, double targetUsd, List<String> beats, WhatIfs.Solved without) {
        double stated = pool.rentUsdPerGpuHour().orElseThrow().value();
        double rent = from;
        boolean proved = without.exact() || without.infeasible();
        Optional<FleetChoice> neighbour = Optional.of(plan.choice());
        for (int round = 0; round < MOST_ROUNDS && !whatIfs.stopped(); round++) {
            WhatIfs.Solved solved = whatIfs.best(at(pool, rent), neighbour);
            proved &= solved.exact() || solved.infeasible();
            double hours =
                    solved.plan().map(found -> rentedGpuHours(found, pool)).orElse(0.0);
            double usd =
                    solved.plan().map(found -> found.totals().microUsd() / 1e6).orElse(Double.NaN);
            if (!(hours > 0)) {
                // At the very start: not even at this rent. Later: rounding has carried us just past it.
                return round == 0
                        ? told(
                                pool,
                                stated,
                                OptionalDouble.empty(),
                                solved.plan().isPresent() || solved.infeasible() ? Outcome.NEVER : Outcome.NOT_SETTLED,
                                beats,
                                solved.exact() || solved.infeasible())
                        : settled(pool, rent, beats, proved, without);
            }
            double next = rent + (targetUsd - usd) / hours;
            if (next - rent < RESOLUTION_USD_PER_GPU_HOUR / 4) {
                return settled(pool, Math.max(rent, next), beats, proved, without);
            }
            rent = next;
            neighbour = solved.choice();
        }
        return told(pool, stated, OptionalDouble.empty(), Outcome.NOT_SETTLED, beats, false);
    }

    /** Tells the rent rounded down, once re-solves on both sides have shown that the fleet changes there. */
    private BreakEven settled(Pool pool, double rent, List<String> beats, boolean proved, WhatIfs.Solved without) {
        double stated = pool.rentUsdPerGpuHour().orElseThrow().value();
        double told = Math.floor(rent / RESOLUTION_USD_PER_GPU_HOUR) * RESOLUTION_USD_PER_GPU_HOUR;
        double rounded = Math.round(told * 1e4) / 1e4;
        double below = Math.max(0, rounded - RESOLUTION_USD_PER_GPU_HOUR);
        WhatIfs.Solved under = whatIfs.best(at(pool, below), Optional.of(plan.choice()));
        WhatIfs.Solved over = whatIfs.best(at(pool, rounded + 2 * RESOLUTION_USD_PER_GPU_HOUR), without.choice());
        boolean usedBelow =
                under.plan().filter(found -> rentedGpuHours(found, pool) > 0).isPresent();
        boolean usedAbove =
                over.plan().filter(found -> rentedGpuHours(found, pool) > 0).isPresent();
        boolean flips = usedBelow && !usedAbove;
        Outcome outcome = without.plan().isPresent() ? Outcome.FLIPS : Outcome.NO_PLAN_ABOVE;
        return flips
                ? told(
                        pool,
                        stated,
                        OptionalDouble.of(rounded),
                        outcome,
                        beats,
                        proved && under.exact() && (over.exact() || over.infeasible()))
                : told(pool, stated, OptionalDouble.empty(), Outcome.NOT_SETTLED, beats, false);
    }

    private static BreakEven told(
            Pool pool, double stated, OptionalDouble value, Outcome outcome, List<String> beats, boolean proved) {
        return new BreakEven("pools." + pool.name() + ".rent", stated, value, outcome, beats, proved);
    }

    private Scenario at(Pool pool, double usdPerGpuHour) {
        return scenario.withPools(
                other -> other.name().equals(pool.name()),
                other -> other.withRent(Optional.of(WhatIfs.figure(usdPerGpuHour, BaseUnit.USD_PER_GPU_HOUR))));
    }

    private static List<String> others(Plan plan, Pool pool) {
        return plan.fleet().stream()
                .map(row -> row.pool().name())
                .filter(name -> !name.equals(pool.name()))
                .distinct()
                .toList();
    }

    /** {@return GPU-hours of a pool's rented nodes: by how much the plan's cost grows with a dollar of its rent} */
    private static double rentedGpuHours(Plan plan, Pool pool) {
        double hours = 0;
        for (Plan.JobPlan job : plan.jobs()) {
            for (Plan.PoolShare share : job.pools()) {
                if (share.pool().name().equals(pool.name())) {
                    int gpus = (share.nodes() - share.ownedNodes())
                            * pool.node().gpusPerNode().asInt();
                    hours += gpus * (job.durationMicros() / 3600e6);
                }
            }
        }
        return hours;
    }
}
