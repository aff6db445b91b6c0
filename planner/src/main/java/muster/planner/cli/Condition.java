package muster.planner.cli;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.profile.Quantities;
import muster.planner.profile.QuantityException;
import muster.planner.report.PlanFigure;
import muster.planner.report.PlanFigure.Amount;
import muster.planner.report.PlanFigure.Unstated;
import muster.planner.report.PlanFigure.Word;

/**
 * What {@code --fail-if} says: {@code NAME OP VALUE}; what names there are is the command's to know.
 *
 * @param text as the user wrote it
 */
record Condition(String text, String name, String operator, String value) {
    private static final Pattern FORM = Pattern.compile("\\s*([^<>=!]+?)\\s*(<=|>=|!=|==|=|<|>)\\s*([^<>=!].*?)\\s*");

    /** @param maybe an example, where the text has another form */
    static Condition parse(String text, String maybe) throws BadInput {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new BadInput(
                    "The condition (%s) of --fail-if is not of the form NAME OP VALUE.".formatted(text),
                    Optional.of(maybe));
        }
        return new Condition(text, matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** {@return whether it asks for the same or for another, as words can be asked} */
    boolean isEquality() {
        return operator.equals("=") || operator.equals("==") || operator.equals("!=");
    }

    /** Of an equality. */
    boolean holds(String word) {
        return word.equals(value) != operator.equals("!=");
    }

    boolean holds(Amount amount) throws BadInput {
        int order = amount.value().compareTo(limit(amount.unit()));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "!=" -> order != 0;
            default -> order == 0;
        };
    }

    /** Refuses what cannot be asked of such a figure: another unit, an order of words. */
    void check(PlanFigure figure) throws BadInput {
        switch (figure) {
            case Amount amount -> limit(amount.unit());
            case Unstated unstated -> limit(unstated.unit());
            case Word word -> {
                if (!isEquality()) {
                    throw new BadInput(
                            "The condition (%s) of --fail-if orders words, such as (%s).".formatted(text, word.word()),
                            Optional.of("use = or !=."));
                }
            }
        }
    }

    /**
     * {@return why an answer with this figure fails; empty where the condition does not hold}
     *
     * @param answer what it is, in words: {@code this plan}
     * @throws IllegalStateException for a figure that {@link #check} would refuse
     */
    Optional<String> reasonToFail(PlanFigure figure, String answer) {
        return switch (figure) {
            case Amount amount ->
                holdsChecked(amount) ? because(amount.value().toPlainString(), amount.unit()) : Optional.empty();
            case Word word -> holds(word.word()) ? because(word.word(), "") : Optional.empty();
            // A guard that sees nothing must not wave an answer through.
            case Unstated unstated ->
                Optional.of("The condition (%s) of --fail-if cannot be judged: %s states no %s%s."
                        .formatted(text, answer, name, unstated.unit().isEmpty() ? "" : " in " + unstated.unit()));
        };
    }

    private Optional<String> because(String actual, String unit) {
        return Optional.of("The condition (%s) of --fail-if holds: %s is %s."
                .formatted(text, name, (actual + " " + unit).strip()));
    }

    private boolean holdsChecked(Amount amount) {
        try {
            return holds(amount);
        } catch (BadInput alreadyChecked) {
            throw new IllegalStateException(alreadyChecked);
        }
    }

    /** {@return the value in that unit} */
    BigDecimal limit(String unit) throws BadInput {
        try {
            return Quantities.parse(value, unit);
        } catch (QuantityException e) {
            throw new BadInput("The condition (%s) of --fail-if: %s".formatted(text, e.getMessage()), e.maybe());
        }
    }
}
