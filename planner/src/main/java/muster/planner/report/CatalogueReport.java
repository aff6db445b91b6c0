package muster.planner.report;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Gpu;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Site;
import muster.planner.domain.Stack;
import muster.planner.report.Page.Tone;
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
            switch (entry) {
                case Node node -> page.line("  gpu: " + node.gpu().name());
                case Stack stack -> stack.basis().ifPresent(basis -> page.line("  basis: " + basis.name()));
                case Gpu wholly -> {}
                case Model wholly -> {}
                case Site wholly -> {}
            }
            entry.traits().forEach((key, trait) -> value(page, key, String.join(", ", trait.words()), trait.origin()));
            entry.figures().forEach((key, figure) -> value(page, key, Amounts.figure(figure), figure.origin()));
            page.blank();
        }
        return page.text().stripTrailing() + "\n";
    }

    private static void value(Page page, String key, String shown, Origin origin) {
        page.blank();
        page.line("  %s  %s".formatted(key, shown));
        page.paragraph(
                PlanSources.isAssumed(origin) ? Tone.DOUBTFUL : Tone.PLAIN,
                "    ",
                "%s%s, confidence %s"
                        .formatted(
                                origin.source(),
                                origin.date().isEmpty() ? "" : ", " + origin.date(),
                                PlanSources.confidence(origin)));
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
