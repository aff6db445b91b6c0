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
    private final int job;
    private final RateSlices slices;
    private final Supplies supplies;
    private final boolean onePool;
    private final double tokens;
    private final double leastDuration;
    private double startLow;
    private double startHigh;
    private double endLow;
    private double endHigh;
    private int anchorCount;
    private final double[] anchors;
    private final int[] anchorPart;

    /** Shape [slice]: tokens/µs of the slice in full. */
    private final double[] mostTokensPerMicro;

    private final double[] unit;
    private final double[] alpha;
    private final double[] beta;

    private final int[] kind;
    private final int[] fixed;
    private final int[] free;
    private final double[] shortest;
    private final double[] longest;
    private final double[] least;
    private int ranges;

    /** The cheapest fleet met by the last {@link #least}. */
    double bestValue;

    double bestStart;
    double bestDuration;

    /** Shape [slice], nodes of the cheapest fleet. */
    final double[] bestNodes;

    /** Shape [supply]: how the nodes of the cheapest fleet are come by. */
    final int[] bestWay;

    private final int[] cheapestWay;
    private final double[] fillNodes;

    PricedJob(FleetProblem problem, int job, Supplies supplies, RateSlices slices, Windows windows, NodePrices prices) {
        this.job = job;
        this.slices = slices;
        this.supplies = supplies;
        this.onePool = problem.onePool(job);
        this.leastDuration = Math.max(1, windows.leastDuration[job]);
        this.tokens = slices.tokensToPlace();
        this.mostTokensPerMicro = new double[slices.count];
        for (int i = 0; i < slices.count; i++) {
            mostTokensPerMicro[i] = slices.nodes[i] * slices.tokensPerMicro[i];
        }
        this.unit = new double[slices.count];
        this.alpha = new double[supplies.wayCount];
        this.beta = new double[supplies.wayCount];
        this.cheapestWay = new int[supplies.count];
        this.bestWay = new int[supplies.count];
        this.bestNodes = new double[slices.count];
        this.fillNodes = new double[slices.count];
        this.prices = prices;
        this.anchors = new double[prices.cuts.length + supplies.leads.length + 4];
        this.anchorPart = new int[anchors.length];
        int most = anchors.length * anchors.length * 2 + 2 * MOST_SPLITS;
        this.kind = new int[most];
        this.fixed = new int[most];
        this.free = new int[most];
        this.shortest = new double[most];
        this.longest = new double[most];
        this.least = new double[most];
    }

    /** Takes note of when the job may start and end; to be called before {@link #least}. */
    void useTimes(TimeBox box) {
        startLow = box.startLow[job];
        endHigh = box.endHigh[job];
        // What the least duration implies anyway needs no anchor of its own.
        startHigh = box.startHigh[job] + leastDuration >= endHigh ? endHigh : box.startHigh[job];
        endLow = box.endLow[job] <= startLow + leastDuration ? startLow : box.endLow[job];
        double[] times = new double[anchors.length];
        int count = 0;
        for (double cut : prices.cuts) {
            if (cut > startLow && cut < endHigh) {
                times[count++] = cut;
            }
        }
        // A start may be cheapest when bought nodes come, and cuts are too few for every such date.
        for (double lead : supplies.leads) {
            if (lead > startLow && lead < endHigh) {
                times[count++] = lead;
            }
        }
        for (double end : new double[] {startLow, startHigh, endLow, endHigh}) {
            times[count++] = end;
        }
        Arrays.sort(times, 0, count);
        anchorCount = 0;
        for (int i = 0; i < count; i++) {
            if (anchorCount == 0 || times[i] > anchors[anchorCount - 1]) {
                anchors[anchorCount] = times[i];
                anchorPart[anchorCount] = prices.part(times[i]);
                anchorCount++;
            }
        }
    }

    private static final int MOST_SPLITS = 96;
    private static final int STARTS_AT = 0;
    private static final int ENDS_AT = 1;

    private final NodePrices prices;
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
    double least(double objectiveWeight, double moneyWeight, double startWeight, double endWeight, double tolerance) {
        this.objectiveWeight = objectiveWeight;
        this.moneyWeight = moneyWeight;
        this.startWeight = startWeight;
        this.endWeight = endWeight;
        bestValue = Double.POSITIVE_INFINITY;
        ranges = 0;
        for (int anchor = 0; anchor < anchorCount && anchors[anchor] <= startHigh; anchor++) {
            for (int part = anchor; part < anchorCount && anchors[part] <= endHigh; part++) {
                double length = anchors[part] - anchors[anchor];
                if (anchors[part] >= endLow && endLow == endHigh) {
                    add(STARTS_AT, anchor, part, length, length);
                } else if (anchors[part] >= endLow && anchors[part] < endHigh) {
                    add(STARTS_AT, anchor, part, length, anchors[part + 1] - anchors[anchor]);
                }
            }
        }
        for (int anchor = 1; anchor < anchorCount && anchors[anchor] <= endHigh; anchor++) {
            for (int part = 0; anchors[anchor] >= endLow && part < anchor && anchors[part] < startHigh; part++) {
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
            double highest = 0;
            for (int w = supplies.firstWay[v]; w < supplies.firstWay[v + 1]; w++) {
                highest = Math.max(highest, nodePrice(w) + prices.highest(w));
            }
            slack += slices.nodes[i] * highest;
        }
        return slack;
    }

    private double nodePrice(int w) {
        return objectiveWeight * supplies.objectivePerMicro[w] + moneyWeight * supplies.microUsdPerMicro[w];
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
        double latestStart = kind[r] == STARTS_AT ? anchors[newFixed] : anchors[newFixed] - from;
        for (int i = 0; i < slices.count; i++) {
            int v = slices.supply[i];
            double cheapest = Double.POSITIVE_INFINITY;
            for (int w = supplies.firstWay[v]; w < supplies.firstWay[v + 1]; w++) {
                double price = beta[w] + alpha[w] / (alpha[w] > 0 ? high : from);
                cheapest = latestStart >= supplies.fromMicros[w] && price < cheapest ? price : cheapest;
            }
            unit[i] = cheapest / slices.tokensPerMicro[i];
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

    /** Writes the price of a node by each way as alpha + beta × duration. */
    private void load(int r) {
        int f = fixed[r];
        int part = anchorPart[free[r]];
        double anchor = anchors[f];
        int anchorsPart = anchorPart[f];
        double near = kind[r] == STARTS_AT ? anchors[free[r]] : anchors[free[r] + 1];
        for (int w = 0; w < supplies.wayCount; w++) {
            double rate = prices.perMicro[w][part];
            double between = kind[r] == STARTS_AT
                    ? prices.upTo(w, near, part) - prices.upTo(w, anchor, anchorsPart)
                    : prices.upTo(w, anchor, anchorsPart) - prices.upTo(w, near, part);
            alpha[w] = between - rate * Math.abs(near - anchor);
            beta[w] = nodePrice(w) + rate;
        }
    }

    private void tryDuration(int r, double duration) {
        double start = kind[r] == STARTS_AT ? anchors[fixed[r]] : anchors[fixed[r]] - duration;
        for (int i = 0; i < slices.count; i++) {
            int v = slices.supply[i];
            double cheapest = Double.POSITIVE_INFINITY;
            for (int w = supplies.firstWay[v]; w < supplies.firstWay[v + 1]; w++) {
                double price = beta[w] + alpha[w] / duration;
                if (start >= supplies.fromMicros[w] && price < cheapest) {
                    cheapest = price;
                    cheapestWay[v] = w;
                }
            }
            unit[i] = cheapest / slices.tokensPerMicro[i];
        }
        double time = timeValue(r, duration);
        double value = time + fill(duration, Double.POSITIVE_INFINITY);
        if (value < bestValue) {
            bestValue = value;
            bestDuration = duration;
            bestStart = start;
            System.arraycopy(cheapestWay, 0, bestWay, 0, cheapestWay.length);
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
            if (cheapest < 0 || unit[cheapest] == Double.POSITIVE_INFINITY) {
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
