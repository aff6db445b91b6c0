package muster.planner.profile;

import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Site;

/** Turns the mapping of one GPU, node, model, stack, site or market into its record, wherever the mapping stood. */
final class EntryReader {
    static final Origin DEFAULT_POWER_USAGE_EFFECTIVENESS =
            new Origin("default: docs/model.md#power", "", Confidence.LOW);

    private final CatalogueReading catalogue;
    private final Problems problems;
    private final Figures figures;
    private final GpuReader gpus;
    private final NodeReader nodes;
    private final ModelReader models;
    private final StackReader stacks;
    private final QuoteReader quotes;

    EntryReader(CatalogueReading catalogue, Problems problems, Figures figures) {
        this.catalogue = catalogue;
        this.problems = problems;
        this.figures = figures;
        Traits traits = new Traits(problems, figures);
        this.gpus = new GpuReader(problems, figures, traits);
        this.nodes = new NodeReader(catalogue, problems, figures, traits);
        this.models = new ModelReader(problems, figures, traits);
        this.stacks = new StackReader(catalogue, problems, figures, traits);
        this.quotes = new QuoteReader(problems, figures);
    }

    /** {@return the entry of a section whose keys are all there; name and label are already read} */
    Optional<CatalogueEntry> read(Catalogue.Kind kind, String name, String label, Section section) {
        int before = problems.count();
        Optional<? extends CatalogueEntry> entry = switch (kind) {
            case GPU -> gpus.read(name, label, section, before);
            case NODE -> nodes.read(name, label, section, before);
            case MODEL -> models.read(name, label, section, before);
            case STACK -> stacks.read(name, label, section, before);
            case SITE -> site(name, label, section, before);
            case MARKET -> quotes.market(name, label, section, before, catalogue::hasGpu);
        };
        return entry.map(found -> found);
    }

    private Optional<Site> site(String name, String label, Section section, int before) {
        Optional<Figure> effectiveness = section.has("pue")
                ? figures.find(section, "pue", Dimension.POWER_USAGE_EFFECTIVENESS)
                : Optional.of(defaultPowerUsageEffectiveness());
        section.find("pue");
        Optional<Figure> energyPrice = figures.find(section, "energyPrice", Dimension.ENERGY_PRICE);
        Optional<Figure> carbon = figures.find(section, "carbon", Dimension.CARBON);
        Optional<Figure> colocation = figures.find(section, "colocation", Dimension.COLOCATION);
        Optional<Figure> power = figures.find(section, "power", Dimension.POWER);
        Optional<Figure> racks = figures.find(section, "racks", Dimension.COUNT);
        Optional<Figure> rackPower = figures.find(section, "rackPower", Dimension.POWER);
        if (section.has("racks") && !section.has("rackPower")) {
            section.refuse("racks", "does not say how many nodes fit in one.", "rackPower: 40 kW beside it.");
        }
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Site(
                        name,
                        label,
                        effectiveness.orElseThrow(),
                        energyPrice,
                        carbon,
                        colocation,
                        new Site.Caps(power, racks, rackPower)));
    }

    static Figure defaultPowerUsageEffectiveness() {
        return new Figure(1.25, BaseUnit.FRACTION, DEFAULT_POWER_USAGE_EFFECTIVENESS);
    }
}
