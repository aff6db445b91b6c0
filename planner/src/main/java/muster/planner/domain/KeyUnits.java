package muster.planner.domain;

import java.util.Map;
import java.util.Optional;

/** The unit of a figure of the JSON, by its key: keys carry their unit, as in {@code powerWatts} and {@code usd}. */
public final class KeyUnits {
    private static final Map<String, String> UNIT_BY_ENDING = Map.of(
            "usd", "USD",
            "days", "d",
            "startDay", "d",
            "Percent", "%",
            "Watts", "W",
            "Kwh", "kWh",
            "Kg", "kg",
            "tokensPerSecond", "tokens/s",
            "Seconds", "s");

    private KeyUnits() {}

    /** {@return the unit that the key names; empty where it names none} */
    public static Optional<String> find(String key) {
        return UNIT_BY_ENDING.entrySet().stream()
                .filter(entry -> key.endsWith(entry.getKey()) || key.equalsIgnoreCase(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
