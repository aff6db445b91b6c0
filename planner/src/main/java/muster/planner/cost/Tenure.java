package muster.planner.cost;

/**
 * Who holds which nodes by which tenure. Jobs are served in order of start, then of the file: each takes owned nodes, then
 * bought ones, then reserved ones, as far as they are free at its start, and keeps them to its end. The others are on
 * demand (docs/model.md, Owned, bought, reserved or rented).
 */
public final class Tenure {
    private final FleetProblem problem;
    private final int[] boughtNodes;
    private final int[] reservedNodes;
    private final int[][] owned;
    private final int[][] bought;
    private final int[][] reserved;

    /** Shape [pool]: whether there is any other way than on demand. */
    private final boolean[] canHold;

    public Tenure(FleetProblem problem) {
        int jobs = problem.jobCount();
        int pools = problem.poolCount();
        this.problem = problem;
        this.boughtNodes = new int[pools];
        this.reservedNodes = new int[pools];
        this.owned = new int[jobs][pools];
        this.bought = new int[jobs][pools];
        this.reserved = new int[jobs][pools];
        this.canHold = new boolean[pools];
        for (int p = 0; p < pools; p++) {
            canHold[p] = problem.ownNodes(p) > 0 || problem.terms(p).any();
        }
    }

    /** {@return whether what ledgers buy and reserve is always the best there is, not only the best they try} */
    public static boolean isChosenExactly(FleetProblem problem) {
        return TenureChoice.isExact(problem);
    }

    /** Sets how many nodes of a pool are bought and reserved; none at first. */
    void have(int pool, int boughtCount, int reservedCount) {
        boughtNodes[pool] = boughtCount;
        reservedNodes[pool] = reservedCount;
    }

    /**
     * Serves the job at a position of the order, after those before it.
     *
     * @param nodes what it wants of the pool
     * @param order jobs by start, then of the file
     * @param starts shape [job], microseconds
     * @param ends shape [job], microseconds
     * @return whether it holds other nodes than before
     */
    public boolean take(int pool, int nodes, int[] order, int position, long[] starts, long[] ends) {
        int job = order[position];
        if (!canHold[pool]) {
            return false;
        }
        long start = starts[job];
        int freeOwned = problem.ownNodes(pool);
        int freeBought = start >= problem.terms(pool).leadMicros() ? boughtNodes[pool] : 0;
        int freeReserved = reservedNodes[pool];
        for (int i = 0; i < position; i++) {
            int earlier = order[i];
            if (ends[earlier] > start) {
                freeOwned -= owned[earlier][pool];
                freeBought -= bought[earlier][pool];
                freeReserved -= reserved[earlier][pool];
            }
        }
        int takenOwned = Math.min(nodes, freeOwned);
        int takenBought = Math.clamp(freeBought, 0, nodes - takenOwned);
        int takenReserved = Math.clamp(freeReserved, 0, nodes - takenOwned - takenBought);
        return hold(job, pool, takenOwned, takenBought, takenReserved);
    }

    /** Takes everything of a pool from a job. */
    void drop(int job, int pool) {
        if (canHold[pool]) {
            hold(job, pool, 0, 0, 0);
        }
    }

    /** {@return whether nodes of the pool can be owned, bought or reserved, so that somebody may hold such} */
    boolean canHold(int pool) {
        return canHold[pool];
    }

    private boolean hold(int job, int pool, int takenOwned, int takenBought, int takenReserved) {
        boolean changed = owned[job][pool] != takenOwned
                || bought[job][pool] != takenBought
                || reserved[job][pool] != takenReserved;
        owned[job][pool] = takenOwned;
        bought[job][pool] = takenBought;
        reserved[job][pool] = takenReserved;
        return changed;
    }

    public int ownedNodes(int job, int pool) {
        return owned[job][pool];
    }

    public int boughtNodes(int job, int pool) {
        return bought[job][pool];
    }

    public int reservedNodes(int job, int pool) {
        return reserved[job][pool];
    }

    /** {@return owned nodes of each pool, shape [pool]; not to be changed} */
    public int[] ownedNodes(int job) {
        return owned[job];
    }
}
