package muster.planner.domain;

/** How nodes are come by: tenure, in the words of the JSON. */
public enum Acquisition {
    OWN("own"),
    RENT("rent");

    private final String key;

    Acquisition(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
