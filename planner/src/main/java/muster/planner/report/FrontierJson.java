package muster.planner.report;

import java.util.Optional;
import muster.planner.domain.Axis;
import muster.planner.domain.FrontierAnswer;
import muster.planner.domain.FrontierAnswer.Point;
import muster.planner.domain.Plan;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A frontier as JSON, format {@code muster/frontier/1}; all but {@code run} follows from the inputs alone. */
public final class FrontierJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FrontierJson() {}

    /** {@return the frontier as indented JSON, ending in a newline} */
    public static String of(FrontierAnswer answer) {
        return JsonText.pretty(tree(answer));
    }

    /** {@return the figure at a path of the JSON; empty where nothing stands there} */
    public static Optional<PlanFigure> find(FrontierAnswer answer, String path) {
        return JsonFigures.at(tree(answer), path);
    }

    private static ObjectNode tree(FrontierAnswer answer) {
        ObjectNode root = NODES.objectNode()
                .put("format", "muster/frontier/1")
                .put("scenario", answer.scenario().title())
                .put("feasible", !answer.points().isEmpty())
                .put("status", answer.status().key());
        ArrayNode axes = root.putArray("axes");
        answer.axes().forEach(axis -> axes.add(axis.key()));
        root.put("proved", answer.proved()).put("complete", answer.complete());
        ArrayNode points = root.putArray("points");
        answer.points().forEach(point -> points.add(point(point)));
        answer.conflict().ifPresent(conflict -> root.set("conflict", PlanJson.conflict(conflict)));
        root.set(
                "run",
                NODES.objectNode()
                        .put("version", Version.NUMBER)
                        .put("seed", answer.run().seed())
                        .put("solves", answer.run().solves())
                        .put("seconds", Decimals.shortest(answer.run().seconds()))
                        .put("reproducible", answer.run().reproducible())
                        .put("interrupted", answer.run().interrupted()));
        return root;
    }

    private static ObjectNode point(Point point) {
        Plan.Totals totals = point.answer().plan().orElseThrow().totals();
        ObjectNode node = NODES.objectNode()
                .put(Axis.COST.jsonKey(), Decimals.usd(totals.microUsd()))
                .put(Axis.DAYS.jsonKey(), Decimals.days(totals.finishMicros()))
                .put(Axis.POWER.jsonKey(), Decimals.thousandths(totals.peakMilliwatts()));
        // How long each re-solve took would make the bytes of two runs differ.
        ObjectNode plan = PlanJson.tree(point.answer());
        plan.remove("run");
        node.set("plan", plan);
        return node;
    }
}
