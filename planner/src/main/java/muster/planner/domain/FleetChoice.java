package muster.planner.domain;

import java.util.Arrays;

/**
 * The decision of a plan, before anything is derived from it.
 *
 * @param nodes shape [job][pool]: nodes of the pool that the job holds from its start to its end
 * @param startMicros shape [job]: when the job starts, microseconds from day 0
 * @param boughtNodes shape [pool]: nodes that are bought
 * @param reservedNodes shape [pool]: nodes that are rented for a term
 * @param spotNodes shape [job][pool]: how many of a job's nodes are spot nodes
 */
public record FleetChoice(
        int[][] nodes, long[] startMicros, int[] boughtNodes, int[] reservedNodes, int[][] spotNodes) {
    public FleetChoice {
        nodes = Arrays.stream(nodes).map(int[]::clone).toArray(int[][]::new);
        startMicros = startMicros.clone();
        boughtNodes = boughtNodes.clone();
        reservedNodes = reservedNodes.clone();
        spotNodes = Arrays.stream(spotNodes).map(int[]::clone).toArray(int[][]::new);
    }

    /** No spot nodes. */
    public FleetChoice(int[][] nodes, long[] startMicros, int[] boughtNodes, int[] reservedNodes) {
        this(nodes, startMicros, boughtNodes, reservedNodes, new int[nodes.length][pools(nodes)]);
    }

    /** Nothing bought and nothing reserved, or not yet known. */
    public FleetChoice(int[][] nodes, long[] startMicros) {
        this(nodes, startMicros, new int[pools(nodes)], new int[pools(nodes)]);
    }

    private static int pools(int[][] nodes) {
        return nodes.length == 0 ? 0 : nodes[0].length;
    }

    @Override
    public int[] boughtNodes() {
        return boughtNodes.clone();
    }

    @Override
    public int[] reservedNodes() {
        return reservedNodes.clone();
    }

    @Override
    public int[][] nodes() {
        return Arrays.stream(nodes).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public int[][] spotNodes() {
        return Arrays.stream(spotNodes).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public long[] startMicros() {
        return startMicros.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FleetChoice choice
                && Arrays.deepEquals(nodes, choice.nodes)
                && Arrays.equals(startMicros, choice.startMicros)
                && Arrays.equals(boughtNodes, choice.boughtNodes)
                && Arrays.equals(reservedNodes, choice.reservedNodes)
                && Arrays.deepEquals(spotNodes, choice.spotNodes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.deepHashCode(nodes) + Arrays.hashCode(startMicros))
                + 31 * Arrays.hashCode(boughtNodes)
                + Arrays.hashCode(reservedNodes)
                + 37 * Arrays.deepHashCode(spotNodes);
    }

    @Override
    public String toString() {
        return "FleetChoice[nodes=" + Arrays.deepToString(nodes) + ", startMicros=" + Arrays.toString(startMicros)
                + ", boughtNodes=" + Arrays.toString(boughtNodes) + ", reservedNodes="
                + Arrays.toString(reservedNodes) + ", spotNodes=" + Arrays.deepToString(spotNodes) + "]";
    }
}
