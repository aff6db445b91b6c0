package muster.planner.report;

import java.util.Optional;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.JobPlan;
import muster.planner.domain.Plan.PoolShare;
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

    /** Stated rates carry no layout, step time, memory or mixing loss: those keys are null, and 0. */
    private static ObjectNode job(JobPlan job) {
        ObjectNode node = NODES.objectNode()
                .put("job", job.job().name())
                .put("startDay", Decimals.days(job.startMicros()))
                .put("days", Decimals.days(job.durationMicros()))
                .put("tokensPerSecond", Decimals.shortest(job.tokensPerSecond()))
                .putNull("mfuPercent")
                .putNull("mfuBasis")
                .put("gpuHours", Decimals.shortest(job.gpuHours()))
                .put("usd", Decimals.usd(job.microUsd()))
                .put("mixingLossPercent", 0);
        ArrayNode pools = node.putArray("pools");
        for (PoolShare share : job.pools()) {
            pools.addObject()
                    .put("pool", share.pool().name())
                    .put("nodes", share.nodes())
                    .put("gpus", share.gpus())
                    .put("tokensPerSecond", Decimals.shortest(share.tokensPerSecond()))
                    .put("share", Decimals.shortest(share.shareFraction()))
                    .putNull("stepSeconds")
                    .putNull("mfuPercent")
                    .putNull("mfuBasis")
                    .putNull("memoryBytesPerGpu")
                    .putNull("memoryLimitBytesPerGpu")
                    .putNull("layout");
        }
        return node;
    }
}
