package muster.kernels;

/**
 * All that is the same for every point of one lattice: times, ranks and bytes per layer, as {@link LayoutKernels} uses
 * them. Finite, at least 0 and at most {@value #MAX_AMOUNT}, so that no product of the formulas overflows; counts at most
 * {@value #MAX_COUNT}. {@link LayoutShapeBuilder} names the components where a shape is made.
 *
 * @param layers layers of the whole model, a whole number, &ge; 1
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
        require("layers", layers, 1.0, MAX_COUNT);
        require("forwardSeconds", forwardSeconds, 0.0, MAX_AMOUNT);
        require("backwardSeconds", backwardSeconds, 0.0, MAX_AMOUNT);
        require("edgeSeconds", edgeSeconds, 0.0, MAX_AMOUNT);
        require("bubbleSeconds", bubbleSeconds, 0.0, MAX_AMOUNT);
        require("bubbleStages", bubbleStages, 0.5, MAX_COUNT);
        require("coldSeconds", coldSeconds, 0.0, MAX_AMOUNT);
        require("coldStages", coldStages, 0.0, MAX_COUNT);
        require("sendSeconds", sendSeconds, 0.0, MAX_AMOUNT);
        require("denseReduceSeconds", denseReduceSeconds, 0.0, MAX_AMOUNT);
        require("expertReduceSeconds", expertReduceSeconds, 0.0, MAX_AMOUNT);
        require("edgeReduceSeconds", edgeReduceSeconds, 0.0, MAX_AMOUNT);
        require("gatherSeconds", gatherSeconds, 0.0, MAX_AMOUNT);
        require("reduceOverlapFraction", reduceOverlapFraction, 0.0, 1.0);
        require("denseOptimizerSeconds", denseOptimizerSeconds, 0.0, MAX_AMOUNT);
        require("expertOptimizerSeconds", expertOptimizerSeconds, 0.0, MAX_AMOUNT);
        require("edgeOptimizerSeconds", edgeOptimizerSeconds, 0.0, MAX_AMOUNT);
        require("fixedSeconds", fixedSeconds, 0.0, MAX_AMOUNT);
        require("contextRanks", contextRanks, 1.0, MAX_COUNT);
        require("expertRanks", expertRanks, 1.0, MAX_COUNT);
        require("expertSpan", expertSpan, 1.0, MAX_COUNT);
        require("denseStaticBytes", denseStaticBytes, 0.0, MAX_AMOUNT);
        require("denseShardedBytes", denseShardedBytes, 0.0, MAX_AMOUNT);
        require("expertStaticBytes", expertStaticBytes, 0.0, MAX_AMOUNT);
        require("expertShardedBytes", expertShardedBytes, 0.0, MAX_AMOUNT);
        require("edgeStaticBytes", edgeStaticBytes, 0.0, MAX_AMOUNT);
        require("edgeShardedBytes", edgeShardedBytes, 0.0, MAX_AMOUNT);
        require("activationBytes", activationBytes, 0.0, MAX_AMOUNT);
        require("inFlightStages", inFlightStages, 0.0, MAX_COUNT);
        require("inFlightChunks", inFlightChunks, 0.0, MAX_COUNT);
        require("inFlightExtra", inFlightExtra, 0.0, MAX_COUNT);
        require("transientBytes", transientBytes, 0.0, MAX_AMOUNT);
    }

    private static void require(String component, double value, double least, double most) {
        // Written so that NaN fails.
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s (%s) of the layout shape must lie between %s and %s.".formatted(component, value, least, most));
        }
    }
}
