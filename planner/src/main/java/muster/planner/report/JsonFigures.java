package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.KeyUnits;
import tools.jackson.databind.JsonNode;

/** Finds figures of an answer by their path in its JSON; list items are addressed by what names them. */
final class JsonFigures {
    /** Keys whose value names an item; the first that an item has counts. */
    private static final List<String> NAMES_OF_ITEMS =
            List.of("pool", "job", "name", "key", "id", "group", "stack", "path");

    private JsonFigures() {}

    /** {@return the figure at the path; several of that name added up} */
    static Optional<PlanFigure> at(JsonNode tree, String path) {
        List<PlanFigure> found = new ArrayList<>();
        collect(tree, path, "", found);
        return found.stream().reduce(JsonFigures::together);
    }

    /** A pool used in two ways has two rows; their amounts add up. */
    private static PlanFigure together(PlanFigure first, PlanFigure second) {
        return first instanceof PlanFigure.Amount one && second instanceof PlanFigure.Amount other
                ? new PlanFigure.Amount(one.value().add(other.value()), one.unit())
                : first;
    }

    private static void collect(JsonNode node, String path, String unit, List<PlanFigure> found) {
        if (node.isObject()) {
            for (String key : node.propertyNames()) {
                rest(path, key)
                        .ifPresent(rest -> collectBelow(
                                node.get(key), rest, unit(key, node).orElse(unit), found));
            }
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                name(item).flatMap(name -> rest(path, name)).ifPresent(rest -> collectBelow(item, rest, unit, found));
            }
        }
    }

    private static void collectBelow(JsonNode node, String rest, String unit, List<PlanFigure> found) {
        if (!rest.isEmpty()) {
            collect(node, rest, unit, found);
        } else if (!node.isContainer()) {
            found.add(leaf(node, unit));
        }
    }

    private static PlanFigure leaf(JsonNode node, String unit) {
        if (node.isNumber()) {
            return new PlanFigure.Amount(node.decimalValue(), unit);
        }
        return node.isNull() ? new PlanFigure.Unstated(unit) : new PlanFigure.Word(node.asString());
    }

    /** What is left of a path after this first part; names may hold dots, so the path is not split beforehand. */
    private static Optional<String> rest(String path, String part) {
        if (path.equals(part)) {
            return Optional.of("");
        }
        return path.startsWith(part + ".") ? Optional.of(path.substring(part.length() + 1)) : Optional.empty();
    }

    private static Optional<String> name(JsonNode item) {
        return NAMES_OF_ITEMS.stream()
                .filter(item::has)
                .map(key -> item.get(key).asString())
                .findFirst();
    }

    private static Optional<String> unit(String key, JsonNode parent) {
        if (List.of("value", "limit", "slack").contains(key) && parent.has("unit")) {
            return Optional.of(parent.get("unit").asString());
        }
        if (key.equals("costs")) {
            return Optional.of("USD");
        }
        return KeyUnits.find(key);
    }
}
