package muster.planner.bound;

/**
 * Cuts a box down to what linear constraints leave of it. Every cut keeps a margin far above rounding, so no point
 * that the ledger would accept is lost.
 */
final class BoxNarrowing {
    /** Far above what rounding moves in a sum of a few terms (1e-15), far below any step that matters. */
    static final double MARGIN = 1e-12;

    private static final int ROUNDS = 6;
    private static final Goal MONEY = new Goal(1, 0, 0, 0, 1, 0);
    private static final Goal TIME = new Goal(0, 1, 0, 0, 1, 0);

    private final JobSpace space;
    private final double[] coefficients;

    BoxNarrowing(JobSpace space) {
        this.space = space;
        this.coefficients = new double[space.pools];
    }

    /**
     * Applies the job's own limits: time, power, budget.
     *
     * @return false where no point is left
     */
    boolean applyLimits(Box box) {
        for (int round = 0; round < ROUNDS; round++) {
            long before = box.points(Long.MAX_VALUE);
            if (!space.keepWithinPools(box)
                    || !applyTime(box, space.mostMicros)
                    || !applyPower(box)
                    || !applyBudget(box)) {
                return false;
            }
            if (box.points(Long.MAX_VALUE) == before) {
                return true;
            }
        }
        return true;
    }

    private boolean applyBudget(Box box) {
        return apply(box, MONEY, space.problem.budgetMicroUsd() + MONEY.rounding());
    }

    private boolean applyPower(Box box) {
        if (space.problem.powerMilliwatts() == Long.MAX_VALUE) {
            return true;
        }
        System.arraycopy(space.milliwatts, 0, coefficients, 0, space.pools);
        return cut(box, space.problem.powerMilliwatts(), space.problem.powerMilliwatts());
    }

    private boolean applyTime(Box box, long mostMicros) {
        return apply(box, TIME, mostMicros + TIME.rounding());
    }

    /** Applies goal &le; most, the goal without its offset in ledger units; false where no point is left. */
    boolean apply(Box box, Goal goal, double most) {
        if (most <= 0) {
            return false;
        }
        double constant = space.numerator(goal, box, coefficients);
        // (constant + Σ c u) / (Σ r u) × tokens <= most  <=>  Σ (c − most / tokens × r) u <= −constant
        double price = most / space.tokens();
        double size = Math.abs(constant);
        for (int p = 0; p < space.pools; p++) {
            // Sized before the two cancel: where they are nearly equal, what is left is rounding.
            size += (Math.abs(coefficients[p]) + price * space.rate[p]) * box.high[p];
            coefficients[p] -= price * space.rate[p];
        }
        return cut(box, -constant, size);
    }

    /** Applies Σ units × granularity &le; nodes; false where no point is left. */
    boolean applyNodes(Box box, long nodes) {
        for (int p = 0; p < space.pools; p++) {
            coefficients[p] = space.problem.granularityNodes(p);
        }
        return cut(box, nodes, nodes);
    }

    /**
     * @param size of the terms that were added up: what rounding may have moved is a tiny share of it
     */
    private boolean cut(Box box, double limit, double size) {
        double least = 0;
        for (int p = 0; p < space.pools; p++) {
            double c = coefficients[p];
            least += c * (c > 0 ? box.low[p] : box.high[p]);
        }
        double slack = limit - least + MARGIN * size;
        if (slack < 0) {
            return false;
        }
        for (int p = 0; p < space.pools; p++) {
            double c = coefficients[p];
            int width = box.high[p] - box.low[p];
            if (c == 0 || width == 0 || slack >= Math.abs(c) * width) {
                continue;
            }
            int kept = (int) Math.floor(slack / Math.abs(c));
            if (c > 0) {
                box.high[p] = box.low[p] + kept;
            } else {
                box.low[p] = box.high[p] - kept;
            }
        }
        return true;
    }
}
