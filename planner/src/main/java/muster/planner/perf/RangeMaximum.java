package muster.planner.perf;

/** The largest of any range of a column, in constant time: maxima of all ranges whose length is a power of two. */
final class RangeMaximum {
    private final double[][] maxima;

    RangeMaximum(double[] values) {
        int levels = 32 - Integer.numberOfLeadingZeros(Math.max(1, values.length));
        maxima = new double[levels][];
        maxima[0] = values.clone();
        for (int level = 1; level < levels; level++) {
            int half = 1 << (level - 1);
            int count = values.length - 2 * half + 1;
            maxima[level] = new double[Math.max(0, count)];
            for (int i = 0; i < count; i++) {
                maxima[level][i] = Math.max(maxima[level - 1][i], maxima[level - 1][i + half]);
            }
        }
    }

    /** {@return the largest value from {@code low} to {@code high}, both included} */
    double of(int low, int high) {
        int level = 31 - Integer.numberOfLeadingZeros(high - low + 1);
        return Math.max(maxima[level][low], maxima[level][high - (1 << level) + 1]);
    }
}
