package muster.planner.domain;

/**
 * The attention of one layer. Shapes are those of the weights; {@code hiddenSize} is the model's.
 *
 * <p>A multiplication of two scalars and the addition that follows count as 2 FLOP, a matrix that multiplies a token as
 * 2 FLOP per weight (Kaplan et al. 2020, arXiv:2001.08361, section 2.1).
 */
public sealed interface Attention {
    /** Which keys a token looks at: those before it, on average half of the sequence, or all. */
    enum Mask {
        CAUSAL,
        FULL
    }

    /** The name in files: mha, mqa, gqa or mla. */
    String kind();

    int heads();

    /** What a query and a key of one head are long. */
    int queryKeySize();

    /** What a value of one head is long. */
    int valueSize();

    /** {@return weights of the matrices that multiply every token} */
    long matrixParameters(int hiddenSize);

    /** {@return biases of those matrices but the last, where the model has any; the last one's is of hidden size} */
    long queryKeyValueBiases();

    /** {@return weights inside the attention that multiply no matrix: norms, and sinks} */
    long vectorParameters();

    /** {@return numbers per token that keys and values take, in the smallest form from which they can be formed} */
    long keyValueElements();

    /**
     * {@return FLOP per token and layer, forward, of scores and weighted values} 2 × heads × (query size + value size)
     * per key.
     *
     * @param keys that a token sees, on average
     */
    default double coreFlops(double keys) {
        return 2.0 * heads() * (queryKeySize() + valueSize()) * keys;
    }

    /**
     * {@return FLOP per token, layer and key, forward, of scores and weighted values over what the cache holds} In latent
     * attention heads work on the compressed vector itself, their expanding matrices absorbed into query and output
     * (DeepSeek-V2, arXiv:2405.04434, section 2.1.2).
     */
    default double cachedKeyFlops() {
        return coreFlops(1);
    }

    /** {@return half of the numbers that a head multiplies per key of the cache} */
    default double cachedHeadSize() {
        return (queryKeySize() + valueSize()) / 2.0;
    }

    /** {@return numbers per token and layer that each of some tensor ranks keeps; heads that it shares are kept by each} */
    double cachedElements(int tensorRanks);

    /** Norms over queries and keys. */
    enum QueryKeyNorm {
        NONE("none"),
        /** One vector for queries and one for keys, shared by all heads (Qwen3). */
        HEAD("head"),
        /** Over all heads of a token together (OLMo 2, arXiv:2501.00656). */
        ALL("all");

        private final String key;

        QueryKeyNorm(String key) {
            this.key = key;
        }

        /** The word of files. */
        public String key() {
            return key;
        }
    }

    /**
     * Heads of one size; {@code keyValueHeads} of them share keys and values (Ainslie et al. 2023, arXiv:2305.13245), as
     * many as heads in multi-head attention, one in multi-query attention.
     *
     * @param sinks whether each head has a learned logit that no value stands behind (gpt-oss, arXiv:2508.10925)
     */
    record Grouped(int heads, int keyValueHeads, int headSize, QueryKeyNorm queryKeyNorm, boolean sinks)
            implements Attention {
        /** Without norms and sinks. */
        public Grouped(int heads, int keyValueHeads, int headSize) {
            this(heads, keyValueHeads, headSize, QueryKeyNorm.NONE, false);
        }

        public Grouped {
            Architecture.require("heads", heads, 1);
            Architecture.require("keyValueHeads", keyValueHeads, 1);
            Architecture.require("headSize", headSize, 1);
            if (heads % keyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "heads (%d) must be a multiple of keyValueHeads (%d).".formatted(heads, keyValueHeads));
            }
        }

        @Override
        public String kind() {
            return heads == keyValueHeads ? "mha" : keyValueHeads == 1 ? "mqa" : "gqa";
        }

        @Override
        public int queryKeySize() {
            return headSize;
        }

        @Override
        public int valueSize() {
            return headSize;
        }

        /** Query and output (heads), key and value (keyValueHeads): hidden × headSize each. */
        @Override
        public long matrixParameters(int hiddenSize) {
            return (2L * heads + 2L * keyValueHeads) * headSize * hiddenSize;
        }

