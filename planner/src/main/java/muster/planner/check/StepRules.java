package muster.planner.check;

import java.util.List;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.ModelFlopUtilisation;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Plan.PoolStep;
import muster.planner.domain.Work;
import muster.planner.perf.StepShapes;

/**
 * The steps of jobs that train whose rate the performance model gives: GPUs, shares of the batch, schedules, memory, and seconds
 * that are added up here once more.
 */
final class StepRules {
    private StepRules() {}

    static void check(Plan plan, Violations violations) {
        for (Plan.JobPlan stated : plan.jobs()) {
            if (stated.job().work() instanceof Work.Training) {
                checkJob(stated, violations);
            }
        }
    }

    private static void checkJob(Plan.JobPlan stated, Violations violations) {
        Job job = stated.job();
        String name = "job " + job.name();
        List<PoolShare> modelled = stated.pools().stream()
                .filter(share -> !job.measured().containsKey(share.pool().name()))
                .toList();
        for (PoolShare share : stated.pools()) {
            boolean expected = modelled.contains(share);
            violations.equal(
                    "%s, pool %s, has a layout".formatted(name, share.pool().name()),
                    share.step().isPresent(),
                    expected);
        }
        violations.equal(name + ", has a step", stated.step().isPresent(), !modelled.isEmpty());
        if (modelled.isEmpty()
                || modelled.stream().anyMatch(share -> share.step().isEmpty())
                || stated.step().isEmpty()) {
            return;
        }
        int batch = job.training().batchSequences().asInt();
        int sum = modelled.stream()
                .mapToInt(share -> share.step().orElseThrow().sequences())
                .sum();
        violations.equal(name + ", sequences of a step", sum, batch);
        for (PoolShare share : modelled) {
            checkShare(job, share, stated.timeFactor(), modelled.size() == 1, violations);
        }
        if (modelled.size() == stated.pools().size() && modelled.size() == 1) {
            violations.close(
                    name + ", tokens per second alone",
                    stated.step().orElseThrow().aloneTokensPerSecond(),
                    stated.tokensPerSecond() * stated.timeFactor());
        }
        DerivedStep derived = DerivedStep.of(stated);
        Plan.JobStep step = stated.step().orElseThrow();
        violations.close(name + ", step seconds", step.stepSeconds(), derived.seconds());
        violations.close(name + ", exchange seconds", step.exchangeSeconds(), derived.exchangeSeconds());
    }

    private static void checkShare(Job job, PoolShare share, double timeFactor, boolean alone, Violations violations) {
        String where = "job %s, pool %s".formatted(job.name(), share.pool().name());
        PoolStep step = share.step().orElseThrow();
        LayoutEstimate estimate = step.estimate();
        Layout layout = estimate.layout();
        violations.equal(where + ", GPUs of the layout", layout.gpus(), (long) share.computingGpus());
        int replicas = layout.data() * layout.context() * (job.stack().expertOverTensor() ? layout.tensor() : 1);
        DimensionRules.require(
                replicas % layout.expert() == 0,
                violations,
                "%s, experts: %d ranks do not hold whole sets of %d",
                where,
                replicas,
                layout.expert());
        DimensionRules.check(job, share, estimate, where, violations);
        int perRound = layout.data() * layout.microbatch();
        DimensionRules.require(
                step.sequences() % layout.microbatch() == 0,
                violations,
                "%s, share: %d sequences are no whole microbatches of %d",
                where,
                step.sequences(),
                layout.microbatch());
        boolean dealt = alone
                ? (long) step.microbatches() * perRound == step.sequences()
                : (long) step.microbatches() * perRound >= step.sequences() && step.sequences() > 0;
        DimensionRules.require(
                dealt,
                violations,
                "%s, share: %d sequences in %d microbatches of %d on %d data ranks",
                where,
                step.sequences(),
                step.microbatches(),
                layout.microbatch(),
                layout.data());
        boolean scheduled = switch (estimate.schedule()) {
            case ONE_FORWARD_ONE_BACKWARD, ZERO_BUBBLE -> true;
            case INTERLEAVED -> step.microbatches() % layout.pipeline() == 0;
            case DUAL_PIPE -> layout.pipeline() % 2 == 0 && step.microbatches() >= 2 * layout.pipeline();
        };
        DimensionRules.require(
                scheduled,
                violations,
                "%s, schedule %s: %d microbatches on %d stages",
                where,
                estimate.schedule().key(),
                step.microbatches(),
                layout.pipeline());
        PlainStep derived =
                PlainStep.of(job, share.pool().networkedNode(), layout, estimate.schedule(), step.microbatches());
        violations.close(where + ", step seconds", estimate.stepSeconds(), derived.seconds());
        violations.close(where + ", memory bytes", estimate.memoryBytesPerGpu(), derived.bytes());
        checkRates(job, share, timeFactor, where, violations);
        double limit = StepShapes.memoryLimitBytes(job, share.pool().networkedNode());
        violations.equal(where + ", memory limit", estimate.memoryLimitBytesPerGpu(), limit);
        DimensionRules.require(
                derived.bytes() <= limit * (1 + 1e-9),
                violations,
                "%s, memory: derived %s bytes, limit %s",
                where,
                derived.bytes(),
                limit);
    }

    /** @param timeFactor of interruptions, which a layout knows nothing of */
    private static void checkRates(Job job, PoolShare share, double timeFactor, String where, Violations violations) {
        LayoutEstimate estimate = share.step().orElseThrow().estimate();
        double rate = share.tokensPerSecond() * timeFactor;
        double perGpu = rate / share.computingGpus();
        Gpu gpu = share.pool().node().gpu();
        violations.close(where + ", tokens per second of the layout", estimate.tokensPerSecond(), rate);
        violations.close(where + ", tokens per second and GPU", estimate.tokensPerSecondPerGpu(), perGpu);
        violations.close(where + ", MFU", estimate.mfuPercent(), ModelFlopUtilisation.percent(job, gpu, perGpu));
        violations.equal(where + ", MFU basis", estimate.mfuBasis(), ModelFlopUtilisation.basis(job, gpu));
        LayoutEstimate.Breakdown parts = estimate.breakdown();
        double sum = parts.compute()
                + parts.tensorParallel()
                + parts.expertParallel()
                + parts.contextParallel()
                + parts.pipelineBubble()
                + parts.pipelineSend()
                + parts.dataParallel()
                + parts.optimizer()
                + parts.recompute()
                + parts.other();
        violations.close(where + ", parts of the step", sum, estimate.stepSeconds());
    }
}
