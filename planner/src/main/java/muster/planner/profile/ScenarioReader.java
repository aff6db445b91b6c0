package muster.planner.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Accounting;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.WrittenInputs;

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
        String text = YamlText.read(file, file.toString(), Optional.of(STARTED));
        CatalogueReading reading = new CatalogueReading(catalogue, problems);
        Scenario scenario = read(file, text, settings, reading, problems);
        return scenario.withWritten(StoredInputs.of(file.toString(), text, settings, reading, catalogue));
    }

    /**
     * {@return the scenario of texts that were kept, as it was when they were read; no file is looked at}
     *
     * @throws ProfileException with all problems of the texts and settings
     */
    public static Scenario readAgain(WrittenInputs written) throws ProfileException {
        Problems problems = new Problems();
        List<Setting> settings = new ArrayList<>();
        for (String setting : written.settings()) {
            try {
                settings.add(Setting.parse(setting));
            } catch (IllegalArgumentException malformed) {
                problems.add(new Place(written.file(), 1, 1, false), malformed.getMessage());
            }
        }
        problems.throwIfAny();
        String text = YamlText.checked(written.text(), written.file());
        CatalogueReading reading = new CatalogueReading(StoredInputs.catalogue(written), problems);
        return read(Path.of(written.file()), text, settings, reading, problems).withWritten(written);
    }

    private static Scenario read(
            Path file, String text, List<Setting> settings, CatalogueReading reading, Problems problems)
            throws ProfileException {
        String shownAs = file.toString();
        Optional<YamlNode> written = YamlTree.parse(text, YamlTree.Source.file(shownAs), problems);
        if (written.isEmpty()) {
            problems.add(new Place(shownAs, 1, 1, false), "The file is empty.", STARTED);
            problems.throwIfAny();
        }
        YamlNode root = SettingsOverlay.apply(written.orElseThrow(), settings, problems);
        ScenarioReader reader = new ScenarioReader(file, problems, reading);
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
        PoolReader poolReader = new PoolReader(catalogue, problems, times, sites);
        Map<String, Optional<Pool>> pools = new LinkedHashMap<>();
        for (NamedItems.Item item : NamedItems.of(section, "pools", true, problems)) {
            pools.put(item.name(), poolReader.read(item));
        }
        checkSites(section, pools);
        JobReader jobReader = new JobReader(catalogue, problems, times, pools, notes);
        List<NamedItems.Item> jobItems = NamedItems.of(section, "jobs", true, problems);
        List<Optional<Job>> jobs = jobItems.stream().map(jobReader::read).toList();
        JobOrder.check(jobItems, problems);
        JobDates.check(jobItems, jobs, problems);
        noteIdlePools(pools, jobs);
        Limits limits = limits(section, times);
        List<Objective> objectives = new ObjectiveReader(problems, pools).read(section);
        long seed = seed(section);
        Accounting accounting = accounting(section);
        noteFinancing(pools, accounting);
        for (String key : List.of("futures", "failures")) {
            if (section.findUnlessNone(key).isPresent()) {
                section.notPlannedYet(key);
            }
        }
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
                        accounting,
                        seed,
                        notes));
    }

    /** A cap counts for all pools of a site, so two sites may not go by one name. */
    private void checkSites(Section section, Map<String, Optional<Pool>> pools) {
        Map<String, Site> siteByName = new LinkedHashMap<>();
        pools.forEach((name, pool) -> pool.flatMap(Pool::site).ifPresent(site -> {
            Site first = siteByName.putIfAbsent(site.name(), site);
            boolean capped = first != null
                    && !(first.caps().equals(Site.Caps.NONE) && site.caps().equals(Site.Caps.NONE));
            if (capped && !first.equals(site)) {
                problems.add(
                        section.placeOf("pools"),
                        "pools.%s.site is another site named (%s) than an earlier pool's, and one of them has a cap."
                                .formatted(name, site.name()),
                        "write it once, under sites, and name it in both pools.");
            }
        }));
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
        return scenario.findUnlessNone("limits")
                .flatMap(node -> Section.of(node, "limits", problems))
                .map(section -> {
                    Optional<Figure> deadline = section.findUnlessNone("deadline")
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
        return section.findUnlessNone(key)
                .flatMap(node -> catalogue.figures().read(node, section.pathOf(key), dimension));
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

    private static Accounting accounting(Section section) {
        List<String> words = Stream.of(Accounting.values()).map(Accounting::key).toList();
        return section.word("accounting", words, false)
                .map(word -> Accounting.values()[words.indexOf(word)])
                .orElse(Accounting.AMORTISED);
    }

    /** A pool may stand idle, but whoever wrote it down thought otherwise. */
    private void noteIdlePools(Map<String, Optional<Pool>> pools, List<Optional<Job>> jobs) {
        boolean allRead = jobs.size() > 1 && jobs.stream().allMatch(Optional::isPresent);
        pools.forEach((name, pool) -> pool.filter(sound ->
                        allRead && jobs.stream().flatMap(Optional::stream).noneMatch(job -> job.runsOn(sound)))
                .ifPresent(
                        idle -> notes.add("pool %s stands idle in every plan: no job can run on it".formatted(name))));
    }

    private void noteFinancing(Map<String, Optional<Pool>> pools, Accounting accounting) {
        if (accounting == Accounting.CASH) {
            pools.forEach((name, pool) -> pool.flatMap(sound -> sound.supply().buy())
                    .filter(purchase -> purchase.financingFractionPerYear().value() > 0)
                    .ifPresent(financed -> notes.add(
                            "pools.%s.buy.financing is not charged: cash accounting pays at once".formatted(name))));
        }
    }
}
