package muster.planner.bound;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import muster.planner.cost.JobAmounts;

/**
 * The exact bound of one job: best-first branch and bound over boxes of unit counts, goals in lexicographic order, then
 * fewest nodes, then most nodes on the first pools. A box is dropped once a lower bound of its goals, in order, shows
 * that no point of it beats the best known; small boxes are enumerated.
 */
final class OneJobSolver {
    private static final long ENUMERATED_POINTS = 48;
    private static final int ASK_EVERY_ROUNDS = 64;
    private static final int ASK_EVERY_MODELLED_ROUNDS = 2;

    /** Points whose rate was modelled; beyond, a gap is stated in place of a longer wait. */
    private static final long MOST_MODELLED_POINTS = 100_000;

    private final JobSpace space;
    private final List<Goal> goals;
    private final boolean settleTies;
    private final boolean anyPoint;
    private final BoxNarrowing narrowing;
    private final BoxBound bound;
    private final long mostBoxes;
    private final double gapFraction;
    private final BooleanSupplier stop;
    private final Integer[] fastestNodesFirst;
    private final Comparator<Integer> byNodeRate;

    private int[] bestUnits;
    private long[] bestVector;
    private double bestValue = Double.POSITIVE_INFINITY;
    private final int askEveryRounds;
    private long boxes;
    private long rounds;
    private long points;

    /**
     * @param boundSteps no feasible point has a first goal below this many steps; Long.MAX_VALUE where none exists
     * @param boundValue the same in ledger units
     * @param exact the best point is proved best in all goals, or the absence of points is proved
     */
    record Outcome(
            Optional<int[]> units, double value, long boundSteps, double boundValue, boolean exact, long boxes) {}

    /**
     * @param goals minimised in this order, never empty
     * @param settleTies whether points that tie in all goals compare by nodes and pool order; then time is a goal
     * @param anyPoint stop at the first point found
     */
    OneJobSolver(
            JobSpace space,
            List<Goal> goals,
            boolean settleTies,
            boolean anyPoint,
            long mostBoxes,
            double gapFraction,
            BooleanSupplier stop) {
        this.space = space;
        this.goals = goals;
        this.settleTies = settleTies;
        this.anyPoint = anyPoint;
        this.narrowing = new BoxNarrowing(space);
        this.bound = new BoxBound(space);
        this.mostBoxes = mostBoxes;
        this.gapFraction = gapFraction;
        this.stop = stop;
        this.askEveryRounds = space.stated() ? ASK_EVERY_ROUNDS : ASK_EVERY_MODELLED_ROUNDS;
        this.fastestNodesFirst = IntStream.range(0, space.pools).boxed().toArray(Integer[]::new);
        this.byNodeRate = Comparator.comparingDouble((Integer p) -> -space.rate[p] / space.problem.granularityNodes(p));
        Arrays.sort(fastestNodesFirst, byNodeRate);
    }

    /** Offers a point to beat, such as the search's. */
    void offer(int[] units) {
        if (!allowed(units)) {
            return;
        }
        points += space.stated() ? 0 : 1;
        JobAmounts amounts = space.amounts(units);
        if (space.feasible()) {
            long[] vector = vector(units, amounts);
            if (bestVector == null || Arrays.compare(vector, bestVector) < 0) {
                bestVector = vector;
                bestUnits = units.clone();
                bestValue = goals.getFirst().value(amounts);
            }
        }
    }

    /** Only points better than this count; the vector is one of a solver with the same goals, but for their offsets. */
    void beat(long[] vector) {
        bestVector = vector;
        bestValue = goals.getFirst().largestValue(vector[0]);
    }

    /** {@return the best point's goals in steps, its nodes, minus those of each pool; or what it had to beat} */
    Optional<long[]> bestVector() {
        return Optional.ofNullable(bestVector);
    }

