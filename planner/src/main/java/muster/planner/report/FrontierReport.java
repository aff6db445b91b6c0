package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import muster.planner.domain.Axis;
import muster.planner.domain.FrontierAnswer;
import muster.planner.domain.FrontierAnswer.Point;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Heading;
import muster.planner.report.Page.Tone;

/** A frontier for people: a table with a plan in each row, and in pages for browsers a chart of it. */
public final class FrontierReport {
    private static final String TABLE = "Plans that no other beats";

    private FrontierReport() {}

    /** {@return the report as text, ending in a newline} */
    public static String text(FrontierAnswer answer, boolean colour) {
        return page(answer, colour).text();
    }

    public static String markdown(FrontierAnswer answer) {
        List<Block> blocks =
                new ArrayList<>(List.of(new Heading(1, answer.scenario().title())));
        blocks.addAll(parts(answer));
        return Blocks.markdown(blocks);
    }

    public static String html(FrontierAnswer answer) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : parts(answer)) {
            blocks.add(block);
            if (block instanceof Heading heading && heading.text().equals(TABLE)) {
                blocks.addAll(charts(answer));
            }
        }
        return Blocks.html(answer.scenario().title(), blocks);
    }

    public static String csv(FrontierAnswer answer) {
        return CsvText.of(
                List.of("point", "usd", "days", "powerWatts", "gpuHours", "energyKwh", "fleet", "status"),
                answer.points().stream()
                        .map(point -> csv(answer.points().indexOf(point) + 1, point.answer()))
                        .toList());
    }

    private static List<String> csv(int number, PlanAnswer answer) {
        Plan.Totals totals = answer.plan().orElseThrow().totals();
        return List.of(
                Integer.toString(number),
                Decimals.usd(totals.microUsd()).toPlainString(),
                Decimals.days(totals.finishMicros()).toPlainString(),
                Decimals.thousandths(totals.peakMilliwatts()).toPlainString(),
                Decimals.shortest(totals.gpuHours()).toPlainString(),
                Decimals.shortest(totals.energyJoules() / 3.6e6).toPlainString(),
                FleetWords.of(answer.plan().orElseThrow()),
                answer.status().key());
    }

    private static List<Block> parts(FrontierAnswer answer) {
        List<Block> blocks = page(answer, false).blocks();
        return blocks.subList(1, blocks.size());
    }

    private static Page page(FrontierAnswer answer, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, answer.scenario().title()).blank();
        headline(page, answer);
        answer.conflict().ifPresent(conflict -> NoPlanText.conflict(page, conflict, answer.scenario()));
        if (!answer.points().isEmpty()) {
            page.heading(TABLE);
            page.table(table(answer.points(), answer.axes()));
            page.blank();
            page.paragraph("  ", "The fleet is the most nodes busy at once. " + remark(answer));
            page.heading("How to go on");
            page.paragraph(
                    "  ",
                    "-o json holds each plan whole; jq '.points[0].plan' takes the first one out, for explain and diff."
                            + " Each is the best plan of this scenario with its "
                            + others(answer.axes()) + " as " + (answer.axes().size() == 3 ? "limits." : "limit."));
        }
        return page;
    }

    private static void headline(Page page, FrontierAnswer answer) {
        String axes = words(answer.axes(), " and ");
        int count = answer.points().size();
        switch (answer.status()) {
            case INFEASIBLE -> page.line(Tone.BAD, "Infeasible, proved: no fleet keeps all the limits.");
            case UNKNOWN -> page.line(Tone.DOUBTFUL, "Unknown: no plan was found, and nothing was proved.");
            case OPTIMAL ->
                page.paragraph(
                        Tone.GOOD,
                        "",
                        "%s on the frontier of %s, proved: no plan is better on one and worse on none."
                                .formatted(Amounts.count(count, "plan"), axes));
            case FEASIBLE ->
                page.paragraph(
                        Tone.DOUBTFUL,
                        "",
                        "%s, none of which is beaten by another on %s; plans that beat them were not all excluded."
                                .formatted(Amounts.count(count, "plan"), axes));
        }
    }

    private static String remark(FrontierAnswer answer) {
        if (answer.complete()) {
            return "These are all plans of this kind.";
        }
        return !answer.run().reproducible()
                ? "Cut short, by --time or Ctrl-C, before it had them all."
                : "Between them there may be more: raise --points.";
    }

    private static String others(List<Axis> axes) {
        Axis minimised = axes.contains(Axis.COST) ? Axis.COST : Axis.DAYS;
        return words(axes.stream().filter(axis -> axis != minimised).toList(), " and ");
    }

    private static String words(List<Axis> axes, String and) {
        return axes.size() == 3
                ? "%s, %s%s%s"
                        .formatted(
                                axes.get(0).key(),
                                axes.get(1).key(),
                                and,
                                axes.get(2).key())
                : axes.stream().map(Axis::key).collect(Collectors.joining(and));
    }

    private static Table table(List<Point> points, List<Axis> axes) {
        Table table = new Table(">#", ">cost", ">days", ">power", ">" + slope(axes), "fleet");
        for (int index = 0; index < points.size(); index++) {
            Plan plan = points.get(index).answer().plan().orElseThrow();
            table.row(
                    Integer.toString(index + 1),
                    Amounts.wholeUsd(plan.totals().microUsd()),
                    Amounts.days(plan.totals().finishMicros()),
                    Amounts.watts(plan.totals().peakMilliwatts() / 1e3),
                    index == 0 ? "" : slope(points.get(index - 1), points.get(index), axes),
                    FleetWords.of(plan));
        }
        return table;
    }

    /** What the first axis pays for a unit of the second, from one row to the next; with three axes there is no such. */
    private static String slope(List<Axis> axes) {
        boolean costPaysForDays = axes.equals(List.of(Axis.COST, Axis.DAYS));
        return costPaysForDays ? "a day costs" : axes.equals(List.of(Axis.COST, Axis.POWER)) ? "a kW costs" : "";
    }

    private static String slope(Point before, Point after, List<Axis> axes) {
        if (slope(axes).isEmpty()) {
            return "";
        }
        double usd = (after.of(Axis.COST) - before.of(Axis.COST)) / 1e6;
        Axis second = axes.get(1);
        double saved = second.reported(before.of(second) - after.of(second)) / (second == Axis.POWER ? 1e3 : 1);
        return Amounts.wholeUsd(Math.round(usd / saved * 1e6));
    }

    private static List<Chart> charts(FrontierAnswer answer) {
        List<Chart> charts = new ArrayList<>();
        Axis first = answer.axes().getFirst();
        for (Axis other : answer.axes().subList(1, answer.axes().size())) {
            List<CurveChart.Point> points = answer.points().stream()
                    .map(point -> new CurveChart.Point(
                            first.reported(point.of(first)), other.reported(point.of(other)), label(point)))
                    .toList();
            charts.add(new Chart(
                    new CurveChart(axis(first), axis(other), answer.axes().size() == 2, points).svg(),
                    "Each point is a plan: %s against %s. The table has the same values."
                            .formatted(other.key(), first.key())));
        }
        return charts;
    }

    private static CurveChart.Axis axis(Axis axis) {
        return new CurveChart.Axis(axis.key() + ", " + axis.unit(), axis.unit());
    }

    private static String label(Point point) {
        Plan plan = point.answer().plan().orElseThrow();
        return "%s, %s, %s: %s"
                .formatted(
                        Amounts.wholeUsd(plan.totals().microUsd()),
                        Amounts.days(plan.totals().finishMicros()),
                        Amounts.watts(plan.totals().peakMilliwatts() / 1e3),
                        FleetWords.of(plan));
    }
}
