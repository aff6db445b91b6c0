package muster.planner.check;

import java.util.List;
import muster.planner.domain.Job;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Plan.PoolStep;
import muster.planner.perf.StepShapes;

/**
 * The step of a job's modelled pools, worked out again: the slowest share, then the exchange of gradients.
 *
 * @param seconds from step to step, exchange included
 */
record DerivedStep(double seconds, double exchangeSeconds) {
    /** @param stated shares whose layouts are checked on their own */
    static DerivedStep of(Plan.JobPlan stated) {
        Job job = stated.job();
        List<PoolShare> modelled = stated.pools().stream()
                .filter(share -> share.step().isPresent())
                .toList();
        double slowest = 0;
        double narrowest = Double.POSITIVE_INFINITY;
        for (PoolShare share : modelled) {
            PoolStep step = share.step().orElseThrow();
            slowest = Math.max(
                    slowest,
                    PlainStep.of(
                                    job,
                                    share.pool().networkedNode(),
                                    step.estimate().layout(),
                                    step.estimate().schedule(),
                                    step.microbatches())
                            .seconds());
            narrowest = Math.min(
                    narrowest,
                    share.computingNodes()
                            * StepShapes.uplinkBytesPerSecond(job, share.pool().networkedNode()));
        }
        double pools = modelled.size();
        double gradientBytes = job.model().architecture().totalParameters()
                * job.stack().stateBytes().gradientBytes(job.precision());
        double exchange = modelled.size() < 2 ? 0 : 2 * (pools - 1) / pools * gradientBytes / narrowest;
        return new DerivedStep(slowest + exchange, exchange);
    }

    /** {@return tokens/s of a share of the batch} */
    double tokensPerSecond(Job job, PoolStep step) {
        return step.sequences() * job.training().sequenceTokens().value() / seconds;
    }
}
