package muster.planner.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lays the settings of the command line over a scenario's tree, before anything is read from it. */
final class SettingsOverlay {
    private final Setting setting;
    private final YamlNode value;
    private final Problems problems;

    private SettingsOverlay(Setting setting, YamlNode value, Problems problems) {
        this.setting = setting;
        this.value = value;
        this.problems = problems;
    }

    static YamlNode apply(YamlNode root, List<Setting> settings, Problems problems) {
        YamlNode changed = root;
        for (Setting setting : settings) {
            Optional<YamlNode> value = value(setting, problems);
            if (value.isPresent()) {
                changed = new SettingsOverlay(setting, value.get(), problems).set(changed, 0);
            }
        }
        return changed;
    }

    private static Optional<YamlNode> value(Setting setting, Problems problems) {
        YamlTree.Source source =
                new YamlTree.Source(setting.shown(), true, setting.path().length() + 2);
        Problems own = new Problems();
        try {
            YamlText.checked(setting.value(), setting.shown());
            // A value that is written as null says so on purpose; nothing at all is what a shell leaves.
            String word = StatedNothing.isWord(setting.value().strip())
                    ? setting.value().strip()
                    : "";
            YamlNode none = new YamlNode.Scalar(source.place(1, 1), word, true);
            YamlNode value = YamlTree.parse(setting.value(), source, own).orElse(none);
            own.sorted().forEach(problems::add);
            return own.count() > 0 ? Optional.empty() : Optional.of(value);
        } catch (ProfileException e) {
            e.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    /** {@return the node with the value at what remains of the path from an offset on} */
    private YamlNode set(YamlNode node, int from) {
        if (from >= setting.path().length()) {
            return value;
        }
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                String key = key(mapping, from);
                YamlNode inner = mapping.find(key).orElse(emptyParent(from));
                yield mapping.with(new YamlNode.Entry(key, place(from), set(inner, from + key.length() + 1)));
            }
            case YamlNode.Sequence list -> item(list, from);
            case YamlNode.Scalar scalar -> {
                if (scalar.isNull() || scalar.text().equals("none")) {
                    yield set(emptyParent(from), from);
                }
                String parent = setting.path().substring(0, Math.max(0, from - 1));
                problems.add(
                        place(from),
                        "%s is (%s), which has no keys.".formatted(parent, Shown.text(scalar.text())),
                        "%s={extends: %s, %s: …} changes one key of a catalogue entry."
                                .formatted(
                                        parent,
                                        Shown.text(scalar.text()),
                                        setting.path().substring(from)));
                yield scalar;
            }
        };
    }

    private YamlNode item(YamlNode.Sequence list, int from) {
        String rest = setting.path().substring(from);
        List<String> names = new ArrayList<>();
        int chosen = -1;
        int longest = -1;
        for (int index = 0; index < list.items().size(); index++) {
            Optional<String> name = nameOf(list.items().get(index));
            name.ifPresent(names::add);
            // Names may hold dots, so the longest one that the path starts with is meant.
            if (name.isPresent() && name.get().length() > longest && startsWith(rest, name.get())) {
                chosen = index;
                longest = name.get().length();
            }
        }
        if (chosen < 0) {
            String segment = rest.split("\\.", 2)[0];
            problems.add(
                    place(from),
                    "Nothing in the list %s is named (%s)."
                            .formatted(setting.path().substring(0, Math.max(0, from - 1)), Shown.text(segment)),
                    NearestNames.maybe(segment, names));
            return list;
        }
        return list.with(chosen, set(list.items().get(chosen), from + longest + 1));
    }

    private String key(YamlNode.Mapping mapping, int from) {
        String rest = setting.path().substring(from);
        return mapping.entries().stream()
                .map(YamlNode.Entry::key)
                .filter(key -> startsWith(rest, key))
                .max(Comparator.comparingInt(String::length))
                .orElse(rest.split("\\.", 2)[0]);
    }

    private static boolean startsWith(String rest, String name) {
        return !name.isEmpty() && (rest.equals(name) || rest.startsWith(name + "."));
    }

    /** Its name; the GPUs of a fleet go by their kind. */
    private static Optional<String> nameOf(YamlNode item) {
        return item instanceof YamlNode.Mapping mapping
                        && mapping.find("name").or(() -> mapping.find("gpu")).orElse(null)
                                instanceof YamlNode.Scalar name
                ? Optional.of(name.text())
                : Optional.empty();
    }

    private YamlNode emptyParent(int from) {
        return new YamlNode.Mapping(place(from), List.of());
    }

    private Place place(int offset) {
        return new Place(setting.shown(), 1, offset + 1, true);
    }
}
