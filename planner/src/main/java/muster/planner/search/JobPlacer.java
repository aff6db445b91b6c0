package muster.planner.search;

import java.util.Arrays;
import java.util.Optional;
import muster.kernels.Kernels;
import muster.kernels.PlacedJob;
import muster.kernels.PlacementBatch;
import muster.kernels.PlacementPrices;
import muster.planner.bound.PriceGuide;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * Finds the best fleet and start of one job beside placed ones. For every start that a plan allows and every stretch of
 * time over which nodes stay free it takes the cheapest nodes that finish in time, by cost and guide prices per token; then
 * it looks at the fleets around the best. The kernel scores them all, in batches.
 */
final class JobPlacer {
    private static final double MICROS_PER_HOUR = 3.6e9;
    private static final double SAME = 1e-9;
    private static final double LITTLE_LONGER = 1.1;

    /** A kernel computes a time, the ledger rounds it to a whole microsecond. */
    private static final double HALF_MICRO = 0.5;

    /** Fleets after which a batch is scored, so that those that follow need not be looked at where they cost more. */
    private static final int FLEETS_PER_BATCH = 64;

    /** Costs that count as the same need not come to rest. */
    private static final int MOST_ROUNDS = 8;

    private final FleetProblem problem;
    private final PriceGuide guide;
    private final Objective objective;
    private final JobFleets[] fleets;
    private final Room room;
    private final NodeFill fill;
    private final FleetVariants variants;
    private final GuidePrices guidePrices;
    private final PlacementBatch batch;

    /** The rooms of the batch. */
    private Room[] rooms;

    private int roomCount;
    private final Room bestRoom;

    /** Shape [pool]: what a node costs in a microsecond, in ledger units of the objective and priced money. */
    private final double[] ownedPerMicro;

    private final double[] rentedPerMicro;
    private final double[] milliwattsPerNode;

    /** How much of the guide's prices counts, 0 to 1. */
    double guideShare = 1;

    /** Whether fleets around the best are looked at too; without, neighbourhoods differ more. */
    boolean refines = true;

    /** The best placement of the last {@link #place}. */
    final int[] bestNodes;

    long bestStart;
    long bestEnd;
    private double bestScore;

    private final int[] candidate;
    private int job;
    private long latestEnd;

    /** How long durations from the present start were that have been tried. */
    private double triedMicros;

    /** Whether the present start and room are in the batch. */
    private boolean startIsIn;

    private boolean roomIsIn;
    private long tried;

    JobPlacer(FleetProblem problem, PriceGuide guide, JobFleets[] fleets) {
        this.problem = problem;
        this.guide = guide;
        this.objective = problem.criteria().getFirst();
        this.fleets = fleets;
        int pools = problem.poolCount();
        ownedPerMicro = new double[pools];
        rentedPerMicro = new double[pools];
        milliwattsPerNode = new double[pools];
        for (int p = 0; p < pools; p++) {
            ownedPerMicro[p] = perMicro(p, problem.energyMicroUsdPerNodeHour(p) / MICROS_PER_HOUR);
            // What is bought or reserved costs at least this; the ledger knows what it comes to in the end.
            rentedPerMicro[p] = perMicro(p, problem.leastMicroUsdPerNodeHour(p) / MICROS_PER_HOUR);
            milliwattsPerNode[p] = problem.facilityMilliwatts(p);
        }
        room = new Room(pools);
        bestRoom = new Room(pools);
        rooms = new Room[0];
        fill = new NodeFill(problem, ownedPerMicro, rentedPerMicro);
        variants = new FleetVariants(problem);
        guidePrices = new GuidePrices(guide, pools);
        batch = new PlacementBatch(pools);
        bestNodes = new int[pools];
        candidate = new int[pools];
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
        long placedFinish = 0;
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
        begin(placedFinish);
        if (earliest == problem.releaseMicros(job)) {
            placeFrom(earliest, false, occupancy);
        }
        for (int e = 0; e < occupancy.events(); e++) {
            long start = occupancy.time(e);
            if (start >= earliest && start < latest && start != problem.releaseMicros(job)) {
                boolean end = isEnd(start, placed, ends);
                if (end || Arrays.binarySearch(problem.availability().dates(), start) >= 0) {
                    placeFrom(start, !end, occupancy);
                }
            }
        }
        score();
        if (bestScore == Double.POSITIVE_INFINITY) {
            return false;
        }
        if (refines) {
            refine();
        }
        return true;
    }

    private static boolean isEnd(long time, boolean[] placed, long[] ends) {
        for (int j = 0; j < placed.length; j++) {
            if (placed[j] && ends[j] == time) {
                return true;
            }
        }
        return false;
    }

    private void begin(long placedFinish) {
        JobFleets its = fleets[job];
        PlacementPrices prices = guidePrices.of(guideShare);
        double latePrice = objective == Objective.DAYS ? 1 - guideShare : 0;
        batch.clear(
                new PlacedJob(
                        problem.tokens(job),
                        its.linear() ? Optional.of(its.nodeTokensPerMicro) : Optional.empty(),
                        ownedPerMicro,
                        rentedPerMicro,
                        milliwattsPerNode,
                        placedFinish,
                        latePrice,
                        guideShare * guide.time(job, 0, 1)),
                prices);
        fill.begin(job, its, prices);
        variants.begin(job, its);
        roomCount = 0;
    }

