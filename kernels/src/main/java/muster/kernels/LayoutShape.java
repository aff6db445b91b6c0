package muster.kernels;

/**
 * All that is the same for every point of one lattice: times, ranks and bytes per layer, as {@link LayoutKernels} uses
 * them. Finite, at least 0 and at most {@value #MAX_AMOUNT}, so that no product of the formulas overflows; counts at most
 * {@value #MAX_COUNT}. {@link LayoutShapeBuilder} names the components where a shape is made.
 *
 * @param layers layers of the whole model, &ge; 1
 * @param forwardSeconds per layer and microbatch, s, with the communication exposed in the steady state
 * @param backwardSeconds per layer and microbatch, s, likewise
 * @param edgeSeconds embedding and head, forward and backward, per microbatch, s
 * @param bubbleSeconds what one slot of the schedule's bubble costs per layer, s
 * @param bubbleStages slots of the bubble per stage, at least 0.5: 1 for 1F1B, interleaved and zero-bubble, 0.5 for DualPipe
 * @param coldSeconds extra time per layer of a microbatch that runs without overlap while the pipeline fills, s
 * @param coldStages such microbatches per stage
 * @param sendSeconds exposed, per microbatch and chunk boundary, both directions, s
 * @param denseReduceSeconds per layer: reduction of dense gradients over infinitely many ranks, s
 * @param expertReduceSeconds per layer: reduction of the experts' gradients over infinitely many ranks, s
 * @param edgeReduceSeconds the same for embedding and head on one stage, s
 * @param gatherSeconds per layer and microbatch: exposed gathering of parameters over infinitely many ranks, s
 * @param reduceOverlapFraction share of the backward pass behind which the reduction hides, 0 to 1
 * @param denseOptimizerSeconds per layer, unsharded, s
 * @param expertOptimizerSeconds per layer, unsharded, s
 * @param edgeOptimizerSeconds embedding and head on one stage, unsharded, s
 * @param optimizerSharded whether data ranks share the optimizer's work (ZeRO 1 and above)
 * @param fixedSeconds per step, s
 * @param contextRanks ranks that share a sequence; they count as data ranks of the weights, &ge; 1
 * @param expertRanks ranks that share the experts of a layer, &ge; 1
 * @param expertSpan the tensor ranks where experts also spread over these, else 1, &ge; 1
 * @param denseStaticBytes per layer: dense weights, gradients and states that every data rank holds whole, B
 * @param denseShardedBytes per layer: those that data ranks share, B before sharing
 * @param expertStaticBytes per layer: experts' weights, gradients and states that every data rank holds whole, B
 * @param expertShardedBytes per layer: those that the experts' data ranks share, B before sharing
 * @param edgeStaticBytes embedding or head on the heavier end stage, held whole, B
 * @param edgeShardedBytes the same, shared by data ranks, B before sharing
 * @param activationBytes per layer and microbatch in flight, B
 * @param inFlightStages microbatches in flight per pipeline stage
 * @param inFlightChunks further ones per (p - 1) / v
 * @param inFlightExtra further ones on any stage
 * @param transientBytes logits, buffers and reserve, B
 */
