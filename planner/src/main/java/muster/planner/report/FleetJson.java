package muster.planner.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.ModelFlopUtilisation;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.Interruption;
import muster.planner.domain.Plan.JobPlan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Plan.PoolStep;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.Work;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a plan's JSON: its fleet, what that adds to what is owned, and its jobs. */
final class FleetJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FleetJson() {}

    static ArrayNode fleet(Optional<Plan> plan) {
        ArrayNode rows = NODES.arrayNode();
        plan.stream()
                .flatMap(present -> present.fleet().stream())
                .forEach(row -> rows.addObject()
                        .put("pool", row.pool().name())
                        .put("node", row.pool().node().name())
                        .put("gpu", row.pool().node().gpu().name())
                        .put("nodes", row.nodes())
                        .put("gpus", row.gpus())
                        .put("acquisition", row.acquisition().key())
                        .put("usd", Decimals.usd(row.usd())));
        return rows;
    }

    static ArrayNode increment(Optional<Plan> plan) {
        ArrayNode rows = NODES.arrayNode();
        plan.stream()
                .flatMap(present -> present.fleet().stream())
                .filter(row -> row.acquisition() != Acquisition.OWN)
                .forEach(row -> rows.addObject()
                        .put("pool", row.pool().name())
                        .put("nodes", row.nodes())
                        .put("acquisition", row.acquisition().key())
                        .put("usd", Decimals.usd(row.usd())));
        return rows;
    }

    static ArrayNode jobs(Optional<Plan> plan) {
        ArrayNode rows = NODES.arrayNode();
        plan.stream().flatMap(present -> present.jobs().stream()).forEach(job -> rows.add(job(job)));
        return rows;
    }

    /** Stated rates carry no layout, step time or memory: those keys are null. */
    private static ObjectNode job(JobPlan job) {
        ObjectNode node = NODES.objectNode()
                .put("job", job.job().name())
                .put("startDay", Decimals.days(job.startMicros()))
                .put("days", Decimals.days(job.durationMicros()))
                .put("tokensPerSecond", Decimals.shortest(job.tokensPerSecond()));
        putUtilisation(node, job.job(), job.pools());
        node.put("gpuHours", Decimals.shortest(job.gpuHours()))
                .put("usd", Decimals.usd(job.microUsd()))
                .put("mixingLossPercent", Decimals.shortest(StepSections.mixingLossPercent(job)))
                .put(
                        "stepSeconds",
                        job.step()
                                .map(step -> Decimals.shortest(step.stepSeconds()))
                                .orElse(null))
                .put(
                        "exchangeSeconds",
                        job.step()
                                .map(step -> Decimals.shortest(step.exchangeSeconds()))
                                .orElse(null));
        node.set(
                "spot",
                job.interruption().<JsonNode>map(found -> spot(job, found)).orElse(NODES.nullNode()));
        ArrayNode pools = node.putArray("pools");
        job.pools().forEach(share -> pools.add(pool(job.job(), share)));
        return node;
    }

    private static ObjectNode spot(JobPlan job, Interruption interruption) {
        return NODES.objectNode()
                .put(
                        "nodes",
                        job.pools().stream().mapToInt(PoolShare::spotNodes).sum())
                .put("usd", Decimals.usd(job.spotMicroUsd()))
                .put("evictionsPerHour", Decimals.shortest(interruption.evictionsPerHour()))
                .put(
                        "interruptions",
                        Decimals.shortest(interruption.evictionsPerHour() * job.durationMicros() / 3600e6))
                .put("overheadPercent", Decimals.shortest(100 * interruption.overheadFraction()));
    }

    private static ObjectNode pool(Job job, PoolShare share) {
        ObjectNode node = NODES.objectNode()
                .put("pool", share.pool().name())
                .put("nodes", share.nodes())
                .put("ownedNodes", share.nodes(Acquisition.OWN))
                .put("boughtNodes", share.nodes(Acquisition.BUY))
                .put("reservedNodes", share.nodes(Acquisition.RESERVE))
                .put("rentedNodes", share.nodes(Acquisition.RENT))
                .put("spotNodes", share.nodes(Acquisition.SPOT))
                .put("spareNodes", share.spareNodes())
                .put("gpus", share.gpus())
                .put("tokensPerSecond", Decimals.shortest(share.tokensPerSecond()))
                .put("share", Decimals.shortest(share.shareFraction()));
        if (job.work() instanceof Work.Generation) {
            node.put("stepSeconds", ReplicaJson.shortest(share.replicas(), ReplicaEstimate::stepSeconds));
            putUtilisation(node, job, List.of(share));
            ReplicaJson.put(node, share.replicas());
            return node;
        }
        Optional<LayoutEstimate> estimate = share.step().map(PoolStep::estimate);
        node.put("stepSeconds", shortest(estimate, LayoutEstimate::stepSeconds));
        putUtilisation(node, job, List.of(share));
        node.put("memoryBytesPerGpu", shortest(estimate, LayoutEstimate::memoryBytesPerGpu))
                .put("memoryLimitBytesPerGpu", shortest(estimate, LayoutEstimate::memoryLimitBytesPerGpu));
        node.set(
                "layout",
                estimate.<JsonNode>map(found -> EstimateJson.layout(found.layout()))
                        .orElse(NODES.nullNode()));
        node.put("schedule", estimate.map(found -> found.schedule().key()).orElse(null))
                .put("sequencesPerStep", share.step().map(PoolStep::sequences).orElse(null))
                .put("microbatches", share.step().map(PoolStep::microbatches).orElse(null));
        node.set("breakdown", estimate.<JsonNode>map(found -> breakdown(found)).orElse(NODES.nullNode()));
        return node;
    }

    private static ObjectNode breakdown(LayoutEstimate estimate) {
        ObjectNode node = NODES.objectNode();
        BreakdownPart.of(estimate.breakdown()).forEach(part -> node.put(part.key(), Decimals.shortest(part.seconds())));
        return node;
    }

    private static BigDecimal shortest(Optional<LayoutEstimate> estimate, ToDoubleFunction<LayoutEstimate> figure) {
        return estimate.map(found -> Decimals.shortest(figure.applyAsDouble(found)))
                .orElse(null);
    }

    /** Model FLOP/s of these pools over the peaks of their GPUs that compute; unknown where a GPU states no 16-bit peak. */
    private static void putUtilisation(ObjectNode node, Job job, List<PoolShare> shares) {
        boolean known = !shares.isEmpty()
                && shares.stream()
                        .map(share -> share.pool().node().gpu())
                        .allMatch(gpu -> gpu.supports(gpu.wideFormat()));
        double peak = known
                ? shares.stream()
                        .mapToDouble(share -> share.computingGpus()
                                * ModelFlopUtilisation.peakFlopsPerSecond(
                                        share.pool().node().gpu()))
                        .sum()
                : 0;
        double flops = ModelFlopUtilisation.flopsPerToken(job)
                * shares.stream().mapToDouble(PoolShare::tokensPerSecond).sum();
        node.put("mfuPercent", peak > 0 ? Decimals.shortest(100 * flops / peak) : null)
                .put(
                        "mfuBasis",
                        peak > 0
                                ? ModelFlopUtilisation.basis(
                                        job, shares.getFirst().pool().node().gpu())
                                : null);
    }
}
