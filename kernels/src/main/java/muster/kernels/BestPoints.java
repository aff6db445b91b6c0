package muster.kernels;

/**
 * The best point per node count. Plain code: it reads three columns and seldom writes, and takes a fraction of the time of
 * the lattice that it follows.
 */
final class BestPoints {
    private BestPoints() {}

    static void keep(
            int[] nodeIndex,
            double[] seconds,
            double[] bytes,
            double bytesLimit,
            int firstIndex,
            double[] bestSeconds,
            int[] bestIndex) {
        for (int i = 0; i < nodeIndex.length; i++) {
            int node = nodeIndex[i];
            if (bytes[i] <= bytesLimit && seconds[i] < bestSeconds[node]) {
                bestSeconds[node] = seconds[i];
                bestIndex[node] = firstIndex + i;
            }
        }
    }

    /** Whether every index is from 0 to below {@code count}; without a branch per element. */
    static boolean allBelow(int[] nodeIndex, int count) {
        int signs = 0;
        for (int i = 0; i < nodeIndex.length; i++) {
            signs |= nodeIndex[i] | (count - 1 - nodeIndex[i]);
        }
        return signs >= 0;
    }
}
