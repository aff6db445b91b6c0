package muster.planner.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a list whose items have unique names: jobs, pools, sites. */
final class NamedItems {
    static final int MOST_ITEMS = 100;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]{0,63}");

    private NamedItems() {}

    /** @param path as --set addresses the item, such as {@code pools.h800} */
    record Item(String name, String path, YamlNode.Mapping mapping) {}

    static List<Item> of(Section scenario, String key, boolean required, Problems problems) {
        Optional<YamlNode> node = required ? scenario.get(key) : scenario.find(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Sequence list)) {
            problems.add(
                    node.get().place(),
                    "%s must be a list, not %s.".formatted(key, node.get().shape()));
            return List.of();
        }
        if (list.items().isEmpty() && required) {
            problems.add(list.place(), "%s is an empty list; at least one is needed.".formatted(key));
        }
        if (list.items().size() > MOST_ITEMS) {
            problems.add(
                    list.items().get(MOST_ITEMS).place(),
                    "%s has %,d items; at most %d are planned."
                            .formatted(key, list.items().size(), MOST_ITEMS));
            return List.of();
        }
        return named(list, key, problems);
    }

    private static List<Item> named(YamlNode.Sequence list, String key, Problems problems) {
        List<Item> items = new ArrayList<>();
        Map<String, Place> firstPlaces = new HashMap<>();
        for (YamlNode node : list.items()) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                problems.add(node.place(), "An item of %s must be a mapping, not %s.".formatted(key, node.shape()));
                continue;
            }
            Optional<YamlNode> stated = mapping.find("name");
            Place place = stated.map(YamlNode::place).orElse(mapping.place());
            if (stated.isEmpty()) {
                problems.add(place, "This item of %s has no name.".formatted(key), "add name: …");
                continue;
            }
            String name = stated.get() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
            if (!NAME.matcher(name).matches()) {
                problems.add(
                        place,
                        "The name %s in %s must start with a letter or digit; then letters, digits, spaces and . _ + - may follow, up to 64."
                                .formatted(stated.get().shape(), key));
                continue;
            }
            Place first = firstPlaces.putIfAbsent(name, place);
            if (first == null) {
                items.add(new Item(name, key + "." + name, mapping));
            } else {
                problems.add(
                        place,
                        "The name (%s) stands twice in %s; the first is on line %d."
                                .formatted(name, key, first.line()));
            }
        }
        return items;
    }
}
