package muster.planner.oracle;

import muster.planner.domain.FleetChoice;

/**
 * What follows from one fleet choice: arrays per job, but for the last four.
 *
 * @param ownedNodes shape [job][pool]
 * @param boughtNodes shape [job][pool]
 * @param reservedNodes shape [job][pool]
 * @param capexMicroUsd shape [pool]
 * @param reserveMicroUsd shape [pool]
 * @param carbonGrams of the whole plan; {@link #NO_CARBON} where a pool in use states no grid intensity
 * @param peakNodes most nodes of each pool busy at once
 */
record Outcome(
        Holding[] holdings,
        long[] startMicros,
        long[] endMicros,
        int[][] ownedNodes,
        int[][] boughtNodes,
        int[][] reservedNodes,
        long[] rentMicroUsd,
        long[] energyMicroUsd,
        long[] capexMicroUsd,
        long[] reserveMicroUsd,
        long finishMicros,
        long energyJoules,
        long carbonGrams,
        long peakMilliwatts,
        int[] peakNodes) {
    static final long NO_CARBON = -1;

    /** The nodes of one job, by pool, spot nodes among them, with the rate and duration that follow from them alone. */
    record Holding(int[] nodes, int[] spotNodes, double tokensPerSecond, long durationMicros, long milliwatts) {}

    /** Spot nodes, shape [job][pool]. */
    int[][] spotNodes() {
        int[][] spot = new int[holdings.length][];
        for (int j = 0; j < spot.length; j++) {
            spot[j] = holdings[j].spotNodes();
        }
        return spot;
    }

    /** All but spot nodes, shape [job][pool]. */
    int[][] otherNodes() {
        int[][] others = new int[holdings.length][];
        for (int j = 0; j < others.length; j++) {
            others[j] = holdings[j].nodes().clone();
            for (int p = 0; p < others[j].length; p++) {
                others[j][p] -= holdings[j].spotNodes()[p];
            }
        }
        return others;
    }

    long microUsd() {
        long sum = 0;
        for (int j = 0; j < holdings.length; j++) {
            sum += rentMicroUsd[j] + energyMicroUsd[j];
        }
        for (int p = 0; p < capexMicroUsd.length; p++) {
            sum += capexMicroUsd[p] + reserveMicroUsd[p];
        }
        return sum;
    }

    /** The most nodes busy at once of those that {@code held} counts, shape [job][pool]. */
    int peak(int[][] held, int pool) {
        int most = 0;
        for (long instant : startMicros) {
            int busy = 0;
            for (int j = 0; j < holdings.length; j++) {
                busy += startMicros[j] <= instant && instant < endMicros[j] ? held[j][pool] : 0;
            }
            most = Math.max(most, busy);
        }
        return most;
    }

    FleetChoice choice() {
        int[][] nodes = new int[holdings.length][];
        for (int j = 0; j < nodes.length; j++) {
            nodes[j] = holdings[j].nodes();
        }
        int[] bought = new int[capexMicroUsd.length];
        int[] reserved = new int[capexMicroUsd.length];
        for (int p = 0; p < bought.length; p++) {
            bought[p] = peak(boughtNodes, p);
            reserved[p] = peak(reservedNodes, p);
        }
        return new FleetChoice(nodes, startMicros, bought, reserved, spotNodes());
    }
}
