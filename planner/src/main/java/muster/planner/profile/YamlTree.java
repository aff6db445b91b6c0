package muster.planner.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Builds our own nodes from the parser's events, so that depth, size and aliases are bounded while reading and every
 * key keeps its place.
 */
final class YamlTree {
    static final int MOST_LEVELS = 100;
    static final int MOST_ALIASES = 50;
    /** Counted as if every alias were written out. */
    static final int MOST_NODES = 100_000;

    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Set<String> ALLOWED_TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");

    /** Turns the parser's marks into places of one file, or of one setting whose value starts at a column. */
    record Source(String file, boolean commandLine, int firstColumn) {
        static Source file(String shownAs) {
            return new Source(shownAs, false, 1);
        }

        Place place(int line, int column) {
            return new Place(file, line, line == 1 ? column + firstColumn - 1 : column, commandLine);
        }
    }

    private record Anchored(YamlNode node, int size) {}

    private final Source source;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events;
    private Place last;
    private int nodes;
    private int aliases;

    private YamlTree(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.last = source.place(1, 1);
    }

    /**
     * {@return the root, or nothing for a document without content}
     *
     * @param problems takes what reading can go on after; anything else is thrown together with it
     */
    static Optional<YamlNode> parse(String text, Source source, Problems problems) throws ProfileException {
        return new YamlTree(source, problems).document(text);
    }

    private Optional<YamlNode> document(String text) throws ProfileException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(YamlText.MOST_BYTES)
                .setLabel(source.file())
                .build();
        events = new Parse(settings).parseString(text).iterator();
        next(); // stream start
        if (next() instanceof StreamEndEvent) {
            return Optional.empty();
        }
        YamlNode root = node(next(), 1);
        next(); // document end
        if (next() instanceof DocumentStartEvent) {
            throw fatal(last, "A second document starts here; one is allowed.", Optional.of("remove the line ---."));
        }
        return root instanceof YamlNode.Scalar scalar && scalar.isNull() ? Optional.empty() : Optional.of(root);
    }

    private Event next() throws ProfileException {
        try {
            Event event = events.next();
            event.getStartMark().ifPresent(mark -> last = place(mark));
            return event;
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(this::place).orElse(last);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw fatal(place, "This is not valid YAML: " + context + e.getProblem() + ".", Optional.empty());
        } catch (RuntimeException e) {
            // The scanner lets some number and character conversions escape, such as "\UFFFFFFFF".
            throw fatal(
                    last, "This is not valid YAML, here or shortly after: " + e.getMessage() + ".", Optional.empty());
        }
    }

    private Place place(Mark mark) {
        return source.place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private YamlNode node(Event event, int level) throws ProfileException {
        Place place = last;
        int before = nodes;
        grow(1, place);
        if (event instanceof AliasEvent alias) {
            return followed(alias, place);
        }
        if (level > MOST_LEVELS) {
            throw fatal(place, "Values nest deeper than %d levels here.".formatted(MOST_LEVELS), Optional.empty());
        }
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case MappingStartEvent start -> mapping(start, place, level);
            case CollectionStartEvent start -> sequence(start, place, level);
            default -> throw fatal(place, "A value was expected here.", Optional.empty());
        };
        if (event instanceof NodeEvent anchored) {
            int size = nodes - before;
            anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, size)));
        }
        return node;
    }

    private YamlNode followed(AliasEvent alias, Place place) throws ProfileException {
        String name = alias.getAlias().getValue();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw fatal(
                    place, "The alias (*%s) has no anchor before it.".formatted(Shown.text(name)), Optional.empty());
        }
        aliases++;
        if (aliases > MOST_ALIASES) {
            throw fatal(
                    place, "More than %d aliases are used.".formatted(MOST_ALIASES), Optional.of("write values out."));
        }
        grow(anchored.size(), place);
        return anchored.node();
    }

    private void grow(int by, Place place) throws ProfileException {
        nodes += by;
        if (nodes > MOST_NODES) {
            throw fatal(
                    place,
                    "More than %,d values stand in this file, aliases written out.".formatted(MOST_NODES),
                    Optional.empty());
        }
    }

    private YamlNode scalar(ScalarEvent event, Place place) {
        refuseTag(event.getTag(), place);
        return new YamlNode.Scalar(place, event.getValue(), event.isPlain());
    }

    private YamlNode sequence(CollectionStartEvent start, Place place, int level) throws ProfileException {
        refuseTag(start.getTag(), place);
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); !(event instanceof SequenceEndEvent); event = next()) {
            items.add(node(event, level + 1));
        }
        return new YamlNode.Sequence(place, items);
    }

    private YamlNode mapping(MappingStartEvent start, Place place, int level) throws ProfileException {
        refuseTag(start.getTag(), place);
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = next(); !(event instanceof MappingEndEvent); event = next()) {
            Place keyPlace = last;
            YamlNode key = node(event, level + 1);
            YamlNode value = node(next(), level + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                problems.add(keyPlace, "A key must be a name, not %s.".formatted(key.shape()));
            } else if (name.plain() && name.text().equals("<<")) {
                problems.add(keyPlace, "The merge key (<<) is not supported.", "write the keys out.");
            } else {
                add(entries, new YamlNode.Entry(name.text(), keyPlace, value));
            }
        }
        return new YamlNode.Mapping(place, List.copyOf(entries.values()));
    }

    private void add(Map<String, YamlNode.Entry> entries, YamlNode.Entry added) {
        YamlNode.Entry first = entries.putIfAbsent(added.key(), added);
        if (first != null) {
            problems.add(
                    added.keyPlace(),
                    "The key (%s) stands twice; the first is on line %d."
                            .formatted(Shown.text(added.key()), first.keyPlace().line()),
                    "remove one of them.");
        }
    }

    private void refuseTag(Optional<String> tag, Place place) {
        tag.filter(text -> !(text.startsWith(CORE_TAG) && ALLOWED_TAGS.contains(text.substring(CORE_TAG.length()))))
                .ifPresent(text -> problems.add(
                        place, "The type tag (%s) is not allowed.".formatted(Shown.text(text)), "leave it out."));
    }

    private ProfileException fatal(Place place, String message, Optional<String> maybe) {
        problems.add(place, message, maybe);
        return new ProfileException(problems.sorted());
    }
}
