package muster.planner.domain;

/**
 * The shape of a decoder-only transformer, from which parameters and arithmetic follow. In this order: the shape,
 * parameters per part, parameters in sum, FLOP per token.
 *
 * <p>Published parameter counts exclude the layers that predict further tokens; so do the sums here.
 *
 * @param tiedEmbeddings whether the output head uses the weights of the input embedding
 * @param learnedPositions positions with a learned vector; 0 where positions are rotary or computed
 * @param denseLayers layers with a dense feed-forward part; the others are mixtures of experts
 * @param feedForwardSize inner size of a dense feed-forward part; 0 where no layer is dense
 * @param gated whether a feed-forward part has three matrices (SwiGLU; Shazeer 2020, arXiv:2002.05202), not two
 * @param biases whether matrices and norms of the layers have biases, as GPT-3 (norms then have two vectors)
 * @param predictionLayers modules that predict further tokens in training (DeepSeek-V3, arXiv:2412.19437, section 2.2)
 */
public record Architecture(
        int layers,
        int hiddenSize,
        int vocabulary,
        boolean tiedEmbeddings,
        int learnedPositions,
        Attention attention,
        int denseLayers,
        int feedForwardSize,
        boolean gated,
        Experts experts,
        boolean biases,
        int predictionLayers) {
    /** A forward and a backward pass are three forward passes of arithmetic (Kaplan et al. 2020, arXiv:2001.08361). */
    private static final double TRAINING_PASSES = 3;

    private static final int MOST = 1 << 20;

    /**
     * The mixture of a layer.
     *
     * @param count routed experts; 0 where no layer has any
     * @param active routed experts that a token goes to
     * @param shared experts that every token goes to
     * @param size inner size of one expert
     * @param selectionBias whether the router has a bias per expert that balances loads (DeepSeek-V3, section 2.1.2)
     */
    public record Experts(int count, int active, int shared, int size, boolean selectionBias) {
        public static final Experts NONE = new Experts(0, 0, 0, 0, false);

        public Experts {
            require("experts", count, 0);
            require("activeExperts", active, count == 0 ? 0 : 1);
            require("sharedExperts", shared, 0);
            require("expertFeedForwardSize", size, count == 0 ? 0 : 1);
            if (active > count) {
                throw new IllegalArgumentException(
                        "activeExperts (%d) must not exceed experts (%d).".formatted(active, count));
            }
        }
    }

    public Architecture {
        require("layers", layers, 1);
        require("hiddenSize", hiddenSize, 1);
        require("vocabulary", vocabulary, 1);
        require("learnedPositions", learnedPositions, 0);
        require("denseLayers", denseLayers, experts.count() == 0 ? layers : 0);
        require("feedForwardSize", feedForwardSize, denseLayers == 0 ? 0 : 1);
        require("predictionLayers", predictionLayers, 0);
        if (denseLayers > layers) {
            throw new IllegalArgumentException(
                    "denseLayers (%d) must not exceed layers (%d).".formatted(denseLayers, layers));
        }
    }

    /** Sizes are bounded so that no product of three leaves a long. */
    static void require(String key, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(
                    "%s (%d) must be at least %d and at most %d.".formatted(key, value, least, MOST));
        }
    }

    public int expertLayers() {
        return layers - denseLayers;
    }

    // ---- parameters per part

    /** {@return of one layer: projections, their biases, norms inside} */
    public long attentionParameters() {
        return attention.matrixParameters(hiddenSize)
                + (biases ? attention.biasParameters(hiddenSize) : 0)
                + attention.normParameters();
    }

    /** {@return of one dense layer} */
    public long denseFeedForwardParameters() {
        return feedForwardParameters(feedForwardSize);
    }

    /** {@return of one expert, routed or shared} */
    public long expertParameters() {
        return experts.count() == 0 ? 0 : feedForwardParameters(experts.size());
    }

    /** Up and down, and the gate where there is one; with biases, one vector at each matrix's end. */
    private long feedForwardParameters(int size) {
        long widening = gated ? 2 : 1;
        return (widening + 1) * hiddenSize * size + (biases ? widening * size + hiddenSize : 0);
    }

    /** {@return of one mixture layer: scores, and the selection bias where there is one} */
    public long routerParameters() {
        return (long) hiddenSize * experts.count() + (experts.selectionBias() ? experts.count() : 0);
    }

    /** {@return of one layer: a norm before the attention and one before the feed-forward part} */
    public long normParameters() {
        return 2 * finalNormParameters();
    }

    /** {@return of the norm behind the last layer; one weight per element, and one bias where norms have them} */
    public long finalNormParameters() {
        return (biases ? 2L : 1L) * hiddenSize;
    }

    /** {@return of tokens and learned positions} */
    public long embeddingParameters() {
        return ((long) vocabulary + learnedPositions) * hiddenSize;
    }

    /** {@return of the output head; 0 where it uses the embedding's weights} */
    public long headParameters() {
        return tiedEmbeddings ? 0 : (long) vocabulary * hiddenSize;
    }

    // ---- parameters in sum

    /** {@return of one layer with a dense feed-forward part} */
    public long denseLayerParameters() {
        return attentionParameters() + denseFeedForwardParameters() + normParameters();
    }

    /** {@return of one layer with a mixture, all its experts included} */
    public long expertLayerParameters() {
        return expertLayerParameters(experts.count());
    }

    private long expertLayerParameters(int routed) {
        return attentionParameters()
                + normParameters()
                + routerParameters()
                + ((long) routed + experts.shared()) * expertParameters();
    }

    /**
     * {@return all weights, without prediction layers}
     *
     * @throws ArithmeticException beyond 9.2e18
     */
    public long totalParameters() {
        return parameters(experts.count());
    }

    /** {@return the weights that work on one token: all but those of the routed experts that it does not go to} */
    public long activeParameters() {
        return parameters(experts.active());
    }

    private long parameters(int routed) {
        long dense = Math.multiplyExact(denseLayers, denseLayerParameters());
        long mixed = Math.multiplyExact(expertLayers(), expertLayerParameters(routed));
        return Math.addExact(
                Math.addExact(dense, mixed), embeddingParameters() + headParameters() + finalNormParameters());
    }

    /**
     * {@return of one module that predicts a further token: a layer of the last kind, a projection of 2 × hidden to hidden,
     * and three norms} Embedding and head are the model's own.
     */
    public long predictionLayerParameters() {
        return (expertLayers() > 0 ? expertLayerParameters() : denseLayerParameters())
                + 2L * hiddenSize * hiddenSize
                + 3 * finalNormParameters();
    }

    // ---- FLOP per token, forward; twice the weights of every matrix that multiplies it

    /** {@return of one layer's attention projections} */
    public double attentionMatrixFlops() {
        return 2.0 * attention.matrixParameters(hiddenSize);
    }

    /** {@return of one layer's scores and weighted values} */
    public double attentionCoreFlops(int sequenceTokens, Attention.Mask mask) {
        return attention.coreFlops(sequenceTokens, mask);
    }

    /** {@return of one dense feed-forward part} */
    public double denseFeedForwardFlops() {
        return 2.0 * (gated ? 3 : 2) * hiddenSize * feedForwardSize;
    }

    /** {@return of one expert} */
    public double expertFlops() {
        return 2.0 * (gated ? 3 : 2) * hiddenSize * experts.size();
    }

    /** {@return of one mixture: the router, the experts chosen and the shared ones} */
    public double mixtureFlops() {
        return 2.0 * hiddenSize * experts.count() + (experts.active() + experts.shared()) * expertFlops();
    }

    /** {@return of the output head, tied or not} */
    public double headFlops() {
        return 2.0 * vocabulary * hiddenSize;
    }

    /** {@return of the whole model, without prediction layers} */
    public double forwardFlops(int sequenceTokens, Attention.Mask mask) {
        return layers * (attentionMatrixFlops() + attentionCoreFlops(sequenceTokens, mask))
                + denseLayers * denseFeedForwardFlops()
                + expertLayers() * mixtureFlops()
                + headFlops();
    }

    /** {@return of one prediction layer, its projection and its pass through the head included} */
    public double predictionLayerFlops(int sequenceTokens, Attention.Mask mask) {
        return attentionMatrixFlops()
                + attentionCoreFlops(sequenceTokens, mask)
                + (expertLayers() > 0 ? mixtureFlops() : denseFeedForwardFlops())
                + 4.0 * hiddenSize * hiddenSize
                + headFlops();
    }

    /** {@return forward and backward of the whole model, without prediction layers and without recomputation} */
    public double trainingFlops(int sequenceTokens, Attention.Mask mask) {
        return TRAINING_PASSES * forwardFlops(sequenceTokens, mask);
    }
}