    private void placeFrom(long start, boolean waitsForNodes, Occupancy occupancy) {
        room.open(start, waitsForNodes);
        fill.start(start);
        startIsIn = false;
        triedMicros = 0;
        for (int e = occupancy.event(start); ; e++) {
            room.narrow(occupancy, e, fleets[job].mostNodes);
            boolean last = e + 1 == occupancy.events() || occupancy.time(e + 1) >= latestEnd;
            room.until = last ? latestEnd : occupancy.time(e + 1);
            if ((last || room.narrowsAt(occupancy, e + 1)) && !tryDurations() || last) {
                break;
            }
        }
        if (batch.fleets() >= FLEETS_PER_BATCH) {
            score();
        }
    }

    /** Tries durations up to the end of the room; {@return whether a longer one could be of use} */
    private boolean tryDurations() {
        double rate = 0;
        for (int p = 0; p < room.free.length; p++) {
            int granularity = problem.granularityNodes(p);
            room.free[p] = Math.max(0, room.free[p]) / granularity * granularity;
            rate += room.free[p] * fleets[job].nodeTokensPerMicro[p];
        }
        if (rate == 0) {
            return false;
        }
        double longest = room.until - room.start;
        double fastest = problem.tokens(job) / rate;
        boolean littleLonger = triedMicros > 0 && longest < triedMicros * LITTLE_LONGER && room.until < latestEnd;
        if (fastest > longest || littleLonger) {
            return true;
        }
        roomIsIn = false;
        tryDuration(longest);
        // Cost per token does not say how fast to be: the same nodes may be used in full, for less long. What was short
        // enough for an earlier stretch found more free nodes there.
        double shortest = Math.max(fastest, triedMicros);
        for (double duration = longest / 3; duration > shortest; duration /= 3) {
            tryDuration(duration);
        }
        if (fastest >= triedMicros) {
            tryDuration(Math.min(longest, fastest * 1.001 + 1));
        }
        triedMicros = longest;
        return true;
    }

    private void tryDuration(double duration) {
        if (problem.onePool(job) || !fleets[job].linear()) {
            for (int p = 0; p < room.free.length; p++) {
                if (room.free[p] > 0) {
                    tryDuration(duration, p);
                }
            }
        }
        if (!problem.onePool(job)) {
            tryDuration(duration, -1);
        }
    }

    private void tryDuration(double duration, int only) {
        fill.price(room, duration, only);
        double fixed = guideShare * guide.time(job, room.start, room.start);
        if (fill.fill(room, duration, fixed, bestScore)
                && (!room.waitsForNodes || problem.availability().isDateOf(fill.nodes, room.start))) {
            add(fill.nodes, fill.tokensPerMicro);
        }
    }

    private void add(int[] nodes, double tokensPerMicro) {
        if (!startIsIn) {
            batch.start(room.start, guideShare * guide.time(job, room.start, 0));
            startIsIn = true;
        }
        if (!roomIsIn) {
            addRoom(room);
            roomIsIn = true;
        }
        batch.add(nodes, tokensPerMicro);
    }

    private void addRoom(Room added) {
        if (roomCount == rooms.length) {
            rooms = Arrays.copyOf(rooms, Math.max(8, 2 * roomCount));
            for (int r = roomCount; r < rooms.length; r++) {
                rooms[r] = new Room(candidate.length);
            }
        }
        Room kept = rooms[roomCount++];
        kept.copyFrom(added);
        for (int p = 0; p < candidate.length; p++) {
            kept.freeOwned[p] = Math.max(0, kept.freeOwned[p]);
        }
        batch.room(kept.until + HALF_MICRO, Math.max(0, kept.freeMilliwatts), kept.free, kept.freeOwned);
    }

    /** Scores the batch, keeps its best fleet and empties it; {@return whether there was a better one} */
    private boolean score() {
        Kernels.placements(batch);
        tried += batch.fleets();
        boolean better = keepBest();
        batch.clear();
        roomCount = 0;
        startIsIn = false;
        roomIsIn = false;
        return better;
    }

    private boolean keepBest() {
        boolean better = false;
        while (true) {
            int best = -1;
            double least = bestScore;
            double leastEnd = bestEnd;
            for (int slot = 0; slot < batch.slots(); slot++) {
                double cost = batch.cost(slot);
                // Nearly none is better, so this comes first.
                if (cost <= least + SAME * Math.abs(least) && cost < Double.POSITIVE_INFINITY && batch.holds(slot)) {
                    boolean same = Math.abs(cost - least) <= SAME * Math.abs(cost);
                    if (same ? batch.endMicros(slot) < leastEnd - HALF_MICRO : cost < least) {
                        best = slot;
                        least = cost;
                        leastEnd = batch.endMicros(slot);
                    }
                }
            }
            if (best < 0) {
                return better;
            }
            better |= keep(best);
            batch.reject(best);
        }
    }

    /** Keeps a fleet as the best if the ledger's whole microseconds let it; {@return whether they do} */
    private boolean keep(int slot) {
        Room its = rooms[batch.room(slot)];
        batch.nodes(slot, candidate);
        double tokensPerSecond = fleets[job].tokensPerSecond(candidate);
        if (!(tokensPerSecond > 0)) {
            return false;
        }
        long end = its.start + Math.max(1, Math.round(problem.tokens(job) / tokensPerSecond * 1e6));
        if (end > its.until) {
            return false;
        }
        bestScore = batch.cost(slot);
        bestStart = its.start;
        bestEnd = end;
        System.arraycopy(candidate, 0, bestNodes, 0, candidate.length);
        bestRoom.copyFrom(its);
        return true;
    }

    /** Looks at the fleets around the best one as long as there is a better one among them. */
    private void refine() {
        boolean better = true;
        for (int round = 0; better && round < MOST_ROUNDS; round++) {
            batch.start(bestRoom.start, guideShare * guide.time(job, bestRoom.start, 0));
            addRoom(bestRoom);
            variants.addAround(batch, bestRoom, bestNodes);
            better = score();
        }
    }
}
