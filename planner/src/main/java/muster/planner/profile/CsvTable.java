package muster.planner.profile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of comma-separated values with a heading; every cell knows its place. */
final class CsvTable {
    private static final int MOST_ROWS = 100_000;
    private static final Pattern OTHER_SEPARATOR = Pattern.compile("[;\\t]");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final List<Row> rows;

    private CsvTable(List<Row> rows) {
        this.rows = rows;
    }

    List<Row> rows() {
        return rows;
    }

    /** One line under the heading. */
    record Row(String file, int line, String raw, Map<String, Integer> columns, List<String> cells) {
        /** {@return the cell, stripped; empty where it is blank or the column is absent} */
        Optional<String> find(String column) {
            Integer index = columns.get(column);
            return Optional.ofNullable(index).map(cells::get).map(String::strip).filter(text -> !text.isEmpty());
        }

        boolean hasColumn(String column) {
            return columns.containsKey(column);
        }

        Place place(String column) {
            return new Place(file, line, columnInLine(columns.getOrDefault(column, 0)), false);
        }

        /** The character at which a cell begins; a row over several lines counts in its first. */
        private int columnInLine(int index) {
            boolean quoted = false;
            int cell = 0;
            for (int i = 0; i < raw.length() && cell < index; i++) {
                char character = raw.charAt(i);
                quoted ^= character == '"';
                if (character == ',' && !quoted && ++cell == index) {
                    return i + 2;
                }
            }
            return 1;
        }
    }

    /**
     * @throws ProfileException where the text is no table, or a required column is missing
     */
    static CsvTable read(Path file, List<String> required) throws ProfileException {
        String name = file.toString();
        String text = YamlText.read(file, name);
        List<String> lines = text.lines().toList();
        Problems problems = new Problems();
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> columns = new LinkedHashMap<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                int line = Math.toIntExact(row.getStartingLineNumber());
                if (columns.isEmpty()) {
                    heading(row, new Place(name, line, 1, false), columns, required, problems);
                } else if (row.getFieldCount() != columns.size()) {
                    problems.add(
                            new Place(name, line, 1, false),
                            "This row has %d cells, the heading has %d.".formatted(row.getFieldCount(), columns.size()),
                            "quotes around a cell that holds a comma.");
                } else if (rows.size() == MOST_ROWS) {
                    problems.add(new Place(name, line, 1, false), "More than %,d rows.".formatted(MOST_ROWS));
                    break;
                } else {
                    rows.add(new Row(name, line, lines.get(line - 1), columns, row.getFields()));
                }
            }
        } catch (CsvParseException e) {
            int line = lines.isEmpty() ? 1 : lineOf(e, lines.size());
            problems.add(
                    new Place(name, line, 1, false),
                    "This is no table of comma-separated values: %s".formatted(e.getMessage()),
                    "a closing quote is missing.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (columns.isEmpty() && problems.count() == 0) {
            problems.add(
                    new Place(name, 1, 1, false), "The file is empty.", "a heading: " + String.join(",", required));
        }
        problems.throwIfAny();
        return new CsvTable(rows);
    }

    private static void heading(
            CsvRecord row, Place place, Map<String, Integer> columns, List<String> required, Problems problems) {
        for (String title : row.getFields()) {
            if (columns.put(title.strip(), columns.size()) != null) {
                problems.add(place, "The column (%s) is there twice.".formatted(Shown.text(title.strip())));
            }
        }
        if (columns.size() == 1 && OTHER_SEPARATOR.matcher(row.getField(0)).find()) {
            problems.add(
                    place, "The heading has a single column.", "commas between cells, not semicolons or tabulators.");
            return;
        }
        for (String column : required) {
            if (!columns.containsKey(column)) {
                problems.add(
                        place,
                        "The column (%s) is missing.".formatted(column),
                        NearestNames.maybe(column, List.copyOf(columns.keySet())));
            }
        }
    }

    /** The parser names the line in words only. */
    private static int lineOf(CsvParseException e, int otherwise) {
        Matcher matcher = LINE.matcher(String.valueOf(e.getMessage()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }
}
