package muster.planner.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the catalogue holds and how well it is sourced, as text and as JSON. */
public final class CatalogueReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * An entry under its kind: gpu, node, model, stack, site, market.
     *
     * @param insteadOf the user's file that cannot be read, where a shipped entry stands in for it; else empty
     */
    public record Listed(String kind, CatalogueEntry entry, String file, Optional<String> insteadOf) {}

    /** Something wrong with a file of the catalogue. */
    public record Finding(String file, int line, int column, String message, Optional<String> maybe) {}

    /** From which day ages are counted, and beyond how many days a value is listed as stale. */
    public record Stale(LocalDate asOf, double days) {
        boolean holds(Statement statement) {
            String date = statement.origin().date();
            return !date.isEmpty() && Ages.days(date, asOf) > days;
        }
    }

    private CatalogueReport() {}

    /** {@return a row per entry, or, where stale values are asked for, a row per such value} */
    public static String listText(List<Listed> entries, Optional<Stale> stale, boolean colour) {
        Page page = new Page(colour);
        if (stale.isPresent()) {
            return staleText(page, entries, stale.get()).text();
        }
        Table table = new Table("kind", "name", ">values", "newest", ">assumed", ">disputed", "what");
        for (Listed listed : entries) {
            List<Statement> statements = Statement.of(listed.entry());
            List<String> dates = Ages.dates(statements);
            table.row(
                    listed.insteadOf().isPresent() ? Page.Tone.BAD : Page.Tone.PLAIN,
                    listed.kind(),
                    listed.entry().name(),
                    Amounts.count(statements.size()),
                    dates.isEmpty() ? "" : dates.getLast(),
                    count(assumed(statements)),
                    count(disputed(statements)),
                    listed.entry().label()
                            + (listed.insteadOf().isPresent() ? " (shipped; yours cannot be read)" : ""));
        }
        return page.table(table).text();
    }

    private static Page staleText(Page page, List<Listed> entries, Stale stale) {
        Table table = new Table("kind", "name", ">age", "date", "value", "key");
        int values = 0;
        for (Listed listed : entries) {
            for (Statement statement : Statement.of(listed.entry())) {
                values++;
                if (stale.holds(statement)) {
                    String date = statement.origin().date();
                    table.row(
                            listed.kind(),
                            listed.entry().name(),
                            Amounts.count(Ages.days(date, stale.asOf())) + " d",
                            date,
                            shortened(statement.shown()),
                            statement.key());
                }
            }
        }
        long count = entries.stream()
                .flatMap(listed -> Statement.of(listed.entry()).stream())
                .filter(stale::holds)
                .count();
        page.line("%s of %s older than %s on %s."
                .formatted(
                        Amounts.count(count),
                        Amounts.count(values, "value"),
                        Amounts.days(stale.days()),
                        stale.asOf()));
        return table.isEmpty() ? page : page.blank().table(table);
    }

    private static String shortened(String shown) {
        return shown.length() <= 24 ? shown : shown.substring(0, 23) + "…";
    }

    private static String count(long count) {
        return count == 0 ? "" : Amounts.count(count);
    }

    private static long assumed(List<Statement> statements) {
        return statements.stream().filter(Statement::isAssumed).count();
    }

    private static long disputed(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> statement.disagreement().isPresent())
                .count();
    }

    /** {@return whether any value of the entry is an assumption} */
    public static boolean isAssumed(CatalogueEntry entry) {
        return assumed(Statement.of(entry)) > 0;
    }

    /** {@return whether sources disagree on any value of the entry} */
    public static boolean isDisputed(CatalogueEntry entry) {
        return disputed(Statement.of(entry)) > 0;
    }

    /** {@return whether any value of the entry is too old} */
    public static boolean isStale(CatalogueEntry entry, Stale stale) {
        return Statement.of(entry).stream().anyMatch(stale::holds);
    }

    public static String listJson(List<Listed> entries, Optional<Stale> stale) {
        ObjectNode root = NODES.objectNode().put("format", "muster/catalog/1");
        root.put("asOf", stale.map(limit -> limit.asOf().toString()).orElse(null));
        ArrayNode rows = root.putArray("entries");
        for (Listed listed : entries) {
            CatalogueEntry entry = listed.entry();
            List<Statement> statements = Statement.of(entry);
            List<String> dates = Ages.dates(statements);
            ObjectNode row = rows.addObject()
                    .put("kind", listed.kind())
                    .put("name", entry.name())
                    .put("label", entry.label());
            ArrayNode aliases = row.putArray("aliases");
            entry.aliases().forEach(aliases::add);
            row.put("file", listed.file());
            row.put("insteadOf", listed.insteadOf().orElse(null));
            row.put("values", statements.size());
            row.put("assumed", assumed(statements));
            row.put("disputed", disputed(statements));
            row.put("oldest", dates.isEmpty() ? null : dates.getFirst());
            row.put("newest", dates.isEmpty() ? null : dates.getLast());
            stale.ifPresent(limit -> putStale(row.putArray("stale"), "", statements, limit));
        }
        return JsonText.pretty(root);
    }

    private static void putStale(ArrayNode rows, String prefix, List<Statement> statements, Stale stale) {
        statements.stream()
                .filter(stale::holds)
                .forEach(statement -> rows.addObject()
                        .put("key", prefix + statement.key())
                        .put("value", statement.shown())
                        .put("date", statement.origin().date())
                        .put("ageDays", Ages.days(statement.origin().date(), stale.asOf())));
    }

    /** {@return the summary of a catalogue without problems} */
    public static String checkText(int entryCount, List<Listed> entries, Optional<Stale> stale, boolean colour) {
        Page page = new Page(colour);
        stale.ifPresent(limit -> staleText(page, entries, limit).blank());
        List<Statement> statements = entries.stream()
                .flatMap(listed -> Statement.of(listed.entry()).stream())
                .toList();
        page.line("%s; %s assumed, as nobody published them; sources disagree on %s."
                .formatted(
                        Amounts.count(statements.size(), "value"),
                        Amounts.count(assumed(statements)),
                        Amounts.count(disputed(statements))));
        page.line(Amounts.count(entryCount) + (entryCount == 1 ? " entry" : " entries") + " read, no problems.");
        return page.text();
    }

    public static String checkJson(
            int entryCount, List<Finding> findings, List<Listed> entries, Optional<Stale> stale) {
        ObjectNode root =
                NODES.objectNode().put("format", "muster/catalog-check/1").put("entries", entryCount);
        List<Statement> statements = new ArrayList<>();
        entries.forEach(listed -> statements.addAll(Statement.of(listed.entry())));
        root.put("values", statements.size());
        root.put("assumed", assumed(statements));
        root.put("disputed", disputed(statements));
        root.put("asOf", stale.map(limit -> limit.asOf().toString()).orElse(null));
        ArrayNode rows = root.putArray("problems");
        findings.forEach(finding -> rows.addObject()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("column", finding.column())
                .put("message", finding.message())
                .put("maybe", finding.maybe().orElse(null)));
        stale.ifPresent(limit -> {
            ArrayNode old = root.putArray("stale");
            entries.forEach(listed -> putStale(
                    old, listed.kind() + "s." + listed.entry().name() + ".", Statement.of(listed.entry()), limit));
        });
        return JsonText.pretty(root);
    }
}
