package muster.planner.report;

import java.util.List;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Market;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Quote;
import muster.planner.domain.Site;
import muster.planner.domain.Stack;
import muster.planner.report.CatalogueReport.Listed;
import muster.planner.report.Page.Tone;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Entries of the catalogue with each value's source, date and confidence, as text and as JSON. */
public final class EntryReport {
    private EntryReport() {}

    public static String text(List<Listed> entries, boolean colour) {
        Page page = new Page(colour);
        for (Listed listed : entries) {
            CatalogueEntry entry = listed.entry();
            page.line(Tone.STRONG, "%s (%s %s)".formatted(entry.label(), listed.kind(), entry.name()));
            listed.insteadOf()
                    .ifPresent(file -> page.line(Tone.BAD, "  as shipped, since %s cannot be read".formatted(file)));
            if (!entry.aliases().isEmpty()) {
                page.paragraph("  also known as ", String.join(", ", entry.aliases()));
            }
            switch (entry) {
                case Node node -> page.line("  gpu: " + node.gpu().name());
                case Stack stack -> stack.basis().ifPresent(basis -> page.line("  basis: " + basis.name()));
                case Gpu wholly -> {}
                case Model wholly -> {}
                case Site wholly -> {}
                case Market wholly -> {}
            }
            Statement.of(entry).forEach(statement -> value(page, statement));
            page.blank();
        }
        return page.text().stripTrailing() + "\n";
    }

    private static void value(Page page, Statement statement) {
        page.blank();
        page.paragraph("  ", "%s  %s".formatted(statement.key(), statement.shown()));
        origin(page, "    ", statement.origin());
        if (!statement.note().isEmpty()) {
            page.paragraph("    note: ", statement.note());
        }
        statement.disagreement().ifPresent(disagreement -> {
            for (Figure other : disagreement.others()) {
                origin(page, "    not %s: ".formatted(Amounts.figure(other)), other.origin());
            }
            page.paragraph("    because ", disagreement.reason());
        });
    }

    private static void origin(Page page, String lead, Origin origin) {
        page.paragraph(
                PlanSources.isAssumed(origin) ? Tone.DOUBTFUL : Tone.PLAIN,
                lead,
                "%s%s, confidence %s"
                        .formatted(
                                origin.source(),
                                origin.date().isEmpty() ? "" : ", " + origin.date(),
                                PlanSources.confidence(origin)));
    }

    public static String json(List<Listed> entries) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", "muster/catalog/1");
        ArrayNode rows = root.putArray("entries");
        for (Listed listed : entries) {
            CatalogueEntry entry = listed.entry();
            ObjectNode row = rows.addObject().put("kind", listed.kind()).put("name", entry.name());
            row.setAll(InputsJson.entry(entry));
            row.put("file", listed.file());
            row.put("insteadOf", listed.insteadOf().orElse(null));
            ArrayNode aliases = row.putArray("aliases");
            entry.aliases().forEach(aliases::add);
            ArrayNode figures = row.putArray("figures");
            entry.figures().forEach((key, figure) -> figures.add(figure(key, figure)));
            ArrayNode events = row.putArray("exportControls");
            entry.events()
                    .forEach(event -> FigureJson.putOrigin(
                            events.addObject().put("when", event.date()).put("what", event.text()), event.origin()));
            ArrayNode quotes = row.putArray("quotes");
            entry.quotes().forEach(quote -> quotes.add(quote(quote)));
        }
        return JsonText.pretty(root);
    }

    private static ObjectNode figure(String key, Figure figure) {
        ObjectNode node = FigureJson.of(key, figure);
        if (Statement.hasDirection(key)) {
            node.put("direction", "one");
        }
        if (!figure.note().isEmpty()) {
            node.put("note", figure.note());
        }
        figure.disagreement().ifPresent(disagreement -> {
            ArrayNode others = node.putArray("others");
            disagreement.others().forEach(other -> others.add(FigureJson.of(key, other)));
            node.put("because", disagreement.reason());
        });
        return node;
    }

    private static ObjectNode quote(Quote quote) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("item", quote.item())
                .put("seller", quote.seller())
                .put("class", quote.market())
                .put("place", quote.place())
                .put("term", quote.term())
                .put("low", Decimals.shortest(quote.low().value()))
                .put("high", Decimals.shortest(quote.high().value()))
                .put("unit", quote.low().unit().symbol())
                .put("original", quote.original())
                .put("note", quote.low().note());
        FigureJson.putOrigin(node, quote.low().origin());
        return node;
    }
}
