package muster.planner.domain;

/** What a plan minimises; {@code unit} is the one its value is reported in. */
public enum Objective {
    COST("cost", "USD"),
    DAYS("days", "d"),
    ENERGY("energy", "kWh"),
    CARBON("carbon", "kg");

    private final String key;
    private final String unit;

    Objective(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }
}
