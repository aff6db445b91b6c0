package muster.planner.oracle;

import muster.planner.domain.FleetChoice;

/**
 * What follows from one fleet choice: arrays per job, but for the last four.
 *
 * @param ownedNodes shape [job][pool]
 * @param carbonGrams of the whole plan; {@link #NO_CARBON} where a pool in use states no grid intensity
 * @param peakNodes most nodes of each pool busy at once
 */
record Outcome(
        Holding[] holdings,
        long[] startMicros,
        long[] endMicros,
        int[][] ownedNodes,
        long[] rentMicroUsd,
        long[] energyMicroUsd,
        long finishMicros,
        long energyJoules,
        long carbonGrams,
        long peakMilliwatts,
        int[] peakNodes) {
    static final long NO_CARBON = -1;

    /** The nodes of one job, by pool, with the rate and duration that follow from them alone. */
    record Holding(int[] nodes, double tokensPerSecond, long durationMicros, long milliwatts) {}

    long microUsd() {
        long sum = 0;
        for (int j = 0; j < holdings.length; j++) {
            sum += rentMicroUsd[j] + energyMicroUsd[j];
        }
        return sum;
    }

    FleetChoice choice() {
        int[][] nodes = new int[holdings.length][];
        for (int j = 0; j < nodes.length; j++) {
            nodes[j] = holdings[j].nodes();
        }
        return new FleetChoice(nodes, startMicros);
    }
}
