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
}
