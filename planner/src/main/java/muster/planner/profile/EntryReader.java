package muster.planner.profile;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Site;
import muster.planner.domain.Trait;

/** Turns the mapping of one GPU, node, model, stack or site into its record, wherever the mapping stood. */
final class EntryReader {
    /** Of an 8-GPU H100 node: 6,849 W measured at the wall against 10.2 kW on its nameplate. */
    private static final double MEASURED_SHARE_OF_NAMEPLATE = 6849.0 / 10_200.0;

    static final Origin DEFAULT_POWER_USAGE_EFFECTIVENESS =
            new Origin("default: docs/model.md#power", "", Confidence.LOW);

    private final CatalogueReading catalogue;
    private final Problems problems;
    private final Figures figures;
    private final Traits traits;
    private final ModelReader models;
    private final StackReader stacks;

    EntryReader(CatalogueReading catalogue, Problems problems, Figures figures) {
        this.catalogue = catalogue;
        this.problems = problems;
        this.figures = figures;
        this.traits = new Traits(problems, figures);
        this.models = new ModelReader(problems, figures, traits);
        this.stacks = new StackReader(catalogue, problems, figures, traits);
    }

    /** {@return the entry of a section whose keys are all there; name and label are already read} */
    Optional<CatalogueEntry> read(Catalogue.Kind kind, String name, String label, Section section) {
        int before = problems.count();
        Optional<? extends CatalogueEntry> entry = switch (kind) {
            case GPU -> gpu(name, label, section, before);
            case NODE -> node(name, label, section, before);
            case MODEL -> models.read(name, label, section, before);
            case STACK -> stacks.read(name, label, section, before);
            case SITE -> site(name, label, section, before);
        };
        return entry.map(found -> found);
    }

    private boolean finished(Section section, int before) {
        section.finish();
        return problems.count() == before;
    }

    private Optional<Gpu> gpu(String name, String label, Section section, int before) {
        Map<Precision, Figure> rates = new EnumMap<>(Precision.class);
        section.get("flops")
                .flatMap(node -> Section.of(node, section.pathOf("flops"), problems))
                .ifPresent(flops -> rates(flops, rates));
        Optional<Figure> memory = figures.get(section, "memory", Dimension.BYTES);
        Optional<Figure> memoryBandwidth = figures.get(section, "memoryBandwidth", Dimension.BYTES_PER_SECOND);
        Optional<Figure> link = figures.bandwidth(section, "linkBandwidth", Figures.Direction.REQUIRED);
        Optional<Figure> power = figures.get(section, "boardPower", Dimension.POWER);
        Optional<Figure> multiprocessors = figures.find(section, "multiprocessors", Dimension.COUNT);
        Optional<Trait> generation = traits.name(section, "generation");
        return finished(section, before)
                ? Optional.of(new Gpu(
                        name,
                        label,
                        generation.map(trait -> trait.words().getFirst()).orElse(name),
                        rates,
                        memory.orElseThrow(),
                        memoryBandwidth.orElseThrow(),
                        link.orElseThrow(),
                        power.orElseThrow(),
                        multiprocessors,
                        generation.map(trait -> Map.of("generation", trait)).orElse(Map.of())))
                : Optional.empty();
    }

    private void rates(Section flops, Map<Precision, Figure> rates) {
        flops.findText("sparsity").ifPresent(text -> {
            if (!text.equals("dense")) {
                flops.refuse(
                        "sparsity",
                        "(%s) is not what runs are planned with.".formatted(Shown.text(text)),
                        "dense, with half of the sparse rates.");
            }
        });
        for (Precision precision : Precision.values()) {
            figures.find(flops, precision.key(), Dimension.FLOPS_PER_SECOND)
                    .ifPresent(rate -> rates.put(precision, rate));
        }
        flops.finish();
    }

    private Optional<Node> node(String name, String label, Section section, int before) {
        Optional<Gpu> gpu = section.get("gpu")
                .flatMap(node -> catalogue.resolve(Catalogue.Kind.GPU, node, section.pathOf("gpu"), name))
                .map(Gpu.class::cast);
        Optional<Figure> count = figures.get(section, "gpus", Dimension.GPUS);
        Optional<Figure> nameplate = figures.get(section, "nameplatePower", Dimension.POWER);
        Optional<Figure> training = section.has("trainingPower")
                ? figures.find(section, "trainingPower", Dimension.POWER)
                : nameplate.map(EntryReader::derivedTrainingPower);
        section.find("trainingPower");
        Optional<Figure> fabric = figures.bandwidth(section, "fabric", Figures.Direction.OPTIONAL);
        return finished(section, before)
                ? Optional.of(new Node(
                        name,
                        label,
                        gpu.orElseThrow(),
                        count.orElseThrow(),
                        training.orElseThrow(),
                        nameplate.orElseThrow(),
                        fabric.orElseThrow()))
                : Optional.empty();
    }

    /** Where no measurement exists: the nameplate times what the nearest measured node draws of its own. */
    private static Figure derivedTrainingPower(Figure nameplate) {
        return new Figure(
                Math.rint(nameplate.value() * MEASURED_SHARE_OF_NAMEPLATE),
                BaseUnit.WATTS,
                new Origin("default: docs/model.md#power", "", Confidence.LOW));
    }

    private Optional<Site> site(String name, String label, Section section, int before) {
        Optional<Figure> effectiveness = section.has("pue")
                ? figures.find(section, "pue", Dimension.POWER_USAGE_EFFECTIVENESS)
                : Optional.of(defaultPowerUsageEffectiveness());
        section.find("pue");
        Optional<Figure> energyPrice = figures.find(section, "energyPrice", Dimension.ENERGY_PRICE);
        Optional<Figure> carbon = figures.find(section, "carbon", Dimension.CARBON);
        section.notPlannedYet("power", "racks", "rackPower");
        return finished(section, before)
                ? Optional.of(new Site(name, label, effectiveness.orElseThrow(), energyPrice, carbon))
                : Optional.empty();
    }

    static Figure defaultPowerUsageEffectiveness() {
        return new Figure(1.25, BaseUnit.FRACTION, DEFAULT_POWER_USAGE_EFFECTIVENESS);
    }
}
