package muster.planner.profile;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/** Reads what claims are held against: failure rates and what owning costs. */
public final class YardstickReader {
    static final String FOLDER = "yardsticks";
    static final String NAME = "default";

    private final Problems problems;
    private final StatedFigures figures;
    private final Map<String, StatedFigure> byKey = new LinkedHashMap<>();

    private YardstickReader(Problems problems, CatalogueReading reading) {
        this.problems = problems;
        this.figures = new StatedFigures(problems, reading);
    }

    /**
     * {@return the catalogue's yardsticks, or those that the overlay has in their place}
     *
     * @throws ProfileException with all problems of the file
     */
    public static Yardsticks read(Catalogue catalogue) throws ProfileException {
        Problems problems = new Problems();
        catalogue.checkFolders(problems);
        problems.throwIfAny();
        Path file = catalogue
                .folder(FOLDER)
                .find(NAME)
                .orElseThrow(() -> new ProfileException(List.of(new Problem(
                        FOLDER + "/" + NAME + ".yaml", 1, 1, "The catalogue has no yardsticks.", Optional.empty()))));
        CatalogueReading reading = new CatalogueReading(catalogue, problems);
        ParsedFile parsed =
                catalogue.parsedIn(List.of(), ClaimReader.STORE, false).get(file);
        parsed.problems().forEach(problems::add);
        YamlNode.Mapping mapping = parsed.mapping().orElseThrow(() -> new ProfileException(problems.sorted()));
        reading.sourcing().register(mapping, problems);
        YardstickReader reader = new YardstickReader(problems, reading);
        Section section =
                Section.of(mapping.without("sources", "source"), "", problems).orElseThrow();
        section.findText("label");
        section.get("failures")
                .flatMap(node -> Section.of(node, "failures", problems))
                .ifPresent(reader::failures);
        reader.anyNames(section, "rents", Dimension.RENT);
        section.get("owning")
                .flatMap(node -> Section.of(node, "owning", problems))
                .ifPresent(reader::owning);
        section.get("limits")
                .flatMap(node -> Section.of(node, "limits", problems))
                .ifPresent(reader::limits);
        section.finish();
        problems.throwIfAny();
        return new Yardsticks(reader.byKey);
    }

    private void failures(Section section) {
        get(section, "perThousandNodeDays", Dimension.AMOUNT);
        get(section, "restart", Dimension.TIME);
        get(section, "checkpointInterval", Dimension.TIME);
        section.finish();
    }

    private void limits(Section section) {
        get(section, "flopsPerSecondPerGpu", Dimension.FLOPS_PER_SECOND);
        get(section, "dataCentrePower", Dimension.POWER);
        get(section, "usedPrice", Dimension.PERCENT);
        section.finish();
    }

    private void owning(Section section) {
        anyNames(section, "servers", Dimension.PRICE_PER_GPU);
        anyNames(section, "networks", Dimension.PRICE_PER_GPU);
        get(section, "twoLayerGpus", Dimension.GPU_TOTAL);
        get(section, "storage", Dimension.PRICE_PER_GPU);
        get(section, "colocation", Dimension.COLOCATION);
        get(section, "energyPrice", Dimension.ENERGY_PRICE);
        get(section, "pue", Dimension.POWER_USAGE_EFFECTIVENESS);
        get(section, "load", Dimension.PERCENT);
        get(section, "sparesPerYear", Dimension.PERCENT);
        get(section, "staffPerThousandNodes", Dimension.AMOUNT);
        get(section, "salaryPerYear", Dimension.MONEY);
        get(section, "financing", Dimension.PERCENT);
        get(section, "life", Dimension.TIME);
        get(section, "residual", Dimension.PERCENT);
        get(section, "utilisation", Dimension.PERCENT);
        section.finish();
    }

    private void get(Section section, String key, Dimension dimension) {
        figures.get(section, key, dimension).ifPresent(figure -> byKey.put(section.pathOf(key), figure));
    }

    /** Prices under names of the file's own choice: GPUs, network topologies. */
    private void anyNames(Section section, String key, Dimension dimension) {
        section.get(key)
                .flatMap(node -> Section.of(node, section.pathOf(key), problems))
                .ifPresent(named -> {
                    named.keys().forEach(name -> get(named, name, dimension));
                    named.finish();
                });
    }
}
