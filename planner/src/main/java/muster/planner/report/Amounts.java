package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import muster.planner.domain.Figure;

/** Amounts as people read them: separators, a fitting prefix, always a unit. */
final class Amounts {
    private Amounts() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@return "1 node", "256 nodes"} */
    static String count(long value, String singular) {
        return count(value) + " " + singular + (value == 1 ? "" : "s");
    }

    static String usd(long microUsd) {
        return money(BigDecimal.valueOf(microUsd, 6), 2);
    }

    static String usd(double usd) {
        return money(Decimals.usd(usd), 2);
    }

    static String wholeUsd(long microUsd) {
        return money(BigDecimal.valueOf(microUsd, 6), 0);
    }

    private static String money(BigDecimal usd, int places) {
        BigDecimal rounded = usd.setScale(places, RoundingMode.HALF_UP);
        return (rounded.signum() < 0 ? "-$" : "$") + String.format(Locale.ROOT, "%,." + places + "f", rounded.abs());
    }

    static String days(long micros) {
        return days(micros / 86_400e6);
    }

    static String days(double days) {
        return decimal(days, 2) + " d";
    }

    static String watts(double watts) {
        return prefixed(watts, "W");
    }

    static String kilowattHours(long joules) {
        return prefixed(joules / 3.6e6 * 1e3, "Wh");
    }

    static String kilograms(long grams) {
        return grams >= 10_000_000 ? decimal(grams / 1e6, 1) + " t" : decimal(grams / 1e3, 1) + " kg";
    }

    static String tokensPerSecond(double tokensPerSecond) {
        return decimal(tokensPerSecond, 0) + " tokens/s";
    }

    /** {@return a share or gap in percent, never rounded to 0 unless it is} */
    static String percent(double percent) {
        if (percent != 0 && Math.abs(percent) < 0.005) {
            return "< 0.01 %";
        }
        return decimal(percent, 2) + " %";
    }

    /** {@return a change in percent, with its sign} */
    static String signedPercent(double percent) {
        if (percent != 0 && Math.abs(percent) < 0.005) {
            return percent > 0 ? "+< 0.01 %" : "-< 0.01 %";
        }
        return (percent > 0 ? "+" : "") + decimal(percent, 2) + " %";
    }

    /** {@return an amount in one of the units that limits come in} */
    static String amount(double value, String unit) {
        return switch (unit) {
            case "USD" -> usd(value);
            case "d" -> days(value);
            case "W" -> watts(value);
            case "racks" -> count((long) value, "rack");
            case "%" -> percent(value);
            case "USD/GPU/h" -> "$" + priceDigits(value) + " /GPU/h";
            case "USD/node" -> usd(value) + " /node";
            default -> (decimal(value, 3) + " " + unit).strip();
        };
    }

    /** {@return an input that was turned, in the unit that it is stated in} */
    static String lever(double value, String unit) {
        return switch (unit) {
            case "nodes" -> count(Math.round(value), "node");
            case "tokens" -> tokens(value);
            case "USD/kWh" -> "$" + priceDigits(value) + " /kWh";
            case "/h" -> decimal(100 * value, 4) + " %/h";
            default -> amount(value, unit);
        };
    }

    static String figure(Figure figure) {
        double value = figure.value();
        return switch (figure.unit()) {
            case COUNT, PARAMETERS, SEQUENCES, SAMPLES -> symbol(decimal(value, 0), figure);
            case NODES -> count((long) value, "node");
            case FRACTION -> decimal(value, 4);
            case SECONDS -> seconds(value);
            case PER_HOUR -> decimal(100 * value, 4) + " %/h";
            case USD -> usd(value);
            case USD_PER_GPU_HOUR -> "$" + priceDigits(value) + " /GPU/h";
            case USD_PER_KWH -> "$" + priceDigits(value) + " /kWh";
            case USD_PER_KILOWATT_MONTH -> "$" + priceDigits(value) + " /kW/month";
            case KG_PER_KWH -> decimal(value * 1e3, 1) + " g/kWh";
            case WATTS -> watts(value);
            case KILOWATT_HOURS -> prefixed(value * 1e3, "Wh");
            case KILOGRAMS -> kilograms(Math.round(value * 1e3));
            case BYTES -> prefixed(value, "B");
            case BYTES_PER_SECOND -> prefixed(value, "B/s");
            case FLOPS_PER_SECOND -> prefixed(value, "FLOP/s");
            case TOKENS -> tokens(value);
            case TOKENS_PER_SECOND -> tokensPerSecond(value);
            case TOKENS_PER_SECOND_PER_GPU -> decimal(value, 2) + " tokens/s/GPU";
            case GPU_HOURS -> decimal(value, 0) + " GPU-h";
            case FLOP -> flop(value);
            case USD_PER_GPU -> usd(value) + " /GPU";
            case USD_PER_NODE -> usd(value) + " /node";
        };
    }

    private static String seconds(double seconds) {
        if (seconds > 0 && seconds < 1e-3) {
            return decimal(seconds * 1e6, 3) + " us";
        }
        return seconds >= 86_400 ? decimal(seconds / 86_400, 4) + " d" : decimal(seconds, 3) + " s";
    }

    static String tokens(double tokens) {
        if (tokens < 1e6) {
            return decimal(tokens, 3) + " tokens";
        }
        return prefixed(tokens, "tokens").replace("G tokens", "B tokens");
    }

    /** {@return FLOP in powers of ten, as publications write them} */
    static String flop(double flop) {
        return String.format(Locale.ROOT, "%.3e FLOP", flop).replace("e+", "e");
    }

    private static String symbol(String digits, Figure figure) {
        return (digits + " " + figure.unit().symbol()).strip();
    }

    /** Prices keep the digits they were written with, and at least the cents. */
    private static String priceDigits(double usd) {
        BigDecimal price = Decimals.shortest(usd);
        return String.format(Locale.ROOT, "%,." + Math.max(2, price.scale()) + "f", price);
    }

    private static String prefixed(double value, String unit) {
        double magnitude = Math.abs(value);
        if (magnitude >= 1e15) {
            return decimal(value / 1e15, 3) + " P" + unit(unit);
        } else if (magnitude >= 1e12) {
            return decimal(value / 1e12, 3) + " T" + unit(unit);
        } else if (magnitude >= 1e9) {
            return decimal(value / 1e9, 3) + " G" + unit(unit);
        } else if (magnitude >= 1e6) {
            return decimal(value / 1e6, 3) + " M" + unit(unit);
        } else if (magnitude >= 1e3) {
            return decimal(value / 1e3, 3) + " k" + unit(unit);
        }
        return decimal(value, 3) + " " + unit;
    }

    /** A prefix joins a symbol (MW), but stands before a word (T tokens). */
    private static String unit(String unit) {
        return unit.equals("tokens") ? " tokens" : unit;
    }

    /** {@return the value with at most these decimal places, without trailing zeros} */
    static String decimal(double value, int places) {
        BigDecimal rounded =
                Decimals.shortest(value).setScale(places, RoundingMode.HALF_UP).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }
}
