package muster.planner.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Figure;
import muster.planner.report.Page.Tone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the catalogue holds, as text and as JSON. */
public final class CatalogueReport {
    /** An entry under its kind: gpu, node, model, stack, site. */
    public record Listed(String kind, CatalogueEntry entry) {}

    /** Something wrong with a file of the catalogue. */
    public record Finding(String file, int line, int column, String message, Optional<String> maybe) {}

    private CatalogueReport() {}

    public static String listText(List<Listed> entries, boolean colour) {
        Page page = new Page(colour);
        Table table = new Table("kind", "name", "what");
        entries.forEach(listed ->
                table.row(listed.kind(), listed.entry().name(), listed.entry().label()));
        return page.table(table).text();
    }

    public static String listJson(List<Listed> entries) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", "muster/catalog/1");
        ArrayNode rows = root.putArray("entries");
        entries.forEach(listed -> rows.addObject()
                .put("kind", listed.kind())
                .put("name", listed.entry().name())
                .put("label", listed.entry().label()));
        return JsonText.pretty(root);
    }

    public static String showText(List<Listed> entries, boolean colour) {
        Page page = new Page(colour);
        for (Listed listed : entries) {
            CatalogueEntry entry = listed.entry();
            page.line(Tone.STRONG, "%s (%s %s)".formatted(entry.label(), listed.kind(), entry.name()));
            InputsJson.entry(entry).properties().stream()
                    .filter(property -> !List.of("label", "figures").contains(property.getKey()))
                    .forEach(property -> page.paragraph("  " + property.getKey() + ": ", words(property)));
            for (Map.Entry<String, Figure> row : entry.figures().entrySet()) {
                Figure figure = row.getValue();
                page.blank();
                page.line("  %s  %s".formatted(row.getKey(), Amounts.figure(figure)));
                page.paragraph(
                        PlanSources.isAssumed(figure) ? Tone.DOUBTFUL : Tone.PLAIN,
                        "    ",
                        "%s%s, confidence %s"
                                .formatted(
                                        figure.origin().source(),
                                        figure.origin().date().isEmpty()
                                                ? ""
                                                : ", " + figure.origin().date(),
                                        PlanSources.confidence(figure)));
            }
            page.blank();
        }
        return page.text().stripTrailing() + "\n";
    }

    private static String words(Map.Entry<String, JsonNode> property) {
        return property.getValue().isArray()
                ? String.join(
                        ", ",
                        property.getValue()
                                .valueStream()
                                .map(node -> node.asString())
                                .toList())
                : property.getValue().asString();
    }

    public static String showJson(List<Listed> entries) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", "muster/catalog/1");
        ArrayNode rows = root.putArray("entries");
        for (Listed listed : entries) {
            ObjectNode row = rows.addObject()
                    .put("kind", listed.kind())
                    .put("name", listed.entry().name());
            row.setAll(InputsJson.entry(listed.entry()));
        }
        return JsonText.pretty(root);
    }

    public static String checkText(int entryCount) {
        return Amounts.count(entryCount) + (entryCount == 1 ? " entry" : " entries") + " read, no problems.\n";
    }

    public static String checkJson(int entryCount, List<Finding> findings) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("format", "muster/catalog-check/1")
                .put("entries", entryCount);
        ArrayNode rows = root.putArray("problems");
        findings.forEach(finding -> rows.addObject()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("column", finding.column())
                .put("message", finding.message())
                .put("maybe", finding.maybe().orElse(null)));
        return JsonText.pretty(root);
    }
}
