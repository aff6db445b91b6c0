package muster.planner.report;

import java.math.BigDecimal;
import java.util.Optional;
import muster.planner.domain.PlanDifference;
import muster.planner.domain.PlanDifference.Change;
import muster.planner.domain.PlanDifference.Leaf;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What changed between two plans as JSON, format {@code muster/diff/1}. */
public final class DifferenceJson {
    private static final String CHANGES = "changes.";
    private static final String DELTA = ".deltaPercent";

    private DifferenceJson() {}

    /** {@return the changes as indented JSON, ending in a newline} */
    public static String of(PlanDifference difference) {
        return JsonText.pretty(tree(difference));
    }

    /**
     * {@return the figure at a path of the JSON; what did not change has changed by 0 %; empty where neither plan has it}
     */
    public static Optional<PlanFigure> find(PlanDifference difference, String path) {
        return JsonFigures.at(tree(difference), path)
                .or(() -> path.startsWith(CHANGES)
                                && path.endsWith(DELTA)
                                && path.length() > CHANGES.length() + DELTA.length()
                                && difference
                                        .compared()
                                        .contains(path.substring(CHANGES.length(), path.length() - DELTA.length()))
                        ? Optional.of(new PlanFigure.Amount(BigDecimal.ZERO, "%"))
                        : Optional.empty());
    }

    private static ObjectNode tree(PlanDifference difference) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("format", "muster/diff/1")
                .put("a", difference.a())
                .put("b", difference.b());
        ArrayNode changes = root.putArray("changes");
        for (Change change : difference.changes()) {
            ObjectNode row = changes.addObject().put("path", change.path());
            put(row, "a", change.a());
            put(row, "b", change.b());
            row.put("unit", change.unit())
                    .put(
                            "deltaPercent",
                            change.deltaPercent().map(Decimals::plain).orElse(null));
        }
        return root;
    }

    private static void put(ObjectNode row, String key, Optional<Leaf> leaf) {
        switch (leaf.orElse(null)) {
            case Leaf.Amount amount -> row.put(key, amount.value());
            case Leaf.Word word -> row.put(key, word.text());
            case Leaf.Truth truth -> row.put(key, truth.value());
            case null -> row.putNull(key);
        }
    }
}
