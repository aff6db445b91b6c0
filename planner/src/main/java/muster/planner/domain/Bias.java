package muster.planner.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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

    /** {@return every matrix and every norm of a layer, as in GPT-3} */
    public static Set<Bias> allButRouter() {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ROUTER)));
    }

    /** The word of files. */
    public String key() {
        return key;
    }
}
