package muster.planner.cli;

import java.util.Optional;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
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
        condition.check(PlanFigures.expected(scenario, condition.name())
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in a plan of this scenario."
                                .formatted(condition.text(), condition.name()),
                        Optional.of("gap, status, or a path of the JSON such as totals.usd or limits.deadline.slack;"
                                + " see --output json."))));
    }

    /** {@return why the plan fails; empty where the condition does not hold} */
    Optional<String> reasonToFail(PlanAnswer answer) {
        return condition.reasonToFail(PlanFigures.find(answer, condition.name()).orElseThrow(), "this plan");
    }
}
