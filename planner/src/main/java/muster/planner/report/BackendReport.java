package muster.planner.report;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
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
        Table table =
                new Table("name", "runs here", "bits", "M layouts/s", "to scalar", "M futures/s", "to scalar", "why");
        Optional<Backend> scalar = census.backends().stream()
                .filter(backend -> backend.name().equals("scalar"))
                .findFirst();
        OptionalDouble scalarLayouts = scalar.map(Backend::layoutsPerSecond).orElse(OptionalDouble.empty());
        OptionalDouble scalarFutures = scalar.map(Backend::futuresPerSecond).orElse(OptionalDouble.empty());
        for (Backend backend : census.backends()) {
            table.row(
                    backend.name(),
                    backend.available() ? "yes" : "no",
                    backend.laneBits().isPresent()
                            ? Integer.toString(backend.laneBits().getAsInt())
                            : "",
                    millions(backend.layoutsPerSecond()),
                    ratio(backend.layoutsPerSecond(), scalarLayouts),
                    millions(backend.futuresPerSecond()),
                    ratio(backend.futuresPerSecond(), scalarFutures),
                    backend.reason());
        }
        page.table(table);
        page.blank();
        return page.paragraph(
                        Tone.PLAIN,
                        "",
                        "Measured in this run on one core, in turn, and cuda in large batches on the whole device: a layout is one point of the lattice with step time and"
                                + " memory; a future is one of a fleet over six pools, drawn before, reduced to means and"
                                + " counts within limits.")
                .text();
    }

    private static String millions(OptionalDouble perSecond) {
        return perSecond.isPresent() ? String.format(Locale.ROOT, "%,.0f", perSecond.getAsDouble() / 1e6) : "";
    }

    private static String ratio(OptionalDouble perSecond, OptionalDouble scalar) {
        return perSecond.isPresent() && scalar.orElse(0) > 0
                ? String.format(Locale.ROOT, "%.1f ×", perSecond.getAsDouble() / scalar.getAsDouble())
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
            if (backend.device().isPresent()) {
                row.put("device", backend.device().get());
            } else {
                row.putNull("device");
            }
            putRate(row, "layoutsPerSecond", backend.layoutsPerSecond());
            putRate(row, "futuresPerSecond", backend.futuresPerSecond());
        }
        return JsonText.pretty(root);
    }

    private static void putRate(ObjectNode row, String key, OptionalDouble perSecond) {
        if (perSecond.isPresent()) {
            row.put(key, Math.rint(perSecond.getAsDouble()));
        } else {
            row.putNull(key);
        }
    }
}
