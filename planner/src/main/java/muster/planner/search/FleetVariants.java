package muster.planner.search;

import muster.kernels.PlacementBatch;
import muster.planner.cost.FleetProblem;

/** The fleets around one: more or fewer nodes of a pool, and nodes of one pool in place of those of another at equal rate. */
final class FleetVariants {
    /** From one number of units to the next larger. */
    private static final double GROWTH = 1.5;

    /** Where rates take long to work out, only fleets that differ by so many units are looked at. */
    private static final int MOST_UNITS_MIXED = 2;

    private final FleetProblem problem;
    private int job;
    private JobFleets fleets;

    FleetVariants(FleetProblem problem) {
        this.problem = problem;
    }

    void begin(int ofJob, JobFleets itsFleets) {
        job = ofJob;
        fleets = itsFleets;
    }

    /** Adds the fleets around one to the last room of a batch. */
    void addAround(PlacementBatch batch, Room room, int[] nodes) {
        for (int p = 0; p < nodes.length; p++) {
            int held = nodes[p];
            int granularity = problem.granularityNodes(p);
            if (fleets.nodeTokensPerMicro[p] == 0 || problem.onePool(job) && held == 0) {
                continue;
            }
            int most = Math.max(held, room.free[p] - held) / granularity;
            for (int units = 1; units <= most; units = next(units)) {
                int change = units * granularity;
                if (held + change <= room.free[p]) {
                    nodes[p] = held + change;
                    add(batch, room, nodes, units);
                }
                if (held >= change) {
                    nodes[p] = held - change;
                    add(batch, room, nodes, units);
                    if (!problem.onePool(job)) {
                        addReplaced(batch, room, nodes, p, units);
                    }
                }
                nodes[p] = held;
            }
        }
    }

    /** As many nodes of every other pool, in turn, as make up for those taken off one, rounded down and up. */
    private void addReplaced(PlacementBatch batch, Room room, int[] nodes, int from, int taken) {
        double rate = taken * problem.granularityNodes(from) * fleets.nodeTokensPerMicro[from];
        for (int p = 0; p < nodes.length; p++) {
            double each = fleets.nodeTokensPerMicro[p] * problem.granularityNodes(p);
            if (p == from || each == 0) {
                continue;
            }
            int held = nodes[p];
            int units = (int) (rate / each);
            for (int more = units; more <= units + 1; more++) {
                int together = held + more * problem.granularityNodes(p);
                if (more > 0 && together <= room.free[p]) {
                    nodes[p] = together;
                    add(batch, room, nodes, taken);
                }
            }
            nodes[p] = held;
        }
    }

    private void add(PlacementBatch batch, Room room, int[] nodes, int units) {
        if (units > MOST_UNITS_MIXED && fleets.mixes(nodes)) {
            return;
        }
        for (int p = 0; p < nodes.length; p++) {
            if (problem.lots().isSpot(p) && problem.lots().together(nodes, p) > room.freeTogether[p]) {
                return;
            }
        }
        if (!room.waitsForNodes || problem.availability().isDateOf(nodes, room.start)) {
            batch.add(nodes, fleets.linear() ? 0 : fleets.tokensPerSecond(nodes) / 1e6);
        }
    }

    private static int next(int units) {
        return Math.max(units + 1, (int) (units * GROWTH));
    }
}
