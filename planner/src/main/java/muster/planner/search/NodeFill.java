package muster.planner.search;

import java.util.Arrays;
import muster.kernels.PlacementPrices;
import muster.planner.cost.FleetProblem;

/**
 * Fills in the nodes of a room that cost least per token, by what they cost and by the prices of what is scarce, until a job
 * is done within a duration.
 */
final class NodeFill {
    private final FleetProblem problem;

    /** Shape [pool]: what a node costs in a microsecond. */
    private final double[] ownedPerMicro;

    private final double[] rentedPerMicro;

    /** Shape [pool]: prices up to the room's start. */
    private final double[] nodeBefore;

    private final double[] ownedBefore;

    /** Shape [pool]: cost of a token; used up while nodes are filled in. */
    private final double[] ownedUnit;

    private final double[] rentedUnit;

    /** Shape [pool]: the fleet that came of the last fill. */
    final int[] nodes;

    /** Its rate, tokens/µs. */
    double tokensPerMicro;

    private int job;
    private JobFleets fleets;
    private PlacementPrices prices;
    private int startPart;

    NodeFill(FleetProblem problem, double[] ownedPerMicro, double[] rentedPerMicro) {
        int pools = problem.poolCount();
        this.problem = problem;
        this.ownedPerMicro = ownedPerMicro;
        this.rentedPerMicro = rentedPerMicro;
        nodeBefore = new double[pools];
        ownedBefore = new double[pools];
        ownedUnit = new double[pools];
        rentedUnit = new double[pools];
        nodes = new int[pools];
    }

    void begin(int ofJob, JobFleets itsFleets, PlacementPrices scarcity) {
        job = ofJob;
        fleets = itsFleets;
        prices = scarcity;
    }

    /** Rooms that follow begin at this time. */
    void start(long start) {
        startPart = prices.part(start, 0);
        for (int p = 0; p < nodes.length; p++) {
            nodeBefore[p] = prices.nodeBefore(startPart, p, start);
            ownedBefore[p] = prices.ownedBefore(startPart, p, start);
        }
    }

    /** Works out what a token costs on the nodes of each pool if the job takes that long; {@code only} -1 for all pools. */
    void price(Room room, double duration, int only) {
        double end = room.start + duration;
        int part = prices.part(end, startPart);
        for (int p = 0; p < nodes.length; p++) {
            double rate = fleets.nodeTokensPerMicro[p];
            if (room.free[p] == 0 || rate == 0 || only >= 0 && only != p) {
                ownedUnit[p] = Double.POSITIVE_INFINITY;
                rentedUnit[p] = Double.POSITIVE_INFINITY;
                continue;
            }
            double node = (prices.nodeBefore(part, p, end) - nodeBefore[p]) / duration;
            double more = (prices.ownedBefore(part, p, end) - ownedBefore[p]) / duration;
            ownedUnit[p] = room.freeOwned[p] > 0 ? (node + more + ownedPerMicro[p]) / rate : Double.POSITIVE_INFINITY;
            rentedUnit[p] = (node + rentedPerMicro[p]) / rate;
        }
    }

    /**
     * Fills in the nodes priced last, the cheapest first; {@return whether a fleet came of it that does the job in time}
     *
     * @param fixed what the job costs whatever its nodes
     * @param most a fleet that costs more is of no use
     */
    boolean fill(Room room, double duration, double fixed, double most) {
        Arrays.fill(nodes, 0);
        double missing = problem.tokens(job) / duration;
        double atLeast = fixed;
        long milliwatts = room.freeMilliwatts;
        // A modelled rate is below the sum of its nodes' best ones; what is missing is filled in again.
        for (int round = 0; round < 4; round++) {
            while (missing > 0) {
                int p = cheapest();
                // The cheapest nodes come first, so the others cost no less.
                if (p < 0 || atLeast + missing * duration * Math.min(ownedUnit[p], rentedUnit[p]) > most) {
                    return false;
                }
                boolean owned = ownedUnit[p] <= rentedUnit[p];
                int granularity = problem.granularityNodes(p);
                int there = Math.clamp(
                        (owned ? room.freeOwned[p] : room.free[p]) - (long) nodes[p],
                        0,
                        Math.max(0, room.freeTogether[p] - problem.lots().together(nodes, p)));
                double each = fleets.nodeTokensPerMicro[p];
                double unit = owned ? ownedUnit[p] : rentedUnit[p];
                double wanted = Math.ceil(missing / each / granularity * (1 - 1e-12)) * granularity;
                long byPower = milliwatts == Long.MAX_VALUE
                        ? Integer.MAX_VALUE
                        : Math.max(0, milliwatts) / problem.facilityMilliwatts(p);
                int all = (int) Math.min(Math.min(there, byPower), wanted) / granularity * granularity;
                boolean enough = all == (int) wanted;
                if (owned && !enough) {
                    ownedUnit[p] = Double.POSITIVE_INFINITY;
                } else if (!enough) {
                    rentedUnit[p] = Double.POSITIVE_INFINITY;
                }
                nodes[p] += all;
                atLeast += Math.min(all * each, missing) * duration * unit;
                missing -= all * each;
                milliwatts -= milliwatts == Long.MAX_VALUE ? 0 : all * problem.facilityMilliwatts(p);
            }
            tokensPerMicro = fleets.tokensPerSecond(nodes) / 1e6;
            if (fleets.linear() || room.start + problem.tokens(job) / tokensPerMicro <= room.until) {
                return true;
            }
            missing = tokensPerMicro > 0
                    ? problem.tokens(job) / duration - tokensPerMicro
                    : fleets.nodeTokensPerMicro[firstUsed()];
        }
        return false;
    }

    private int firstUsed() {
        int p = 0;
        while (p + 1 < nodes.length && nodes[p] == 0) {
            p++;
        }
        return p;
    }

    private int cheapest() {
        int cheapest = -1;
        double price = Double.POSITIVE_INFINITY;
        for (int p = 0; p < nodes.length; p++) {
            double unit = Math.min(ownedUnit[p], rentedUnit[p]);
            if (unit < price) {
                price = unit;
                cheapest = p;
            }
        }
        return cheapest;
    }
}
