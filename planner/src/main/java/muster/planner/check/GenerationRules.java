package muster.planner.check;

import java.util.Set;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.ModelFlopUtilisation;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.Work;

/** The replicas of jobs that generate where the performance model gives the rate: GPUs, memory, steps and rates. */
final class GenerationRules {
    private GenerationRules() {}

    static void check(Plan plan, Violations violations) {
        for (Plan.JobPlan stated : plan.jobs()) {
            if (stated.job().work() instanceof Work.Generation work) {
                checkJob(stated, work, violations);
            }
        }
    }

    private static void checkJob(Plan.JobPlan stated, Work.Generation work, Violations violations) {
        Job job = stated.job();
        double timeFactor = stated.timeFactor();
        violations.equal(
                "job %s, takes optimizer steps".formatted(job.name()),
                stated.step().isPresent(),
                false);
        for (PoolShare share : stated.pools()) {
            String where = "job %s, pool %s".formatted(job.name(), share.pool().name());
            boolean expected = !job.measured().containsKey(share.pool().name());
            violations.equal(where + ", has replicas", share.replicas().isPresent(), expected);
            violations.equal(where + ", has a step", share.step().isPresent(), false);
            share.replicas().ifPresent(replicas -> {
                checkShape(job, share, replicas, where, violations);
                if (!violations.any()) {
                    checkFigures(job, work, share, replicas, timeFactor, where, violations);
                }
            });
        }
    }

    private static void checkShape(
            Job job, PoolShare share, ReplicaEstimate stated, String where, Violations violations) {
        Layout layout = stated.layout();
        Architecture architecture = job.model().architecture();
        Set<Parallelism> offered = job.stack().parallelisms();
        int gpusPerNode = share.pool().node().gpusPerNode().asInt();
        int heads = architecture.attention().heads();
        DimensionRules.require(
                stated.replicas() > 0 && layout.data() % stated.replicas() == 0,
                violations,
                "%s, replicas: %d data ranks are not shared by %d replicas",
                where,
                layout.data(),
                stated.replicas());
        if (violations.any()) {
            return;
        }
        int ranks = layout.data() / stated.replicas();
        int perReplica = layout.tensor() * layout.pipeline() * ranks;
        long room = perReplica <= gpusPerNode
                ? (long) share.computingNodes() * (gpusPerNode / perReplica)
                : share.computingNodes() / Math.ceilDiv(perReplica, gpusPerNode);
        DimensionRules.require(
                stated.replicas() <= room,
                violations,
                "%s, replicas: stated %d of %d GPUs, room for %d on %d nodes",
                where,
                stated.replicas(),
                perReplica,
                room,
                share.computingNodes());
        DimensionRules.require(
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
        DimensionRules.require(
                layout.pipeline() == 1
                        || offered.contains(Parallelism.PIPELINE) && layout.pipeline() <= architecture.layers(),
                violations,
                "%s, pipeline: %d stages of %d layers",
                where,
                layout.pipeline(),
                architecture.layers());
        int experts = architecture.experts().count();
        int spread = experts == 0 ? 1 : ranks * (job.stack().expertOverTensor() ? layout.tensor() : 1);
        violations.equal(where + ", expert ranks", layout.expert(), spread);
        DimensionRules.require(
                layout.expert() == 1 || offered.contains(Parallelism.EXPERT) && experts % layout.expert() == 0,
                violations,
                "%s, experts: %d ranks for %d experts",
                where,
                layout.expert(),
                experts);
        DimensionRules.require(
                experts > 0 || ranks == 1,
                violations,
                "%s, data ranks: a replica without experts has %d",
                where,
                ranks);
        DimensionRules.require(
                layout.context() == 1
                        && layout.virtualPipeline() == 1
                        && layout.zero() == 0
                        && layout.recompute() == Layout.Recompute.NONE,
                violations,
                "%s, layout: context, chunks, recomputation and ZeRO are training's: %s",
                where,
                layout);
    }

    private static void checkFigures(
            Job job,
            Work.Generation work,
            PoolShare share,
            ReplicaEstimate stated,
            double timeFactor,
            String where,
            Violations violations) {
        PlainReplica derived =
                PlainReplica.of(job, work, share.pool().networkedNode(), stated.layout(), stated.replicas());
        violations.close(where + ", step seconds", stated.stepSeconds(), derived.stepSeconds());
        violations.close(where + ", prefill seconds", stated.prefillSeconds(), derived.prefillSeconds());
        violations.close(where + ", tail seconds", stated.tailSeconds(), derived.tailSeconds());
        violations.close(where + ", mean context", stated.meanContextTokens(), derived.contextTokens());
        violations.close(where + ", weight bytes", stated.memory().weightBytes(), derived.weightBytes());
        violations.close(where + ", cache bytes", stated.memory().cacheBytes(), derived.cacheBytes());
        violations.close(where + ", working bytes", stated.memory().workingBytes(), derived.workingBytes());
        violations.equal(where + ", memory limit", stated.memoryLimitBytesPerGpu(), derived.memoryLimitBytes());
        double bytes = derived.weightBytes() + derived.cacheBytes() + derived.workingBytes();
        DimensionRules.require(
                bytes <= derived.memoryLimitBytes() * (1 + 1e-9),
                violations,
                "%s, memory: derived %s bytes, limit %s",
                where,
                bytes,
                derived.memoryLimitBytes());
        double rate = share.tokensPerSecond() * timeFactor;
        double perGpu = rate / share.computingGpus();
        violations.close(where + ", tokens per second of the replicas", stated.tokensPerSecond(), rate);
        violations.close(where + ", tokens per second and GPU", stated.tokensPerSecondPerGpu(), perGpu);
        violations.close(
                where + ", MFU",
                stated.mfuPercent(),
                ModelFlopUtilisation.percent(job, share.pool().node().gpu(), perGpu));
        violations.equal(
                where + ", MFU basis",
                stated.mfuBasis(),
                ModelFlopUtilisation.basis(job, share.pool().node().gpu()));
        double parts = stated.parts().stream()
                .mapToDouble(ReplicaEstimate.Part::seconds)
                .sum();
        violations.close(where + ", parts of the step", parts, stated.stepSeconds());
    }
}
