package muster.kernels;

/**
 * Makes a {@link LayoutShape} by the names of its components. What is not named costs nothing: amounts start at 0, ranks
 * and layers at 1, and the schedule at 1F1B (one bubble slot and one microbatch in flight per stage).
 */
public final class LayoutShapeBuilder {
    private double layers = 1.0;
    private double forwardSeconds;
    private double backwardSeconds;
    private double edgeSeconds;
    private double bubbleSeconds;
    private double bubbleStages = 1.0;
    private double coldSeconds;
    private double coldStages;
    private double sendSeconds;
    private double denseReduceSeconds;
    private double expertReduceSeconds;
    private double edgeReduceSeconds;
    private double gatherSeconds;
    private double reduceOverlapFraction;
    private double denseOptimizerSeconds;
    private double expertOptimizerSeconds;
    private double edgeOptimizerSeconds;
    private boolean optimizerSharded;
    private double fixedSeconds;
    private double contextRanks = 1.0;
    private double expertRanks = 1.0;
    private double expertSpan = 1.0;
    private double denseStaticBytes;
    private double denseShardedBytes;
    private double expertStaticBytes;
    private double expertShardedBytes;
    private double edgeStaticBytes;
    private double edgeShardedBytes;
    private double activationBytes;
    private double inFlightStages = 1.0;
    private double inFlightChunks;
    private double inFlightExtra;
    private double transientBytes;

    /** Layers of the whole model, a whole number. */
    public LayoutShapeBuilder layers(double layers) {
        this.layers = layers;
        return this;
    }

    /** Per layer and microbatch, s, with the communication exposed in the steady state. */
    public LayoutShapeBuilder forwardSeconds(double forwardSeconds) {
        this.forwardSeconds = forwardSeconds;
        return this;
    }

    /** Per layer and microbatch, s, likewise. */
    public LayoutShapeBuilder backwardSeconds(double backwardSeconds) {
        this.backwardSeconds = backwardSeconds;
        return this;
    }

    /** Embedding and head, forward and backward, per microbatch, s. */
    public LayoutShapeBuilder edgeSeconds(double edgeSeconds) {
        this.edgeSeconds = edgeSeconds;
        return this;
    }

    /** What one slot of the schedule's bubble costs per layer, s. */
    public LayoutShapeBuilder bubbleSeconds(double bubbleSeconds) {
        this.bubbleSeconds = bubbleSeconds;
        return this;
    }

    /** Slots of the bubble per stage, at least 0.5: 1 for 1F1B, interleaved and zero-bubble, 0.5 for DualPipe. */
    public LayoutShapeBuilder bubbleStages(double bubbleStages) {
        this.bubbleStages = bubbleStages;
        return this;
    }

    /** Extra time per layer of a microbatch that runs without overlap while the pipeline fills, s. */
    public LayoutShapeBuilder coldSeconds(double coldSeconds) {
        this.coldSeconds = coldSeconds;
        return this;
    }

    /** Such microbatches per stage. */
    public LayoutShapeBuilder coldStages(double coldStages) {
        this.coldStages = coldStages;
        return this;
    }

    /** Exposed, per microbatch and chunk boundary, both directions, s. */
    public LayoutShapeBuilder sendSeconds(double sendSeconds) {
        this.sendSeconds = sendSeconds;
        return this;
    }

    /** Per layer: reduction of dense gradients over infinitely many ranks, s. */
    public LayoutShapeBuilder denseReduceSeconds(double denseReduceSeconds) {
        this.denseReduceSeconds = denseReduceSeconds;
        return this;
    }

    /** Per layer: reduction of the experts' gradients over infinitely many ranks, s. */
    public LayoutShapeBuilder expertReduceSeconds(double expertReduceSeconds) {
        this.expertReduceSeconds = expertReduceSeconds;
        return this;
    }

    /** The same for embedding and head on one stage, s. */
    public LayoutShapeBuilder edgeReduceSeconds(double edgeReduceSeconds) {
        this.edgeReduceSeconds = edgeReduceSeconds;
        return this;
    }

    /** Per layer and microbatch: exposed gathering of parameters over infinitely many ranks, s. */
    public LayoutShapeBuilder gatherSeconds(double gatherSeconds) {
        this.gatherSeconds = gatherSeconds;
        return this;
    }

    /** Share of the backward pass behind which the reduction hides, 0 to 1. */
    public LayoutShapeBuilder reduceOverlapFraction(double reduceOverlapFraction) {
        this.reduceOverlapFraction = reduceOverlapFraction;
        return this;
    }

    /** Per layer, unsharded, s. */
    public LayoutShapeBuilder denseOptimizerSeconds(double denseOptimizerSeconds) {
        this.denseOptimizerSeconds = denseOptimizerSeconds;
        return this;
    }

