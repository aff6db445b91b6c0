package muster.planner.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Trait;

/** Turns the mapping of a node into its record. */
final class NodeReader {
    /** Of an 8-GPU H100 node: 6,849 W measured at the wall against 10.2 kW on its nameplate. */
    private static final double MEASURED_SHARE_OF_NAMEPLATE = 6849.0 / 10_200.0;

    private static final List<String> WORDS = List.of("networkCard", "processor", "cooling");

    private final CatalogueReading catalogue;
    private final Problems problems;
    private final Figures figures;
    private final Traits traits;
    private final QuoteReader quotes;

    NodeReader(CatalogueReading catalogue, Problems problems, Figures figures, Traits traits) {
        this.catalogue = catalogue;
        this.problems = problems;
        this.figures = figures;
        this.traits = traits;
        this.quotes = new QuoteReader(problems, figures);
    }

    /** @param before how many problems there were when the section began */
    Optional<Node> read(String name, String label, Section section, int before) {
        Optional<Gpu> gpu = section.get("gpu")
                .flatMap(node -> catalogue.resolve(Catalogue.Kind.GPU, node, section.pathOf("gpu"), name))
                .map(Gpu.class::cast);
        Optional<Figure> count = figures.get(section, "gpus", Dimension.GPUS);
        Optional<Figure> domain = figures.find(section, "linkDomain", Dimension.GPUS);
        domain.filter(gpus -> count.isPresent() && gpus.value() % count.get().value() != 0)
                .ifPresent(gpus -> section.refuse(
                        "linkDomain",
                        "(%d GPUs) is no whole number of nodes of %d GPUs."
                                .formatted(gpus.asInt(), count.orElseThrow().asInt()),
                        "the GPUs of all nodes that one NVLink network joins, such as 72."));
        Optional<Figure> nameplate = figures.get(section, "nameplatePower", Dimension.POWER);
        Optional<Figure> training = section.has("trainingPower")
                ? figures.find(section, "trainingPower", Dimension.POWER)
                : nameplate.map(NodeReader::derivedTrainingPower);
        section.find("trainingPower");
        training.filter(watts ->
                        nameplate.isPresent() && watts.value() > nameplate.get().value())
                .ifPresent(watts -> section.refuse(
                        "trainingPower",
                        "is above the nameplate, which is the most that the node can draw.",
                        Optional.empty()));
        Optional<Figure> fabric = figures.bandwidth(section, "fabric", Figures.Direction.OPTIONAL);
        Node.Particulars particulars = new Node.Particulars(
                GpuReader.aliases(section, problems),
                domain,
                host(section),
                words(section),
                quotes.purchases(section, name));
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Node(
                        name,
                        label,
                        gpu.orElseThrow(),
                        count.orElseThrow(),
                        training.orElseThrow(),
                        nameplate.orElseThrow(),
                        fabric.orElseThrow(),
                        particulars));
    }

    private Map<String, Figure> host(Section section) {
        Map<String, Figure> host = new LinkedHashMap<>();
        figures.find(section, "networkCards", Dimension.COUNT).ifPresent(cards -> host.put("networkCards", cards));
        figures.find(section, "processors", Dimension.COUNT).ifPresent(chips -> host.put("processors", chips));
        figures.find(section, "hostMemory", Dimension.BYTES).ifPresent(memory -> host.put("hostMemory", memory));
        return host;
    }

    private Map<String, Trait> words(Section section) {
        Map<String, Trait> words = new LinkedHashMap<>();
        WORDS.forEach(key -> traits.text(section, key).ifPresent(trait -> words.put(key, trait)));
        return words;
    }

    /** Where no measurement exists: the nameplate times what the nearest measured node draws of its own. */
    private static Figure derivedTrainingPower(Figure nameplate) {
        return new Figure(
                Math.rint(nameplate.value() * MEASURED_SHARE_OF_NAMEPLATE),
                BaseUnit.WATTS,
                new Origin("default: docs/model.md#power", "", Confidence.LOW));
    }
}
