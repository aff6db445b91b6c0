package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A YAML value with its place; aliases are already followed, so one node may hang in several places of a tree. */
sealed interface YamlNode {
    Place place();

    /** What kind of value this is, for messages. */
    String shape();

    /** Text as written; quotes matter only for {@link #isNull()}. */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String shape() {
            return isNull() ? "nothing" : "(" + Shown.text(text) + ")";
        }
    }

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        Sequence with(int index, YamlNode item) {
            List<YamlNode> changed = new ArrayList<>(items);
            changed.set(index, item);
            return new Sequence(place, changed);
        }

        @Override
        public String shape() {
            return "a list";
        }
    }

    /** Keys are unique and in file order. */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<YamlNode> find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        Mapping with(Entry added) {
            List<Entry> changed = new ArrayList<>(entries);
            for (int index = 0; index < changed.size(); index++) {
                if (changed.get(index).key().equals(added.key())) {
                    changed.set(index, added);
                    return new Mapping(place, changed);
                }
            }
            changed.add(added);
            return new Mapping(place, changed);
        }

        Mapping without(String... keys) {
            List<String> dropped = List.of(keys);
            return new Mapping(
                    place,
                    entries.stream()
                            .filter(entry -> !dropped.contains(entry.key()))
                            .toList());
        }

        @Override
        public String shape() {
            return "a mapping";
        }
    }

    record Entry(String key, Place keyPlace, YamlNode value) {}
}
