package muster.planner.report;

import java.util.List;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Grid;
import muster.planner.report.Block.Heading;
import muster.planner.report.Block.Items;
import muster.planner.report.Block.Paragraph;

/** Sets the pieces of a report as text, as Markdown, or as one page for a browser. */
final class Blocks {
    private Blocks() {}

    static String text(List<Block> blocks, boolean colour) {
        Page page = new Page(colour);
        for (Block block : blocks) {
            switch (block) {
                case Heading heading -> {
                    if (heading.level() == 1) {
                        page.line(Page.Tone.STRONG, heading.text());
                    } else {
                        page.heading(heading.text());
                    }
                }
                case Paragraph paragraph -> page.paragraph(paragraph.tone(), "", paragraph.text());
                case Items items -> items.texts().forEach(item -> page.paragraph("  - ", item));
                case Grid grid -> table(page, grid);
                case Chart drawn -> {}
            }
        }
        return page.text();
    }

    private static void table(Page page, Grid grid) {
        Table table = new Table(grid.headings().toArray(String[]::new));
        grid.rows().forEach(row -> table.row(row.toArray(String[]::new)));
        page.table(table);
    }

    static String markdown(List<Block> blocks) {
        StringBuilder text = new StringBuilder(1 << 12);
        for (Block block : blocks) {
            switch (block) {
                case Heading heading ->
                    text.append("#".repeat(heading.level()))
                            .append(' ')
                            .append(markdown(heading.text()))
                            .append("\n\n");
                case Paragraph paragraph ->
                    text.append(markdown(paragraph.text())).append("\n\n");
                case Items items -> {
                    items.texts()
                            .forEach(item ->
                                    text.append("- ").append(markdown(item)).append('\n'));
                    text.append('\n');
                }
                case Grid grid -> markdown(text, grid);
                case Chart drawn -> {}
            }
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static void markdown(StringBuilder text, Grid grid) {
        row(text, grid.headings().stream().map(Blocks::bare).toList());
        row(
                text,
                grid.headings().stream()
                        .map(heading -> heading.startsWith(">") ? "---:" : "---")
                        .toList());
        grid.rows()
                .forEach(cells -> row(text, cells.stream().map(Blocks::markdown).toList()));
        text.append('\n');
    }

    private static String bare(String heading) {
        return markdown(heading.startsWith(">") ? heading.substring(1) : heading);
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** {@return text that is neither markup nor HTML in Markdown} */
    static String markdown(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        Printable.of(text).codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '#', '!' ->
                    safe.append('\\').appendCodePoint(codePoint);
                default -> safe.appendCodePoint(codePoint);
            }
        });
        return safe.toString();
    }

    /** {@return one page, without network} */
    static String html(String title, List<Block> blocks) {
        HtmlPage page = new HtmlPage(title);
        for (Block block : blocks) {
            switch (block) {
                case Heading heading -> {
                    switch (heading.level()) {
                        case 1 -> page.part(heading.text());
                        case 2 -> page.heading(heading.text());
                        default -> page.subheading(heading.text());
                    }
                }
                case Paragraph paragraph -> {
                    if (paragraph.tone() == Page.Tone.PLAIN) {
                        page.paragraph(paragraph.text());
                    } else {
                        page.verdict(paragraph.tone(), paragraph.text());
                    }
                }
                case Items items -> page.items(items.texts());
                case Grid grid -> page.table(grid.headings(), grid.rows());
                case Chart chart -> page.chart(chart.svg(), chart.caption());
            }
        }
        return page.text();
    }
}
