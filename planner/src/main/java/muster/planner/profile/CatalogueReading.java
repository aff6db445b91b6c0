package muster.planner.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.CatalogueEntry;

/** One pass over parts of a catalogue: loads what is named, follows {@code extends}, collects problems. */
final class CatalogueReading {
    private final Catalogue catalogue;
    private final Problems problems;
    private final Sourcing sourcing = new Sourcing();
    private final Figures figures;
    private final EntryReader entries;
    /** What was read without a problem; a node's GPU, or a stack that others rest on, is read once. */
    private final Map<Path, YamlNode.Mapping> soundFiles = new HashMap<>();

    private final Map<String, CatalogueEntry> soundEntries = new HashMap<>();
    private final ParsedFiles files;
    private Set<String> gpuNames;

    CatalogueReading(Catalogue catalogue, Problems problems) {
        this(catalogue, problems, catalogue.parsed());
    }

    /** @param files what is already parsed of the files that will be asked for */
    CatalogueReading(Catalogue catalogue, Problems problems, ParsedFiles files) {
        this.files = files;
        this.catalogue = catalogue;
        this.problems = problems;
        this.figures = new Figures(problems, sourcing);
        this.entries = new EntryReader(this, problems, figures);
    }

    boolean hasGpu(String name) {
        if (gpuNames == null) {
            gpuNames = catalogue.gpuNames();
        }
        return gpuNames.contains(name);
    }

    Figures figures() {
        return figures;
    }

    /** {@return what a catalogue name or an inline mapping stands for} */
    Optional<CatalogueEntry> resolve(Catalogue.Kind kind, YamlNode node, String path, String ownName) {
        return switch (node) {
            case YamlNode.Scalar name -> named(kind, name.text(), name.place());
            case YamlNode.Mapping mapping -> inline(kind, mapping, path, ownName);
            case YamlNode.Sequence list -> {
                problems.add(list.place(), "%s must be a name or a mapping, not a list.".formatted(path));
                yield Optional.empty();
            }
        };
    }

    /** {@return the catalogue's entry, or nothing, with a problem where it is used or in its file} */
    Optional<CatalogueEntry> named(Catalogue.Kind kind, String name, Place usedAt) {
        String key = kind.folder() + "/" + name;
        CatalogueEntry sound = soundEntries.get(key);
        if (sound != null) {
            return Optional.of(sound);
        }
        Optional<CatalogueEntry> found = fileOf(kind, name, usedAt)
                .flatMap(file ->
                        load(kind, file, usedAt, List.of()).flatMap(mapping -> entry(kind, mapping, "", stem(file))));
        found.ifPresent(entry -> soundEntries.put(key, entry));
        return found;
    }

