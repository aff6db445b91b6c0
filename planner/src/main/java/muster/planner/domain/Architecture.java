package muster.planner.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The shape of a decoder-only transformer, from which parameters and arithmetic follow. In this order: the shape,
 * parameters per part, parameters in sum, FLOP per token.
 *
 * <p>Published parameter counts exclude the layers that predict further tokens; so do the sums here.
 *
 * <p>Layers are counted by kind; in which order the kinds follow each other enters nothing.
 *
 * @param attention of every layer but the linear ones
 * @param span how far back the attention of layers looks
 * @param linear layers whose attention keeps a state in place of keys and values
 * @param denseLayers layers with a dense feed-forward part; the others are mixtures of experts
 * @param feedForwardSize inner size of a dense feed-forward part; 0 where no layer is dense
 * @param gated whether a feed-forward part has three matrices (SwiGLU; Shazeer 2020, arXiv:2002.05202), not two
 * @param biases which parts of a layer have biases; where norms do, so do those outside the layers
 * @param parallelParts whether attention and feed-forward part work on the same input side by side (GPT-J, Falcon): their
 *     outputs then need one sum over tensor ranks, not two
 * @param predictionLayers modules that predict further tokens in training (DeepSeek-V3, arXiv:2412.19437, section 2.2)
 * @param otherParameters of parts that no token of text passes, such as a vision encoder: in the sum, in no FLOP
 */
