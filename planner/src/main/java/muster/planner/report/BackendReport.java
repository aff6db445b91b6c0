package muster.planner.report;

import java.util.Locale;
import java.util.Optional;
import muster.planner.domain.BackendCensus;
import muster.planner.domain.BackendCensus.Backend;
import muster.planner.report.Page.Tone;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which back ends run here and how fast, as text and as JSON. */
public final class BackendReport {
    private BackendReport() {}

    public static String text(BackendCensus census, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, "Back ends of the hot arithmetic; all give the same bits");
        page.line("chosen: " + census.chosen());
        page.blank();
        Table table = new Table("name", "runs here", "bits", "M layouts/s", "against scalar", "why");
        Optional<Double> scalar = census.backends().stream()
                .filter(backend -> backend.name().equals("scalar"))
                .map(backend -> backend.layoutsPerSecond().orElse(0))
                .findFirst();
        for (Backend backend : census.backends()) {
            table.row(
                    backend.name(),
                    backend.available() ? "yes" : "no",
                    backend.laneBits().isPresent()
                            ? Integer.toString(backend.laneBits().getAsInt())
                            : "",
                    millions(backend),
                    ratio(backend, scalar.orElse(0.0)),
                    backend.reason());
        }
        page.table(table);
        page.blank();
        return page.paragraph(
                        Tone.PLAIN,
                        "",
                        "Measured in this run on one core, in turn: a layout is one point of the lattice with step time and"
                                + " memory. Futures have no kernel yet.")
                .text();
    }

    private static String millions(Backend backend) {
        return backend.layoutsPerSecond().isPresent()
                ? String.format(Locale.ROOT, "%,.0f", backend.layoutsPerSecond().getAsDouble() / 1e6)
                : "";
    }

    private static String ratio(Backend backend, double scalar) {
        return backend.layoutsPerSecond().isPresent() && scalar > 0
                ? String.format(
                        Locale.ROOT, "%.1f ×", backend.layoutsPerSecond().getAsDouble() / scalar)
                : "";
    }

    public static String json(BackendCensus census) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", "muster/backends/1");
        root.put("chosen", census.chosen());
        ArrayNode rows = root.putArray("backends");
        for (Backend backend : census.backends()) {
            ObjectNode row = rows.addObject()
                    .put("name", backend.name())
                    .put("available", backend.available())
                    .put("reason", backend.reason());
            if (backend.laneBits().isPresent()) {
                row.put("laneBits", backend.laneBits().getAsInt());
            } else {
                row.putNull("laneBits");
            }
            row.putNull("device");
            if (backend.layoutsPerSecond().isPresent()) {
                row.put("layoutsPerSecond", Math.rint(backend.layoutsPerSecond().getAsDouble()));
            } else {
                row.putNull("layoutsPerSecond");
            }
            row.putNull("futuresPerSecond");
        }
        return JsonText.pretty(root);
    }
}
