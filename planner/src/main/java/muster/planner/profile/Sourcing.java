package muster.planner.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import muster.planner.domain.Confidence;
import muster.planner.domain.Origin;

/**
 * Finds the origin of values. A catalogue file lists its sources once and its values name them; since every node
 * keeps its file, a value inherited through {@code extends} still finds the sources of the file it was written in.
 */
final class Sourcing {
    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

    private final Map<String, Table> tableByFile = new HashMap<>();

    /** One catalogue file's sources. */
    private record Table(Map<String, Origin> byId, Optional<Origin> fallback) {}

    /** Reads the keys {@code sources} and {@code source} of a catalogue file; from then on its values need a source. */
    void register(YamlNode.Mapping file, Problems problems) {
        Map<String, Origin> byId = new HashMap<>();
        file.find("sources").ifPresent(node -> {
            if (node instanceof YamlNode.Mapping listed) {
                listed.entries()
                        .forEach(entry -> source(entry, problems).ifPresent(origin -> byId.put(entry.key(), origin)));
            } else {
                problems.add(node.place(), "sources must be a mapping, not %s.".formatted(node.shape()));
            }
        });
        Optional<Origin> fallback = file.find("source").flatMap(node -> {
            String id = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
            Optional<Origin> found = Optional.ofNullable(byId.get(id));
            if (found.isEmpty()) {
                problems.add(
                        node.place(),
                        "source %s is not one of this file's sources.".formatted(node.shape()),
                        NearestNames.maybe(id, byId.keySet()));
            }
            return found;
        });
        tableByFile.put(file.place().file(), new Table(byId, fallback));
    }

    private static Optional<Origin> source(YamlNode.Entry entry, Problems problems) {
        int before = problems.count();
        Optional<Section> section = Section.of(entry.value(), "sources." + entry.key(), problems);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> title = section.get().text("title");
        Optional<String> url = section.get().findText("url");
        Optional<String> date = section.get().text("date").filter(text -> isDate(section.get(), text));
        Optional<Confidence> confidence = section.get().text("confidence").flatMap(text -> level(section.get(), text));
        section.get().finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Origin(
                        url.map(address -> title.orElseThrow() + ", " + address).orElseGet(title::orElseThrow),
                        date.orElseThrow(),
                        confidence.orElseThrow()));
    }

    /** The origin of a value that names no source itself. */
    Optional<Origin> ofPlain(YamlNode value, String path, Problems problems) {
        Table table = tableByFile.get(value.place().file());
        if (table == null) {
            return Optional.of(value.place().asOrigin());
        }
        if (table.fallback().isEmpty()) {
            problems.add(
                    value.place(),
                    "%s has no source.".formatted(path),
                    "{value: %s, source: ID} with the ID listed under sources."
                            .formatted(value instanceof YamlNode.Scalar scalar ? Shown.text(scalar.text()) : "…"));
        }
        return table.fallback();
    }

    /** The origin of a value written as a mapping; reads the keys source, date and confidence of it. */
    Optional<Origin> of(Section stated, YamlNode value, String path, Problems problems) {
        int before = problems.count();
        Optional<YamlNode> sourceNode = stated.find("source");
        Optional<String> named = stated.findText("source").filter(text -> {
            if (text.isBlank()) {
                sourceNode.ifPresent(node -> problems.add(node.place(), path + ".source is empty."));
            }
            return !text.isBlank();
        });
        Optional<String> date = stated.findText("date").filter(text -> isDate(stated, text));
        Optional<Confidence> confidence = stated.findText("confidence").flatMap(text -> level(stated, text));
        if (problems.count() > before) {
            return Optional.empty();
        }
        Table table = tableByFile.get(value.place().file());
        Optional<Origin> listed =
                named.map(id -> table == null ? null : table.byId().get(id));
        if (table != null && named.isPresent() && listed.isEmpty() && (date.isEmpty() || confidence.isEmpty())) {
            problems.add(
                    sourceNode.orElse(value).place(),
                    "%s.source (%s) is not listed under sources, and has no date and confidence of its own."
                            .formatted(path, Shown.text(named.get())),
                    NearestNames.maybe(named.get(), table.byId().keySet()));
            return Optional.empty();
        }
        Optional<Origin> basis = listed.or(() -> named.map(text -> new Origin(text, "", Confidence.HIGH)))
                .or(() -> ofPlain(value, path, problems));
        return basis.map(origin ->
                new Origin(origin.source(), date.orElse(origin.date()), confidence.orElse(origin.confidence())));
    }

    private static boolean isDate(Section section, String text) {
        if (DATE.matcher(text).matches()) {
            return true;
        }
        section.refuse("date", "(%s) is not a date.".formatted(Shown.text(text)), "2024-12-27, 2024-12 or 2024.");
        return false;
    }

    private static Optional<Confidence> level(Section section, String text) {
        return switch (text) {
            case "high" -> Optional.of(Confidence.HIGH);
            case "medium" -> Optional.of(Confidence.MEDIUM);
            case "low" -> Optional.of(Confidence.LOW);
            default -> {
                section.refuse(
                        "confidence", "(%s) is not a confidence.".formatted(Shown.text(text)), "high, medium or low.");
                yield Optional.empty();
            }
        };
    }
}
