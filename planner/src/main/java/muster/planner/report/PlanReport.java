package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.report.BarChart.Bar;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Heading;

/** An answer as Markdown, or as one page for a browser: what the text says, and what charts show of it. */
public final class PlanReport {
    private static final double MICROS_PER_DAY = 86_400e6;

    private PlanReport() {}

    public static String markdown(PlanAnswer answer) {
        List<Block> blocks =
                new ArrayList<>(List.of(new Heading(1, answer.scenario().title())));
        blocks.addAll(parts(answer));
        return Blocks.markdown(blocks);
    }

    public static String html(PlanAnswer answer) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : parts(answer)) {
            blocks.add(block);
            if (block instanceof Heading heading) {
                answer.plan().ifPresent(plan -> blocks.addAll(chart(heading.text(), plan, answer.limits())));
            }
        }
        return Blocks.html(answer.scenario().title(), blocks);
    }

    /** What the text has below its title. */
    private static List<Block> parts(PlanAnswer answer) {
        List<Block> blocks = PlanText.page(answer, false).blocks();
        return blocks.subList(1, blocks.size());
    }

    /** Each stands above the table of the same values. */
    private static List<Block> chart(String heading, Plan plan, List<LimitUse> limits) {
        if (heading.startsWith("Fleet")) {
            return List.of(drawn("fleet: nodes by pool and tenure", fleet(plan), "Nodes by pool and tenure."));
        } else if (heading.equals("Schedule")) {
            return List.of(drawn("schedule: days of jobs", schedule(plan), "When jobs run, in days from the start."));
        } else if (heading.equals("Cost")) {
            return List.of(
                    drawn("cost, part by part", cost(plan), "Parts of the cost, each where the last one ended."));
        } else if (heading.equals("Limits") && !limits.isEmpty()) {
            return List.of(drawn("use of limits", limits(limits), "How much of each limit the plan uses."));
        }
        return List.of();
    }

    private static Chart drawn(String title, List<Bar> bars, String caption) {
        return new Chart(new BarChart(title, bars).svg(), caption + " The table has the same values.");
    }

    private static List<Bar> fleet(Plan plan) {
        return plan.fleet().stream()
                .map(row -> new Bar(
                        row.pool().name() + ", " + row.acquisition().key(),
                        0,
                        row.nodes(),
                        Amounts.count(row.nodes(), "node"),
                        row.acquisition().ordinal()))
                .toList();
    }

    private static List<Bar> schedule(Plan plan) {
        List<Bar> bars = new ArrayList<>();
        for (Plan.JobPlan job : plan.jobs()) {
            double start = job.startMicros() / MICROS_PER_DAY;
            double end = job.endMicros() / MICROS_PER_DAY;
            bars.add(new Bar(
                    job.job().name(),
                    start,
                    end,
                    "day %s to %s".formatted(Amounts.decimal(start, 1), Amounts.decimal(end, 1)),
                    bars.size()));
        }
        return bars;
    }

    private static List<Bar> cost(Plan plan) {
        Plan.Totals totals = plan.totals();
        List<Bar> bars = new ArrayList<>();
        double end = part(bars, "rent", 0, totals.rentMicroUsd());
        end = totals.reserveMicroUsd() == 0 ? end : part(bars, "reserved rent", end, totals.reserveMicroUsd());
        end = totals.capexMicroUsd() == 0 ? end : part(bars, "purchases", end, totals.capexMicroUsd());
        part(bars, "energy", end, totals.energyMicroUsd());
        double total = totals.microUsd() / 1e6;
        bars.add(new Bar("total", 0, total, Amounts.usd(totals.microUsd()), 7));
        return bars;
    }

    /** Adds a part of the cost that begins where the last one ended; returns where it ends. */
    private static double part(List<Bar> bars, String name, double from, long microUsd) {
        double to = from + microUsd / 1e6;
        bars.add(new Bar(name, from, to, Amounts.usd(microUsd), bars.size()));
        return to;
    }

    private static List<Bar> limits(List<LimitUse> limits) {
        return limits.stream()
                .map(use -> {
                    double percent = use.limit() > 0 ? 100 * use.value() / use.limit() : 0;
                    return new Bar(
                            use.name(),
                            0,
                            percent,
                            Amounts.percent(percent) + (use.binding() ? ", binds" : ""),
                            use.binding() ? 1 : 2);
                })
                .toList();
    }
}
