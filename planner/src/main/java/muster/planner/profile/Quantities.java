package muster.planner.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/** Quantities outside of files, such as options of the command line; they are read as files are. */
public final class Quantities {
    private static final BigDecimal SECONDS_PER_DAY = new BigDecimal(86_400);
    private static final Pattern SEED = Pattern.compile("\\d{1,18}");

    private Quantities() {}

    /** {@return seconds, more than 0, of a text such as {@code 10s} or {@code 2 min}} */
    public static double seconds(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.WALL_CLOCK);
    }

    /** {@return seconds, more than 0, of an age such as {@code 180d} or {@code 2 years}} */
    public static double age(String text) throws QuantityException {
        return QuantityText.parse(text, Dimension.TIME);
    }

    /**
     * {@return the number that a text such as {@code 2400 h} or {@code -$5 k} is in a report's unit}
     *
     * @param unit as JSON names it: USD, USD/GPU/h, USD/kWh, d, s, W, kWh, kg, %, B, tokens, tokens/s, tokens/s/GPU, nodes, or
     *     empty for counts
     */
    public static BigDecimal parse(String text, String unit) throws QuantityException {
        boolean negative = text.strip().startsWith("-");
        BigDecimal exact = QuantityText.exact(negative ? text.strip().substring(1) : text, dimension(unit));
        BigDecimal inUnit = unit.equals("d") ? exact.divide(SECONDS_PER_DAY, MathContext.DECIMAL128) : exact;
        return negative ? inUnit.negate() : inUnit;
    }

    private static Dimension dimension(String unit) {
        return switch (unit) {
            case "USD" -> Dimension.MONEY;
            case "d", "s" -> Dimension.TIME;
            case "W" -> Dimension.POWER;
            case "kWh" -> Dimension.ENERGY;
            case "kg" -> Dimension.MASS;
            case "%" -> Dimension.PERCENT;
            case "B" -> Dimension.BYTES;
            case "tokens/s" -> Dimension.TOTAL_TOKEN_RATE;
            case "tokens/s/GPU" -> Dimension.TOKEN_RATE;
            case "tokens" -> Dimension.TOKENS;
            case "nodes" -> Dimension.NODES;
            case "USD/GPU/h" -> Dimension.RENT;
            case "USD/kWh" -> Dimension.ENERGY_PRICE;
            case "" -> Dimension.AMOUNT;
            default -> throw new IllegalArgumentException("Reports have no unit (%s).".formatted(unit));
        };
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
