package muster.planner;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Explanation.Cost;
import muster.planner.domain.Explanation.Driver;
import muster.planner.domain.Explanation.End;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;

/** What the cost does when each input is a tenth lower or higher and all is planned again: the bars of a tornado. */
final class Drivers {
    static final double TENTH = 0.1;
    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);

    private final PlanAnswer base;
    private final Scenario scenario;
    private final Plan plan;
    private final WhatIfs whatIfs;

    /** @param base a feasible answer */
    Drivers(PlanAnswer base, WhatIfs whatIfs) {
        this.base = base;
        this.scenario = base.scenario();
        this.plan = base.plan().orElseThrow();
        this.whatIfs = whatIfs;
    }

    /** {@return a driver for each input that moves cost or finish, or loses every plan; the strongest first} */
    List<Driver> all() {
        double usd = plan.totals().microUsd() / 1e6;
        List<Driver> drivers = new ArrayList<>();
        for (Lever lever : Lever.of(scenario)) {
            if (!whatIfs.stopped()) {
                drivers.add(driver(lever));
            }
        }
        drivers.removeIf(driver -> !moves(driver));
        // A stable sort: equal ones keep the order of the scenario.
        drivers.sort(Comparator.comparingDouble((Driver driver) -> driver.spreadUsd(usd))
                .reversed());
        return drivers;
    }

    private Driver driver(Lever lever) {
        double low = rounded(lever, lever.value() * (1 - TENTH));
        double high = rounded(lever, lever.value() * (1 + TENTH));
        return new Driver(lever.path(), low, high, lever.unit(), end(lever, low), end(lever, high));
    }

    private static double rounded(Lever lever, double value) {
        // The last digits of a product are rounding, which nobody wants to read.
        return lever.leastWhole() > 0
                ? Math.max(lever.leastWhole(), Math.rint(value))
                : new BigDecimal(value).round(FIFTEEN_DIGITS).doubleValue();
    }

    private End end(Lever lever, double value) {
        Scenario turned = lever.turned().apply(value);
        boolean worse = lever.worseAbove() == value > lever.value();
        WhatIfs.Solved solved =
                worse ? whatIfs.bestAfterWorsening(turned, base) : whatIfs.best(turned, Optional.of(plan.choice()));
        return new End(
                solved.plan()
                        .map(found -> new Cost(
                                found.totals().microUsd() / 1e6, found.totals().finishMicros() / 86_400e6)),
                solved.exact() || solved.infeasible());
    }

    private boolean moves(Driver driver) {
        Cost now = new Cost(plan.totals().microUsd() / 1e6, plan.totals().finishMicros() / 86_400e6);
        return !driver.atLow().cost().equals(Optional.of(now))
                || !driver.atHigh().cost().equals(Optional.of(now));
    }
}
