package muster.planner.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.Totals;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Alternatives;
import muster.planner.domain.PlanAnswer.Bound;
import muster.planner.domain.PlanAnswer.Conflict;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.PlanAnswer.Relaxation;
import muster.planner.domain.Scenario;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as JSON, format {@code muster/plan/1}. Keys are always present, null where there is nothing to say; all but
 * {@code run} follows from the inputs alone.
 */
public final class PlanJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanJson() {}

    /** {@return the answer as indented JSON, ending in a newline} */
    public static String of(PlanAnswer answer) {
        return JsonText.pretty(tree(answer));
    }

    /** {@return the hash of a scenario's inputs, as plan files of this version have it} */
    public static String inputsHash(Scenario scenario) {
        return InputsJson.of(scenario).get("hash").stringValue();
    }

    static ObjectNode tree(PlanAnswer answer) {
        ObjectNode root = NODES.objectNode()
                .put("format", "muster/plan/1")
                .put("scenario", answer.scenario().title())
                .put("feasible", answer.plan().isPresent())
                .put("status", answer.status().key());
        root.set("objective", objective(answer));
        root.set("bound", bound(answer));
        root.set("totals", totals(answer.plan().map(Plan::totals)));
        root.set("fleet", FleetJson.fleet(answer.plan()));
        root.set("jobs", FleetJson.jobs(answer.plan()));
        root.set("costs", costs(answer.plan().map(Plan::totals)));
        root.put("accounting", answer.scenario().accounting().key());
        root.set("limits", limits(answer));
        root.set("increment", FleetJson.increment(answer.plan()));
        answer.conflict().ifPresent(conflict -> root.set("conflict", conflict(conflict)));
        root.set("onePools", onePools(answer));
        answer.alternatives().ifPresent(found -> root.set("alternatives", alternatives(answer, found)));
        ArrayNode notes = root.putArray("notes");
        answer.scenario().notes().forEach(notes::add);
        ArrayNode provenance = root.putArray("provenance");
        Provenance.of(answer.scenario()).forEach(row -> provenance.add(FigureJson.of(row.key(), row.figure())));
        root.set("inputs", InputsJson.of(answer.scenario()));
        root.set("run", run(answer.run()));
        return root;
    }

    private static ObjectNode objective(PlanAnswer answer) {
        Objective objective = answer.scenario().objectives().getFirst();
        return NODES.objectNode()
                .put("name", objective.key())
                .put(
                        "value",
                        answer.plan()
                                .map(plan -> value(plan.totals(), objective))
                                .orElse(null))
                .put("unit", objective.unit());
    }

    private static BigDecimal value(Totals totals, Objective objective) {
        return switch (objective) {
            case COST -> Decimals.usd(totals.microUsd());
            case DAYS -> Decimals.days(totals.finishMicros());
            case ENERGY -> kilowattHours(totals);
            case CARBON -> kilograms(totals);
        };
    }

    private static ObjectNode bound(PlanAnswer answer) {
        return NODES.objectNode()
                .put(
                        "value",
                        answer.bound()
                                .map(bound -> Decimals.shortest(bound.value()))
                                .orElse(null))
                .put(
                        "gapPercent",
                        Gap.percent(answer).stream()
                                .mapToObj(Decimals::shortest)
                                .findFirst()
                                .orElse(null))
                .put("method", answer.bound().map(Bound::method).orElse(null));
    }

    /** What each pool of a mixed job could do alone. */
    private static ArrayNode onePools(PlanAnswer answer) {
        ArrayNode rows = NODES.arrayNode();
        for (PlanAnswer.OnePool alone : answer.onePools()) {
            ObjectNode row = rows.addObject()
                    .put("job", alone.job())
                    .put("pool", alone.pool())
                    .put("verdict", PlanText.word(alone.verdict()))
                    .put(
                            "value",
                            alone.value().stream()
                                    .mapToObj(Decimals::shortest)
                                    .findFirst()
                                    .orElse(null))
                    .put("unit", answer.scenario().objectives().getFirst().unit());
            row.set("relaxations", relaxations(alone.waysOut()));
        }
        return rows;
    }

    /** Whole plans but for what is the same in all of them. */
    private static ObjectNode alternatives(PlanAnswer answer, Alternatives alternatives) {
        Objective objective = answer.scenario().objectives().getFirst();
        double best = answer.plan().orElseThrow().totals().value(objective).orElse(Double.NaN);
        ObjectNode node = NODES.objectNode()
                .put("withinPercent", Decimals.shortest(alternatives.withinPercent()))
                .put("differencePercent", Decimals.shortest(alternatives.differencePercent()));
        ArrayNode plans = node.putArray("plans");
        for (Plan plan : alternatives.plans()) {
            double value = plan.totals().value(objective).orElse(Double.NaN);
            ObjectNode row = plans.addObject()
                    .put("value", value(plan.totals(), objective))
                    .put("unit", objective.unit())
                    .put("abovePercent", best > 0 ? Decimals.shortest(100 * (value - best) / best) : null);
            row.set("totals", totals(Optional.of(plan.totals())));
            row.set("fleet", FleetJson.fleet(Optional.of(plan)));
            row.set("jobs", FleetJson.jobs(Optional.of(plan)));
            row.set("costs", costs(Optional.of(plan.totals())));
            row.set("increment", FleetJson.increment(Optional.of(plan)));
        }
        return node;
    }

    private static ObjectNode totals(Optional<Totals> totals) {
        return NODES.objectNode()
                .put("usd", totals.map(plan -> Decimals.usd(plan.microUsd())).orElse(null))
                .put(
                        "days",
                        totals.map(plan -> Decimals.days(plan.finishMicros())).orElse(null))
                .put(
                        "gpuHours",
                        totals.map(plan -> Decimals.shortest(plan.gpuHours())).orElse(null))
                .put("energyKwh", totals.map(PlanJson::kilowattHours).orElse(null))
                .put("carbonKg", totals.map(PlanJson::kilograms).orElse(null))
                .put(
                        "powerWatts",
                        totals.map(plan -> Decimals.thousandths(plan.peakMilliwatts()))
                                .orElse(null));
    }

    private static ObjectNode costs(Optional<Totals> totals) {
        BigDecimal none = totals.isPresent() ? BigDecimal.ZERO : null;
        return NODES.objectNode()
                .put(
                        "rent",
                        totals.map(plan -> Decimals.usd(plan.rentMicroUsd() - plan.spotMicroUsd()))
                                .orElse(null))
                .put(
                        "spot",
                        totals.map(plan -> Decimals.usd(plan.spotMicroUsd())).orElse(null))
                .put(
                        "reserve",
                        totals.map(plan -> Decimals.usd(plan.reserveMicroUsd())).orElse(null))
                .put(
                        "capex",
                        totals.map(plan -> Decimals.usd(plan.capexMicroUsd())).orElse(null))
                .put(
                        "energy",
                        totals.map(plan -> Decimals.usd(plan.energyMicroUsd())).orElse(null))
                .put("network", none)
                .put("space", none)
                .put("staff", none)
                .put("total", totals.map(plan -> Decimals.usd(plan.microUsd())).orElse(null));
    }

    private static ArrayNode limits(PlanAnswer answer) {
        ArrayNode rows = NODES.arrayNode();
        for (LimitUse use : answer.limits()) {
            rows.addObject()
                    .put("name", use.name())
                    .put("limit", Decimals.shortest(use.limit()))
                    .put("value", Decimals.shortest(use.value()))
                    .put("unit", use.unit())
                    .put("slack", Decimals.difference(use.limit(), use.value()))
                    .put("binding", use.binding());
        }
        return rows;
    }

    static ObjectNode conflict(Conflict conflict) {
        ObjectNode node = NODES.objectNode();
        ArrayNode limits = node.putArray("limits");
        conflict.limits().forEach(limits::add);
        node.put("minimal", conflict.minimal());
        node.set("relaxations", relaxations(conflict.relaxations()));
        ArrayNode leaveOut = node.putArray("leaveOut");
        conflict.leaveOut().ifPresent(found -> found.jobs().forEach(leaveOut::add));
        node.put(
                "leaveOutMinimal",
                conflict.leaveOut().map(PlanAnswer.LeaveOut::minimal).orElse(null));
        return node;
    }

    private static ArrayNode relaxations(List<Relaxation> relaxations) {
        ArrayNode rows = NODES.arrayNode();
        relaxations.forEach(relaxation -> rows.addObject()
                .put("limit", relaxation.limit())
                .put("to", relaxation.isWord() ? null : Decimals.shortest(relaxation.to()))
                .put("unit", relaxation.unit()));
        return rows;
    }

    private static ObjectNode run(PlanAnswer.Run run) {
        return NODES.objectNode()
                .put("version", Version.NUMBER)
                .put("backend", run.computed().backend())
                .put("laneBits", run.computed().laneBits())
                .put("seed", run.seed())
                .put("steps", run.steps())
                .put("seconds", Decimals.shortest(run.seconds()))
                .put("moves", run.moves())
                // The search evaluates each move once, and nothing else.
                .put("evaluations", run.moves())
                .put("boxes", run.boxes())
                .put("reproducible", run.reproducible())
                .put("interrupted", run.interrupted())
                .put("stage", run.stage());
    }

    private static BigDecimal kilowattHours(Totals totals) {
        return Decimals.shortest(totals.energyJoules() / 3.6e6);
    }

    private static BigDecimal kilograms(Totals totals) {
        return totals.carbonGrams().isPresent()
                ? Decimals.thousandths(totals.carbonGrams().getAsLong())
                : null;
    }
}