public record Architecture(
        int layers,
        int hiddenSize,
        Embedding embedding,
        Attention attention,
        AttentionSpan span,
        LinearAttention linear,
        int denseLayers,
        int feedForwardSize,
        boolean gated,
        Experts experts,
        Set<Bias> biases,
        Norms norms,
        boolean parallelParts,
        int predictionLayers,
        long otherParameters) {
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
        require("denseLayers", denseLayers, experts.count() == 0 ? layers : 0);
        require("feedForwardSize", feedForwardSize, denseLayers == 0 ? 0 : 1);
        require("predictionLayers", predictionLayers, 0);
        if (denseLayers > layers) {
            throw new IllegalArgumentException(
                    "denseLayers (%d) must not exceed layers (%d).".formatted(denseLayers, layers));
        }
        if (span.limitedLayers() + linear.layers() > layers) {
            throw new IllegalArgumentException(
                    "windowLayers (%d), chunkLayers (%d) and linearLayers (%d) must not exceed layers (%d) together."
                            .formatted(span.windowLayers(), span.chunkLayers(), linear.layers(), layers));
        }
        if (otherParameters < 0) {
            throw new IllegalArgumentException("otherParameters (%d) must be at least 0.".formatted(otherParameters));
        }
        Set<Bias> ordered = EnumSet.noneOf(Bias.class);
        ordered.addAll(biases);
        biases = Collections.unmodifiableSet(ordered);
    }

    /** A shape without what few models have: whole attention in every layer, two norms, biases everywhere or nowhere. */
    public Architecture(
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
        this(
                layers,
                hiddenSize,
                new Embedding(vocabulary, tiedEmbeddings, learnedPositions),
                attention,
                AttentionSpan.WHOLE,
                LinearAttention.NONE,
                denseLayers,
                feedForwardSize,
                gated,
                experts,
                biases ? Bias.allButRouter() : Set.of(),
                Norms.USUAL,
                false,
                predictionLayers,
                0);
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

    public int vocabulary() {
        return embedding.vocabulary();
    }

    private int scoreLayers() {
        return layers - linear.layers();
    }

    // ---- parameters per part

    /** {@return of one layer whose attention is not linear: projections, their biases, norms inside} */
    public long attentionParameters() {
        return attention.matrixParameters(hiddenSize)
                + (has(Bias.QUERY_KEY_VALUE) ? attention.queryKeyValueBiases() : 0)
                + (has(Bias.ATTENTION_OUTPUT) ? hiddenSize : 0)
                + attention.vectorParameters();
    }

    /** {@return what linear attention has over the other kind, in all its layers; may be negative} */
    public long linearAttentionExcess() {
        long linearLayer = linear.matrixParameters(hiddenSize) + linear.normParameters();
        return linear.layers() == 0 ? 0 : Math.multiplyExact(linear.layers(), linearLayer - attentionParameters());
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
        return (widening + 1) * hiddenSize * size + (has(Bias.FEED_FORWARD) ? widening * size + hiddenSize : 0);
    }

    /** {@return of one mixture layer: scores, their biases, and the selection bias where there is one} */
    public long routerParameters() {
        return (long) hiddenSize * experts.count()
                + (has(Bias.ROUTER) ? experts.count() : 0)
                + (experts.selectionBias() ? experts.count() : 0);
    }

    /** {@return of one layer, outside its attention} */
    public long normParameters() {
        return norms.perLayer() * finalNormParameters();
    }

    /** {@return of the norm behind the last layer; one weight per element, and one bias where norms have them} */
    public long finalNormParameters() {
        return (has(Bias.NORM) ? 2L : 1L) * hiddenSize;
    }

    /** {@return of tokens and learned positions, and of the norm behind them} */
    public long embeddingParameters() {
        return ((long) vocabulary() + embedding.learnedPositions()) * hiddenSize
                + (norms.embedding() ? finalNormParameters() : 0);
    }

    /** {@return of the output head; 0 where it uses the embedding's weights} */
    public long headParameters() {
        return embedding.tied() ? 0 : (long) vocabulary() * hiddenSize;
    }

    private boolean has(Bias bias) {
        return biases.contains(bias);
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
        return Math.addExact(parameters(experts.count()), otherParameters);
    }

    /** {@return the weights that work on one token: all but those of the routed experts that it does not go to} */
    public long activeParameters() {
        return parameters(experts.active());
    }

    private long parameters(int routed) {
        long dense = Math.multiplyExact(denseLayers, denseLayerParameters());
        long mixed = Math.multiplyExact(expertLayers(), expertLayerParameters(routed));
        return Math.addExact(
                Math.addExact(dense, mixed),
                Math.addExact(
                        linearAttentionExcess(), embeddingParameters() + headParameters() + finalNormParameters()));
    }

    /** {@return all weights, or those that work on one token, of the layers and of the parts that a publication counts} */
    public long countedParameters(Set<CountedPart> parts, boolean active) {
        int routed = active ? experts.active() : experts.count();
        return (active ? activeParameters() : totalParameters())
                - (parts.contains(CountedPart.EMBEDDING) ? 0 : embeddingParameters())
                - (parts.contains(CountedPart.HEAD) ? 0 : headParameters())
                + (parts.contains(CountedPart.PREDICTION)
                        ? Math.multiplyExact(predictionLayers, predictionLayerParameters(routed))
                        : 0);
    }

    /**
     * {@return of one module that predicts a further token: a layer of the last kind, a projection of 2 × hidden to hidden,
     * and three norms} Embedding and head are the model's own.
     */
    public long predictionLayerParameters() {
        return predictionLayerParameters(experts.count());
    }

    private long predictionLayerParameters(int routed) {
        return (expertLayers() > 0 ? expertLayerParameters(routed) : denseLayerParameters())
                + 2L * hiddenSize * hiddenSize
                + 3 * finalNormParameters();
    }

    // ---- FLOP per token, forward; twice the weights of every matrix that multiplies it

    /** {@return weights of attention projections that multiply a token, on average over layers} */
    public double attentionMatrixParameters() {
        long scores = attention.matrixParameters(hiddenSize);
        return linear.layers() == 0
                ? scores
                : ((double) scoreLayers() * scores + (double) linear.layers() * linear.matrixParameters(hiddenSize))
                        / layers;
    }

    /** {@return of one layer's attention projections, on average over layers} */
    public double attentionMatrixFlops() {
        return 2.0 * attentionMatrixParameters();
    }

    /** {@return of one layer's scores and weighted values, or of its state, on average over layers} */
    public double attentionCoreFlops(int sequenceTokens, Attention.Mask mask) {
        if (linear.layers() == 0) {
            return attention.coreFlops(span.meanKeys(layers, sequenceTokens, mask));
        }
        double scores = scoreLayers() == 0
                ? 0
                : scoreLayers() * attention.coreFlops(span.meanKeys(scoreLayers(), sequenceTokens, mask));
        return (scores + linear.layers() * linear.coreFlops()) / layers;
    }

    /** {@return numbers per token that keys and values take in one layer, on average over layers; linear ones keep none} */
    public double keyValueElements() {
        return linear.layers() == 0
                ? attention.keyValueElements()
                : (double) attention.keyValueElements() * scoreLayers() / layers;
    }

    /** {@return keys that the cache of a layer holds after so many tokens, on average over layers; linear ones hold none} */
    public double cachedKeys(double contextTokens) {
        return scoreLayers() == 0 ? 0 : span.cachedKeys(scoreLayers(), contextTokens) * scoreLayers() / layers;
    }

    /** {@return numbers of the state of a layer, on average over layers} */
    public double stateElements() {
        return (double) linear.layers() * linear.heads() * linear.headSize() * linear.headSize() / layers;
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
        return 2.0 * vocabulary() * hiddenSize;
    }

    /** {@return of the whole model, without prediction layers} */
    public double forwardFlops(int sequenceTokens, Attention.Mask mask) {
        return layers * (attentionMatrixFlops() + attentionCoreFlops(sequenceTokens, mask))
                + denseLayers * denseFeedForwardFlops()
                + expertLayers() * mixtureFlops()
                + headFlops();
    }

    /** {@return of one prediction layer that looks at the whole sequence, its projection and its pass through the head included} */
    public double predictionLayerFlops(int sequenceTokens, Attention.Mask mask) {
        return 2.0 * attention.matrixParameters(hiddenSize)
                + attention.coreFlops(AttentionSpan.WHOLE.meanKeys(1, sequenceTokens, mask))
                + (expertLayers() > 0 ? mixtureFlops() : denseFeedForwardFlops())
                + 4.0 * hiddenSize * hiddenSize
                + headFlops();
    }

    /** {@return forward and backward of the whole model, without prediction layers and without recomputation} */
    public double trainingFlops(int sequenceTokens, Attention.Mask mask) {
        return TRAINING_PASSES * forwardFlops(sequenceTokens, mask);
    }
}
