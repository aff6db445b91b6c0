package muster.planner.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Pool;
import muster.planner.report.Page.Tone;

/** Where every number of the answer comes from; what is only assumed says so in words. */
final class PlanSources {
    /** Confidence and date, and the gaps between five columns. */
    private static final int OTHER_COLUMNS = 30;

    private PlanSources() {}

    static void write(Page page, PlanAnswer answer) {
        List<Provenance> rows = Provenance.of(answer.scenario());
        page.heading("Sources");
        assumed(page, rows, answer.plan());
        table(page, rows);
    }

    /** @param what the rows are the sources of, for the warning */
    static void write(Page page, List<Provenance> rows, String what) {
        page.heading("Sources");
        long doubtful = rows.stream().filter(row -> isAssumed(row.figure())).count();
        doubt(page, doubtful, "the " + what);
        table(page, rows);
    }

    private static void doubt(Page page, long count, String what) {
        if (count > 0) {
            page.paragraph(
                    Tone.DOUBTFUL,
                    "  ",
                    "%s below %s assumed (low confidence); %s is no better than %s."
                            .formatted(
                                    Amounts.count(count, "figure"),
                                    count == 1 ? "is" : "are",
                                    what,
                                    count == 1 ? "it is" : "they are"));
        }
    }

    private static void table(Page page, List<Provenance> rows) {
        Table table = new Table("figure", ">value", "confidence", "date", "source");
        int room = Page.WIDTH
                - widest(rows, Provenance::key)
                - widest(rows, row -> Amounts.figure(row.figure()))
                - OTHER_COLUMNS;
        List<String> longSources = new ArrayList<>();
        for (Provenance row : rows) {
            Figure figure = row.figure();
            table.row(
                    isAssumed(figure) ? Tone.DOUBTFUL : Tone.PLAIN,
                    row.key(),
                    Amounts.figure(figure),
                    confidence(figure),
                    figure.origin().date(),
                    reference(figure.origin().source(), room, longSources));
        }
        page.table(table);
        for (int index = 0; index < longSources.size(); index++) {
            page.paragraph("  [%d] ".formatted(index + 1), longSources.get(index));
        }
    }

    /** Assumptions that the plan rests on are a doubt about it; those on other pools, about the choice. */
    private static void assumed(Page page, List<Provenance> rows, Optional<Plan> plan) {
        Set<Pool> used = new HashSet<>();
        plan.ifPresent(found -> found.fleet().forEach(row -> used.add(row.pool())));
        List<Provenance> doubtful =
                rows.stream().filter(row -> isAssumed(row.figure())).toList();
        long counted = doubtful.stream()
                .filter(row -> plan.isEmpty() || row.counts(used))
                .count();
        long others = doubtful.size() - counted;
        doubt(page, counted, plan.isPresent() ? "the plan" : "the answer");
        if (others > 0) {
            page.paragraph(
                    Tone.DOUBTFUL,
                    "  ",
                    "%s assumed of pools that the plan does not use: better figures may change the choice."
                            .formatted(
                                    counted > 0
                                            ? Amounts.count(others) + (others == 1 ? " more is" : " more are")
                                            : Amounts.count(others, "figure") + (others == 1 ? " is" : " are")));
        }
    }

    /** A source too long for its column becomes a number; many figures share one. */
    private static String reference(String source, int room, List<String> longSources) {
        if (source.length() <= room) {
            return source;
        }
        if (!longSources.contains(source)) {
            longSources.add(source);
        }
        return "[%d]".formatted(longSources.indexOf(source) + 1);
    }

    private static int widest(List<Provenance> rows, Function<Provenance, String> cell) {
        return rows.stream().map(cell).mapToInt(String::length).max().orElse(0);
    }

    static String confidence(Figure figure) {
        return confidence(figure.origin());
    }

    static String confidence(Origin origin) {
        return isAssumed(origin) ? "ASSUMED" : PlanText.word(origin.confidence());
    }

    static boolean isAssumed(Figure figure) {
        return isAssumed(figure.origin());
    }

    static boolean isAssumed(Origin origin) {
        return origin.confidence() == Confidence.LOW;
    }
}
