package muster.planner.domain;

/** What a frontier weighs against each other; less is better on each. */
public enum Axis {
    COST("cost", "USD", "usd"),
    DAYS("days", "d", "days"),
    POWER("power", "W", "powerWatts");

    private final String key;
    private final String unit;
    private final String jsonKey;

    Axis(String key, String unit, String jsonKey) {
        this.key = key;
        this.unit = unit;
        this.jsonKey = jsonKey;
    }

    /** {@return the word of the command line} */
    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    /** {@return the key of a point in the JSON} */
    public String jsonKey() {
        return jsonKey;
    }

    /** {@return what a plan comes to, in micro-dollars, microseconds or milliwatts} */
    public long of(Plan.Totals totals) {
        return switch (this) {
            case COST -> totals.microUsd();
            case DAYS -> totals.finishMicros();
            case POWER -> totals.peakMilliwatts();
        };
    }

    /** {@return such an amount in {@link #unit}} */
    public double reported(long amount) {
        return switch (this) {
            case COST -> amount / 1e6;
            case DAYS -> amount / 86_400e6;
            case POWER -> amount / 1e3;
        };
    }
}
