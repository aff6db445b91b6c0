package muster.planner.domain;

/**
 * A run that somebody measured, as far as it was published.
 *
 * @param job its batch is the published one
 * @param node its fabric is the measured run's, where that was published
 * @param gpus need not fill whole nodes
 * @param wish what is known of the layout
 * @param recomputeStated whether the row says what is computed twice
 * @param basis what the published FLOP count
 */
public record MeasuredRun(Job job, Node node, int gpus, LayoutWish wish, boolean recomputeStated, FlopBasis basis) {
    public double tokensPerStep() {
        return job.training().batchSequences().value()
                * job.training().sequenceTokens().value();
    }

    /** {@return FLOP of a step as the publication counts them} */
    public double flopsPerStep(Layout.Recompute recompute) {
        Architecture architecture = job.model().architecture();
        int sequence = job.training().sequenceTokens().asInt();
        double flops = architecture.trainingFlops(sequence, basis.mask());
        if (basis.recomputed() && recompute == Layout.Recompute.FULL) {
            flops += architecture.forwardFlops(sequence, basis.mask()) - architecture.headFlops();
        } else if (basis.recomputed() && recompute == Layout.Recompute.SELECTIVE) {
            flops += architecture.layers() * architecture.attentionCoreFlops(sequence, basis.mask());
        }
        return flops * tokensPerStep();
    }
}
