package muster.planner.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Rounding;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.report.Block.Grid;
import muster.planner.report.Block.Items;

/** The checks of a claim: stated against derived, by how much they differ, what is to be said, and the formulas. */
final class CheckBlocks {
    /** Of more checks that hold within rounding, JSON has the ranges. */
    private static final int MOST_ROUNDINGS = 3;

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private CheckBlocks() {}

    static void add(List<Block> blocks, int level, ClaimAnswer answer, SourceNumbers numbers) {
        List<Check> checks = answer.checks();
        List<Block> content = new ArrayList<>();
        HoursChart.of(checks).ifPresent(content::add);
        content.add(new Grid(
                List.of("check", ">stated", ">from the others", ">off by", "verdict"),
                checks.stream()
                        .map(check -> List.of(
                                check.name(),
                                Ranges.of(check.stated(), check.unit()),
                                Ranges.of(check.derived(), check.unit()),
                                difference(check),
                                check.verdict().ofCheck()))
                        .toList()));
        List<String> notes = notes(checks);
        if (!notes.isEmpty()) {
            content.add(new Items(notes));
        }
        ClaimReport.section(blocks, level, "Checks", content);
        ClaimReport.section(blocks, level, "Formulas", List.of(new Items(ClaimFormulas.of(checks, numbers))));
        readings(blocks, level, checks);
    }

    private static String difference(Check check) {
        return check.differencePercent().map(CheckBlocks::signed).orElse("–");
    }

    /** {@return by how much the derived figure is above the stated one (+) or below it, with two digits that count} */
    static String signed(double percent) {
        double size = Math.abs(percent);
        if (size < 1e-6) {
            return "0 %";
        }
        if (percent > 1_000) {
            BigDecimal times = BigDecimal.valueOf(1 + percent / 100).round(THREE_DIGITS);
            return String.format(Locale.ROOT, "× %,." + Math.max(0, times.scale()) + "f", times);
        }
        int places = size >= 10 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
        String digits = Amounts.decimal(percent, places);
        return size < 0.0005 ? "< 0.001 %" : (percent > 0 ? "+" : "") + digits + " %";
    }

    /** One line for all checks of which the same is to be said. */
    private static List<String> notes(List<Check> checks) {
        Map<String, List<String>> checksByNote = new LinkedHashMap<>();
        boolean few = checks.stream().filter(Check::holdsByRounding).count() <= MOST_ROUNDINGS;
        for (Check check : checks) {
            if (check.holdsByRounding()) {
                note(
                        checksByNote,
                        check,
                        few ? rounding(check.rounding().orElseThrow(), check.unit()) : "only rounding lets these hold");
            }
            if (!check.note().isEmpty()) {
                note(checksByNote, check, check.note());
            }
        }
        return checksByNote.entrySet().stream()
                .map(entry -> ClaimFormulas.names(entry.getValue()) + ": " + entry.getKey() + ".")
                .toList();
    }

    private static void note(Map<String, List<String>> checksByNote, Check check, String note) {
        checksByNote.computeIfAbsent(note, text -> new ArrayList<>()).add(check.name());
    }

    private static String rounding(Rounding rounding, String unit) {
        return "holds within rounding: what is stated stands for %s, the others for %s"
                .formatted(Ranges.fine(rounding.stated(), unit), Ranges.fine(rounding.derived(), unit));
    }

    private static void readings(List<Block> blocks, int level, List<Check> checks) {
        List<List<String>> rows = checks.stream()
                .flatMap(check -> check.readings().stream())
                .map(reading -> List.of(
                        reading.reading(),
                        Ranges.of(reading.derived(), reading.unit()),
                        reading.verdict() == Verdict.CONTRADICTED ? "ruled out" : "plausible"))
                .toList();
        if (!rows.isEmpty()) {
            ClaimReport.section(
                    blocks,
                    level,
                    "Other readings of the cost to operate",
                    List.of(new Grid(List.of("read as", ">comes to", ""), rows)));
        }
    }
}
