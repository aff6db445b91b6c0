package muster.kernels;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A run of fleets as the GPU reads them: groups of {@value #GROUP}, each with the pools that any of its fleets uses. A pool
 * that one of them has no nodes of adds +0 to its sums, so its bits stay; fleets that fill up the last group have no nodes
 * at all, and nobody reads what comes of them.
 */
final class CudaFleets {
    /** Fleets that share every load of a column. */
    static final int GROUP = 4;

    private static final int NODES_PER_ENTRY = 2 * GROUP;
    private static final int COLUMNS = 4;

    private final FutureFleets fleets;
    private final int from;
    private final int to;
    private final long[] groupStart;
    private final long[] entryPool;
    private final double[] entryNodes;

    private CudaFleets(FutureFleets fleets, int from, int to, List<int[]> poolsOfGroups) {
        this.fleets = fleets;
        this.from = from;
        this.to = to;
        groupStart = new long[poolsOfGroups.size() + 1];
        for (int g = 0; g < poolsOfGroups.size(); g++) {
            groupStart[g + 1] = groupStart[g] + poolsOfGroups.get(g).length;
        }
        entryPool = poolsOfGroups.stream()
                .flatMapToInt(Arrays::stream)
                .mapToLong(pool -> pool)
                .toArray();
        entryNodes = new double[NODES_PER_ENTRY * entryPool.length];
        for (int fleet = from; fleet < to; fleet++) {
            int group = (fleet - from) / GROUP;
            int[] pools = poolsOfGroups.get(group);
            int[] used = fleets.usedPools[fleet];
            for (int u = 0; u < used.length; u++) {
                int entry = (int) groupStart[group] + Arrays.binarySearch(pools, used[u]);
                int at = NODES_PER_ENTRY * entry + (fleet - from) % GROUP;
                entryNodes[at] = fleets.workingNodes[fleet][u];
                entryNodes[at + GROUP] = fleets.paidNodes[fleet][u];
            }
        }
    }

    /**
     * The fleets from {@code from} on, up to below {@code to} or fewer where they would take more than {@code bytes}; at
     * least one group of them.
     */
    static CudaFleets of(FutureFleets fleets, int from, int to, long bytes) {
        List<int[]> poolsOfGroups = new ArrayList<>();
        long words = 1;
        int end = from;
        while (end < to) {
            int last = Math.min(to, end + GROUP);
            int[] pools = IntStream.range(end, last)
                    .flatMap(fleet -> Arrays.stream(fleets.usedPools[fleet]))
                    .sorted()
                    .distinct()
                    .toArray();
            words += 1 + COLUMNS * GROUP + (long) pools.length * (1 + NODES_PER_ENTRY);
            if (!poolsOfGroups.isEmpty() && words * Long.BYTES > bytes) {
                break;
            }
            poolsOfGroups.add(pools);
            end = last;
        }
        return new CudaFleets(fleets, from, end, poolsOfGroups);
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int groups() {
        return groupStart.length - 1;
    }

    /** Fleets with those that fill up the last group. */
    int padded() {
        return groups() * GROUP;
    }

    /** Words of 8 bytes that {@link #write} writes. */
    int words() {
        return groupStart.length + entryPool.length + entryNodes.length + COLUMNS * padded();
    }

    void write(ByteBuffer buffer) {
        buffer.asLongBuffer().put(groupStart).put(entryPool);
        buffer.position((groupStart.length + entryPool.length) * Long.BYTES);
        for (double nodes : entryNodes) {
            buffer.putDouble(nodes);
        }
        for (double[] column : List.of(fleets.pace, fleets.root, fleets.restart, fleets.fixedMicroUsd)) {
            for (int k = 0; k < padded(); k++) {
                buffer.putDouble(from + k < to ? column[from + k] : 0.0);
            }
        }
    }

    /** The fields of FutureArguments from groupStart to tokens, for words that start at this address. */
    void addTo(CudaArguments arguments, long address) {
        long pools = address + (long) groupStart.length * Long.BYTES;
        long nodes = pools + (long) entryPool.length * Long.BYTES;
        long columns = nodes + (long) entryNodes.length * Double.BYTES;
        arguments.add(address).add(pools).add(nodes);
        for (int c = 0; c < COLUMNS; c++) {
            arguments.add(columns + (long) c * padded() * Double.BYTES);
        }
        arguments.add(fleets.tokens);
    }
}
