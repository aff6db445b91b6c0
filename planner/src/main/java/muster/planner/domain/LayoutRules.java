package muster.planner.domain;

/**
 * Which dimensions a layout may have, each by itself (docs/model.md, Which layouts are legal). Ranks are powers of two: that
 * is what collectives and kernels are built for.
 */
public final class LayoutRules {
    public static final int MOST_CONTEXT_RANKS = 16;
    public static final int MOST_MICROBATCH = 16;
    public static final int MOST_CHUNKS = 16;
    public static final int LEAST_TOKENS_PER_CONTEXT_RANK = 512;

    /** Embedding and head, each about a layer's work on its stage. */
    private static final int END_UNITS = 2;

    private LayoutRules() {}

    /** {@return whether tensor ranks lie inside a node and divide the heads} */
    public static boolean allowsTensor(Architecture architecture, int gpusPerNode, int ranks) {
        return isPowerOfTwo(ranks)
                && ranks <= gpusPerNode
                && architecture.attention().heads() % ranks == 0;
    }

    /** {@return whether context ranks divide the sequence into pairs of parts that are long enough} */
    public static boolean allowsContext(int sequenceTokens, int ranks) {
        return ranks == 1
                || isPowerOfTwo(ranks)
                        && ranks <= MOST_CONTEXT_RANKS
                        && sequenceTokens % (2 * ranks) == 0
                        && sequenceTokens / ranks >= LEAST_TOKENS_PER_CONTEXT_RANK;
    }

    /** {@return whether expert ranks divide the experts} */
    public static boolean allowsExpert(Architecture architecture, int ranks) {
        int experts = architecture.experts().count();
        return ranks == 1 || experts > 0 && isPowerOfTwo(ranks) && experts % ranks == 0;
    }

    /** {@return whether a microbatch has a size that is looked at} */
    public static boolean allowsMicrobatch(int sequences) {
        return isPowerOfTwo(sequences) && sequences <= MOST_MICROBATCH;
    }

    /**
     * {@return whether so many parts of layers leave none without work} Equal parts, or uneven ones, as published layouts
     * have them: embedding, head and modules that predict further tokens fill up the ends.
     */
    public static boolean allowsParts(Architecture architecture, int parts) {
        int units = architecture.layers() + END_UNITS + architecture.predictionLayers();
        return parts <= architecture.layers() && (parts - 1) * Math.ceilDiv(architecture.layers(), parts) < units;
    }

    private static boolean isPowerOfTwo(int number) {
        return number > 0 && Integer.bitCount(number) == 1;
    }
}
