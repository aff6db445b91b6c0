package muster.planner.search;

import muster.planner.cost.FleetProblem;

/** Whole nodes that jobs hold over runs of slices, and what that leaves. */
final class HeldNodes {
    private final FleetProblem problem;

    /** Shape [job]: whether its nodes are settled. */
    final boolean[] settled;

    /** Shape [job][pool]. */
    final int[][] nodes;

    /** Shape [slice][pool]. */
    final int[][] used;

    /** Shape [slice]. */
    final long[] milliwatts;

    HeldNodes(FleetProblem problem, int slices) {
        this.problem = problem;
        this.settled = new boolean[problem.jobCount()];
        this.nodes = new int[problem.jobCount()][problem.poolCount()];
        this.used = new int[slices][problem.poolCount()];
        this.milliwatts = new long[slices];
    }

    /** Adds nodes to a job that runs from one cut to another; negative ones are taken away. */
    void add(int job, int pool, int count, int from, int to) {
        nodes[job][pool] += count;
        for (int k = from; k < to; k++) {
            used[k][pool] += count;
            milliwatts[k] += count * problem.facilityMilliwatts(pool);
        }
    }

    /** {@return nodes of a supply that are left in a slice, owned ones being taken first} */
    int left(NodeSupplies supplies, int supply, int slice, long time) {
        int pool = supplies.pool[supply];
        int of = supplies.nodesAt(supply, time);
        int own = Math.min(
                problem.ownNodesWorthHaving(pool),
                Math.min(problem.reachableNodes(pool), problem.reachableNodes(pool, time)));
        int taken = supplies.owned(supply) ? Math.min(own, used[slice][pool]) : Math.max(0, used[slice][pool] - own);
        return Math.max(0, of - taken);
    }

    /** {@return whether the slice has room for so many nodes more of a pool} */
    boolean hasRoom(int slice, int pool, int count, long time) {
        if (used[slice][pool] + count > problem.reachableNodes(pool, time)
                || problem.lots().together(used[slice], pool) + count
                        > problem.room().most(pool, time)
                || milliwatts[slice] + count * problem.facilityMilliwatts(pool) > problem.powerMilliwatts()) {
            return false;
        }
        if (!problem.sites().capped()) {
            return true;
        }
        used[slice][pool] += count;
        boolean room = problem.sites().holdPower(used[slice]);
        used[slice][pool] -= count;
        return room;
    }
}
