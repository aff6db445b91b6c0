package muster.planner.cli;

import java.util.Optional;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.report.PlanFigure;
import muster.planner.report.PlanFigure.Amount;
import muster.planner.report.PlanFigure.Unstated;
import muster.planner.report.PlanFigure.Word;
import muster.planner.report.PlanFigures;

/**
 * A condition that must not hold of a plan: {@code gap > 1 %}, {@code totals.usd > $6 M}, {@code status = feasible}.
 */
record Threshold(Condition condition) {
    static Threshold parse(String text) throws BadInput {
        return new Threshold(
                Condition.parse(text, "--fail-if 'gap > 1 %', in single quotes; OP is one of < <= > >= = !=."));
    }

    /** Refuses a condition that could not be judged on any plan of this scenario. */
    void check(Scenario scenario) throws BadInput {
        PlanFigure figure = PlanFigures.expected(scenario, condition.name())
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in a plan of this scenario."
                                .formatted(condition.text(), condition.name()),
                        Optional.of("gap, status, or a path of the JSON such as totals.usd or limits.deadline.slack;"
                                + " see --output json.")));
        switch (figure) {
            case Amount amount -> condition.limit(amount.unit());
            case Unstated unstated -> condition.limit(unstated.unit());
            case Word word -> {
                if (!condition.isEquality()) {
                    throw new BadInput(
                            "The condition (%s) of --fail-if orders words, such as (%s)."
                                    .formatted(condition.text(), word.word()),
                            Optional.of("use = or !=."));
                }
            }
        }
    }

    /** {@return why the plan fails; empty where the condition does not hold} */
    Optional<String> reasonToFail(PlanAnswer answer) {
        PlanFigure figure = PlanFigures.find(answer, condition.name()).orElseThrow();
        return switch (figure) {
            case Amount amount ->
                holds(amount) ? because(amount.value().toPlainString(), amount.unit()) : Optional.empty();
            case Word word -> condition.holds(word.word()) ? because(word.word(), "") : Optional.empty();
            // A guard that sees nothing must not wave a plan through.
            case Unstated unstated ->
                Optional.of("The condition (%s) of --fail-if cannot be judged: this plan states no %s%s."
                        .formatted(
                                condition.text(),
                                condition.name(),
                                unstated.unit().isEmpty() ? "" : " in " + unstated.unit()));
        };
    }

    private Optional<String> because(String actual, String unit) {
        return Optional.of("The condition (%s) of --fail-if holds: %s is %s."
                .formatted(condition.text(), condition.name(), (actual + " " + unit).strip()));
    }

    private boolean holds(Amount amount) {
        try {
            return condition.holds(amount);
        } catch (BadInput alreadyChecked) {
            throw new IllegalStateException(alreadyChecked);
        }
    }
}
