package muster.planner.domain;

/**
 * A run that somebody measured, as far as it was published.
 *
 * @param job its batch is the published one
 * @param node its fabric is the measured run's, where that was published
 * @param gpus need not fill whole nodes
 * @param wish what is known of the layout
 * @param recomputeStated whether the row says what is computed twice
 * @param mask which keys the published FLOP count
 * @param hardwareFlops whether they count recomputation
 */
public record MeasuredRun(
        Job job,
        Node node,
        int gpus,
        LayoutWish wish,
        boolean recomputeStated,
        Attention.Mask mask,
        boolean hardwareFlops) {
    public double tokensPerStep() {
        return job.batchSequences().value() * job.sequenceTokens().value();
    }

    /** {@return FLOP of a step as the publication counts them} */
    public double flopsPerStep(Layout.Recompute recompute) {
        Architecture architecture = job.model().architecture();
        int sequence = job.sequenceTokens().asInt();
        double flops = architecture.trainingFlops(sequence, mask);
        if (hardwareFlops && recompute == Layout.Recompute.FULL) {
            flops += architecture.forwardFlops(sequence, mask) - architecture.headFlops();
        } else if (hardwareFlops && recompute == Layout.Recompute.SELECTIVE) {
            flops += architecture.layers() * architecture.attentionCoreFlops(sequence, mask);
        }
        return flops * tokensPerStep();
    }
}
