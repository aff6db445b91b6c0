package muster.planner.profile;

/** Quantities outside of files, such as options of the command line. */
public final class Quantities {
    private Quantities() {}

    /** {@return seconds, more than 0, of a text such as {@code 10s} or {@code 2 min}} */
    public static double seconds(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.WALL_CLOCK);
    }

    /** {@return percent, 0 to 100, of a text such as {@code 0.1%}} */
    public static double percent(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.PERCENT);
    }
}
