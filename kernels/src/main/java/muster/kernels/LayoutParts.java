package muster.kernels;

/**
 * The step time of one point by cause, in s: formulas (2) to (9) of the layout lattice.
 *
 * @param compute the slowest stage over all microbatches
 * @param bubble the schedule's bubble
 * @param cold microbatches that run without overlap while the pipeline fills
 * @param send exposed sends between stages
 * @param exposedReduce gradient reduction that does not hide behind the backward pass
 * @param gather exposed gathering of parameters
 * @param optimizer the optimizer's step
 * @param fixed what every step costs
 */
public record LayoutParts(
        double compute,
        double bubble,
        double cold,
        double send,
        double exposedReduce,
        double gather,
        double optimizer,
        double fixed) {
    /** Formula (10): the same bits as the lattice gives for the point. */
    public double seconds() {
        return compute + bubble + cold + send + exposedReduce + gather + optimizer + fixed;
    }
}
