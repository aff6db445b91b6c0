package muster.planner.search;

import java.util.Arrays;
import muster.planner.bound.PriceGuide;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * Finds the best fleet and start of one job beside placed ones: for every start that a plan allows and every stretch of
 * time over which nodes stay free, the cheapest nodes that finish within it, by cost and guide prices per token.
 */
final class JobPlacer {
    private static final double MICROS_PER_HOUR = 3.6e9;
    private static final double SAME = 1e-9;
    private static final double LITTLE_LONGER = 1.1;

    private final FleetProblem problem;
    private final PriceGuide guide;
    private final Objective objective;
    private final JobFleets[] fleets;

    /** Shape [pool]: free over the stretch looked at. */
    private final int[] free;

    private final int[] freeOwned;

    /** Shape [pool]: free in the pool and its spot nodes together. */
    private final int[] freeTogether;

    private long freeMilliwatts;

    /** Shape [pool]: what a node costs in a microsecond, in ledger units of the objective and priced money. */
    private final double[] ownedPerMicro;

    private final double[] rentedPerMicro;

    /** Shape [pool]: the same per token, with the guide's prices; used up while nodes are filled in. */
    private final double[] ownedUnit;

    private final double[] rentedUnit;
    private final int[] trial;

    /** How much of the guide's prices counts, 0 to 1. */
    double guideShare = 1;

    /** The best placement of the last {@link #place}. */
    final int[] bestNodes;

    long bestStart;
    long bestEnd;
    private double bestScore;

    private int job;
    private long until;
    private long latestEnd;

    /** Whether the present start is allowed to fleets only that take nodes which come then. */
    private boolean waitsForNodes;

    /** How long durations from the present start were that have been tried. */
    private double triedMicros;

    private double placedFinish;
    private long tried;

    JobPlacer(FleetProblem problem, PriceGuide guide, JobFleets[] fleets) {
        this.problem = problem;
        this.guide = guide;
        this.objective = problem.criteria().getFirst();
        this.fleets = fleets;
        int pools = problem.poolCount();
        free = new int[pools];
        freeOwned = new int[pools];
        freeTogether = new int[pools];
        ownedPerMicro = new double[pools];
        rentedPerMicro = new double[pools];
        ownedUnit = new double[pools];
        rentedUnit = new double[pools];
        trial = new int[pools];
        bestNodes = new int[pools];
        for (int p = 0; p < pools; p++) {
            ownedPerMicro[p] = perMicro(p, problem.energyMicroUsdPerNodeHour(p) / MICROS_PER_HOUR);
            // What is bought or reserved costs at least this; the ledger knows what it comes to in the end.
            rentedPerMicro[p] = perMicro(p, problem.leastMicroUsdPerNodeHour(p) / MICROS_PER_HOUR);
        }
    }

    private double perMicro(int p, double money) {
        double grams = problem.carbonGramsPerNodeSecond(p) / 1e6;
        double value = switch (objective) {
            case COST -> money;
            case DAYS -> 0;
            case ENERGY -> problem.facilityMilliwatts(p) / 1e9;
            case CARBON -> Double.isNaN(grams) ? 0 : grams;
        };
        return value + guide.moneyPrice() * money;
    }

    /** {@return fleets looked at} */
    long tried() {
        return tried;
    }

