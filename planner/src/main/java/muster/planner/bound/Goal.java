package muster.planner.bound;

import muster.planner.cost.Grid;
import muster.planner.cost.JobAmounts;
import muster.planner.domain.Objective;

/**
 * What a one-job solver minimises: a weighted sum of the job's money, time, energy and carbon in ledger units (µ$, µs,
 * J, g), compared in steps of {@code stepSize}. An objective of a scenario is the case of one weight 1.
 *
 * @param offset added to every value before it is cut into steps, such as the job's release for its end
 */
record Goal(double money, double time, double energy, double carbon, double stepSize, double offset) {
    static Goal of(Objective objective, long releaseMicros) {
        double step = Grid.stepSize(objective);
        return switch (objective) {
            case COST -> new Goal(1, 0, 0, 0, step, 0);
            case DAYS -> new Goal(0, 1, 0, 0, step, releaseMicros);
            case ENERGY -> new Goal(0, 0, 1, 0, step, 0);
            case CARBON -> new Goal(0, 0, 0, 1, step, 0);
        };
    }

    /** {@return the objective compared in single ledger units, as a sum over jobs needs it} */
    static Goal fine(Objective objective) {
        Goal goal = of(objective, 0);
        return new Goal(goal.money, goal.time, goal.energy, goal.carbon, 1, 0);
    }

    /** {@return this goal plus a price of time: a term of a Lagrangian} */
    Goal plusTime(double price) {
        return new Goal(money, time + price, energy, carbon, stepSize, 0);
    }

    /** {@return the value of a point in ledger units, offset included} */
    double value(JobAmounts amounts) {
        double value = offset;
        if (money != 0) {
            value += money * amounts.microUsd();
        }
        if (time != 0) {
            value += time * amounts.durationMicros();
        }
        if (energy != 0) {
            value += energy * amounts.energyJoules();
        }
        if (carbon != 0) {
            value += carbon * amounts.carbonGrams();
        }
        return value;
    }

    /** {@return the nearest step of a value, halves up, as {@link Grid#steps} has it} */
    long steps(double value) {
        return (long) Math.floor((value + Math.floor(stepSize / 2)) / stepSize);
    }

    /** {@return a step that no point can be below whose exact value is at least {@code bound}} */
    long stepsBelow(double bound) {
        return steps(bound - rounding() - Math.abs(bound) * 1e-13);
    }

    /** {@return the largest exact value that may still be rounded to {@code steps}} */
    double largestValue(long steps) {
        return (steps + 1.0) * stepSize + rounding();
    }

    /** {@return how far rounding to whole ledger units can take a value: half a unit an entry, money has two entries} */
    double rounding() {
        return money + (time + energy + carbon) / 2;
    }
}
