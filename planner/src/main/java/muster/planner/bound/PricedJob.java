package muster.planner.bound;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;

/**
 * One job under prices: the least of money, objective and node prices over all fleets, starts and durations, from below.
 *
 * <p>For given nodes and duration the price is piecewise linear in the start, so a cheapest start lies at a cut of time, or
 * lets the job end at one; the window's ends are cuts too. For each such anchor and each part in which the free end may
 * lie, the price of a node is affine in the duration, and its price per token monotone. So a range of durations is
 * bounded by the cheaper of its two ends, pool by pool, with the capacity of the longer one; ranges are halved until the
 * bound meets a fleet.
 */
final class PricedJob {
    private static final double HALF_MICRO = 0.5;

    private final int job;
    private final RateSlices slices;
    private final Supplies supplies;
    private final boolean onePool;
    private final double tokens;
    private final double earliest;
    private final double latest;
    private final double leastDuration;
    private double[] anchors;
    private int[] anchorPart;

    /** Shape [slice]: tokens/µs of the slice in full. */
    private final double[] mostTokensPerMicro;

    private final double[] unit;
    private final double[] alpha;
    private final double[] beta;

    private int[] kind;
    private int[] fixed;
    private int[] free;
    private double[] shortest;
    private double[] longest;
    private double[] least;
    private int ranges;

    /** The cheapest fleet met by the last {@link #least}. */
    double bestValue;

    double bestStart;
    double bestDuration;

    /** Shape [slice], nodes of the cheapest fleet. */
    final double[] bestNodes;

    private final double[] fillNodes;

    PricedJob(FleetProblem problem, int job, Supplies supplies, RateSlices slices, Windows windows) {
        this.job = job;
        this.slices = slices;
        this.supplies = supplies;
        this.onePool = problem.onePool(job);
        this.earliest = windows.earliestStart[job];
        this.latest = windows.latestEnd[job];
        this.leastDuration = Math.max(1, windows.leastDuration[job]);
        this.tokens = tokensToPlace(problem, job, slices);
        this.mostTokensPerMicro = new double[slices.count];
        for (int i = 0; i < slices.count; i++) {
            mostTokensPerMicro[i] = slices.nodes[i] * slices.tokensPerMicro[i];
        }
        this.unit = new double[slices.count];
        this.alpha = new double[supplies.count];
        this.beta = new double[supplies.count];
        this.bestNodes = new double[slices.count];
        this.fillNodes = new double[slices.count];
    }

    /** Durations are rounded to whole microseconds, so a plan's nodes may have half a microsecond less to do. */
    private static double tokensToPlace(FleetProblem problem, int job, RateSlices slices) {
        double most = 0;
        for (int i = 0; i < slices.count; i++) {
            most += slices.nodes[i] * slices.tokensPerMicro[i];
        }
        return Math.max(0, problem.tokens(job) * (1 - 1e-13) - most * HALF_MICRO);
    }

