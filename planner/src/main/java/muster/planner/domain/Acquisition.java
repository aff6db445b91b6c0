package muster.planner.domain;

/** How nodes are come by: tenure, in the words of the JSON, in the order in which a job takes them; how many
 * are spot is chosen. */
public enum Acquisition {
    OWN("own"),
    BUY("buy"),
    RESERVE("reserve"),
    RENT("rent"),
    SPOT("spot");

    private final String key;

    Acquisition(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
