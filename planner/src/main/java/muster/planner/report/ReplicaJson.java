package muster.planner.report;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimate.PartKind;
import muster.planner.domain.ReplicaEstimate.WaitsFor;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.StepBand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replicas that generate as JSON, in a plan and as an estimate. Keys that steps of training have too mean the same: a step
 * gives every sequence in flight one token, and of the parts of its time those that only training has are 0.
 */
public final class ReplicaJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReplicaJson() {}

    /** Puts what a pool does in a plan; stated rates carry no layout, and all of it is null. */
    static void put(ObjectNode node, Optional<ReplicaEstimate> estimate) {
        node.put("memoryBytesPerGpu", shortest(estimate, ReplicaEstimate::memoryBytesPerGpu))
                .put("memoryLimitBytesPerGpu", shortest(estimate, ReplicaEstimate::memoryLimitBytesPerGpu));
        node.set(
                "layout",
                estimate.<JsonNode>map(found -> EstimateJson.layout(found.layout()))
                        .orElse(NODES.nullNode()));
        node.putNull("schedule")
                .put(
                        "sequencesPerStep",
                        estimate.map(found -> found.replicas() * found.sequencesPerReplica())
                                .orElse(null))
                .put(
                        "microbatches",
                        estimate.map(found -> found.layout().pipeline()).orElse(null));
        node.set("breakdown", estimate.<JsonNode>map(ReplicaJson::breakdown).orElse(NODES.nullNode()));
        node.set("generation", generation(estimate));
    }

    static BigDecimal shortest(Optional<ReplicaEstimate> estimate, ToDoubleFunction<ReplicaEstimate> figure) {
        return estimate.map(found -> Decimals.shortest(figure.applyAsDouble(found)))
                .orElse(null);
    }

    private static ObjectNode breakdown(ReplicaEstimate estimate) {
        double compute = estimate.seconds(WaitsFor.MEMORY) + estimate.seconds(WaitsFor.ARITHMETIC);
        return NODES.objectNode()
                .put("compute", Decimals.shortest(compute))
                .put("tensorParallel", seconds(estimate, PartKind.TENSOR_PARALLEL))
                .put("expertParallel", seconds(estimate, PartKind.EXPERT_PARALLEL))
                .put("contextParallel", BigDecimal.ZERO)
                .put("pipelineBubble", BigDecimal.ZERO)
                .put("pipelineSend", seconds(estimate, PartKind.PIPELINE_SEND))
                .put("dataParallel", BigDecimal.ZERO)
                .put("optimizer", BigDecimal.ZERO)
                .put("recompute", BigDecimal.ZERO)
                .put("other", seconds(estimate, PartKind.LAUNCH));
    }

    private static BigDecimal seconds(ReplicaEstimate estimate, PartKind kind) {
        return Decimals.shortest(
                estimate.find(kind).map(ReplicaEstimate.Part::seconds).orElse(0.0));
    }

    private static ObjectNode generation(Optional<ReplicaEstimate> estimate) {
        ObjectNode node = NODES.objectNode()
                .put("replicas", estimate.map(ReplicaEstimate::replicas).orElse(null))
                .put(
                        "gpusPerReplica",
                        estimate.map(ReplicaEstimate::gpusPerReplica).orElse(null))
                .put(
                        "sequencesPerReplica",
                        estimate.map(ReplicaEstimate::sequencesPerReplica).orElse(null))
                .put("meanContextTokens", shortest(estimate, ReplicaEstimate::meanContextTokens))
                .put("prefillSeconds", shortest(estimate, ReplicaEstimate::prefillSeconds))
                .put("tailSeconds", shortest(estimate, ReplicaEstimate::tailSeconds))
                .put("waitsFor", estimate.map(found -> found.bound().key()).orElse(null))
                .put(
                        "weightBytesPerGpu",
                        shortest(estimate, found -> found.memory().weightBytes()))
                .put(
                        "cacheBytesPerGpu",
                        shortest(estimate, found -> found.memory().cacheBytes()))
                .put(
                        "workingBytesPerGpu",
                        shortest(estimate, found -> found.memory().workingBytes()));
        ArrayNode parts = node.putArray("parts");
        estimate.stream()
                .flatMap(found -> found.parts().stream())
                .forEach(part -> parts.addObject()
                        .put("name", part.kind().key())
                        .put("seconds", Decimals.shortest(part.seconds()))
                        .put("waitsFor", part.waitsFor().key()));
        return node;
    }

    /** {@return an estimate as indented JSON, format {@code muster/estimate/1}, ending in a newline} */
    public static String of(LayoutQuestion question, ReplicaEstimates estimates) {
        ObjectNode root = NODES.objectNode()
                .put("format", "muster/estimate/1")
                .put("candidates", estimates.candidates())
                .put("feasible", estimates.feasible());
        ArrayNode best = root.putArray("best");
        estimates.best().forEach(estimate -> best.add(estimate(question, estimate)));
        ArrayNode notes = root.putArray("notes");
        ReplicaText.notes(question, estimates).forEach(notes::add);
        ArrayNode provenance = root.putArray("provenance");
        ModelProvenance.of(question).forEach(row -> provenance.add(FigureJson.of(row.key(), row.figure())));
        root.set("inputs", EstimateJson.inputs(question));
        return JsonText.pretty(root);
    }

    private static ObjectNode estimate(LayoutQuestion question, ReplicaEstimate estimate) {
        ObjectNode node = NODES.objectNode();
        node.set("layout", EstimateJson.layout(estimate.layout()));
        node.putNull("schedule")
                .put("stepSeconds", Decimals.shortest(estimate.stepSeconds()))
                .put("tokensPerSecond", Decimals.shortest(estimate.tokensPerSecond()))
                .put("tokensPerSecondPerGpu", Decimals.shortest(estimate.tokensPerSecondPerGpu()))
                .put("mfuPercent", Decimals.shortest(estimate.mfuPercent()))
                .put("mfuBasis", estimate.mfuBasis())
                .put("memoryBytesPerGpu", Decimals.shortest(estimate.memoryBytesPerGpu()))
                .put("memoryLimitBytesPerGpu", Decimals.shortest(estimate.memoryLimitBytesPerGpu()))
                .put("fits", estimate.fits());
        node.set(
                "band",
                EstimateJson.band(StepBand.of(
                        estimate.stepSeconds(), question.job(), question.node().gpu())));
        node.set("breakdown", breakdown(estimate));
        node.set("generation", generation(Optional.of(estimate)));
        return node;
    }
}
