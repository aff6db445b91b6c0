package muster.planner.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import muster.planner.domain.Interval;

/** Intervals as people read them. */
final class Ranges {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final MathContext SEVEN_DIGITS = new MathContext(7);

    private Ranges() {}

    static String of(Optional<Interval> interval, String unit) {
        return interval.map(range -> of(range, unit)).orElse("–");
    }

    static String of(Interval interval, String unit) {
        if (interval.isEmpty()) {
            return "nothing";
        }
        if (interval.isAny()) {
            return "anything";
        }
        String low = one(interval.low(), unit);
        if (interval.high() == Double.POSITIVE_INFINITY) {
            return "at least " + low;
        }
        String high = one(interval.high(), unit);
        if (interval.low() == 0 && interval.high() > 0) {
            return "at most " + high;
        }
        return low.equals(high) ? low : low + " to " + high;
    }

    /** Ranges so narrow that their ends would look alike with the usual digits. */
    static String fine(Interval interval, String unit) {
        String usual = of(interval, unit);
        if (interval.isEmpty() || interval.isPoint() || interval.low() == 0 || Double.isInfinite(interval.high())) {
            return usual;
        }
        boolean alike = one(interval.low(), unit).equals(one(interval.high(), unit));
        return alike
                ? "%s to %s %s"
                        .formatted(digits(interval.low()), digits(interval.high()), unit)
                        .strip()
                : usual;
    }

    private static String digits(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(SEVEN_DIGITS).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    private static String one(double value, String unit) {
        return switch (unit) {
            case "USD" -> dollars(value);
            case "USD/GPU/h" -> String.format(Locale.ROOT, "$%,.2f /GPU/h", value);
            case "USD/GPU" -> Amounts.usd(value) + " /GPU";
            case "USD/kW/month" -> "$" + Amounts.decimal(value, 0) + " /kW/month";
            case "GPU-h" -> value < 10_000_000 ? Amounts.decimal(value, 0) + " h" : scaled(value / 1e6) + " M h";
            case "d" -> Amounts.decimal(value, value < 10 ? 2 : 1) + " d";
            case "y" -> Amounts.decimal(value, 1) + " y";
            case "%" -> Amounts.decimal(value, 1) + " %";
            case "W" -> Amounts.watts(value);
            case "B" -> scaled(value / 1e9) + " GB";
            case "FLOP", "FLOP/s" -> scientific(value, unit);
            case "tokens" -> Amounts.tokens(value);
            default -> (Amounts.decimal(value, value < 10 ? 2 : 0) + " " + unit).strip();
        };
    }

    private static String dollars(double value) {
        if (value >= 1e9) {
            return "$" + scaled(value / 1e9) + " B";
        }
        if (value >= 1e6) {
            return "$" + scaled(value / 1e6) + " M";
        }
        // Cents of thousands are no figures that anybody stated.
        return value >= 1e3
                ? String.format(Locale.ROOT, "$%,.0f", value)
                : Amounts.usd(value).replaceFirst("\\.00$", "");
    }

    private static String scaled(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(FOUR_DIGITS).stripTrailingZeros();
        return rounded.scale() < 0
                ? String.format(Locale.ROOT, "%,d", rounded.toBigInteger())
                : rounded.toPlainString();
    }

    private static String scientific(double value, String unit) {
        if (value < 1e12) {
            return scaled(value / 1e9) + " G" + unit;
        }
        return value < 1e15
                ? scaled(value / 1e12) + " T" + unit
                : String.format(Locale.ROOT, "%.3e ", value).replace("e+", "e") + unit;
    }
}
