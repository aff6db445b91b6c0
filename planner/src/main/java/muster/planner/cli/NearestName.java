package muster.planner.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses which name was meant: the one that shares most pairs of nearby letters. */
final class NearestName {
    private NearestName() {}

    static Optional<String> of(String typed, List<String> known) {
        return known.stream()
                .filter(name -> likeness(typed, name) >= 0.5)
                .max(Comparator.comparingDouble(name -> likeness(typed, name)));
    }

    /** Shared letter pairs over all pairs, 0 to 1. */
    private static double likeness(String left, String right) {
        List<String> leftPairs = pairs(left);
        List<String> rightPairs = pairs(right);
        long shared = leftPairs.stream().filter(rightPairs::contains).count()
                + rightPairs.stream().filter(leftPairs::contains).count();
        return shared / (double) Math.max(1, leftPairs.size() + rightPairs.size());
    }

    /** Neighbours, and letters one apart, so that a slip or a swap costs little. */
    private static List<String> pairs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return IntStream.range(0, lower.length())
                .boxed()
                .flatMap(first -> IntStream.rangeClosed(first + 1, Math.min(first + 2, lower.length() - 1))
                        .mapToObj(second -> "" + lower.charAt(first) + lower.charAt(second)))
                .toList();
    }
}