    /** {@return the entry of a mapping that stands in the scenario} */
    Optional<CatalogueEntry> inline(Catalogue.Kind kind, YamlNode.Mapping mapping, String path, String ownName) {
        Optional<YamlNode> base = mapping.find("extends");
        YamlNode.Mapping own = mapping.without("extends");
        if (base.isEmpty()) {
            return entry(kind, own, path, ownName);
        }
        return base.flatMap(name -> baseName(name, path))
                .flatMap(name -> fileOf(kind, name.text(), name.place())
                        .flatMap(file -> load(kind, file, name.place(), List.of())))
                .flatMap(inherited -> entry(kind, merged(inherited.without(Catalogue.ALIASES), own), path, ownName));
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - Catalogue.SUFFIX.length());
    }

    private Optional<CatalogueEntry> entry(
            Catalogue.Kind kind, YamlNode.Mapping mapping, String path, String fallback) {
        return Section.of(mapping, path, problems).flatMap(section -> {
            String name = section.findText("name").orElse(fallback);
            String label = section.findText("label").orElse(name);
            return entries.read(kind, name, label, section);
        });
    }

    private Optional<Path> fileOf(Catalogue.Kind kind, String name, Place usedAt) {
        if (!Catalogue.isName(name)) {
            problems.add(
                    usedAt,
                    "(%s) cannot be a catalogue name: letters, digits, dots, - and _ only.".formatted(Shown.text(name)),
                    NearestNames.maybe(name, catalogue.names(kind)));
            return Optional.empty();
        }
        Optional<Path> file = catalogue
                .findFile(kind, name)
                .or(() -> catalogue.nameOf(kind, name).flatMap(meant -> catalogue.findFile(kind, meant)));
        if (file.isEmpty()) {
            problems.add(
                    usedAt,
                    "The catalogue has no %s named (%s).".formatted(kind.word(), Shown.text(name)),
                    NearestNames.maybe(name, catalogue.names(kind)));
        }
        return file;
    }

    private Optional<YamlNode.Mapping> load(Catalogue.Kind kind, Path file, Place usedAt, List<Path> trail) {
        if (trail.contains(file)) {
            problems.add(usedAt, "The entry extends itself, through %s.".formatted(file));
            return Optional.empty();
        }
        YamlNode.Mapping sound = soundFiles.get(file);
        if (sound != null) {
            return Optional.of(sound);
        }
        int before = problems.count();
        ParsedFile parsed = files.get(file);
        parsed.problems().forEach(problems::add);
        Optional<YamlNode.Mapping> mapping = parsed.mapping().flatMap(own -> withBase(kind, file, own, trail));
        mapping.filter(found -> problems.count() == before).ifPresent(found -> soundFiles.put(file, found));
        return mapping;
    }

    private Optional<YamlNode.Mapping> withBase(
            Catalogue.Kind kind, Path file, YamlNode.Mapping mapping, List<Path> trail) {
        sourcing.register(mapping, problems);
        YamlNode.Mapping own = mapping.without("sources", "source", "extends");
        Optional<YamlNode> base = mapping.find("extends");
        if (base.isEmpty()) {
            return Optional.of(own);
        }
        List<Path> longer = new ArrayList<>(trail);
        longer.add(file);
        return base.flatMap(node -> baseName(node, file.toString()))
                .flatMap(name -> {
                    // An overlay entry may extend the shipped entry that it replaces.
                    boolean replaced = catalogue
                            .findFile(kind, name.text())
                            .filter(file::equals)
                            .isPresent();
                    Optional<Path> baseFile = replaced
                            ? catalogue.findShippedFile(kind, name.text()).filter(shipped -> !shipped.equals(file))
                            : fileOf(kind, name.text(), name.place());
                    if (baseFile.isEmpty() && replaced) {
                        problems.add(name.place(), "The entry extends itself.");
                    }
                    // Other names are one entry's own; whoever replaces that entry takes its place.
                    return baseFile.flatMap(found -> load(kind, found, name.place(), longer))
                            .map(inherited -> replaced ? inherited : inherited.without(Catalogue.ALIASES));
                })
                .map(inherited -> merged(inherited, own));
    }

    private Optional<YamlNode.Scalar> baseName(YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar);
        }
        problems.add(node.place(), "%s: extends must be a name, not %s.".formatted(path, node.shape()));
        return Optional.empty();
    }

    /** Own keys win. Groups of values merge key by key, but a value never keeps the source of the one it replaces. */
    private static YamlNode.Mapping merged(YamlNode.Mapping base, YamlNode.Mapping own) {
        Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
        base.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (YamlNode.Entry entry : own.entries()) {
            YamlNode.Entry inherited = merged.get(entry.key());
            boolean groups = inherited != null
                    && entry.value() instanceof YamlNode.Mapping group
                    && group.find("value").isEmpty()
                    && inherited.value() instanceof YamlNode.Mapping baseGroup
                    && baseGroup.find("value").isEmpty();
            merged.put(
                    entry.key(),
                    groups
                            ? new YamlNode.Entry(
                                    entry.key(),
                                    entry.keyPlace(),
                                    merged((YamlNode.Mapping) inherited.value(), (YamlNode.Mapping) entry.value()))
                            : entry);
        }
        return new YamlNode.Mapping(own.place(), List.copyOf(merged.values()));
    }

    /** {@return the files that were read and found sound, sorted} */
    List<Path> filesRead() {
        return soundFiles.keySet().stream().sorted().toList();
    }

    /** {@return the names of all GPUs, where something asked for them; else empty} */
    List<String> gpuNamesAsked() {
        return gpuNames == null ? List.of() : gpuNames.stream().sorted().toList();
    }

    Sourcing sourcing() {
        return sourcing;
    }
}
