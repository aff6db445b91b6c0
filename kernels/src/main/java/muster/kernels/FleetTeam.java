package muster.kernels;

/**
 * Up to four fleets that share a loop over the pools of all of them, in order. A pool that a fleet has no nodes of adds +0
 * to its sums, which leaves them as they are. Arrays are padded with zeros to four fleets and to whole groups of pools.
 */
final class FleetTeam {
    /** Fleets of a team. */
    static final int SIZE = 4;

    /** Pools whose columns one loop reads. */
    static final int GROUP = 6;

    final int first;
    final int size;
    final int[] pools;
    final double[][] working = new double[SIZE][];
    final double[][] paid = new double[SIZE][];

    FleetTeam(FutureFleets fleets, int first, int size) {
        this.first = first;
        this.size = size;
        // First 1 where any member has nodes of a pool, then which of the team's pools it is. A set would cost too
        // much:
        // a search makes a team for every four fleets.
        int[] places = new int[fleets.pools()];
        for (int member = 0; member < size; member++) {
            for (int pool : fleets.usedPools[first + member]) {
                places[pool] = 1;
            }
        }
        int count = 0;
        for (int pool = 0; pool < places.length; pool++) {
            count += places[pool];
        }
        pools = new int[count];
        int place = 0;
        for (int pool = 0; pool < places.length; pool++) {
            if (places[pool] == 1) {
                pools[place] = pool;
                places[pool] = place++;
            }
        }
        for (int member = 0; member < SIZE; member++) {
            working[member] = new double[Math.ceilDiv(count, GROUP) * GROUP];
            paid[member] = new double[working[member].length];
            if (member < size) {
                keep(fleets, first + member, places, working[member], paid[member]);
            }
        }
    }

    private static void keep(FutureFleets fleets, int fleet, int[] places, double[] workingNodes, double[] paidNodes) {
        int[] used = fleets.usedPools[fleet];
        for (int u = 0; u < used.length; u++) {
            workingNodes[places[used[u]]] = fleets.workingNodes[fleet][u];
            paidNodes[places[used[u]]] = fleets.paidNodes[fleet][u];
        }
    }
}
