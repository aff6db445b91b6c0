package muster.planner.report;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import muster.planner.domain.Explanation;
import muster.planner.domain.Explanation.BreakEven;
import muster.planner.domain.Explanation.Cost;
import muster.planner.domain.Explanation.Driver;
import muster.planner.domain.Explanation.End;
import muster.planner.domain.Explanation.LimitWorth;
import muster.planner.domain.Explanation.Worth;
import muster.planner.domain.PlanAnswer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An explanation as JSON, format {@code muster/explain/1}; all but {@code run} follows from the inputs alone. */
public final class ExplanationJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExplanationJson() {}

    /** {@return the explanation as indented JSON, ending in a newline} */
    public static String of(Explanation explanation) {
        return JsonText.pretty(tree(explanation));
    }

    /** {@return the figure at a path of the JSON; empty where nothing stands there} */
    public static Optional<PlanFigure> find(Explanation explanation, String path) {
        return JsonFigures.at(tree(explanation), path);
    }

    private static ObjectNode tree(Explanation explanation) {
        PlanAnswer answer = explanation.answer();
        ObjectNode plan = PlanJson.tree(answer);
        ObjectNode root = NODES.objectNode()
                .put("format", "muster/explain/1")
                .put("scenario", answer.scenario().title())
                .put("feasible", answer.plan().isPresent())
                .put("status", answer.status().key());
        for (String part : new String[] {"objective", "bound", "totals", "fleet"}) {
            root.set(part, plan.get(part));
        }
        String unit = answer.scenario().objectives().getFirst().unit();
        ArrayNode limits = root.putArray("limits");
        explanation.limits().forEach(limit -> limits.add(limit(limit, unit)));
        ArrayNode breakEvens = root.putArray("breakEven");
        explanation.breakEvens().forEach(found -> breakEvens.add(breakEven(found)));
        ArrayNode drivers = root.putArray("drivers");
        explanation.drivers().forEach(driver -> drivers.add(driver(driver)));
        answer.conflict().ifPresent(conflict -> root.set("conflict", PlanJson.conflict(conflict)));
        root.put("inputsHash", plan.get("inputs").get("hash").stringValue());
        root.set(
                "run",
                NODES.objectNode()
                        .put("version", Version.NUMBER)
                        .put("seed", answer.scenario().seed())
                        .put("solves", explanation.run().solves())
                        .put("seconds", Decimals.shortest(explanation.run().seconds()))
                        .put("reproducible", explanation.run().reproducible())
                        .put("interrupted", explanation.run().interrupted()));
        return root;
    }

    private static ObjectNode limit(LimitWorth limit, String objectiveUnit) {
        ObjectNode row = NODES.objectNode()
                .put("name", limit.name())
                .put("limit", Decimals.shortest(limit.limit()))
                .put("value", Decimals.shortest(limit.value()))
                .put("unit", limit.unit())
                .put("slack", Decimals.difference(limit.limit(), limit.value()))
                .put("binding", limit.binding());
        limit.dual()
                .ifPresentOrElse(
                        dual -> row.putObject("dual")
                                .put("value", Decimals.shortest(dual.gain()))
                                .put("unit", objectiveUnit)
                                .put("perUnit", dual.step()),
                        () -> row.putNull("dual"));
        if (limit.worth().isEmpty()) {
            return row.putNull("worth");
        }
        Worth worth = limit.worth().get();
        ObjectNode node = row.putObject("worth")
                .put("value", Decimals.shortest(worth.gain()))
                .put("unit", objectiveUnit)
                .put("perUnit", worth.step())
                .put("proved", worth.proved());
        worth.next()
                .ifPresentOrElse(
                        next -> node.putObject("next")
                                .put("to", Decimals.shortest(next.to()))
                                .put("unit", limit.unit())
                                .put("value", Decimals.shortest(next.gain())),
                        () -> node.putNull("next"));
        return row;
    }

    private static ObjectNode breakEven(BreakEven found) {
        ObjectNode row = NODES.objectNode()
                .put("path", found.path())
                .put("stated", Decimals.shortest(found.stated()))
                .put(
                        "value",
                        found.value().stream()
                                .mapToObj(Decimals::shortest)
                                .findFirst()
                                .orElse(null))
                .put("unit", found.unit())
                .put("outcome", found.outcome().key());
        ArrayNode beats = row.putArray("beats");
        found.beats().forEach(beats::add);
        return row.put("proved", found.proved());
    }

    private static ObjectNode driver(Driver driver) {
        return NODES.objectNode()
                .put("path", driver.path())
                .put("low", Decimals.shortest(driver.low()))
                .put("high", Decimals.shortest(driver.high()))
                .put("unit", driver.unit())
                .put("usdLow", of(driver.atLow(), Cost::usd))
                .put("usdHigh", of(driver.atHigh(), Cost::usd))
                .put("daysLow", of(driver.atLow(), Cost::days))
                .put("daysHigh", of(driver.atHigh(), Cost::days))
                .put("provedLow", driver.atLow().proved())
                .put("provedHigh", driver.atHigh().proved());
    }

    private static BigDecimal of(End end, ToDoubleFunction<Cost> figure) {
        return end.cost()
                .map(found -> Decimals.shortest(figure.applyAsDouble(found)))
                .orElse(null);
    }
}
