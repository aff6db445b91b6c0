package muster.planner.domain;

/**
 * What the performance model says of one layout.
 *
 * @param stepSeconds seconds of one optimizer step
 * @param mfuPercent model FLOP/s over the GPUs' peak, as {@code mfuBasis} says, 0 to 100
 * @param breakdown where the step's seconds go
 */
public record LayoutEstimate(
        Layout layout,
        Schedule schedule,
        double stepSeconds,
        double tokensPerSecond,
        double tokensPerSecondPerGpu,
        double mfuPercent,
        String mfuBasis,
        double memoryBytesPerGpu,
        double memoryLimitBytesPerGpu,
        Breakdown breakdown) {
    public boolean fits() {
        return memoryBytesPerGpu <= memoryLimitBytesPerGpu;
    }

    /** Exposed (not overlapped) seconds of a step; they add up to it. */
    public record Breakdown(
            double compute,
            double tensorParallel,
            double expertParallel,
            double contextParallel,
            double pipelineBubble,
            double pipelineSend,
            double dataParallel,
            double optimizer,
            double recompute,
            double other) {}
}
