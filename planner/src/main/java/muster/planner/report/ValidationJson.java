package muster.planner.report;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.Measurement;
import muster.planner.domain.Validation;
import muster.planner.domain.Validation.Errors;
import muster.planner.domain.Validation.Prediction;
import muster.planner.domain.Validation.Ranking;
import muster.planner.domain.Validation.Row;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Predicted against measured as JSON, format {@code muster/validate/1}. */
public final class ValidationJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String FITS = "fits";

    private ValidationJson() {}

    /**
     * {@return the answer as indented JSON, ending in a newline}
     *
     * @param calibrations absent where no fit was asked for
     */
    public static String of(Validation validation, Optional<List<Calibration>> calibrations) {
        return JsonText.pretty(tree(validation, calibrations));
    }

    /**
     * {@return the figure at a path: {@code overall.mapePercent}, {@code groups.mpt.maxPercent}; empty where nothing stands
     * there}
     */
    public static Optional<PlanFigure> find(
            Validation validation, Optional<List<Calibration>> calibrations, String path) {
        return JsonFigures.at(tree(validation, calibrations), path);
    }

    /** {@return whether the path leads into what only a fit says} */
    public static boolean isOfFits(String path) {
        return path.startsWith(FITS + ".");
    }

    private static ObjectNode tree(Validation validation, Optional<List<Calibration>> calibrations) {
        ObjectNode root = NODES.objectNode().put("format", "muster/validate/1").put("file", validation.file());
        ArrayNode rows = root.putArray("rows");
        validation.rows().forEach(row -> rows.add(row(row)));
        ArrayNode groups = root.putArray("groups");
        validation
                .groups()
                .forEach(group -> groups.add(NODES.objectNode()
                        .put("group", group.name())
                        .put("rows", group.rows())
                        .put("mapePercent", Decimals.shortest(group.meanPercent()))
                        .put("biasPercent", Decimals.shortest(group.biasPercent()))
                        .put("maxPercent", Decimals.shortest(group.largestPercent()))));
        root.set("overall", overall(validation.overall()));
        root.set("overallAll", overall(validation.overallAll()));
        root.put(
                "insideBandFraction",
                validation.overall().rows() == 0 ? null : Decimals.shortest(validation.insideBandFraction()));
        ArrayNode rankings = root.putArray("rankings");
        validation.rankings().forEach(ranking -> rankings.add(ranking(ranking)));
        calibrations.ifPresent(found -> {
            ArrayNode fits = root.putArray(FITS);
            found.forEach(calibration -> fits.add(fit(calibration)));
        });
        return root;
    }

    private static ObjectNode overall(Errors errors) {
        return NODES.objectNode()
                .put("rows", errors.rows())
                .put("mapePercent", errors.rows() == 0 ? null : Decimals.shortest(errors.meanPercent()))
                .put("biasPercent", errors.rows() == 0 ? null : Decimals.shortest(errors.biasPercent()));
    }

    private static ObjectNode ranking(Ranking ranking) {
        return NODES.objectNode()
                .put("name", ranking.name())
                .put("stack", ranking.stack())
                .put("model", ranking.model())
                .put("gpu", ranking.gpu())
                .put("gpus", ranking.gpus())
                .put("rows", ranking.rows())
                .put("spreadPercent", Decimals.shortest(ranking.spreadPercent()))
                .put("rankCorrelation", Decimals.shortest(ranking.rankCorrelation()));
    }

    private static ObjectNode row(Row row) {
        Measurement measurement = row.measurement();
        ObjectNode node = NODES.objectNode()
                .put("id", measurement.id())
                .put("group", measurement.group())
                .put("stack", measurement.stack())
                .put("release", measurement.release())
                .put("model", measurement.model())
                .put("gpu", measurement.gpu())
                .put("measured", measurement.stated().map(Decimals::shortest).orElse(null));
        Optional<Prediction> prediction = row.prediction();
        node.set(
                "predicted",
                prediction
                        .map(found -> NODES.numberNode(Decimals.shortest(found.value())))
                        .map(tools.jackson.databind.JsonNode.class::cast)
                        .orElse(NODES.nullNode()));
        node.put("unit", measurement.kind().map(MeasuredKind::unit).orElse(null));
        if (prediction.isPresent()) {
            Prediction found = prediction.get();
            node.put("errorPercent", Decimals.shortest(found.errorPercent()))
                    .put("fits", found.fits())
                    .put("memoryBytesPerGpu", Decimals.shortest(found.memoryBytesPerGpu()));
            node.set("layout", EstimateJson.layout(found.layout()));
            node.putObject("band")
                    .put("low", Decimals.shortest(found.band().lowSeconds()))
                    .put("high", Decimals.shortest(found.band().highSeconds()))
                    .put("inside", found.insideBand())
                    .put("basis", found.band().basis());
        } else {
            node.putNull("errorPercent").putNull("fits").putNull("memoryBytesPerGpu");
        }
        return node.put("used", row.used())
                .put("complete", measurement.complete())
                .put("reason", row.reason());
    }

    private static ObjectNode fit(Calibration calibration) {
        ObjectNode node = NODES.objectNode()
                .put("stack", calibration.stack().name())
                .put("rows", calibration.rows())
                .put("mapePercent", Decimals.shortest(calibration.errorPercent()))
                .put("leftOutMapePercent", Decimals.shortest(calibration.leftOutPercent()))
                .put("withoutAnyMapePercent", Decimals.shortest(calibration.withoutAnyPercent()));
        ArrayNode constants = node.putArray("constants");
        calibration.constants().forEach((path, value) -> {
            ObjectNode constant = constants.addObject().put("path", path).put("value", Decimals.shortest(value));
            Optional.ofNullable(calibration.stack().figures().get(path))
                    .ifPresent(before -> constant.put("before", Decimals.shortest(before.value())));
        });
        ArrayNode leftOut = node.putArray("leftOut");
        calibration
                .leftOut()
                .forEach(row -> leftOut.addObject()
                        .put("id", row.measurement().id())
                        .put("errorPercent", Decimals.shortest(row.errorPercent()))
                        .put("insideBand", row.insideBand()));
        return node;
    }
}
