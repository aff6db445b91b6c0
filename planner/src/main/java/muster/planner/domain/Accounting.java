package muster.planner.domain;

/** How purchases are charged: by the time that the plan holds them, over their life, or whole. */
public enum Accounting {
    AMORTISED("amortised"),
    CASH("cash");

    private final String key;

    Accounting(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
