package muster.planner.bound;

import muster.planner.cost.FleetProblem;

/**
 * Lower bounds of goals over boxes of one job: by the ratio of money (or time, energy, carbon) to rate, and where rates are
 * modelled also by the exchange between pools and by what is known of narrow boxes.
 */
final class BoxBound {
    private static final Goal MONEY = new Goal(1, 0, 0, 0, 1, 0);

    private final JobSpace space;
    private final RatioBound ratio;

    BoxBound(JobSpace space) {
        this.space = space;
        this.ratio = new RatioBound(space.rate);
    }

    /** {@return units at which the last bound was least, shape [pool]: a promising point} */
    int[] corner() {
        return ratio.corner;
    }

    /**
     * {@return a value of the goal, in ledger units, that no feasible point of the box is below}
     *
     * @param box last given to the space's {@code useCeilings} and {@code limitRate}, and perhaps narrowed since
     * @param sharp whether power and budget are worth looking at
     * @param bestSteps steps of the best point known: a bound above needs no sharpening
     */
    double of(Goal goal, Box box, boolean sharp, long bestSteps) {
        double constant = space.numerator(goal, box, ratio.perUnit());
        double leastRate = space.tokens() * 1e6 / (space.mostMicros + 1.0);
        double bound = space.linear()
                ? ratio.bound(box, constant, leastRate)
                : Math.max(
                        ratio.bound(box, constant, leastRate) + exchangeFloor(box, constant), rateFloor(box, constant));
        boolean decided = goal.stepsBelow(bound * space.tokens() + goal.offset()) > bestSteps;
        if (sharp && !decided) {
            if (powerBinds(box)) {
                System.arraycopy(space.milliwatts, 0, ratio.side(), 0, space.pools);
                bound = Math.max(bound, ratio.boundWithSide(space.problem.powerMilliwatts()));
            }
            if (goal.money() == 0 && space.problem.budgetMicroUsd() < FleetProblem.MOST_MICRO_USD) {
                double price = (space.problem.budgetMicroUsd() + MONEY.rounding()) / space.tokens();
                double sideConstant = space.numerator(MONEY, box, ratio.side());
                double size = Math.abs(sideConstant);
                for (int p = 0; p < space.pools; p++) {
                    double terms = Math.abs(ratio.side()[p]) + price * space.rate[p];
                    double difference = ratio.side()[p] - price * space.rate[p];
                    size += terms * box.high[p];
                    // Where the two cancel only rounding is left, which the limit's margin covers.
                    ratio.side()[p] = Math.abs(difference) > terms * BoxNarrowing.MARGIN ? difference : 0;
                }
                bound = Math.max(bound, ratio.boundWithSide(2 * BoxNarrowing.MARGIN * size - sideConstant));
            }
        }
        double value = Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound * space.tokens() + goal.offset();
        return goal.money() == 0 ? value : Math.max(value, termFloor(goal, box));
    }

    /** {@return what the goal's money comes to at least where nodes are bought or paid for a term} */
    private double termFloor(Goal goal, Box box) {
        return goal.money() * space.leastMicroUsd(box) * (1 - BoxNarrowing.MARGIN) + goal.offset();
    }

    /** {@return a value of the goal, in ledger units, that one point is not below at that rate or a lower one} */
    double ofPoint(Goal goal, int[] units, double tokensPerSecond) {
        Box point = new Box(units, units);
        double numerator = space.numerator(goal, point, ratio.perUnit());
        for (int p = 0; p < space.pools; p++) {
            numerator += ratio.perUnit()[p] * units[p];
        }
        return numerator / tokensPerSecond * space.tokens() * (1 - BoxNarrowing.MARGIN) + goal.offset();
    }

    /** {@return what the exchange between pools adds to the goal per token, at least} */
    private double exchangeFloor(Box box, double constant) {
        double seconds = space.leastExchangeSecondsPerToken(box);
        return seconds > 0 ? leastNumerator(box, constant) * seconds : 0;
    }

    /** {@return the goal per token if all points of the box were as cheap as its lowest and as fast as any} */
    private double rateFloor(Box box, double constant) {
        return leastNumerator(box, constant) / space.mostTokensPerSecond();
    }

    private double leastNumerator(Box box, double constant) {
        double least = constant;
        for (int p = 0; p < space.pools; p++) {
            least += ratio.perUnit()[p] * box.low[p];
        }
        // Terms may cancel: what rounding leaves must not lift a bound.
        return Math.max(0, least - Math.abs(constant) * BoxNarrowing.MARGIN) * (1 - BoxNarrowing.MARGIN);
    }

    private boolean powerBinds(Box box) {
        double most = 0;
        for (int p = 0; p < space.pools; p++) {
            most += box.high[p] * space.milliwatts[p];
        }
        return most > space.problem.powerMilliwatts();
    }
}
