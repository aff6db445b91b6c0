package muster.planner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned columns. A heading that begins with {@code >} sets its column to the right; the last column may wrap. */
public final class Table {
    private static final String GAP = "  ";

    private record Row(Page.Tone tone, List<String> cells) {}

    private final List<String> headings;
    private final boolean[] toTheRight;
    private final List<Row> rows = new ArrayList<>();

    public Table(String... headings) {
        this.toTheRight = new boolean[headings.length];
        for (int column = 0; column < headings.length; column++) {
            toTheRight[column] = headings[column].startsWith(">");
        }
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList();
    }

    public Table row(String... cells) {
        return row(Page.Tone.PLAIN, cells);
    }

    public Table row(Page.Tone tone, String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "A row of %d cells in a table of %d columns.".formatted(cells.length, headings.size()));
        }
        rows.add(new Row(tone, Arrays.stream(cells).map(Printable::of).toList()));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    Block asBlock() {
        List<String> marked = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            marked.add((toTheRight[column] ? ">" : "") + headings.get(column));
        }
        return new Block.Grid(marked, rows.stream().map(Row::cells).toList());
    }

    void printOn(Page page) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(headings.get(column));
            for (Row row : rows) {
                widths[column] = Math.max(widths[column], length(row.cells().get(column)));
            }
        }
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            printRow(page, Page.Tone.PLAIN, headings, widths);
        }
        rows.forEach(row -> printRow(page, row.tone(), row.cells(), widths));
    }

    private void printRow(Page page, Page.Tone tone, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        int last = widths.length - 1;
        for (int column = 0; column < last; column++) {
            line.append(GAP).append(aligned(cells.get(column), column, widths[column]));
        }
        line.append(GAP);
        int room = Page.WIDTH - length(line.toString());
        if (toTheRight[last] || length(cells.get(last)) <= room || room < 20) {
            page.print(tone, line + aligned(cells.get(last), last, widths[last]));
        } else {
            page.printParagraph(tone, line.toString(), cells.get(last));
        }
    }

    private String aligned(String cell, int column, int width) {
        String padding = " ".repeat(width - length(cell));
        return toTheRight[column] ? padding + cell : cell + padding;
    }

    /** Characters, not chars: a name outside the basic plane must not shift the columns after it. */
    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
