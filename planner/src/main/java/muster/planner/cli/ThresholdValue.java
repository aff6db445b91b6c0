package muster.planner.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The value of a condition, in the unit of the figure that it is compared with. */
final class ThresholdValue {
    private static final Pattern QUANTITY =
            Pattern.compile("(-?)([$]?)(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,2})?)\\s*(.*)");

    private static final Map<String, Map<String, String>> FACTORS = Map.of(
            "USD", Map.of("USD", "1", "k USD", "1e3", "M USD", "1e6", "B USD", "1e9"),
            "d", Map.of("d", "1", "w", "7", "y", "365"),
            "s", Map.of("s", "1", "min", "60"),
            "W", Map.of("W", "1", "kW", "1e3", "MW", "1e6", "GW", "1e9"),
            "kWh", Map.of("kWh", "1", "MWh", "1e3", "GWh", "1e6"),
            "kg", Map.of("kg", "1", "t", "1e3"),
            "%", Map.of("%", "1"),
            "tokens/s", Map.of("tokens/s", "1", "k tokens/s", "1e3", "M tokens/s", "1e6"),
            "", Map.of("", "1", "k", "1e3", "M", "1e6", "nodes", "1", "node", "1", "GPUs", "1"));

    private ThresholdValue() {}

    /** @param condition the whole condition, for the message */
    static BigDecimal parse(String text, String unit, String condition) throws BadInput {
        Matcher matcher = QUANTITY.matcher(text);
        Map<String, String> factors = FACTORS.get(unit);
        if (matcher.matches()) {
            boolean dollars = !matcher.group(2).isEmpty();
            String spelled = squeezed(matcher.group(4) + (dollars ? "USD" : ""));
            for (Map.Entry<String, String> factor : factors.entrySet()) {
                if (squeezed(factor.getKey()).equals(spelled)) {
                    return new BigDecimal(matcher.group(1) + matcher.group(3))
                            .multiply(new BigDecimal(factor.getValue()));
                }
            }
        }
        throw new BadInput(
                "The value (%s) of the condition (%s) is not %s."
                        .formatted(text, condition, unit.isEmpty() ? "a plain number" : "a number of " + unit),
                Optional.of(way(text, unit, factors)));
    }

    private static String way(String text, String unit, Map<String, String> factors) {
        if (unit.equals("USD") && !text.contains("$")) {
            return "the shell replaced $ and a digit by nothing: use single quotes, as in '$6 M'; or write 6 M USD.";
        }
        return unit.isEmpty()
                ? "write it without a unit, such as 128."
                : "write its unit, one of " + factors.keySet().stream().sorted().collect(Collectors.joining(", "))
                        + ".";
    }

    private static String squeezed(String unit) {
        return unit.replace(" ", "");
    }
}
