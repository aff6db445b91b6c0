package muster.planner.perf;

/**
 * Seconds of one average layer for one microbatch on one GPU, before anything overlaps (docs/model.md, Layers).
 *
 * @param forward arithmetic and memory traffic of the forward pass
 * @param inputGradient the backward pass down to the layer's input
 * @param weightGradient the weights' part of the backward pass, which zero-bubble schedules may put off
 * @param recompute what the backward pass computes a second time
 * @param tensorForward collectives of tensor parallelism, forward; the backward pass takes as long
 * @param expertForward dispatch and combine
 * @param expertBackward their twins in the backward pass
 * @param contextForward exchange of keys and values; the backward pass takes twice as long
 */
record LayerTime(
        double forward,
        double inputGradient,
        double weightGradient,
        double recompute,
        double tensorForward,
        double expertForward,
        double expertBackward,
        double contextForward) {
    LayerTime plus(LayerTime other) {
        return new LayerTime(
                forward + other.forward,
                inputGradient + other.inputGradient,
                weightGradient + other.weightGradient,
                recompute + other.recompute,
                tensorForward + other.tensorForward,
                expertForward + other.expertForward,
                expertBackward + other.expertBackward,
                contextForward + other.contextForward);
    }

    LayerTime times(double factor) {
        return new LayerTime(
                forward * factor,
                inputGradient * factor,
                weightGradient * factor,
                recompute * factor,
                tensorForward * factor,
                expertForward * factor,
                expertBackward * factor,
                contextForward * factor);
    }

    /** {@return the backward pass's arithmetic, recomputation included} */
    double backward() {
        return inputGradient + weightGradient + recompute;
    }
}
