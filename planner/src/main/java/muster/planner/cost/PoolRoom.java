package muster.planner.cost;

/** How many nodes a pool and its spot nodes have together, by what is there and what their site has room for. */
public final class PoolRoom {
    private final Lots lots;
    private final Availability availability;
    private final SiteCaps sites;

    PoolRoom(Lots lots, Availability availability, SiteCaps sites) {
        this.lots = lots;
        this.availability = availability;
        this.sites = sites;
    }

    /** {@return the most nodes of the pool, and of its spot nodes or of that whose spot nodes it is, in the end} */
    public int most(int pool) {
        return Math.min(availability.most(pool), sites.mostNodes(pool));
    }

    /** {@return the same at that time} */
    public int most(int pool, long micros) {
        return Math.min(availability.nodes(pool, micros), sites.mostNodes(pool));
    }

    /** {@return whether no pool is asked for more nodes, spot nodes included, than it has in the end, shape [pool]} */
    public boolean holds(int[] nodes) {
        return holds(nodes, Long.MAX_VALUE);
    }

    /** {@return the same of what it has at that time} */
    public boolean holds(int[] nodes, long micros) {
        for (int p = 0; p < nodes.length; p++) {
            if (lots.isSpot(p) && lots.together(nodes, p) > most(p, micros)) {
                return false;
            }
        }
        return true;
    }
}
