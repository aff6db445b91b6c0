package muster.planner.report;

import java.util.OptionalDouble;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Run;
import muster.planner.domain.PlanAnswer.Status;

/** How good the answer is and how it was found. */
final class PlanQuality {
    private PlanQuality() {}

    static void write(Page page, PlanAnswer answer) {
        page.heading("How good this is");
        Table table = new Table("", "");
        answer.bound().ifPresent(bound -> {
            String unit = answer.scenario().objectives().getFirst().unit();
            table.row("bound", "no plan can be below " + Amounts.amount(bound.value(), unit));
            table.row("proved by", bound.method());
        });
        Gap.percent(answer).ifPresent(gap -> table.row("gap", Amounts.percent(gap) + " between plan and bound"));
        if (answer.plan().isPresent()) {
            boolean modelled = answer.plan().get().jobs().stream()
                    .flatMap(job -> job.pools().stream())
                    .anyMatch(share -> share.run().isPresent());
            table.row(
                    "check",
                    modelled
                            ? "every value was derived again, from the model's time of a layer on, by a separate checker"
                            : "every value was derived again from the scenario by an independent checker");
        }
        Run run = answer.run();
        table.row(
                "effort",
                "%s, %s, %s of the bound, %s s"
                        .formatted(
                                Amounts.count(run.steps(), "search step"),
                                Amounts.count(run.moves(), "move"),
                                run.boxes() == 1 ? "1 box" : Amounts.count(run.boxes()) + " boxes",
                                Amounts.decimal(run.seconds(), 2)));
        table.row(
                "computed",
                "by the %s back end, %d bits (%s)"
                        .formatted(
                                run.computed().backend(),
                                run.computed().laneBits(),
                                run.computed().reason()));
        table.row("stopped", stopped(answer));
        table.row(
                "again",
                run.reproducible()
                        ? "the same input and seed (%d) give the same answer".formatted(run.seed())
                        : "not reproducible: the clock or a person ended the search; use --steps instead of --time");
        page.table(table);
    }

    private static String stopped(PlanAnswer answer) {
        Run run = answer.run();
        if (run.interrupted()) {
            return "by an interrupt (Ctrl-C)" + (answer.plan().isPresent() ? ", with the best plan so far" : "");
        }
        if (!run.reproducible()) {
            return "by the clock (--time)";
        }
        if (answer.status() == Status.INFEASIBLE) {
            return "at the proof";
        }
        if (answer.status() == Status.OPTIMAL) {
            return "because nothing was left to gain";
        }
        OptionalDouble gap = Gap.percent(answer);
        if (run.gapAsked().isPresent()
                && gap.isPresent()
                && gap.getAsDouble() <= run.gapAsked().getAsDouble()) {
            return "at the gap asked for, " + Amounts.percent(run.gapAsked().getAsDouble());
        }
        return "at its number of steps";
    }
}