public record LayoutShape(
        double layers,
        double forwardSeconds,
        double backwardSeconds,
        double edgeSeconds,
        double bubbleSeconds,
        double bubbleStages,
        double coldSeconds,
        double coldStages,
        double sendSeconds,
        double denseReduceSeconds,
        double expertReduceSeconds,
        double edgeReduceSeconds,
        double gatherSeconds,
        double reduceOverlapFraction,
        double denseOptimizerSeconds,
        double expertOptimizerSeconds,
        double edgeOptimizerSeconds,
        boolean optimizerSharded,
        double fixedSeconds,
        double contextRanks,
        double expertRanks,
        double expertSpan,
        double denseStaticBytes,
        double denseShardedBytes,
        double expertStaticBytes,
        double expertShardedBytes,
        double edgeStaticBytes,
        double edgeShardedBytes,
        double activationBytes,
        double inFlightStages,
        double inFlightChunks,
        double inFlightExtra,
        double transientBytes) {
    /** The largest time, in s, or size, in B: far above anything physical. */
    public static final double MAX_AMOUNT = 1e100;

    /** The largest count, of layers, ranks, stages or microbatches. */
    public static final double MAX_COUNT = 1e7;

    public LayoutShape {
        layers = inside("layers", layers, 1.0, MAX_COUNT);
        forwardSeconds = inside("forwardSeconds", forwardSeconds, 0.0, MAX_AMOUNT);
        backwardSeconds = inside("backwardSeconds", backwardSeconds, 0.0, MAX_AMOUNT);
        edgeSeconds = inside("edgeSeconds", edgeSeconds, 0.0, MAX_AMOUNT);
        bubbleSeconds = inside("bubbleSeconds", bubbleSeconds, 0.0, MAX_AMOUNT);
        bubbleStages = inside("bubbleStages", bubbleStages, 0.5, MAX_COUNT);
        coldSeconds = inside("coldSeconds", coldSeconds, 0.0, MAX_AMOUNT);
        coldStages = inside("coldStages", coldStages, 0.0, MAX_COUNT);
        sendSeconds = inside("sendSeconds", sendSeconds, 0.0, MAX_AMOUNT);
        denseReduceSeconds = inside("denseReduceSeconds", denseReduceSeconds, 0.0, MAX_AMOUNT);
        expertReduceSeconds = inside("expertReduceSeconds", expertReduceSeconds, 0.0, MAX_AMOUNT);
        edgeReduceSeconds = inside("edgeReduceSeconds", edgeReduceSeconds, 0.0, MAX_AMOUNT);
        gatherSeconds = inside("gatherSeconds", gatherSeconds, 0.0, MAX_AMOUNT);
        reduceOverlapFraction = inside("reduceOverlapFraction", reduceOverlapFraction, 0.0, 1.0);
        denseOptimizerSeconds = inside("denseOptimizerSeconds", denseOptimizerSeconds, 0.0, MAX_AMOUNT);
        expertOptimizerSeconds = inside("expertOptimizerSeconds", expertOptimizerSeconds, 0.0, MAX_AMOUNT);
        edgeOptimizerSeconds = inside("edgeOptimizerSeconds", edgeOptimizerSeconds, 0.0, MAX_AMOUNT);
        fixedSeconds = inside("fixedSeconds", fixedSeconds, 0.0, MAX_AMOUNT);
        contextRanks = inside("contextRanks", contextRanks, 1.0, MAX_COUNT);
        expertRanks = inside("expertRanks", expertRanks, 1.0, MAX_COUNT);
        expertSpan = inside("expertSpan", expertSpan, 1.0, MAX_COUNT);
        denseStaticBytes = inside("denseStaticBytes", denseStaticBytes, 0.0, MAX_AMOUNT);
        denseShardedBytes = inside("denseShardedBytes", denseShardedBytes, 0.0, MAX_AMOUNT);
        expertStaticBytes = inside("expertStaticBytes", expertStaticBytes, 0.0, MAX_AMOUNT);
        expertShardedBytes = inside("expertShardedBytes", expertShardedBytes, 0.0, MAX_AMOUNT);
        edgeStaticBytes = inside("edgeStaticBytes", edgeStaticBytes, 0.0, MAX_AMOUNT);
        edgeShardedBytes = inside("edgeShardedBytes", edgeShardedBytes, 0.0, MAX_AMOUNT);
        activationBytes = inside("activationBytes", activationBytes, 0.0, MAX_AMOUNT);
        inFlightStages = inside("inFlightStages", inFlightStages, 0.0, MAX_COUNT);
        inFlightChunks = inside("inFlightChunks", inFlightChunks, 0.0, MAX_COUNT);
        inFlightExtra = inside("inFlightExtra", inFlightExtra, 0.0, MAX_COUNT);
        transientBytes = inside("transientBytes", transientBytes, 0.0, MAX_AMOUNT);
    }

    /** The value; negative zero counts as zero. */
    private static double inside(String component, double value, double least, double most) {
        // Written so that NaN fails.
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s (%s) of the layout shape must lie between %s and %s.".formatted(component, value, least, most));
        }
        return value + 0.0;
    }
}
