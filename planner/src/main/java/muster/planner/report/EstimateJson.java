package muster.planner.report;

import java.util.OptionalInt;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutQuestion.InScenario;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.StepBand;
import muster.planner.domain.Work;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An estimate as JSON, format {@code muster/estimate/1}; all of it follows from the inputs alone. */
public final class EstimateJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EstimateJson() {}

    /** {@return the answer as indented JSON, ending in a newline} */
    public static String of(LayoutQuestion question, LayoutEstimates estimates) {
        return JsonText.pretty(tree(question, estimates));
    }

    static ObjectNode tree(LayoutQuestion question, LayoutEstimates estimates) {
        ObjectNode root = NODES.objectNode()
                .put("format", "muster/estimate/1")
                .put("candidates", estimates.candidates())
                .put("feasible", estimates.feasible());
        ArrayNode best = root.putArray("best");
        estimates.best().forEach(estimate -> best.add(estimate(question, estimate)));
        ArrayNode notes = root.putArray("notes");
        EstimateNotes.of(question, estimates).forEach(notes::add);
        ArrayNode provenance = root.putArray("provenance");
        ModelProvenance.of(question).forEach(row -> provenance.add(FigureJson.of(row.key(), row.figure())));
        root.set("inputs", inputs(question));
        return root;
    }

    private static ObjectNode estimate(LayoutQuestion question, LayoutEstimate estimate) {
        ObjectNode node = NODES.objectNode();
        node.set("layout", layout(estimate.layout()));
        node.put("schedule", estimate.schedule().key())
                .put("stepSeconds", Decimals.shortest(estimate.stepSeconds()))
                .put("tokensPerSecond", Decimals.shortest(estimate.tokensPerSecond()))
                .put("tokensPerSecondPerGpu", Decimals.shortest(estimate.tokensPerSecondPerGpu()))
                .put("mfuPercent", Decimals.shortest(estimate.mfuPercent()))
                .put("mfuBasis", estimate.mfuBasis())
                .put("memoryBytesPerGpu", Decimals.shortest(estimate.memoryBytesPerGpu()))
                .put("memoryLimitBytesPerGpu", Decimals.shortest(estimate.memoryLimitBytesPerGpu()))
                .put("fits", estimate.fits());
        StepBand band = StepBand.of(
                estimate.stepSeconds(), question.job(), question.node().gpu());
        node.set("band", band(band));
        ObjectNode breakdown = node.putObject("breakdown");
        BreakdownPart.of(estimate.breakdown())
                .forEach(part -> breakdown.put(part.key(), Decimals.shortest(part.seconds())));
        return node;
    }

    static ObjectNode band(StepBand band) {
        return NODES.objectNode()
                .put("low", Decimals.shortest(band.lowSeconds()))
                .put("high", Decimals.shortest(band.highSeconds()))
                .put("halfWidthPercent", Decimals.shortest(band.halfWidthPercent()))
                .put("basis", band.basis());
    }

    static ObjectNode layout(Layout layout) {
        return NODES.objectNode()
                .put("tensor", layout.tensor())
                .put("pipeline", layout.pipeline())
                .put("virtualPipeline", layout.virtualPipeline())
                .put("data", layout.data())
                .put("expert", layout.expert())
                .put("context", layout.context())
                .put("microbatch", layout.microbatch())
                .put("recompute", layout.recompute().key())
                .put("zero", layout.zero());
    }

    static ObjectNode inputs(LayoutQuestion question) {
        Job job = question.job();
        ObjectNode inputs = NODES.objectNode()
                .put("scenario", question.origin().map(InScenario::title).orElse(null))
                .put("job", question.origin().map(origin -> job.name()).orElse(null))
                .put("pool", question.origin().map(InScenario::pool).orElse(null))
                .put("model", job.model().name())
                .put("node", question.node().name())
                .put("gpu", question.node().gpu().name())
                .put("nodes", question.nodes().asInt())
                .put("gpus", question.gpus());
        switch (job.work()) {
            case Work.Training training ->
                inputs.put("sequence", training.sequenceTokens().asInt())
                        .put("batch", training.batchSequences().asInt());
            case Work.Generation generation ->
                inputs.put("promptTokens", generation.promptTokens().asInt())
                        .put("meanOutputTokens", generation.meanOutputTokens().asInt())
                        .put("tailOutputTokens", generation.tailOutputTokens().asInt())
                        .put("samples", Decimals.shortest(generation.samples().value()));
        }
        inputs.put("precision", job.precision().key()).put("stack", job.stack().name());
        inputs.set("fixed", fixed(question.wish()));
        return inputs;
    }

    /** The dimensions that were asked for, under their keys of {@code layout}. */
    private static ObjectNode fixed(LayoutWish wish) {
        ObjectNode node = NODES.objectNode();
        put(node, "tensor", wish.tensor());
        put(node, "pipeline", wish.pipeline());
        put(node, "virtualPipeline", wish.virtualPipeline());
        put(node, "data", wish.data());
        put(node, "expert", wish.expert());
        put(node, "context", wish.context());
        put(node, "microbatch", wish.microbatch());
        wish.recompute().ifPresent(kind -> node.put("recompute", kind.key()));
        put(node, "zero", wish.zero());
        return node;
    }

    private static void put(ObjectNode node, String key, OptionalInt value) {
        value.ifPresent(number -> node.put(key, number));
    }
}