    Outcome solve() {
        Comparator<Box> promising = Comparator.comparingLong((Box box) -> box.lowerBoundSteps)
                .thenComparing((a, b) -> Arrays.compare(b.high, a.high))
                .thenComparing((a, b) -> Arrays.compare(b.low, a.low));
        PriorityQueue<Box> open = new PriorityQueue<>(promising);
        if (!space.stated()) {
            offerSinglePools();
        }
        for (Box root : RootBoxes.of(space)) {
            keepIfPromising(root, open);
        }
        boolean complete = true;
        while (!open.isEmpty()) {
            rounds++;
            if (anyPoint && bestUnits != null
                    || boxes >= mostBoxes
                    || points >= MOST_MODELLED_POINTS
                    || withinGap(open.peek())
                    || rounds % askEveryRounds == 0 && stop.getAsBoolean()) {
                complete = false;
                break;
            }
            branch(open.poll(), open);
        }
        long bound = bestVector == null ? Long.MAX_VALUE : bestVector[0];
        if (!complete) {
            for (Box box : open) {
                bound = Math.min(bound, box.lowerBoundSteps);
            }
        }
        Goal first = goals.getFirst();
        // The least value that is still rounded to the step, never above a value that is known to be reached.
        double boundValue = Math.min(bestValue, (bound - 0.5) * first.stepSize());
        return new Outcome(Optional.ofNullable(bestUnits), bestValue, bound, boundValue, complete, boxes);
    }

    /** Modelled rates favour certain node counts, which halving boxes would be long in meeting. */
    private void offerSinglePools() {
        int[] units = new int[space.pools];
        for (int p = 0; p < space.pools; p++) {
            for (units[p] = 1; units[p] <= space.mostUnits[p]; units[p]++) {
                offer(units);
            }
            units[p] = 0;
        }
    }

    /** {@return whether the best point is close enough, by the asked gap, to everything still open} */
    private boolean withinGap(Box leastOpen) {
        return gapFraction > 0
                && bestVector != null
                && leastOpen.lowerBoundSteps < bestVector[0]
                && bestVector[0] - leastOpen.lowerBoundSteps <= gapFraction * Math.abs(bestVector[0]);
    }

    private boolean allowed(int[] units) {
        for (int p = 0; p < space.pools; p++) {
            if (units[p] > space.mostUnits[p]) {
                return false;
            }
        }
        int used = space.problem.lots().poolsInUse(units);
        return (used == 1 || used > 1 && !space.problem.onePool(space.job)) && space.withinPools(units);
    }

    private void branch(Box box, PriorityQueue<Box> open) {
        // The best point may have improved since the box was queued.
        if (bestVector != null && box.lowerBoundSteps > bestVector[0]) {
            return;
        }
        for (int side = 0; side < 2; side++) {
            Box child = box.copy();
            int p = splitPool(box);
            int middle = splitPoint(box, p);
            if (side == 0) {
                child.low[p] = middle + 1;
            } else {
                child.high[p] = middle;
            }
            keepIfPromising(child, open);
        }
    }

    /** Where money bends the box is cut first, since only then is its bound sharp. */
    private int splitPool(Box box) {
        int widestBent = -1;
        for (int p = 0; p < space.pools; p++) {
            boolean bends = space.bends(p, box.low[p], box.high[p]);
            if (bends && (widestBent < 0 || box.width(p) > box.width(widestBent))) {
                widestBent = p;
            }
        }
        return widestBent >= 0 ? widestBent : box.widest();
    }

    private int splitPoint(Box box, int p) {
        return space.bends(p, box.low[p], box.high[p]) ? space.ownedUnits(p) : (box.low[p] + box.high[p]) >>> 1;
    }

    /** Narrows and bounds a box; queues it if it may hold a better point, tries its corners on the way. */
    private void keepIfPromising(Box box, PriorityQueue<Box> open) {
        boxes++;
        if (!narrow(box) || enumerated(box)) {
            return;
        }
        offer(box.high);
        offer(box.low);
        offer(bound.corner());
        if (narrow(box) && !enumerated(box)) {
            open.add(box);
        }
    }

    /** {@return whether the box was small enough to try each of its points} */
    private boolean enumerated(Box box) {
        boolean small = box.points(ENUMERATED_POINTS) < ENUMERATED_POINTS;
        if (small) {
            enumerate(box);
        }
        return small;
    }

