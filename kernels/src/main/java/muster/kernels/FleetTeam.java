package muster.kernels;

import java.util.Arrays;
import java.util.TreeSet;

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
        TreeSet<Integer> union = new TreeSet<>();
        for (int member = 0; member < size; member++) {
            Arrays.stream(fleets.usedPools[first + member]).forEach(union::add);
        }
        pools = union.stream().mapToInt(Integer::intValue).toArray();
        for (int member = 0; member < SIZE; member++) {
            working[member] = new double[Math.ceilDiv(pools.length, GROUP) * GROUP];
            paid[member] = working[member].clone();
            if (member < size) {
                keep(fleets, first + member, working[member], paid[member]);
            }
        }
    }

    private void keep(FutureFleets fleets, int fleet, double[] workingNodes, double[] paidNodes) {
        int[] used = fleets.usedPools[fleet];
        for (int u = 0; u < used.length; u++) {
            int p = Arrays.binarySearch(pools, used[u]);
            workingNodes[p] = fleets.workingNodes[fleet][u];
            paidNodes[p] = fleets.paidNodes[fleet][u];
        }
    }
}
