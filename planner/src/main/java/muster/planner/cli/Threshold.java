package muster.planner.cli;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.profile.Quantities;
import muster.planner.profile.QuantityException;
import muster.planner.report.PlanFigure;
import muster.planner.report.PlanFigure.Amount;
import muster.planner.report.PlanFigure.Unstated;
import muster.planner.report.PlanFigure.Word;
import muster.planner.report.PlanFigures;

/**
 * A condition that must not hold of a plan: {@code gap > 1 %}, {@code totals.usd > $6 M}, {@code status = feasible}.
 *
 * @param text as the user wrote it
 * @param path of the figure in the plan's JSON
 */
record Threshold(String text, String path, String operator, String value) {
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([^<>=!]+?)\\s*(<=|>=|!=|==|=|<|>)\\s*([^<>=!].*?)\\s*");

    static Threshold parse(String text) throws BadInput {
        Matcher matcher = CONDITION.matcher(text);
        if (!matcher.matches()) {
            throw new BadInput(
                    "The condition (%s) of --fail-if is not of the form NAME OP VALUE.".formatted(text),
                    Optional.of("--fail-if 'gap > 1 %', in single quotes; OP is one of < <= > >= = !=."));
        }
        return new Threshold(text, matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** Refuses a condition that could not be judged on any plan of this scenario. */
    void check(Scenario scenario) throws BadInput {
        PlanFigure figure = PlanFigures.expected(scenario, path)
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in a plan of this scenario."
                                .formatted(text, path),
                        Optional.of("gap, status, or a path of the JSON such as totals.usd or limits.deadline.slack;"
                                + " see --output json.")));
        switch (figure) {
            case Amount amount -> limit(amount.unit());
            case Unstated unstated -> limit(unstated.unit());
            case Word word -> {
                if (!operator.equals("=") && !operator.equals("==") && !operator.equals("!=")) {
                    throw new BadInput(
                            "The condition (%s) of --fail-if orders words, such as (%s).".formatted(text, word.word()),
                            Optional.of("use = or !=."));
                }
            }
        }
    }

    /** {@return why the plan fails; empty where the condition does not hold} */
    Optional<String> reasonToFail(PlanAnswer answer) {
        PlanFigure figure = PlanFigures.find(answer, path).orElseThrow();
        return switch (figure) {
            case Amount amount ->
                holds(amount) ? because(amount.value().toPlainString(), amount.unit()) : Optional.empty();
            case Word word ->
                word.word().equals(value) != operator.equals("!=") ? because(word.word(), "") : Optional.empty();
            // A guard that sees nothing must not wave a plan through.
            case Unstated unstated ->
                Optional.of("The condition (%s) of --fail-if cannot be judged: this plan states no %s%s."
                        .formatted(text, path, unstated.unit().isEmpty() ? "" : " in " + unstated.unit()));
        };
    }

    private Optional<String> because(String actual, String unit) {
        return Optional.of("The condition (%s) of --fail-if holds: %s is %s."
                .formatted(text, path, (actual + " " + unit).strip()));
    }

    private boolean holds(Amount amount) {
        int order = amount.value().compareTo(checkedLimit(amount.unit()));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "!=" -> order != 0;
            default -> order == 0;
        };
    }

    private BigDecimal limit(String unit) throws BadInput {
        try {
            return Quantities.parse(value, unit);
        } catch (QuantityException e) {
            throw new BadInput("The condition (%s) of --fail-if: %s".formatted(text, e.getMessage()), e.maybe());
        }
    }

    private BigDecimal checkedLimit(String unit) {
        try {
            return limit(unit);
        } catch (BadInput alreadyChecked) {
            throw new IllegalStateException(alreadyChecked);
        }
    }
}
