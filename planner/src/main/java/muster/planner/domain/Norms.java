package muster.planner.domain;

/**
 * The norms over the hidden size.
 *
 * @param perLayer 2 in most models: before the attention and before the feed-forward part
 * @param embedding whether one stands behind the input embedding (BLOOM)
 */
public record Norms(int perLayer, boolean embedding) {
    /** Two per layer, and the one behind the last layer that every model has. */
    public static final Norms USUAL = new Norms(2, false);

    public Norms {
        Architecture.require("norms", perLayer, 0);
    }
}