    /**
     * Places a job; {@link #bestNodes} and the times say how.
     *
     * @param occupancy of the placed jobs, without this one
     * @param mustEnd when it has to end; before the start of a placed successor in any case
     * @return false where it fits nowhere inside its window
     */
    boolean place(int job, Occupancy occupancy, Schedule schedule, long mustEnd) {
        boolean[] placed = schedule.placed;
        long[] starts = schedule.starts;
        long[] ends = schedule.ends;
        this.job = job;
        bestScore = Double.POSITIVE_INFINITY;
        placedFinish = 0;
        long earliest = problem.releaseMicros(job);
        long latest = mustEnd;
        for (int j = 0; j < placed.length; j++) {
            if (placed[j]) {
                placedFinish = Math.max(placedFinish, ends[j]);
                for (int i = 0; i < problem.predecessorCount(j); i++) {
                    latest = problem.predecessor(j, i) == job ? Math.min(latest, starts[j]) : latest;
                }
            }
        }
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            int before = problem.predecessor(job, i);
            earliest = placed[before] ? Math.max(earliest, ends[before]) : earliest;
        }
        this.latestEnd = latest;
        if (earliest == problem.releaseMicros(job)) {
            waitsForNodes = false;
            placeFrom(earliest, latest, occupancy);
        }
        for (int e = 0; e < occupancy.events(); e++) {
            long start = occupancy.time(e);
            if (start >= earliest && start < latest && start != problem.releaseMicros(job)) {
                boolean end = isEnd(start, placed, ends);
                if (end || Arrays.binarySearch(problem.availability().dates(), start) >= 0) {
                    waitsForNodes = !end;
                    placeFrom(start, latest, occupancy);
                }
            }
        }
        return bestScore < Double.POSITIVE_INFINITY;
    }

    private static boolean isEnd(long time, boolean[] placed, long[] ends) {
        for (int j = 0; j < placed.length; j++) {
            if (placed[j] && ends[j] == time) {
                return true;
            }
        }
        return false;
    }

    private void placeFrom(long start, long latest, Occupancy occupancy) {
        Arrays.fill(free, Integer.MAX_VALUE);
        Arrays.fill(freeOwned, Integer.MAX_VALUE);
        Arrays.fill(freeTogether, Integer.MAX_VALUE);
        freeMilliwatts = Long.MAX_VALUE;
        triedMicros = 0;
        for (int e = occupancy.event(start); ; e++) {
            narrow(occupancy, e);
            boolean last = e + 1 == occupancy.events() || occupancy.time(e + 1) >= latest;
            until = last ? latest : occupancy.time(e + 1);
            if ((last || narrowsAt(occupancy, e + 1)) && !tryDurations(start) || last) {
                return;
            }
        }
    }

    private void narrow(Occupancy occupancy, int e) {
        freeMilliwatts = Math.min(freeMilliwatts, occupancy.freeMilliwatts(e));
        for (int p = 0; p < free.length; p++) {
            free[p] = Math.min(free[p], Math.min(fleets[job].mostNodes[p], occupancy.freeNodes(e, p)));
            freeOwned[p] = Math.min(freeOwned[p], Math.min(free[p], occupancy.freeOwned(e, p)));
            freeTogether[p] = Math.min(freeTogether[p], occupancy.freeTogether(e, p));
        }
    }

    private boolean narrowsAt(Occupancy occupancy, int e) {
        boolean narrows = occupancy.freeMilliwatts(e) < freeMilliwatts;
        for (int p = 0; p < free.length && !narrows; p++) {
            narrows = occupancy.freeNodes(e, p) < free[p]
                    || occupancy.freeOwned(e, p) < freeOwned[p]
                    || occupancy.freeTogether(e, p) < freeTogether[p];
        }
        return narrows;
    }

    /** Tries durations up to the end of the stretch; {@return whether a longer stretch could be of use} */
    private boolean tryDurations(long start) {
        double rate = 0;
        for (int p = 0; p < free.length; p++) {
            int granularity = problem.granularityNodes(p);
            free[p] = Math.max(0, free[p]) / granularity * granularity;
            rate += free[p] * fleets[job].nodeTokensPerMicro[p];
        }
        if (rate == 0) {
            return false;
        }
        double longest = until - start;
        double fastest = problem.tokens(job) / rate;
        boolean littleLonger = triedMicros > 0 && longest < triedMicros * LITTLE_LONGER && until < latestEnd;
        if (fastest > longest || littleLonger) {
            return true;
        }
        tryDuration(start, longest);
        // Cost per token does not say how fast to be: the same nodes may be used in full, for less long. What was short
        // enough for an earlier stretch found more free nodes there.
        double shortest = Math.max(fastest, triedMicros);
        for (double duration = longest / 3; duration > shortest; duration /= 3) {
            tryDuration(start, duration);
        }
        if (fastest >= triedMicros) {
            tryDuration(start, Math.min(longest, fastest * 1.001 + 1));
        }
        triedMicros = longest;
        return true;
    }

    private void tryDuration(long start, double duration) {
        if (problem.onePool(job) || !fleets[job].linear()) {
            for (int p = 0; p < free.length; p++) {
                if (free[p] > 0) {
                    price(start, duration);
                    for (int other = 0; other < free.length; other++) {
                        ownedUnit[other] = other == p ? ownedUnit[other] : Double.POSITIVE_INFINITY;
                        rentedUnit[other] = other == p ? rentedUnit[other] : Double.POSITIVE_INFINITY;
                    }
                    fill(start, duration);
                }
            }
        }
        if (!problem.onePool(job)) {
            price(start, duration);
            fill(start, duration);
        }
    }

    private void price(long start, double duration) {
        double end = start + duration;
        for (int p = 0; p < free.length; p++) {
            double rate = fleets[job].nodeTokensPerMicro[p];
            if (free[p] == 0 || rate == 0) {
                ownedUnit[p] = Double.POSITIVE_INFINITY;
                rentedUnit[p] = Double.POSITIVE_INFINITY;
                continue;
            }
            double price = 0;
            double more = 0;
            if (guideShare > 0) {
                price = guideShare * guide.node(p, start, end) / duration;
                more = guideShare * guide.owned(p, start, end) / duration;
            }
            ownedUnit[p] = freeOwned[p] > 0 ? (price + more + ownedPerMicro[p]) / rate : Double.POSITIVE_INFINITY;
            rentedUnit[p] = (price + rentedPerMicro[p]) / rate;
        }
    }

    /** Fills in the cheapest nodes until the job is done within the duration, and judges what came of it. */
    private void fill(long start, double duration) {
        Arrays.fill(trial, 0);
        double missing = problem.tokens(job) / duration;
        double atLeast = guideShare * guide.time(job, start, start);
        long milliwatts = freeMilliwatts;
        // A modelled rate is below the sum of its nodes' best ones; what is missing is filled in again.
        for (int round = 0; round < 4; round++) {
            while (missing > 0) {
                int p = cheapest();
                // The cheapest nodes come first, so the others cost no less.
                if (p < 0 || atLeast + missing * duration * Math.min(ownedUnit[p], rentedUnit[p]) > bestScore) {
                    return;
                }
                boolean owned = ownedUnit[p] <= rentedUnit[p];
                int granularity = problem.granularityNodes(p);
                int room = Math.clamp(
                        (owned ? freeOwned[p] : free[p]) - (long) trial[p],
                        0,
                        Math.max(0, freeTogether[p] - problem.lots().together(trial, p)));
                double each = fleets[job].nodeTokensPerMicro[p];
                double unit = owned ? ownedUnit[p] : rentedUnit[p];
                double wanted = Math.ceil(missing / each / granularity * (1 - 1e-12)) * granularity;
                long byPower = milliwatts == Long.MAX_VALUE
                        ? Integer.MAX_VALUE
                        : Math.max(0, milliwatts) / problem.facilityMilliwatts(p);
                int all = (int) Math.min(Math.min(room, byPower), wanted) / granularity * granularity;
                boolean enough = all == (int) wanted;
                if (owned && !enough) {
                    ownedUnit[p] = Double.POSITIVE_INFINITY;
                } else if (!enough) {
                    rentedUnit[p] = Double.POSITIVE_INFINITY;
                }
                trial[p] += all;
                atLeast += Math.min(all * each, missing) * duration * unit;
                missing -= all * each;
                milliwatts -= milliwatts == Long.MAX_VALUE ? 0 : all * problem.facilityMilliwatts(p);
            }
            double tokensPerSecond = fleets[job].tokensPerSecond(trial);
            if (start + problem.tokens(job) / tokensPerSecond * 1e6 <= until || fleets[job].linear()) {
                judge(start, tokensPerSecond);
                return;
            }
            missing = tokensPerSecond > 0
                    ? problem.tokens(job) / duration - tokensPerSecond / 1e6
                    : fleets[job].nodeTokensPerMicro[firstUsed()];
        }
    }

    private int firstUsed() {
        int p = 0;
        while (p + 1 < trial.length && trial[p] == 0) {
            p++;
        }
        return p;
    }

    private int cheapest() {
        int cheapest = -1;
        double price = Double.POSITIVE_INFINITY;
        for (int p = 0; p < free.length; p++) {
            double unit = Math.min(ownedUnit[p], rentedUnit[p]);
            if (unit < price) {
                price = unit;
                cheapest = p;
            }
        }
        return cheapest;
    }

    private void judge(long start, double tokensPerSecond) {
        tried++;
        if (!(tokensPerSecond > 0)) {
            return;
        }
        long duration = Math.max(1, Math.round(problem.tokens(job) / tokensPerSecond * 1e6));
        long end = start + duration;
        if (end > until || waitsForNodes && !problem.availability().isDateOf(trial, start)) {
            return;
        }
        double score = objective == Objective.DAYS ? (1 - guideShare) * Math.max(0, end - placedFinish) : 0;
        score += guideShare * guide.time(job, start, end);
        for (int p = 0; p < trial.length; p++) {
            if (trial[p] > 0) {
                int owned = Math.min(trial[p], freeOwned[p]);
                score += ((trial[p] - owned) * rentedPerMicro[p] + owned * ownedPerMicro[p]) * duration;
                if (guideShare > 0) {
                    score += guideShare * (trial[p] * guide.node(p, start, end) + owned * guide.owned(p, start, end));
                }
            }
        }
        boolean same = Math.abs(score - bestScore) <= SAME * Math.abs(score);
        if (same ? end < bestEnd : score < bestScore) {
            bestScore = score;
            bestStart = start;
            bestEnd = end;
            System.arraycopy(trial, 0, bestNodes, 0, trial.length);
        }
    }
}
