package muster.planner.bound;

/**
 * A lower bound of (constant + Σ perUnit × units) / Σ rate × units over a box with one side constraint, by prices.
 *
 * <p>With t = 1 / Σ rate × units the ratio is t × (constant + Σ perUnit × units) where t × Σ rate × units = 1. For any
 * price pi of that equation and any price mu &ge; 0 of the constraint Σ side × units &le; limit, the least over the box of
 *
 * <pre>pi + t × (constant − mu × limit + Σ (perUnit − pi × rate + mu × side) × units)</pre>
 *
 * is a valid bound (weak duality), and it is a sum of independent minima. The prices are only proposed here; a poor
 * proposal gives a weak bound, never a wrong one.
 */
final class RatioBound {
    private static final int DINKELBACH_STEPS = 30;
    private static final int SEARCH_STEPS = 40;

    /** A price a little under the right one loses 3e-14 of the bound; one that rounding put above it loses all. */
    private static final double JUST_BELOW = 1 - 0x1p-45;

    private final int pools;
    private final double[] rate;
    private final double[] perUnit;
    private final double[] side;
    private double constant;
    private double limit;
    private double leastTime;
    private double mostTime;
    private Box box;

    /** Shape [pool]: units at which the last bracket was least. */
    final int[] corner;

    RatioBound(double[] rate) {
        this.pools = rate.length;
        this.rate = rate;
        this.perUnit = new double[pools];
        this.side = new double[pools];
        this.corner = new int[pools];
    }

    /** The ratio's numerator per unit, shape [pool]; to be filled before {@link #bound}. */
    double[] perUnit() {
        return perUnit;
    }

    /** The side constraint per unit, shape [pool]; to be filled before {@link #boundWithSide}. */
    double[] side() {
        return side;
    }

    /**
     * {@return a lower bound without a side constraint}
     *
     * @param leastRate no point below this rate counts; 0 where every rate does
     */
    double bound(Box box, double constant, double leastRate) {
        this.box = box;
        this.constant = constant;
        this.limit = 0;
        double mostRate = 0;
        double boxLeastRate = 0;
        for (int p = 0; p < pools; p++) {
            mostRate += rate[p] * box.high[p];
            boxLeastRate += rate[p] * box.low[p];
        }
        double least = Math.max(leastRate, boxLeastRate);
        leastTime = 1 / mostRate;
        mostTime = least > 0 ? 1 / least : Double.MAX_VALUE;
        return best(0);
    }

    /** {@return a lower bound with Σ side × units &le; limit, for the box last given to {@link #bound}} */
    double boundWithSide(double limit) {
        this.limit = limit;
        double scale = 0;
        for (int p = 0; p < pools; p++) {
            if (side[p] != 0) {
                scale = Math.max(
                        scale, (Math.abs(perUnit[p]) + Math.abs(constant) + Double.MIN_NORMAL) / Math.abs(side[p]));
            }
        }
        // The bound is concave in mu: widen until it falls, then close in.
        double low = 0;
        double high = scale * 1e-3;
        double best = best(0);
        double atHigh = best(high);
        for (int i = 0; i < 30 && atHigh >= best; i++) {
            best = atHigh;
            high *= 3;
            atHigh = best(high);
        }
        for (int i = 0; i < SEARCH_STEPS; i++) {
            double left = low + (high - low) * 0.382;
            double right = low + (high - low) * 0.618;
            double atLeft = best(left);
            double atRight = best(right);
            best = Math.max(best, Math.max(atLeft, atRight));
            if (atLeft < atRight) {
                low = left;
            } else {
                high = right;
            }
        }
        return best;
    }

    /** {@return the best bound over proposals of pi at one mu} */
    private double best(double mu) {
        double best = Double.NEGATIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < pools; p++) {
            if (rate[p] > 0 && box.high[p] > 0) {
                double pi = (perUnit[p] + mu * side[p]) / rate[p];
                largest = Math.max(largest, pi);
                best = Math.max(best, Math.max(at(pi, mu), at(pi * JUST_BELOW, mu)));
            }
        }
        // Newton's way to the price at which the bracket is zero (Dinkelbach 1967), from above.
        double pi = largest + Math.abs(largest) + Math.abs(constant) * leastTime;
        for (int i = 0; i < DINKELBACH_STEPS; i++) {
            best = Math.max(best, at(pi * JUST_BELOW, mu));
            best = Math.max(best, at(pi, mu));
            double numerator = constant - mu * limit;
            double cornerRate = 0;
            for (int p = 0; p < pools; p++) {
                numerator += (perUnit[p] + mu * side[p]) * corner[p];
                cornerRate += rate[p] * corner[p];
            }
            double next = numerator / cornerRate;
            if (!(cornerRate > 0) || !(next < pi)) {
                break;
            }
            pi = next;
        }
        return best;
    }

    private double at(double pi, double mu) {
        double bracket = constant - mu * limit;
        double size = Math.abs(constant) + Math.abs(mu * limit);
        for (int p = 0; p < pools; p++) {
            double reduced = perUnit[p] - pi * rate[p] + mu * side[p];
            corner[p] = reduced > 0 ? box.low[p] : box.high[p];
            bracket += reduced * corner[p];
            size += (Math.abs(perUnit[p]) + Math.abs(pi * rate[p]) + Math.abs(mu * side[p])) * corner[p];
        }
        // Large terms cancel, more so at a high price: what rounding may have left must not lift the bound.
        bracket -= size * (pools + 8) * 0x1p-52;
        if (bracket >= 0) {
            return pi + leastTime * bracket;
        }
        return mostTime == Double.MAX_VALUE ? Double.NEGATIVE_INFINITY : pi + mostTime * bracket;
    }
}
