package muster.planner.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Gpu;
import muster.planner.domain.Market;
import muster.planner.domain.Node;
import muster.planner.profile.Catalogue;
import muster.planner.profile.Catalogue.Kind;
import muster.planner.profile.CatalogueListing;
import muster.planner.profile.NearestNames;
import muster.planner.profile.Quantities;
import muster.planner.profile.QuantityException;
import muster.planner.report.Ages;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Listed;
import muster.planner.report.CatalogueReport.Stale;
import picocli.CommandLine.Option;

/** Which entries of the catalogue are shown, and from which age on their values are called stale. */
final class CatalogueFilter {
    private static final double SECONDS_PER_DAY = 86_400;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            description = "only these kinds: gpu, node, model, stack, site, market")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--gpu",
            paramLabel = "GPU",
            description = "only this GPU (a name or an alias), nodes with it, and markets that quote it")
    private String gpu;

    @Option(
            names = "--stale",
            paramLabel = "AGE",
            description = "values older than this, such as 180d; a date without a day counts as the first of it")
    private String age;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "the day that ages are counted from (default: the newest date in the catalogue)")
    private String asOf;

    /** What was asked for, and what could not be read on the way. */
    record Answer(List<Listed> entries, Optional<Stale> stale, CatalogueListing listing) {}

    List<Kind> kinds() throws BadInput {
        List<String> words = Arrays.stream(Kind.values()).map(Kind::word).toList();
        for (String kind : kinds) {
            if (!words.contains(kind)) {
                throw new BadInput("There is no kind (%s).".formatted(kind), NearestNames.maybe(kind, words));
            }
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kinds.isEmpty() || kinds.contains(kind.word()))
                .toList();
    }

    Answer apply(Catalogue catalogue) throws BadInput {
        List<Kind> asked = kinds();
        Optional<String> gpuName = gpuName(catalogue);
        Optional<Double> days = days();
        Optional<LocalDate> day = asOf();
        // Without a day of the user's, ages count from the newest date of all entries, not only of those asked for.
        boolean readAll = days.isPresent() && day.isEmpty();
        CatalogueListing all = catalogue.list(readAll ? List.of(Kind.values()) : asked);
        List<Listed> entries = all.found().stream()
                .filter(found -> asked.contains(found.kind()))
                .flatMap(found -> listed(found, gpuName).stream())
                .toList();
        Optional<Stale> stale = days.flatMap(limit -> day.or(() -> Ages.newest(
                        all.found().stream().map(CatalogueListing.Found::entry).toList()))
                .map(from -> new Stale(from, limit)));
        return new Answer(
                stale.isEmpty()
                        ? entries
                        : entries.stream()
                                .filter(listed -> CatalogueReport.isStale(listed.entry(), stale.get()))
                                .collect(Collectors.toUnmodifiableList()),
                stale,
                all);
    }

    static Listed listed(CatalogueListing.Found found) {
        return new Listed(
                found.kind().word(),
                found.entry(),
                found.file().toString(),
                found.insteadOf().map(Path::toString));
    }

    private static Optional<Listed> listed(CatalogueListing.Found found, Optional<String> gpu) {
        Listed whole = listed(found);
        if (gpu.isEmpty()) {
            return Optional.of(whole);
        }
        String name = gpu.get();
        return switch (found.entry()) {
            case Gpu chip -> Optional.of(whole).filter(any -> chip.name().equals(name));
            case Node node -> Optional.of(whole).filter(any -> node.gpu().name().equals(name));
            case Market market ->
                quoting(market, name).map(some -> new Listed(whole.kind(), some, whole.file(), whole.insteadOf()));
            default -> Optional.empty();
        };
    }

    private static Optional<CatalogueEntry> quoting(Market market, String gpu) {
        Market some = new Market(
                market.name(),
                market.label(),
                market.quotes().stream()
                        .filter(quote -> quote.item().equals(gpu))
                        .toList());
        return some.quotes().isEmpty() ? Optional.empty() : Optional.of(some);
    }

    private Optional<String> gpuName(Catalogue catalogue) throws BadInput {
        if (gpu == null) {
            return Optional.empty();
        }
        Optional<String> name = catalogue.nameOf(Kind.GPU, gpu);
        if (name.isEmpty()) {
            throw new BadInput(
                    "The catalogue has no GPU (%s).".formatted(gpu),
                    NearestNames.maybe(gpu, catalogue.names(Kind.GPU)));
        }
        return name;
    }

    private Optional<Double> days() throws BadInput {
        if (age == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Quantities.age(age) / SECONDS_PER_DAY);
        } catch (QuantityException e) {
            throw new BadInput("--stale " + e.getMessage(), e.maybe());
        }
    }

    private Optional<LocalDate> asOf() throws BadInput {
        if (asOf == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(asOf));
        } catch (DateTimeParseException e) {
            throw new BadInput("--as-of (%s) is not a date.".formatted(asOf), Optional.of("2026-11-30."));
        }
    }
}
