package muster.planner.profile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Quantities outside of files, such as options of the command line. */
public final class Quantities {
    private static final Pattern SEED = Pattern.compile("\\d{1,18}");

    private Quantities() {}

    /** {@return seconds, more than 0, of a text such as {@code 10s} or {@code 2 min}} */
    public static double seconds(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.WALL_CLOCK);
    }

    /** {@return a seed of the search, such as {@code 1}: a whole number from 0 on} */
    public static long seed(String text) throws QuantityException {
        if (!SEED.matcher(text).matches()) {
            throw new QuantityException(
                    "(%s) is not a whole number from 0 on.".formatted(Shown.text(text)), Optional.of("1."));
        }
        return Long.parseLong(text);
    }

    /** {@return percent, 0 to 100, of a text such as {@code 0.1%}} */
    public static double percent(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.PERCENT);
    }
}
