package muster.planner.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what {@code after} says: known jobs, and an order that can be kept. */
final class JobOrder {
    private final Map<String, NamedItems.Item> itemByName = new LinkedHashMap<>();
    private final Problems problems;
    private final Set<String> settled = new HashSet<>();

    private JobOrder(List<NamedItems.Item> items, Problems problems) {
        items.forEach(item -> itemByName.put(item.name(), item));
        this.problems = problems;
    }

    static void check(List<NamedItems.Item> items, Problems problems) {
        JobOrder order = new JobOrder(items, problems);
        items.forEach(order::checkNames);
        items.forEach(item -> order.follow(item.name(), new ArrayList<>()));
    }

    /** {@return the names under after: a list, or a single one} */
    static List<String> after(YamlNode.Mapping job) {
        return nodes(job).stream()
                .filter(YamlNode.Scalar.class::isInstance)
                .map(node -> ((YamlNode.Scalar) node).text())
                .toList();
    }

    private static List<YamlNode> nodes(YamlNode.Mapping job) {
        return job.find("after")
                .map(node -> node instanceof YamlNode.Sequence list ? list.items() : List.of(node))
                .orElse(List.of());
    }

    private void checkNames(NamedItems.Item item) {
        Set<String> seen = new HashSet<>();
        for (YamlNode node : nodes(item.mapping())) {
            String name = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
            String path = item.path() + ".after";
            if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
                continue; // reported as a key without a value
            }
            if (name.equals(item.name())) {
                problems.add(node.place(), "%s (%s) names the job itself.".formatted(path, name));
            } else if (!itemByName.containsKey(name)) {
                List<String> others = itemByName.keySet().stream()
                        .filter(other -> !other.equals(item.name()))
                        .toList();
                problems.add(
                        node.place(),
                        "%s %s is not the name of a job.".formatted(path, node.shape()),
                        NearestNames.maybe(name, others));
            } else if (!seen.add(name)) {
                problems.add(node.place(), "%s (%s) stands twice.".formatted(path, name));
            }
        }
    }

    /** Depth is bounded by the number of jobs. */
    private void follow(String name, List<String> trail) {
        int start = trail.indexOf(name);
        if (start >= 0) {
            reportCycle(trail.subList(start, trail.size()));
            return;
        }
        if (settled.contains(name) || !itemByName.containsKey(name)) {
            return;
        }
        trail.add(name);
        for (String before : after(itemByName.get(name).mapping())) {
            if (!before.equals(name)) {
                follow(before, trail);
            }
        }
        trail.removeLast();
        settled.add(name);
    }

    private void reportCycle(List<String> cycle) {
        NamedItems.Item first = itemByName.get(cycle.getFirst());
        problems.add(
                nodes(first.mapping()).getFirst().place(),
                "Jobs wait for each other: %s after %s.".formatted(String.join(" after ", cycle), cycle.getFirst()));
    }
}
