package muster.planner.domain;

/** Where a layer may have vectors that are added: at the ends of its matrices, in its norms, at its router. */
public enum Bias {
    QUERY_KEY_VALUE("queryKeyValue"),
    ATTENTION_OUTPUT("attentionOutput"),
    FEED_FORWARD("feedForward"),
    NORM("norm"),
    ROUTER("router");

    private final String key;

    Bias(String key) {
        this.key = key;
    }

    /** The word of files. */
    public String key() {
        return key;
    }
}