    /** {@return a duration that no fleet of the job undercuts, microseconds; infinite where none has a rate} */
    static double leastDuration(FleetProblem problem, int job, Supplies supplies, RateSlices slices) {
        double rate = 0;
        double ofPool = 0;
        for (int i = 0; i < slices.count; i++) {
            boolean samePool = i > 0 && slices.pool[i] == slices.pool[i - 1];
            double slice = slices.nodes[i] * slices.tokensPerMicro[i];
            ofPool = samePool ? ofPool + slice : slice;
            rate = problem.onePool(job) ? Math.max(rate, ofPool) : rate + slice;
        }
        if (rate == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(1, Math.floor(tokensToPlace(problem, job, slices) / rate * (1 - 1e-12)));
    }

    /** Takes note of the cuts; to be called once before {@link #least}. */
    void useCuts(NodePrices prices) {
        double[] inside = Arrays.stream(prices.cuts)
                .filter(cut -> cut > earliest && cut < latest)
                .toArray();
        anchors = new double[inside.length + 2];
        anchors[0] = earliest;
        System.arraycopy(inside, 0, anchors, 1, inside.length);
        anchors[anchors.length - 1] = latest;
        anchorPart = new int[anchors.length - 1];
        for (int a = 0; a < anchorPart.length; a++) {
            anchorPart[a] = prices.part(anchors[a]);
        }
        int most = anchors.length * anchors.length * 2 + 2 * MOST_SPLITS;
        kind = new int[most];
        fixed = new int[most];
        free = new int[most];
        shortest = new double[most];
        longest = new double[most];
        least = new double[most];
    }

    private static final int MOST_SPLITS = 96;
    private static final int STARTS_AT = 0;
    private static final int ENDS_AT = 1;

    private NodePrices prices;
    private double objectiveWeight;
    private double moneyWeight;
    private double startWeight;
    private double endWeight;

    /**
     * {@return a value that no fleet, start and duration of the job is below; infinite where none is possible}
     *
     * @param objectiveWeight of the first criterion
     * @param moneyWeight of micro-dollars
     * @param startWeight of the start, per microsecond; may be negative
     * @param endWeight of the end, per microsecond
     * @param tolerance stop once the bound is this share of the value below a fleet
     */
    double least(
            NodePrices prices,
            double objectiveWeight,
            double moneyWeight,
            double startWeight,
            double endWeight,
            double tolerance) {
        this.prices = prices;
        this.objectiveWeight = objectiveWeight;
        this.moneyWeight = moneyWeight;
        this.startWeight = startWeight;
        this.endWeight = endWeight;
        bestValue = Double.POSITIVE_INFINITY;
        ranges = 0;
        int last = anchors.length - 1;
        for (int anchor = 0; anchor < last; anchor++) {
            for (int part = anchor; part < last; part++) {
                add(STARTS_AT, anchor, part, anchors[part] - anchors[anchor], anchors[part + 1] - anchors[anchor]);
            }
        }
        for (int anchor = 1; anchor <= last; anchor++) {
            for (int part = 0; part < anchor; part++) {
                add(ENDS_AT, anchor, part, anchors[anchor] - anchors[part + 1], anchors[anchor] - anchors[part]);
            }
        }
        return closeIn(tolerance) - slack();
    }

    private double closeIn(double tolerance) {
        for (int split = 0; ; split++) {
            int lowest = 0;
            for (int r = 1; r < ranges; r++) {
                lowest = least[r] < least[lowest] ? r : lowest;
            }
            double bound = ranges == 0 ? Double.POSITIVE_INFINITY : Math.min(least[lowest], bestValue);
            boolean met = bestValue < Double.POSITIVE_INFINITY && bound >= bestValue - tolerance * Math.abs(bestValue);
            if (split == MOST_SPLITS || met || bound == Double.POSITIVE_INFINITY) {
                return bound;
            }
            double low = shortest[lowest];
            double high = longest[lowest];
            double middle = low > 0 && high > 4 * low ? Math.sqrt(low * high) : (low + high) / 2;
            load(lowest);
            tryDuration(lowest, high);
            tryDuration(lowest, low);
            if (!(middle > low && middle < high)) {
                return Math.min(bound, bestValue);
            }
            int k = kind[lowest];
            int f = fixed[lowest];
            int p = free[lowest];
            ranges--;
            move(ranges, lowest);
            add(k, f, p, low, middle);
            add(k, f, p, middle, high);
        }
    }

    private void move(int from, int to) {
        kind[to] = kind[from];
        fixed[to] = fixed[from];
        free[to] = free[from];
        shortest[to] = shortest[from];
        longest[to] = longest[from];
        least[to] = least[from];
    }

    /** Half a microsecond of every node at its price, which rounding may have taken from what a plan pays, and a unit. */
    private double slack() {
        double slack = objectiveWeight + 2 * moneyWeight;
        for (int i = 0; i < slices.count; i++) {
            int v = slices.supply[i];
            slack += slices.nodes[i] * (nodePrice(v) + prices.highest(v));
        }
        return slack;
    }

    private double nodePrice(int v) {
        return objectiveWeight * supplies.objectivePerMicro[v] + moneyWeight * supplies.microUsdPerMicro[v];
    }

    private void add(int newKind, int newFixed, int newFree, double low, double high) {
        double from = Math.max(low, leastDuration);
        if (from > high) {
            return;
        }
        int r = ranges;
        kind[r] = newKind;
        fixed[r] = newFixed;
        free[r] = newFree;
        shortest[r] = from;
        longest[r] = high;
        load(r);
        double atLow = timeValue(r, from);
        double atHigh = timeValue(r, high);
        double time = Math.min(atLow, atHigh);
        for (int i = 0; i < slices.count; i++) {
            int v = slices.supply[i];
            double a = alpha[v];
            unit[i] = (beta[v] + a / (a > 0 ? high : from)) / slices.tokensPerMicro[i];
        }
        double nodes = fill(high, bestValue - time);
        least[r] = time + nodes;
        if (least[r] < Double.POSITIVE_INFINITY) {
            ranges++;
        }
    }

    /** {@return what start and end of the range's anchor weigh at a duration} */
    private double timeValue(int r, double duration) {
        double anchor = anchors[fixed[r]];
        return kind[r] == STARTS_AT
                ? startWeight * anchor + endWeight * (anchor + duration)
                : startWeight * (anchor - duration) + endWeight * anchor;
    }

    /** Writes the price of a node of each supply as alpha + beta × duration. */
    private void load(int r) {
        int f = fixed[r];
        int part = anchorPart[free[r]];
        double anchor = anchors[f];
        int anchorsPart = f < anchorPart.length ? anchorPart[f] : anchorPart[f - 1];
        double near = kind[r] == STARTS_AT ? anchors[free[r]] : anchors[free[r] + 1];
        for (int v = 0; v < supplies.count; v++) {
            double rate = prices.perMicro[v][part];
            double between = kind[r] == STARTS_AT
                    ? prices.upTo(v, near, part) - prices.upTo(v, anchor, anchorsPart)
                    : prices.upTo(v, anchor, anchorsPart) - prices.upTo(v, near, part);
            alpha[v] = between - rate * Math.abs(near - anchor);
            beta[v] = nodePrice(v) + rate;
        }
    }

    private void tryDuration(int r, double duration) {
        for (int i = 0; i < slices.count; i++) {
            int v = slices.supply[i];
            unit[i] = (beta[v] + alpha[v] / duration) / slices.tokensPerMicro[i];
        }
        double time = timeValue(r, duration);
        double value = time + fill(duration, Double.POSITIVE_INFINITY);
        if (value < bestValue) {
            bestValue = value;
            bestDuration = duration;
            bestStart = kind[r] == STARTS_AT ? anchors[fixed[r]] : anchors[fixed[r]] - duration;
            System.arraycopy(fillNodes, 0, bestNodes, 0, fillNodes.length);
        }
    }

    /**
     * Places all tokens on the cheapest slices by {@link #unit}, which it uses up.
     *
     * @param enough a value above which the exact one does not matter
     */
    private double fill(double duration, double enough) {
        Arrays.fill(fillNodes, 0);
        if (onePool) {
            return fillOnePool(duration);
        }
        double missing = tokens;
        double value = 0;
        while (missing > 0) {
            int cheapest = -1;
            double price = Double.POSITIVE_INFINITY;
            for (int i = 0; i < unit.length; i++) {
                if (unit[i] < price) {
                    price = unit[i];
                    cheapest = i;
                }
            }
            if (cheapest < 0) {
                // Rounding may leave a trace where all slices together just do.
                return missing <= tokens * 1e-12 ? value : Double.POSITIVE_INFINITY;
            }
            if (value + price * missing > enough && price >= 0) {
                return value + price * missing;
            }
            double placed = Math.min(missing, mostTokensPerMicro[cheapest] * duration);
            value += placed * price;
            missing -= placed;
            fillNodes[cheapest] = placed / (slices.tokensPerMicro[cheapest] * duration);
            unit[cheapest] = Double.POSITIVE_INFINITY;
        }
        return value;
    }

    private double fillOnePool(double duration) {
        double best = Double.POSITIVE_INFINITY;
        int bestFrom = -1;
        int bestTo = -1;
        for (int from = 0; from < slices.count; ) {
            int to = from + 1;
            while (to < slices.count && slices.pool[to] == slices.pool[from]) {
                to++;
            }
            double value = fillSlices(from, to, duration);
            if (value < best) {
                best = value;
                bestFrom = from;
                bestTo = to;
            }
            from = to;
        }
        for (int i = 0; i < slices.count; i++) {
            fillNodes[i] = i >= bestFrom && i < bestTo ? fillNodes[i] : 0;
        }
        return best;
    }

    /** In their own order: owned nodes cost no more than rented ones, and slices of a pool get slower. */
    private double fillSlices(int from, int to, double duration) {
        double missing = tokens;
        double value = 0;
        boolean[] used = new boolean[to - from];
        while (missing > tokens * 1e-12) {
            int cheapest = -1;
            for (int i = from; i < to; i++) {
                if (!used[i - from] && (cheapest < 0 || unit[i] < unit[cheapest])) {
                    cheapest = i;
                }
            }
            if (cheapest < 0) {
                return Double.POSITIVE_INFINITY;
            }
            double placed = Math.min(missing, mostTokensPerMicro[cheapest] * duration);
            value += placed * unit[cheapest];
            missing -= placed;
            fillNodes[cheapest] = placed / (slices.tokensPerMicro[cheapest] * duration);
            used[cheapest - from] = true;
        }
        return value;
    }

    RateSlices slices() {
        return slices;
    }

    int job() {
        return job;
    }
}
