package muster.planner.domain;

import muster.planner.domain.Attention.Mask;

/**
 * How far back layers look. A layer that is in neither group looks at the whole sequence.
 *
 * @param windowLayers layers in which a token sees at most the last {@code windowTokens}, itself included (sliding window;
 *     Beltagy et al. 2020, arXiv:2004.05150)
 * @param chunkLayers layers in which the sequence is cut into chunks of {@code chunkTokens} that do not see each other
 */
public record AttentionSpan(int windowLayers, int windowTokens, int chunkLayers, int chunkTokens) {
    public static final AttentionSpan WHOLE = new AttentionSpan(0, 0, 0, 0);

    public AttentionSpan {
        Architecture.require("windowLayers", windowLayers, 0);
        Architecture.require("windowSize", windowTokens, windowLayers == 0 ? 0 : 1);
        Architecture.require("chunkLayers", chunkLayers, 0);
        Architecture.require("chunkSize", chunkTokens, chunkLayers == 0 ? 0 : 1);
    }

    int limitedLayers() {
        return windowLayers + chunkLayers;
    }

    /**
     * {@return keys that a token sees, on average over a sequence of S and over {@code layers} layers} Causal: S/2 of the
     * whole; W − W²/(2S) in a window of W &lt; S, since the first W tokens see fewer; C/2 in a chunk of C &lt; S. With the
     * full mask S, W and C.
     */
    double meanKeys(int layers, int sequenceTokens, Mask mask) {
        double whole = mask == Mask.CAUSAL ? sequenceTokens / 2.0 : sequenceTokens;
        if (limitedLayers() == 0) {
            return whole;
        }
        double window = Math.min(windowTokens, sequenceTokens);
        double chunk = Math.min(chunkTokens, sequenceTokens);
        double windowKeys = mask == Mask.CAUSAL ? window - window * window / (2.0 * sequenceTokens) : window;
        double chunkKeys = mask == Mask.CAUSAL ? chunk / 2 : chunk;
        return (windowLayers * windowKeys + chunkLayers * chunkKeys + (layers - limitedLayers()) * whole) / layers;
    }

    /** {@return keys that the cache of a layer holds after so many tokens, on average over {@code layers}: a window or a chunk at most} */
    double cachedKeys(int layers, double contextTokens) {
        return (windowLayers * Math.min(windowTokens, contextTokens)
                        + chunkLayers * Math.min(chunkTokens, contextTokens)
                        + (layers - limitedLayers()) * contextTokens)
                / layers;
    }
}
