package muster.planner.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a name that is not known. */
public final class NearestNames {
    private static final int MOST_GUESSES = 3;
    private static final int MOST_LISTED = 14;
    /** Longer names are no typing slips; comparing them only costs time. */
    private static final int LONGEST_COMPARED = 64;

    private NearestNames() {}

    /** The nearest known names; where none is near, all of them if they are few; else nothing. */
    public static Optional<String> maybe(String name, Collection<String> known) {
        List<String> near = near(name, known);
        if (!near.isEmpty()) {
            return Optional.of(String.join(" or ", near) + ".");
        }
        return known.isEmpty() || known.size() > MOST_LISTED
                ? Optional.empty()
                : Optional.of("one of " + String.join(", ", known) + ".");
    }

    /** {@return the known names a slip or two away, the nearest first} */
    public static List<String> near(String name, Collection<String> known) {
        if (name.length() > LONGEST_COMPARED) {
            return List.of();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int allowed = Math.clamp(name.length() / 3, 1, 3);
        return known.stream()
                .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= allowed)
                .sorted(Comparator.comparingInt(
                                (String candidate) -> distance(lower, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_GUESSES)
                .toList();
    }

    /** Edit distance where swapping two neighbours counts once, as typing slips do. */
    static int distance(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                table[row][column] = row == 0 || column == 0 ? row + column : step(table, left, right, row, column);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int step(int[][] table, String left, String right, int row, int column) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int best = Math.min(
                Math.min(table[row - 1][column], table[row][column - 1]) + 1, table[row - 1][column - 1] + change);
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(best, table[row - 2][column - 2] + 1) : best;
    }
}
