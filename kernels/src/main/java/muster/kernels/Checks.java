package muster.kernels;

/** What every door of the kernels checks. */
final class Checks {
    private Checks() {}

    static void requireLength(String column, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                    "Column %s has %d elements where the first has %d.".formatted(column, length, expected));
        }
    }

    static void requireRoom(String column, int length, int needed) {
        if (length < needed) {
            throw new IllegalArgumentException(
                    "Column %s has room for %d elements, %d are needed.".formatted(column, length, needed));
        }
    }

    /** The value, if it lies in its domain; negative zero counts as zero. */
    static double inside(String name, double value, double least, double most) {
        // Written so that NaN fails.
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s (%s) must lie between %s and %s.".formatted(name, value, least, most));
        }
        return value + 0.0;
    }
}
