package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import muster.planner.domain.PlanAnswer;
import tools.jackson.databind.JsonNode;

/** An answer as a table of paths and values, the paths being those of {@code --fail-if} and of the JSON. */
public final class PlanCsv {
    /** What is asked and how it was found, which the JSON has whole. */
    private static final Set<String> LEFT_OUT = Set.of("inputs", "provenance", "run");

    private static final List<String> NAMES_OF_ITEMS = List.of("pool", "job", "name", "limit");

    private PlanCsv() {}

    public static String of(PlanAnswer answer) {
        List<List<String>> rows = new ArrayList<>();
        JsonNode tree = PlanJson.tree(answer);
        tree.propertyStream()
                .filter(entry -> !LEFT_OUT.contains(entry.getKey()))
                .forEach(entry -> leaves(entry.getKey(), entry.getValue(), rows));
        return CsvText.of(List.of("path", "value"), rows);
    }

    private static void leaves(String path, JsonNode node, List<List<String>> rows) {
        if (node.isObject()) {
            node.propertyStream().forEach(entry -> leaves(path + "." + entry.getKey(), entry.getValue(), rows));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                leaves(path + "." + name(node.get(index), index), node.get(index), rows);
            }
        } else {
            rows.add(List.of(path, node.isNull() ? "" : node.isNumber() ? number(node) : node.asString()));
        }
    }

    private static String number(JsonNode node) {
        return node.decimalValue().toPlainString();
    }

    private static String name(JsonNode item, int index) {
        return NAMES_OF_ITEMS.stream()
                .filter(item::has)
                .map(key -> item.get(key).asString())
                .findFirst()
                .orElse(Integer.toString(index));
    }
}
