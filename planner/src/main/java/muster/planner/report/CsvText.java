package muster.planner.report;

import java.util.List;
import java.util.stream.Collectors;

/** Tables as comma-separated values (RFC 4180), with cells that no spreadsheet takes for a formula. */
final class CsvText {
    /** What spreadsheets read as the start of a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

    private CsvText() {}

    static String of(List<String> headings, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(1 << 12);
        line(text, headings);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /** {@return the cell, quoted where it must be; text that begins like a formula gets an apostrophe before it} */
    static String cell(String raw) {
        String printable = Printable.of(raw);
        String stripped = printable.stripLeading();
        boolean formula = !stripped.isEmpty()
                && FORMULA_STARTS.indexOf(stripped.charAt(0)) >= 0
                && !printable.matches("-?\\d+(\\.\\d+)?");
        String safe = formula ? "'" + printable : printable;
        boolean quoted =
                safe.chars().anyMatch(unit -> unit == ',' || unit == '"' || unit == '\n') || !safe.equals(safe.strip());
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
