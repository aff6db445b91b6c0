package muster.planner.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/** Reads a scenario: everything that is asked, checked and in base units. */
public final class ScenarioReader {
    private static final String STARTED = "`muster init` writes one to start from.";

    private final Path file;
    private final Problems problems;
    private final CatalogueReading catalogue;
    private final List<String> notes = new ArrayList<>();

    private ScenarioReader(Path file, Problems problems, CatalogueReading catalogue) {
        this.file = file;
        this.problems = problems;
        this.catalogue = catalogue;
    }

    /**
     * {@return the scenario of a file, with the settings laid over it in their order}
     *
     * @throws ProfileException with all problems of the file, the settings and the catalogue entries they name
     */
    public static Scenario read(Path file, List<Setting> settings, Catalogue catalogue) throws ProfileException {
        Problems problems = new Problems();
        catalogue.checkFolders(problems);
        problems.throwIfAny();
        String shownAs = file.toString();
        Optional<YamlNode> written = YamlTree.parse(
                YamlText.read(file, shownAs, Optional.of(STARTED)), YamlTree.Source.file(shownAs), problems);
        if (written.isEmpty()) {
            problems.add(new Place(shownAs, 1, 1, false), "The file is empty.", STARTED);
            problems.throwIfAny();
        }
        YamlNode root = SettingsOverlay.apply(written.orElseThrow(), settings, problems);
        ScenarioReader reader = new ScenarioReader(file, problems, new CatalogueReading(catalogue, problems));
        Optional<Scenario> scenario = reader.scenario(root);
        problems.throwIfAny();
        return scenario.orElseThrow();
    }

    private Optional<Scenario> scenario(YamlNode root) {
        if (!(root instanceof YamlNode.Mapping)) {
            problems.add(
                    root.place(),
                    "A scenario is a mapping with the keys jobs and pools, not %s.".formatted(root.shape()));
            return Optional.empty();
        }
        Section section = Section.of(root, "", problems).orElseThrow();
        int before = problems.count();
        Optional<String> title = section.findText("scenario");
        Optional<LocalDate> start = section.findText("start").flatMap(text -> date(section, text));
        Times times = new Times(catalogue.figures(), problems, start, section.has("start"));
        Map<String, Optional<Site>> sites = new LinkedHashMap<>();
        for (NamedItems.Item item : NamedItems.of(section, "sites", false, problems)) {
            sites.put(item.name(), site(item));
        }
        PoolReader poolReader = new PoolReader(catalogue, problems, sites);
        Map<String, Optional<Pool>> pools = new LinkedHashMap<>();
        for (NamedItems.Item item : NamedItems.of(section, "pools", true, problems)) {
            pools.put(item.name(), poolReader.read(item));
        }
        JobReader jobReader = new JobReader(catalogue, problems, times, pools, notes);
        List<NamedItems.Item> jobItems = NamedItems.of(section, "jobs", true, problems);
        List<Optional<Job>> jobs = jobItems.stream().map(jobReader::read).toList();
        JobOrder.check(jobItems, problems);
        Limits limits = limits(section, times);
        List<Objective> objectives = new ObjectiveReader(problems, pools).read(section);
        long seed = seed(section);
        acceptedWithoutEffect(section);
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Scenario(
                        title.orElseGet(() -> file.getFileName().toString()),
                        file.toString(),
                        start,
                        jobs.stream().map(Optional::orElseThrow).toList(),
                        pools.values().stream().map(Optional::orElseThrow).toList(),
                        limits,
                        objectives,
                        seed,
                        notes));
    }

    private Optional<Site> site(NamedItems.Item item) {
        return catalogue
                .inline(Catalogue.Kind.SITE, item.mapping(), item.path(), item.name())
                .map(Site.class::cast);
    }

    private static Optional<LocalDate> date(Section section, String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            section.refuse("start", "(%s) is not a date.".formatted(Shown.text(text)), "2027-01-01.");
            return Optional.empty();
        }
    }

    private Limits limits(Section scenario, Times times) {
        Limits none = new Limits(Optional.empty(), Optional.empty(), Optional.empty());
        return scenario.find("limits")
                .filter(node -> !isNone(node))
                .flatMap(node -> Section.of(node, "limits", problems))
                .map(section -> {
                    Optional<Figure> deadline = stated(section, "deadline")
                            .flatMap(node -> times.read(node, "limits.deadline", Dimension.TIME));
                    Optional<Figure> budget = limit(section, "budget", Dimension.MONEY);
                    Optional<Figure> power = limit(section, "power", Dimension.POWER);
                    // Used under futures only; still a mistake when it is no percentage.
                    limit(section, "confidence", Dimension.PERCENT);
                    section.finish();
                    return new Limits(deadline, budget, power);
                })
                .orElse(none);
    }

    private Optional<Figure> limit(Section section, String key, Dimension dimension) {
        return stated(section, key).flatMap(node -> catalogue.figures().read(node, section.pathOf(key), dimension));
    }

    /** A limit that is none is no limit; it lets the command line lift one. */
    private static Optional<YamlNode> stated(Section section, String key) {
        return section.find(key).filter(node -> !isNone(node));
    }

    private static boolean isNone(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.text().equals("none");
    }

    private long seed(Section section) {
        return section.findText("seed")
                .map(text -> {
                    try {
                        return Quantities.seed(text);
                    } catch (QuantityException e) {
                        section.refuse("seed", e.getMessage(), e.maybe());
                        return 0L;
                    }
                })
                .orElse(1L);
    }

    /** Keys whose value, as far as this version accepts it, makes no difference to a plan. */
    private void acceptedWithoutEffect(Section section) {
        // Without purchases there is no capex to charge in either way.
        section.word("accounting", List.of("amortised", "cash"), false);
        for (String key : List.of("futures", "failures")) {
            if (section.find(key).filter(node -> !isNone(node)).isPresent()) {
                section.notPlannedYet(key);
            }
        }
    }
}
