package muster.planner.domain;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Spearman's rank correlation (Spearman 1904): Pearson's correlation of ranks, ties sharing the mean of theirs. */
final class RankCorrelation {
    private RankCorrelation() {}

    /**
     * {@return from -1 to 1; 0 where one side has a single value}
     *
     * @param first shape [n], as {@code second}
     */
    static double spearman(double[] first, double[] second) {
        double[] left = ranks(first);
        double[] right = ranks(second);
        double mean = (first.length - 1) / 2.0;
        double products = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            products += (left[i] - mean) * (right[i] - mean);
            leftSquares += (left[i] - mean) * (left[i] - mean);
            rightSquares += (right[i] - mean) * (right[i] - mean);
        }
        return leftSquares == 0 || rightSquares == 0 ? 0 : products / Math.sqrt(leftSquares * rightSquares);
    }

    /** From 0, the least first. */
    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values)
                .map(value -> IntStream.range(0, sorted.length)
                        .filter(index -> sorted[index] == value)
                        .average()
                        .orElseThrow())
                .toArray();
    }
}
