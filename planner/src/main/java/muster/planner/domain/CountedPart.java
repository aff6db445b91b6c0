package muster.planner.domain;

/** What a published count of parameters may contain or leave out; the layers are always counted. */
public enum CountedPart {
    /** The input embedding, with learned positions. */
    EMBEDDING("embedding"),
    HEAD("head"),
    /** The modules that predict further tokens. */
    PREDICTION("prediction");

    private final String key;

    CountedPart(String key) {
        this.key = key;
    }

    /** The word of files. */
    public String key() {
        return key;
    }
}