    /** {@return whether a point of the box may beat the best known, after cutting away what cannot} */
    private boolean narrow(Box box) {
        space.useCeilings(box);
        if (!narrowing.applyLimits(box) || !hasRate(box) || !space.limitRate(box)) {
            return false;
        }
        for (int g = 0; g < goals.size(); g++) {
            Goal goal = goals.get(g);
            if (bestVector != null && !narrowing.apply(box, goal, goal.largestValue(bestVector[g]) - goal.offset())) {
                return false;
            }
            long best = bestVector == null ? Long.MAX_VALUE : bestVector[0];
            long steps = goal.stepsBelow(bound.of(goal, box, g == 0, best));
            if (g == 0) {
                box.lowerBoundSteps = Math.max(box.lowerBoundSteps, steps);
                steps = box.lowerBoundSteps;
            }
            if (bestVector == null || steps < bestVector[g]) {
                return true;
            }
            if (steps > bestVector[g]) {
                return false;
            }
            // Equal at best: only points that tie here and are better later are of interest.
        }
        return mayTieBetter(box);
    }

    private boolean mayTieBetter(Box box) {
        int nodesAt = goals.size();
        if (!settleTies || !narrowing.applyNodes(box, bestVector[nodesAt])) {
            return false;
        }
        long leastNodes = leastNodes(box);
        return leastNodes < bestVector[nodesAt] || leastNodes == bestVector[nodesAt] && mayBeatOrder(box, nodesAt);
    }

    /** {@return nodes that the box needs at least to be as fast as the best point: the fastest nodes first} */
    private long leastNodes(Box box) {
        double mostMicros = space.mostMicros;
        for (int g = 0; g < goals.size(); g++) {
            if (goals.get(g).time() > 0) {
                mostMicros = Math.min(mostMicros, goals.get(g).largestValue(bestVector[g]));
            }
        }
        double missingRate = space.tokens() * 1e6 / (mostMicros + 1.0) * (1 - 1e-9);
        double count = 0;
        for (int p = 0; p < space.pools; p++) {
            missingRate -= box.low[p] * space.rate[p];
            count += (double) box.low[p] * space.problem.granularityNodes(p);
        }
        if (!space.linear()) {
            Arrays.sort(fastestNodesFirst, byNodeRate);
        }
        for (int p : fastestNodesFirst) {
            if (missingRate <= 0) {
                break;
            }
            double units = Math.min(box.high[p] - box.low[p], missingRate / Math.max(space.rate[p], Double.MIN_NORMAL));
            missingRate -= units * space.rate[p];
            count += units * space.problem.granularityNodes(p);
        }
        return (long) Math.ceil(count - 1e-6);
    }

    /** {@return whether the box holds a point with more nodes than the best on the first pool where they differ} */
    private boolean mayBeatOrder(Box box, int nodesAt) {
        for (int p = 0; p < space.pools; p++) {
            long most = (long) box.high[p] * space.problem.granularityNodes(p);
            long best = -bestVector[nodesAt + 1 + p];
            if (most != best) {
                return most > best;
            }
        }
        return false;
    }

    private boolean hasRate(Box box) {
        return IntStream.range(0, space.pools).anyMatch(p -> box.high[p] > 0 && space.rate[p] > 0);
    }

    private void enumerate(Box box) {
        int[] units = box.low.clone();
        while (true) {
            if (space.linear() || mayBeat(units)) {
                offer(units);
            }
            int p = space.pools - 1;
            while (p >= 0 && units[p] == box.high[p]) {
                units[p] = box.low[p];
                p--;
            }
            if (p < 0) {
                return;
            }
            units[p]++;
        }
    }

    /** {@return whether a point may be in time and better than the best known, by a rate it cannot exceed} */
    private boolean mayBeat(int[] units) {
        double tokensPerSecond = space.quickTokensPerSecond(units) * (1 + BoxNarrowing.MARGIN);
        // Durations are rounded to whole microseconds.
        double mostMicros = space.mostMicros + 0.5;
        if (!(tokensPerSecond * mostMicros >= space.tokens() * 1e6 * (1 - BoxNarrowing.MARGIN))) {
            return false;
        }
        return bestVector == null
                || goals.getFirst().stepsBelow(bound.ofPoint(goals.getFirst(), units, tokensPerSecond))
                        <= bestVector[0];
    }

    private long[] vector(int[] units, JobAmounts amounts) {
        int count = goals.size();
        long[] vector = new long[count + 1 + space.pools];
        for (int g = 0; g < count; g++) {
            vector[g] = goals.get(g).steps(goals.get(g).value(amounts));
        }
        for (int p = 0; p < space.pools; p++) {
            long nodes = (long) units[p] * space.problem.granularityNodes(p);
            vector[count] += nodes;
            vector[count + 1 + p] = -nodes;
        }
        return vector;
    }
}