    /** Per layer, unsharded, s. */
    public LayoutShapeBuilder expertOptimizerSeconds(double expertOptimizerSeconds) {
        this.expertOptimizerSeconds = expertOptimizerSeconds;
        return this;
    }

    /** Embedding and head on one stage, unsharded, s. */
    public LayoutShapeBuilder edgeOptimizerSeconds(double edgeOptimizerSeconds) {
        this.edgeOptimizerSeconds = edgeOptimizerSeconds;
        return this;
    }

    /** Whether data ranks share the optimizer's work (ZeRO 1 and above). */
    public LayoutShapeBuilder optimizerSharded(boolean optimizerSharded) {
        this.optimizerSharded = optimizerSharded;
        return this;
    }

    /** Per step, s. */
    public LayoutShapeBuilder fixedSeconds(double fixedSeconds) {
        this.fixedSeconds = fixedSeconds;
        return this;
    }

    /** Ranks that share a sequence; they count as data ranks of the weights. */
    public LayoutShapeBuilder contextRanks(double contextRanks) {
        this.contextRanks = contextRanks;
        return this;
    }

    /** Ranks that share the experts of a layer. */
    public LayoutShapeBuilder expertRanks(double expertRanks) {
        this.expertRanks = expertRanks;
        return this;
    }

    /** The tensor ranks where experts also spread over these, else 1. */
    public LayoutShapeBuilder expertSpan(double expertSpan) {
        this.expertSpan = expertSpan;
        return this;
    }

    /** Per layer: dense weights, gradients and states that every data rank holds whole, B. */
    public LayoutShapeBuilder denseStaticBytes(double denseStaticBytes) {
        this.denseStaticBytes = denseStaticBytes;
        return this;
    }

    /** Per layer: those that data ranks share, B before sharing. */
    public LayoutShapeBuilder denseShardedBytes(double denseShardedBytes) {
        this.denseShardedBytes = denseShardedBytes;
        return this;
    }

    /** Per layer: experts' weights, gradients and states that every data rank holds whole, B. */
    public LayoutShapeBuilder expertStaticBytes(double expertStaticBytes) {
        this.expertStaticBytes = expertStaticBytes;
        return this;
    }

    /** Per layer: those that the experts' data ranks share, B before sharing. */
    public LayoutShapeBuilder expertShardedBytes(double expertShardedBytes) {
        this.expertShardedBytes = expertShardedBytes;
        return this;
    }

    /** Embedding or head on the heavier end stage, held whole, B. */
    public LayoutShapeBuilder edgeStaticBytes(double edgeStaticBytes) {
        this.edgeStaticBytes = edgeStaticBytes;
        return this;
    }

    /** The same, shared by data ranks, B before sharing. */
    public LayoutShapeBuilder edgeShardedBytes(double edgeShardedBytes) {
        this.edgeShardedBytes = edgeShardedBytes;
        return this;
    }

    /** Per layer and microbatch in flight, B. */
    public LayoutShapeBuilder activationBytes(double activationBytes) {
        this.activationBytes = activationBytes;
        return this;
    }

    /** Microbatches in flight per pipeline stage. */
    public LayoutShapeBuilder inFlightStages(double inFlightStages) {
        this.inFlightStages = inFlightStages;
        return this;
    }

    /** Further ones per (p - 1) / v. */
    public LayoutShapeBuilder inFlightChunks(double inFlightChunks) {
        this.inFlightChunks = inFlightChunks;
        return this;
    }

    /** Further ones on any stage. */
    public LayoutShapeBuilder inFlightExtra(double inFlightExtra) {
        this.inFlightExtra = inFlightExtra;
        return this;
    }

    /** Logits, buffers and reserve, B. */
    public LayoutShapeBuilder transientBytes(double transientBytes) {
        this.transientBytes = transientBytes;
        return this;
    }

    /**
     * @throws IllegalArgumentException naming the component that is outside its domain
     */
    public LayoutShape build() {
        return new LayoutShape(
                layers,
                forwardSeconds,
                backwardSeconds,
                edgeSeconds,
                bubbleSeconds,
                bubbleStages,
                coldSeconds,
                coldStages,
                sendSeconds,
                denseReduceSeconds,
                expertReduceSeconds,
                edgeReduceSeconds,
                gatherSeconds,
                reduceOverlapFraction,
                denseOptimizerSeconds,
                expertOptimizerSeconds,
                edgeOptimizerSeconds,
                optimizerSharded,
                fixedSeconds,
                contextRanks,
                expertRanks,
                expertSpan,
                denseStaticBytes,
                denseShardedBytes,
                expertStaticBytes,
                expertShardedBytes,
                edgeStaticBytes,
                edgeShardedBytes,
                activationBytes,
                inFlightStages,
                inFlightChunks,
                inFlightExtra,
                transientBytes);
    }
}