        @Override
        public long queryKeyValueBiases() {
            return (heads + 2L * keyValueHeads) * headSize;
        }

        @Override
        public long vectorParameters() {
            long norms = switch (queryKeyNorm) {
                case NONE -> 0;
                case HEAD -> 2L * headSize;
                case ALL -> ((long) heads + keyValueHeads) * headSize;
            };
            return norms + (sinks ? heads : 0);
        }

        @Override
        public long keyValueElements() {
            return 2L * keyValueHeads * headSize;
        }

        @Override
        public double cachedElements(int tensorRanks) {
            return 2.0 * Math.ceilDiv(keyValueHeads, tensorRanks) * headSize;
        }
    }

    /**
     * Multi-head latent attention: keys and values come from one compressed vector per token, queries from another
     * (DeepSeek-V2, arXiv:2405.04434, section 2.1).
     *
     * @param queryRank length of the compressed query; 0 where queries are not compressed
     * @param keyValueRank length of the compressed key and value
     * @param nopeHeadSize part of a query and key head without rotary positions
     * @param ropeHeadSize part with them; its key is one for all heads
     * @param valueHeadSize a value head
     */
    record Latent(int heads, int queryRank, int keyValueRank, int nopeHeadSize, int ropeHeadSize, int valueHeadSize)
            implements Attention {
        public Latent {
            Architecture.require("heads", heads, 1);
            Architecture.require("queryRank", queryRank, 0);
            Architecture.require("keyValueRank", keyValueRank, 1);
            Architecture.require("headSizeNoPosition", nopeHeadSize, 1);
            Architecture.require("headSizePosition", ropeHeadSize, 0);
            Architecture.require("headSizeValue", valueHeadSize, 1);
        }

        @Override
        public String kind() {
            return "mla";
        }

        @Override
        public int queryKeySize() {
            return nopeHeadSize + ropeHeadSize;
        }

        @Override
        public int valueSize() {
            return valueHeadSize;
        }

        /** {@return weights of the query's matrices: down to its rank and up to the heads, or straight to the heads} */
        public long queryParameters(int hiddenSize) {
            long queries = (long) heads * queryKeySize();
            return queryRank == 0 ? hiddenSize * queries : (long) hiddenSize * queryRank + queryRank * queries;
        }

        /** {@return weights that compress a token to its latent vector and its one rotary key} */
        public long keyValueDownParameters(int hiddenSize) {
            return (long) hiddenSize * (keyValueRank + ropeHeadSize);
        }

        /** {@return weights that expand the latent vector to the heads' keys and values} */
        public long keyValueUpParameters() {
            return (long) keyValueRank * heads * (nopeHeadSize + valueHeadSize);
        }

        /** {@return weights from the heads' values back to the hidden size} */
        public long outputParameters(int hiddenSize) {
            return (long) heads * valueHeadSize * hiddenSize;
        }

        @Override
        public long matrixParameters(int hiddenSize) {
            return queryParameters(hiddenSize)
                    + keyValueDownParameters(hiddenSize)
                    + keyValueUpParameters()
                    + outputParameters(hiddenSize);
        }

        @Override
        public long queryKeyValueBiases() {
            return (queryRank == 0 ? 0L : queryRank)
                    + (long) heads * queryKeySize()
                    + keyValueRank
                    + ropeHeadSize
                    + (long) heads * (nopeHeadSize + valueHeadSize);
        }

        /** Norms of both compressed vectors. */
        @Override
        public long vectorParameters() {
            return (long) queryRank + keyValueRank;
        }

        @Override
        public long keyValueElements() {
            return (long) keyValueRank + ropeHeadSize;
        }

        @Override
        public double cachedKeyFlops() {
            return 2.0 * heads * (2.0 * keyValueRank + ropeHeadSize);
        }

        @Override
        public double cachedHeadSize() {
            return keyValueRank + ropeHeadSize / 2.0;
        }

        /** All heads work on the same vector, so that every rank keeps it whole. */
        @Override
        public double cachedElements(int tensorRanks) {
            return keyValueElements();
        }
    }
}
