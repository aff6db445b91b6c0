package muster.planner.report;

import java.util.Locale;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A figure as JSON, with its unit and where it comes from. */
final class FigureJson {
    private FigureJson() {}

    static ObjectNode of(String key, Figure figure) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", key)
                .put("value", Decimals.shortest(figure.value()))
                .put("unit", figure.unit().symbol());
        return putOrigin(node, figure.origin());
    }

    static ObjectNode putOrigin(ObjectNode node, Origin origin) {
        return node.put("source", origin.source())
                .put("date", origin.date())
                .put("confidence", origin.confidence().name().toLowerCase(Locale.ROOT));
    }
}
