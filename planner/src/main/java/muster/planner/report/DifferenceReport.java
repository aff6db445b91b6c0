package muster.planner.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.PlanDifference;
import muster.planner.domain.PlanDifference.Change;
import muster.planner.domain.PlanDifference.Leaf;
import muster.planner.report.BarChart.Bar;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Heading;
import muster.planner.report.Page.Tone;

/** What changed between two plans, for people: what was asked differently first, then what came of it. */
public final class DifferenceReport {
    private static final String ASKED = "Asked differently";
    private static final String COSTS = "Costs";
    private static final String REST = "Other";

    /** Parts of the report with the first keys of their paths. */
    private static final Map<String, List<String>> KEYS_BY_PART = parts();

    private DifferenceReport() {}

    private static Map<String, List<String>> parts() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put(ASKED, List.of("inputs"));
        parts.put("Outcome", List.of("feasible", "status", "objective", "bound", "totals", "conflict", "risk"));
        parts.put("Fleet", List.of("fleet", "increment"));
        parts.put(COSTS, List.of("costs"));
        parts.put("Limits", List.of("limits"));
        parts.put("Jobs", List.of("jobs"));
        return parts;
    }

    /** {@return the report as text, ending in a newline} */
    public static String text(PlanDifference difference, boolean colour) {
        return page(difference, colour).text();
    }

    public static String markdown(PlanDifference difference) {
        List<Block> blocks = new ArrayList<>(List.of(new Heading(1, title(difference))));
        blocks.addAll(parts(difference));
        return Blocks.markdown(blocks);
    }

    public static String html(PlanDifference difference) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : parts(difference)) {
            blocks.add(block);
            if (block instanceof Heading heading && heading.text().equals(COSTS)) {
                blocks.add(costs(difference));
            }
        }
        return Blocks.html(title(difference), blocks);
    }

    /** {@return the table of changes} The columns are those of the JSON. */
    public static String csv(PlanDifference difference) {
        return CsvText.of(
                List.of("path", "a", "b", "unit", "deltaPercent"),
                difference.changes().stream()
                        .map(change -> List.of(
                                change.path(),
                                change.a().map(Leaf::text).orElse(""),
                                change.b().map(Leaf::text).orElse(""),
                                change.unit(),
                                change.deltaPercent()
                                        .map(percent -> Decimals.plain(percent).toPlainString())
                                        .orElse("")))
                        .toList());
    }

    private static List<Block> parts(PlanDifference difference) {
        List<Block> blocks = page(difference, false).blocks();
        return blocks.subList(1, blocks.size());
    }

    private static String title(PlanDifference difference) {
        return "From " + difference.a() + " to " + difference.b();
    }

    private static Page page(PlanDifference difference, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, title(difference)).blank();
        if (difference.changes().isEmpty()) {
            page.line(Tone.GOOD, "Nothing changed: both plan the same fleet for the same question.");
            return page;
        }
        page.line(Tone.STRONG, headline(difference));
        if (difference.changes().stream().noneMatch(change -> part(change).equals(ASKED))) {
            page.line("The inputs are the same.");
        }
        List<String> parts = new ArrayList<>(KEYS_BY_PART.keySet());
        parts.add(REST);
        for (String part : parts) {
            List<Change> changes = difference.changes().stream()
                    .filter(change -> part(change).equals(part))
                    .toList();
            write(page, part, changes);
        }
        return page;
    }

    private static void write(Page page, String part, List<Change> changes) {
        List<Change> shown =
                changes.stream().filter(change -> !isDetail(change.path())).toList();
        if (changes.isEmpty()) {
            return;
        }
        page.heading(part);
        if (!shown.isEmpty()) {
            Table table = new Table("path", ">before", ">after", ">change");
            shown.forEach(change ->
                    table.row(change.path(), shown(change.a(), change), shown(change.b(), change), delta(change)));
            page.table(table);
        }
        if (shown.size() < changes.size()) {
            page.line("  %s more in the JSON: layouts, parts of steps, and where figures come from."
                    .formatted(Amounts.count(changes.size() - shown.size())));
        }
    }

    /** What only a close look needs. */
    private static boolean isDetail(String path) {
        return path.equals("bound.method")
                || path.matches("(?s)jobs\\..*\\.pools\\..*\\.(breakdown|layout|memory|schedule|sequences|micro).*")
                || path.matches("(?s)inputs\\.catalogue\\..*\\.(source|date|confidence|label)");
    }

    private static String part(Change change) {
        String first = change.path().split("\\.", 2)[0];
        return KEYS_BY_PART.entrySet().stream()
                .filter(part -> part.getValue().contains(first))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(REST);
    }

    private static String headline(PlanDifference difference) {
        List<String> parts = new ArrayList<>();
        headline(difference, "status", "", parts);
        headline(difference, "totals.usd", "", parts);
        headline(difference, "totals.days", "", parts);
        headline(difference, "totals.powerWatts", " at peak", parts);
        return parts.isEmpty() ? "Cost, days and peak power are the same." : String.join(" · ", parts);
    }

    private static void headline(PlanDifference difference, String path, String suffix, List<String> parts) {
        difference.changes().stream()
                .filter(change -> change.path().equals(path))
                .forEach(change -> parts.add("%s → %s%s%s"
                        .formatted(
                                shown(change.a(), change),
                                shown(change.b(), change),
                                suffix,
                                delta(change).isEmpty() ? "" : " (" + delta(change) + ")")));
    }

    private static String shown(Optional<Leaf> leaf, Change change) {
        return switch (leaf.orElse(null)) {
            case Leaf.Amount amount -> Amounts.amount(amount.value().doubleValue(), change.unit());
            case Leaf.Word word -> word.text();
            case Leaf.Truth truth -> truth.text();
            case null -> "none";
        };
    }

    private static String delta(Change change) {
        return change.deltaPercent()
                .map(percent -> Amounts.signedPercent(percent.doubleValue()))
                .orElse("");
    }

    private static Chart costs(PlanDifference difference) {
        List<Bar> bars = new ArrayList<>();
        for (Change change : difference.changes()) {
            if (part(change).equals(COSTS)) {
                bar(bars, change, change.a(), "before", 0);
                bar(bars, change, change.b(), "after", 1);
            }
        }
        return new Chart(
                new BarChart("costs that changed, before and after", bars).svg(),
                "Costs that changed, before and after. The table has the same values.");
    }

    private static void bar(List<Bar> bars, Change change, Optional<Leaf> leaf, String when, int colour) {
        if (leaf.orElse(null) instanceof Leaf.Amount amount) {
            bars.add(new Bar(
                    change.path().substring("costs.".length()) + ", " + when,
                    0,
                    amount.value().doubleValue(),
                    shown(leaf, change),
                    colour));
        }
    }
}
