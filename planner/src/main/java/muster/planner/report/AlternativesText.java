package muster.planner.report;

import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Alternatives;

/** Other fleets that are nearly as good as the best, a row each. */
final class AlternativesText {
    private AlternativesText() {}

    static void write(Page page, PlanAnswer answer, Plan best, Alternatives alternatives) {
        Objective objective = answer.scenario().objectives().getFirst();
        page.heading("Other fleets within %s of the best in %s"
                .formatted(Amounts.percent(alternatives.withinPercent()), objective.key()));
        Table table = new Table(">#", ">cost", ">days", ">power", ">above best", "fleet");
        row(table, 1, best, "best");
        double least = best.totals().value(objective).orElse(Double.NaN);
        for (int index = 0; index < alternatives.plans().size(); index++) {
            Plan plan = alternatives.plans().get(index);
            double percent = 100 * (plan.totals().value(objective).orElse(Double.NaN) - least) / least;
            row(table, index + 2, plan, Double.isFinite(percent) ? Amounts.percent(percent) : "");
        }
        page.table(table);
        page.paragraph(
                "  ",
                alternatives.plans().isEmpty()
                        ? "No other was found."
                        : "In any two of them the nodes of some pool differ by at least %s of the larger fleet; the JSON has"
                                        .formatted(Amounts.percent(alternatives.differencePercent()))
                                + " them whole.");
    }

    private static void row(Table table, int number, Plan plan, String above) {
        table.row(
                Integer.toString(number),
                Amounts.wholeUsd(plan.totals().microUsd()),
                Amounts.days(plan.totals().finishMicros()),
                Amounts.watts(plan.totals().peakMilliwatts() / 1e3),
                above,
                FleetWords.of(plan));
    }
}
