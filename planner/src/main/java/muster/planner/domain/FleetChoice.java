package muster.planner.domain;

import java.util.Arrays;

/**
 * The decision of a plan, before anything is derived from it.
 *
 * @param nodes shape [job][pool]: nodes of the pool that the job holds from its start to its end
 * @param startMicros shape [job]: when the job starts, microseconds from day 0
 */
public record FleetChoice(int[][] nodes, long[] startMicros) {
    public FleetChoice {
        nodes = Arrays.stream(nodes).map(int[]::clone).toArray(int[][]::new);
        startMicros = startMicros.clone();
    }

    @Override
    public int[][] nodes() {
        return Arrays.stream(nodes).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public long[] startMicros() {
        return startMicros.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FleetChoice choice
                && Arrays.deepEquals(nodes, choice.nodes)
                && Arrays.equals(startMicros, choice.startMicros);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(nodes) + Arrays.hashCode(startMicros);
    }

    @Override
    public String toString() {
        return "FleetChoice[nodes=" + Arrays.deepToString(nodes) + ", startMicros=" + Arrays.toString(startMicros)
                + "]";
    }
}
