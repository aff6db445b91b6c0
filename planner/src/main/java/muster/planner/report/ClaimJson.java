package muster.planner.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Owning;
import muster.planner.domain.Interval;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checked claims as JSON, formats {@code muster/claim/1} and {@code muster/claims/1}. */
public final class ClaimJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ClaimJson() {}

    /** {@return the answers in full, ending in a newline} */
    public static String of(List<ClaimAnswer> answers) {
        return JsonText.pretty(tree(answers));
    }

    /** {@return one line's worth per claim} */
    public static String list(List<ClaimAnswer> answers) {
        ObjectNode root = NODES.objectNode().put("format", "muster/claims/1");
        ArrayNode claims = root.putArray("claims");
        answers.forEach(answer -> claims.addObject()
                .put("claim", answer.claim().name())
                .put("title", answer.claim().title())
                .put("date", answer.claim().source().date())
                .put("confidence", word(answer.claim().source().confidence()))
                .put("verdict", answer.verdict().key()));
        return JsonText.pretty(root);
    }

    static ObjectNode tree(List<ClaimAnswer> answers) {
        ObjectNode root = NODES.objectNode().put("format", "muster/claim/1");
        ArrayNode claims = root.putArray("claims");
        answers.forEach(answer -> claims.add(claim(answer)));
        return root;
    }

    private static ObjectNode claim(ClaimAnswer answer) {
        ObjectNode node = NODES.objectNode()
                .put("claim", answer.claim().name())
                .put("title", answer.claim().title())
                .put("verdict", answer.verdict().key());
        ObjectNode source = node.putObject("source")
                .put("title", answer.claim().source().title())
                .put("date", answer.claim().source().date())
                .put("confidence", word(answer.claim().source().confidence()));
        put(source, "url", answer.claim().source().url());
        put(source, "quote", answer.claim().source().quote());
        ObjectNode scope = node.putObject("scope");
        answer.claim().scope().includes().forEach(scope.putArray("includes")::add);
        answer.claim().scope().excludes().forEach(scope.putArray("excludes")::add);
        ArrayNode checks = node.putArray("checks");
        answer.checks().forEach(check -> checks.add(check(check)));
        node.set("derived", derived(answer));
        ArrayNode clashes = node.putArray("clashes");
        answer.clashes().forEach(clash -> {
            ObjectNode one = clashes.addObject();
            clash.figures().forEach(one.putArray("figures")::add);
            one.put("smallest", clash.smallest());
        });
        ArrayNode prices = node.putArray("atPrices");
        answer.atPrices().forEach(run -> {
            ObjectNode one = prices.addObject().put("name", run.name());
            one.set("usdPerGpuHour", interval(run.usdPerGpuHour()));
            one.set("usd", interval(run.usd()));
            FigureJson.putOrigin(one, run.origin());
        });
        ArrayNode parts = node.putArray("fleetParts");
        answer.fleet().forEach(share -> {
            ObjectNode one = parts.addObject().put("name", share.name()).put("kind", share.part() ? "part" : "gpu");
            share.derived().forEach((key, value) -> one.set(key, interval(value)));
        });
        node.set("owning", answer.owning().<JsonNode>map(ClaimJson::owning).orElse(NODES.nullNode()));
        ClaimFindings.of(answer).forEach(node.putArray("findings")::add);
        // Feasible fleets and the ladder to a program's cost are not computed yet.
        node.putArray("fleets");
        node.putArray("ladder");
        return node;
    }

    private static ObjectNode check(Check check) {
        ObjectNode node = NODES.objectNode().put("name", check.name());
        node.set("stated", check.stated().<JsonNode>map(ClaimJson::stated).orElse(NODES.nullNode()));
        node.set("derived", check.derived().<JsonNode>map(ClaimJson::interval).orElse(NODES.nullNode()));
        node.put("unit", check.unit())
                .put("verdict", check.verdict().key())
                .put("formula", check.formula())
                .put("note", check.note())
                .put(
                        "differencePercent",
                        check.differencePercent().map(Decimals::shortest).orElse(null));
        node.set("rounding", check.rounding().<JsonNode>map(ClaimJson::rounding).orElse(NODES.nullNode()));
        check.sources().forEach(node.putArray("sources")::add);
        if (!check.readings().isEmpty()) {
            ArrayNode readings = node.putArray("readings");
            check.readings().forEach(reading -> {
                ObjectNode one = readings.addObject()
                        .put("reading", reading.reading())
                        .put("unit", reading.unit())
                        .put("verdict", reading.verdict().key());
                one.set("derived", interval(reading.derived()));
            });
        }
        return node;
    }

    private static ObjectNode rounding(ClaimAnswer.Rounding rounding) {
        ObjectNode node = NODES.objectNode();
        node.set("stated", interval(rounding.stated()));
        node.set("derived", interval(rounding.derived()));
        return node;
    }

    /** A number where it is one, else its ends. */
    private static JsonNode stated(Interval value) {
        return value.isPoint() ? NODES.numberNode(Decimals.shortest(value.low())) : interval(value);
    }

    private static ObjectNode derived(ClaimAnswer answer) {
        ObjectNode node = NODES.objectNode();
        DerivedFigure.ALWAYS.forEach(key -> node.set(
                key,
                Optional.ofNullable(answer.derived().get(key))
                        .<JsonNode>map(ClaimJson::interval)
                        .orElse(NODES.nullNode())));
        answer.derived().forEach((key, value) -> node.set(key, interval(value)));
        answer.stated().forEach((key, stated) -> {
            ObjectNode beside = (ObjectNode) node.get(key);
            beside.set("stated", stated(stated.nominal()));
            beside.put("fits", stated.fits());
        });
        if (answer.basisPhase().isEmpty()) {
            node.putNull("basisPhase");
        } else {
            node.put("basisPhase", answer.basisPhase());
        }
        return node;
    }

    private static ObjectNode owning(Owning owning) {
        ObjectNode node = NODES.objectNode().put("gpu", owning.gpu()).put("topology", owning.topology());
        ObjectNode parts = node.putObject("usdPerGpuYear");
        owning.usdPerGpuYear().forEach((key, value) -> parts.set(key, interval(value)));
        node.set("utilisationPercent", interval(owning.utilisationFraction().times(100)));
        node.set("usdPerGpuHourAlwaysUsed", interval(owning.usdPerGpuHour()));
        node.set("usdPerGpuHour", interval(owning.usdPerGpuHourUsed()));
        node.set(
                "breakEvenUtilisationPercent",
                owning.breakEvenFraction()
                        .<JsonNode>map(found -> interval(found.times(100)))
                        .orElse(NODES.nullNode()));
        ArrayNode inputs = node.putArray("inputs");
        owning.sources()
                .forEach(input -> inputs.addObject()
                        .put("key", input.key())
                        .put("range", input.range())
                        .put("source", input.source()));
        return node;
    }

    private static ObjectNode interval(Interval interval) {
        ObjectNode node = NODES.objectNode();
        node.put("low", end(interval.low()));
        node.put("high", end(interval.high()));
        return node;
    }

    /** JSON has no infinity: an open end is null. */
    private static BigDecimal end(double value) {
        return Double.isInfinite(value) ? null : Decimals.shortest(value);
    }

    private static void put(ObjectNode node, String key, String text) {
        if (text.isEmpty()) {
            node.putNull(key);
        } else {
            node.put(key, text);
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
