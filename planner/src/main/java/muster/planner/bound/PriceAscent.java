package muster.planner.bound;

/**
 * Finds prices of the shared limits by the method of multipliers (Hestenes 1969, Powell 1969): jobs are mixtures of the
 * fleets they were offered, and what passes a limit costs a price plus a quadratic penalty. One job after the other moves
 * towards its cheapest fleet by an exact line search (block-coordinate Frank-Wolfe, Lacoste-Julien et al. 2013), and prices
 * follow. What is left of the mixtures is nearly the relaxation's own solution.
 *
 * <p>All arithmetic is plain doubles in a fixed order, so prices are the same on every machine. Nothing rests on how good
 * they are: the bound is worked out from them anew.
 */
final class PriceAscent {
    private static final int LINE_STEPS = 40;
    private static final double SLOW_MEAN = 0.1;
    private static final double QUICK_MEAN = 0.3;
    private static final double STIFFNESS = 0.1;

    private final LagrangianBound bound;
    private final PriceTable table;
    private final int jobs;
    private final double span;

    /** Shape [price]. */
    final double[] prices;

    /** Shape [price]: a running mean, which gives the better bounds. */
    final double[] meanPrices;

    private final double[] multipliers;

    /** Shape [price]: what all mixtures take of each limit, over its scale. */
    private final double[] used;

    /** Shape [job][price]. */
    private final double[][] usedBy;

    /** Shape [job]: the mixture's objective. */
    private final double[] objectiveOf;

    /** Shape [job]: the mixture's mean start, µs; {@code end} likewise. */
    final double[] start;

    final double[] end;

    /** Shape [job]: the mixture's mean square of the start, µs². */
    private final double[] startSquare;

    private final double[] endSquare;

    /** Share of a round's prices that their running mean takes over. */
    private final double mean;

    private final double[] offer;
    private double finish;
    private double size;

    /**
     * @param first prices to start from
     * @param good whether they are nearly right, as those of a like question are
     */
    PriceAscent(LagrangianBound bound, PriceTable table, int jobs, double span, double[] first, boolean good) {
        this.bound = bound;
        this.table = table;
        this.jobs = jobs;
        this.span = span;
        this.prices = new double[table.count];
        this.meanPrices = new double[table.count];
        this.multipliers = new double[table.count];
        this.used = new double[table.count];
        this.usedBy = new double[jobs][table.count];
        this.objectiveOf = new double[jobs];
        this.start = new double[jobs];
        this.end = new double[jobs];
        this.startSquare = new double[jobs];
        this.endSquare = new double[jobs];
        this.mean = good ? QUICK_MEAN : SLOW_MEAN;
        this.offer = new double[table.count];
        System.arraycopy(first, 0, prices, 0, first.length);
        begin(good);
    }

    /** Each job takes what is cheapest at the first prices. */
    private void begin(boolean good) {
        table.project(prices, span);
        System.arraycopy(prices, 0, multipliers, 0, prices.length);
        System.arraycopy(prices, 0, meanPrices, 0, prices.length);
        bound.usePrices(prices);
        for (int j = 0; j < jobs; j++) {
            bound.least(j, prices);
            take(j, 1, bound.offer(j, offer));
        }
        size = 0;
        for (double value : objectiveOf) {
            size += Math.abs(value);
        }
        if (table.days) {
            settleFinish();
            size = finish;
        }
        reprice();
        if (!good) {
            System.arraycopy(prices, 0, multipliers, 0, prices.length);
            System.arraycopy(prices, 0, meanPrices, 0, prices.length);
        }
    }

    /** Lets every job move once. */
    void round() {
        for (int j = 0; j < jobs; j++) {
            bound.usePrices(prices);
            bound.least(j, prices);
            double objective = bound.offer(j, offer);
            take(j, lineSearch(j, objective), objective);
            if (table.days) {
                settleFinish();
            }
            reprice();
        }
        for (int i = 0; i < prices.length; i++) {
            meanPrices[i] += mean * (prices[i] - meanPrices[i]);
            multipliers[i] = prices[i];
        }
    }

    /** Moves a job's mixture by a share towards what {@link #offer} holds. */
    private void take(int j, double share, double objective) {
        for (int i = 0; i < offer.length; i++) {
            double change = share * (offer[i] - usedBy[j][i]);
            usedBy[j][i] += change;
            used[i] += change;
        }
        objectiveOf[j] += share * (objective - objectiveOf[j]);
        double offeredStart = bound.offeredStart(j);
        double offeredEnd = bound.offeredEnd(j);
        start[j] += share * (offeredStart - start[j]);
        end[j] += share * (offeredEnd - end[j]);
        startSquare[j] += share * (offeredStart * offeredStart - startSquare[j]);
        endSquare[j] += share * (offeredEnd * offeredEnd - endSquare[j]);
    }

    /** {@return how far the starts of a job's mixture, or its ends, lie apart: their standard deviation, µs} */
    double spread(int j, boolean ofEnd) {
        double variance = ofEnd ? endSquare[j] - end[j] * end[j] : startSquare[j] - start[j] * start[j];
        return Math.sqrt(Math.max(0, variance));
    }

    /** {@return the objective of a job's mixture} */
    double objective(int j) {
        return objectiveOf[j];
    }

    /** {@return the share at which objective and penalties together are least: where their slope is 0} */
    private double lineSearch(int j, double objective) {
        if (slope(j, objective, 1) <= 0) {
            return 1;
        }
        double low = 0;
        double high = 1;
        for (int step = 0; step < LINE_STEPS; step++) {
            double middle = (low + high) / 2;
            if (slope(j, objective, middle) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double slope(int j, double objective, double share) {
        double slope = objective - objectiveOf[j];
        for (int i = 0; i < offer.length; i++) {
            double change = offer[i] - usedBy[j][i];
            if (change != 0 && table.open(i)) {
                slope += Math.max(0, multipliers[i] + stiffness() * (passed(i) + share * change)) * change;
            }
        }
        return slope;
    }

    private double passed(int i) {
        return used[i] - table.limit[i] - (table.growsWithFinish[i] ? finish / span : 0);
    }

    private double stiffness() {
        return STIFFNESS * size;
    }

    private void reprice() {
        for (int i = 0; i < prices.length; i++) {
            prices[i] = table.open(i) ? Math.max(0, multipliers[i] + stiffness() * passed(i)) : 0;
        }
        table.project(prices, span);
    }

    /** For days: the finish at which prices that grow with it add up to what a microsecond is worth. */
    private void settleFinish() {
        double low = 0;
        double high = 0;
        for (int i = 0; i < used.length; i++) {
            if (table.growsWithFinish[i]) {
                high = Math.max(high, (used[i] - table.limit[i] + multipliers[i] / Math.max(stiffness(), 1)) * span);
            }
        }
        if (size == 0) {
            finish = high;
            return;
        }
        for (int step = 0; step < LINE_STEPS; step++) {
            finish = (low + high) / 2;
            double sum = 0;
            for (int i = 0; i < used.length; i++) {
                sum += table.growsWithFinish[i] && table.open(i)
                        ? Math.max(0, multipliers[i] + stiffness() * passed(i))
                        : 0;
            }
            if (sum > span) {
                low = finish;
            } else {
                high = finish;
            }
        }
    }
}
