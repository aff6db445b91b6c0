package muster.planner.check;

import java.util.Set;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Schedule;

/** What each dimension of a layout may be, for the model, the stack and the node. */
final class DimensionRules {
    private DimensionRules() {}

    static void check(Job job, PoolShare share, LayoutEstimate estimate, String where, Violations violations) {
        Layout layout = estimate.layout();
        Architecture architecture = job.model().architecture();
        Set<Parallelism> offered = job.stack().parallelisms();
        int gpusPerNode = share.pool().node().gpusPerNode().asInt();
        int heads = architecture.attention().heads();
        require(
                layout.tensor() == 1
                        || offered.contains(Parallelism.TENSOR)
                                && heads % layout.tensor() == 0
                                && layout.tensor() <= gpusPerNode,
                violations,
                "%s, tensor: %d ranks for %d heads in a node of %d GPUs",
                where,
                layout.tensor(),
                heads,
                gpusPerNode);
        int sequence = job.training().sequenceTokens().asInt();
        require(
                layout.context() == 1
                        || offered.contains(Parallelism.CONTEXT) && sequence % (2 * layout.context()) == 0,
                violations,
                "%s, context: %d ranks for %d tokens",
                where,
                layout.context(),
                sequence);
        int experts = architecture.experts().count();
        require(
                layout.expert() == 1
                        || offered.contains(Parallelism.EXPERT)
                                && architecture.expertLayers() > 0
                                && experts % layout.expert() == 0,
                violations,
                "%s, experts: %d ranks for %d experts",
                where,
                layout.expert(),
                experts);
        int parts = layout.pipeline() * layout.virtualPipeline();
        require(
                layout.pipeline() == 1 && parts == 1
                        || offered.contains(Parallelism.PIPELINE) && parts <= architecture.layers(),
                violations,
                "%s, pipeline: %d parts of %d layers",
                where,
                parts,
                architecture.layers());
        require(
                layout.virtualPipeline() == 1 || estimate.schedule() == Schedule.INTERLEAVED,
                violations,
                "%s, schedule %s: %d chunks of layers per stage",
                where,
                estimate.schedule().key(),
                layout.virtualPipeline());
        boolean scheduleOffered = layout.pipeline() == 1
                ? estimate.schedule() == Schedule.ONE_FORWARD_ONE_BACKWARD
                : job.stack().schedules().contains(estimate.schedule());
        require(
                scheduleOffered,
                violations,
                "%s, schedule %s: the stack has none",
                where,
                estimate.schedule().key());
        require(
                job.stack().zeroStages().contains(layout.zero()),
                violations,
                "%s, zero: the stack has no stage %d",
                where,
                layout.zero());
    }

    static void require(boolean kept, Violations violations, String sentence, Object... values) {
        if (!kept) {
            violations.add(sentence, values);
        }
    }
}
