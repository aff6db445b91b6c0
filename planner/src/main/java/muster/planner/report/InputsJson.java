package muster.planner.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Market;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Stack;
import muster.planner.domain.Supply;
import muster.planner.domain.Work;
import muster.planner.domain.WrittenInputs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a plan was made from, whole, so that the plan file alone answers later questions: the scenario in base units, the
 * catalogue entries it uses, a hash over both, and the texts that all of it was read from.
 */
final class InputsJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The origins of what the user stated, in a file or on the command line. */
    private static final String STATED = "(?s)scenario .*:\\d+|command line";

    private InputsJson() {}

    static ObjectNode of(Scenario scenario) {
        ObjectNode inputs = NODES.objectNode();
        inputs.set("scenario", scenario(scenario));
        inputs.set("catalogue", catalogue(scenario));
        inputs.put("hash", sha256(JsonText.canonical(hashed(inputs, scenario))));
        scenario.written().ifPresent(written -> inputs.set("written", written(written)));
        return inputs;
    }

    /** {@return the inputs without where they were written: a scenario moved, or edited elsewhere, keeps its hash} */
    private static ObjectNode hashed(ObjectNode inputs, Scenario scenario) {
        ObjectNode hashed = inputs.deepCopy();
        if (scenario.title().equals(Path.of(scenario.file()).getFileName().toString())) {
            ((ObjectNode) hashed.get("scenario")).putNull("scenario"); // the file's name stands in for a title
        }
        hashed.get("catalogue").findParents("source").forEach(parent -> {
            if (parent.get("source").stringValue().matches(STATED)) {
                ((ObjectNode) parent).put("source", "scenario");
            }
        });
        return hashed;
    }

    private static ObjectNode scenario(Scenario scenario) {
        ObjectNode node = NODES.objectNode().put("scenario", scenario.title());
        node.put("start", scenario.start().map(Object::toString).orElse(null));
        ArrayNode jobs = node.putArray("jobs");
        scenario.jobs().forEach(job -> jobs.add(job(job)));
        ArrayNode pools = node.putArray("pools");
        scenario.pools().forEach(pool -> pools.add(pool(pool)));
        ObjectNode limits = node.putObject("limits");
        put(limits, "deadlineSeconds", scenario.limits().deadlineSeconds());
        put(limits, "budgetUsd", scenario.limits().budgetUsd());
        put(limits, "powerWatts", scenario.limits().powerWatts());
        ArrayNode objectives = node.putArray("objective");
        scenario.objectives().forEach(objective -> objectives.add(objective.key()));
        return node.put("accounting", scenario.accounting().key()).put("seed", scenario.seed());
    }

    /** The files themselves: from them a plan file is read again, by this version's readers or a later one's. */
    private static ObjectNode written(WrittenInputs written) {
        ObjectNode node = NODES.objectNode().put("file", written.file()).put("text", written.text());
        ArrayNode settings = node.putArray("settings");
        written.settings().forEach(settings::add);
        ArrayNode entries = node.putArray("entries");
        written.entries()
                .forEach(entry -> entries.addObject()
                        .put("own", entry.own())
                        .put("folder", entry.folder())
                        .put("name", entry.name())
                        .put("file", entry.file())
                        .put("text", entry.text()));
        ArrayNode gpuNames = node.putArray("gpuNames");
        written.gpuNames().forEach(gpuNames::add);
        return node;
    }

    private static ObjectNode job(Job job) {
        ObjectNode node = NODES.objectNode()
                .put("name", job.name())
                .put("kind", job.work().kind())
                .put("model", job.model().name())
                .put("tokens", Decimals.shortest(job.tokens().value()));
        putWork(node, job.work());
        node.put("precision", job.precision().key()).put("stack", job.stack().name());
        ArrayNode after = node.putArray("after");
        job.after().forEach(after::add);
        put(node, "releaseSeconds", job.releaseSeconds());
        put(node, "deadlineSeconds", job.deadlineSeconds());
        node.put("spread", job.spread().key());
        if (job.priority() != Job.DEFAULT_PRIORITY) {
            node.put("priority", job.priority());
        }
        ObjectNode measured = node.putObject("measuredTokensPerSecondPerGpu");
        job.measured().forEach((pool, rate) -> measured.put(pool, Decimals.shortest(rate.value())));
        ArrayNode modelled = node.putArray("modelledPools");
        job.modelled().forEach(modelled::add);
        return node;
    }

    private static void putWork(ObjectNode node, Work work) {
        switch (work) {
            case Work.Training training -> {
                put(node, "sequenceTokens", Optional.of(training.sequenceTokens()));
                put(node, "batchSequences", Optional.of(training.batchSequences()));
            }
            case Work.Generation generation -> {
                put(node, "promptTokens", Optional.of(generation.promptTokens()));
                put(node, "meanOutputTokens", Optional.of(generation.meanOutputTokens()));
                put(node, "tailOutputTokens", Optional.of(generation.tailOutputTokens()));
                put(node, "samples", Optional.of(generation.samples()));
            }
        }
    }

    private static ObjectNode pool(Pool pool) {
        ObjectNode node = NODES.objectNode()
                .put("name", pool.name())
                .put("node", pool.node().name())
                .put("maxNodes", pool.maxNodes().asInt())
                .put("ownNodes", pool.ownNodes().asInt());
        put(node, "rentUsdPerGpuHour", pool.rentUsdPerGpuHour());
        node.set("buy", pool.supply().buy().<JsonNode>map(InputsJson::purchase).orElse(NODES.nullNode()));
        node.set(
                "reserve",
                pool.supply().reserve().<JsonNode>map(InputsJson::reservation).orElse(NODES.nullNode()));
        pool.supply().spot().ifPresent(terms -> node.set("spot", spot(terms)));
        ArrayNode available = node.putArray("available");
        pool.supply()
                .available()
                .forEach(tranche -> available
                        .addObject()
                        .put(
                                "fromSeconds",
                                Decimals.shortest(tranche.fromSeconds().value()))
                        .put("nodes", tranche.nodes().asInt()));
        pool.spare()
                .ifPresent(spare ->
                        put(node, spare.unit() == BaseUnit.NODES ? "spareNodes" : "spareFraction", pool.spare()));
        return node.put("granularityNodes", pool.granularityNodes().asInt())
                .put(
                        "networkBytesPerSecondPerGpu",
                        pool.network()
                                .map(network -> Decimals.shortest(
                                        network.bytesPerSecondPerGpu().value()))
                                .orElse(null))
                .put(
                        "networkOversubscription",
                        pool.network()
                                .map(network -> Decimals.shortest(
                                        network.oversubscription().value()))
                                .orElse(null))
                .put("site", pool.site().map(CatalogueEntry::name).orElse(null))
                .put(
                        "powerUsageEffectiveness",
                        Decimals.shortest(pool.powerUsageEffectiveness().value()));
    }

    private static ObjectNode purchase(Supply.Purchase terms) {
        ObjectNode node = NODES.objectNode();
        put(node, "usdPerNode", Optional.of(terms.usdPerNode()));
        put(node, "lifeSeconds", Optional.of(terms.lifeSeconds()));
        put(node, "residualFraction", Optional.of(terms.residualFraction()));
        put(node, "leadSeconds", Optional.of(terms.leadSeconds()));
        put(node, "financingFractionPerYear", Optional.of(terms.financingFractionPerYear()));
        return node;
    }

    private static ObjectNode reservation(Supply.Reservation terms) {
        ObjectNode node = NODES.objectNode();
        put(node, "usdPerGpuHour", Optional.of(terms.usdPerGpuHour()));
        put(node, "minimumSeconds", Optional.of(terms.minimumSeconds()));
        return node;
    }

    private static ObjectNode spot(Supply.Spot terms) {
        ObjectNode node = NODES.objectNode();
        put(node, "usdPerGpuHour", Optional.of(terms.usdPerGpuHour()));
        put(node, "evictionsPerHour", Optional.of(terms.evictionsPerHour()));
        put(node, "checkpointSeconds", Optional.of(terms.checkpointSeconds()));
        put(node, "restartSeconds", Optional.of(terms.restartSeconds()));
        return node;
    }

    private static void put(ObjectNode node, String key, Optional<Figure> figure) {
        node.put(key, figure.map(present -> Decimals.shortest(present.value())).orElse(null));
    }

    private static ObjectNode catalogue(Scenario scenario) {
        Map<String, CatalogueEntry> gpus = new TreeMap<>();
        Map<String, CatalogueEntry> nodes = new TreeMap<>();
        Map<String, CatalogueEntry> models = new TreeMap<>();
        Map<String, CatalogueEntry> stacks = new TreeMap<>();
        Map<String, CatalogueEntry> sites = new TreeMap<>();
        for (Pool pool : scenario.pools()) {
            gpus.put(pool.node().gpu().name(), pool.node().gpu());
            nodes.put(pool.node().name(), pool.node());
            pool.site().ifPresent(site -> sites.put(site.name(), site));
        }
        for (Job job : scenario.jobs()) {
            models.put(job.model().name(), job.model());
            for (Optional<Stack> stack = Optional.of(job.stack());
                    stack.isPresent();
                    stack = stack.get().basis()) {
                stacks.put(stack.get().name(), stack.get());
            }
        }
        ObjectNode catalogue = NODES.objectNode();
        catalogue.set("gpus", entries(gpus));
        catalogue.set("nodes", entries(nodes));
        catalogue.set("models", entries(models));
        catalogue.set("stacks", entries(stacks));
        catalogue.set("sites", entries(sites));
        return catalogue;
    }

    private static ObjectNode entries(Map<String, CatalogueEntry> byName) {
        ObjectNode node = NODES.objectNode();
        byName.forEach((name, entry) -> node.set(name, entry(entry)));
        return node;
    }

    /** {@return an entry whole: its label, its traits that are no numbers, and every figure with its origin} */
    static ObjectNode entry(CatalogueEntry entry) {
        ObjectNode node = NODES.objectNode().put("label", entry.label());
        switch (entry) {
            case Node server -> node.put("gpu", server.gpu().name());
            case Model model ->
                node.put("attention", model.architecture().attention().kind());
            case Stack stack -> {
                ArrayNode precisions = node.putArray("precisions");
                stack.precisions().stream().sorted().forEach(precision -> precisions.add(precision.key()));
                node.put("basis", stack.basis().map(Stack::name).orElse(null));
            }
            case Gpu figuresOnly -> {}
            case Site figuresOnly -> {}
            case Market quotesOnly -> {}
        }
        ArrayNode traits = node.putArray("traits");
        entry.traits().forEach((key, trait) -> {
            ObjectNode row = traits.addObject().put("key", key);
            ArrayNode words = row.putArray("words");
            trait.words().forEach(words::add);
            FigureJson.putOrigin(row, trait.origin());
        });
        ArrayNode figures = node.putArray("figures");
        entry.figures().forEach((key, figure) -> figures.add(FigureJson.of(key, figure)));
        return node;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
