package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import muster.planner.report.PlanFigure;
import picocli.CommandLine.Option;

/** {@code --fail-if} of a command whose JSON is known only once it has run. */
final class ConditionsOption {
    @Option(
            names = "--fail-if",
            paramLabel = "'NAME OP VALUE'",
            description = "exit with 5 if this holds; NAME is a path of the JSON; repeatable")
    private List<String> texts = new ArrayList<>();

    /** Refuses a condition of another form, before any work is done for it. */
    void check(String example) throws BadInput {
        parsed(example);
    }

    /**
     * {@return the reasons to fail, none where no condition holds}
     *
     * @param find the figure at a path of the answer
     * @param answer what it is, in words: {@code this difference}
     * @param example such a condition
     * @throws BadInput for a path that is not in the answer, and for a value in another unit
     */
    List<String> reasonsToFail(Function<String, Optional<PlanFigure>> find, String answer, String example)
            throws BadInput {
        List<String> reasons = new ArrayList<>();
        for (Condition condition : parsed(example)) {
            PlanFigure figure = find.apply(condition.name()).orElseThrow(() -> unknownPath(condition, answer, example));
            condition.check(figure);
            condition.reasonToFail(figure, answer).ifPresent(reasons::add);
        }
        return reasons;
    }

    /**
     * Refuses a path that the answer cannot have, where that is known before the work that the answer takes.
     *
     * @param mayBeThere whether the answer may have such a path
     * @throws BadInput for a path that it has not
     */
    void checkPaths(Predicate<String> mayBeThere, String answer, String example) throws BadInput {
        for (Condition condition : parsed(example)) {
            if (!mayBeThere.test(condition.name())) {
                throw unknownPath(condition, answer, example);
            }
        }
    }

    private static BadInput unknownPath(Condition condition, String answer, String example) {
        return new BadInput(
                "The condition (%s) of --fail-if asks for (%s), which is not in %s."
                        .formatted(condition.text(), condition.name(), answer),
                Optional.of("a path of the JSON, as in '%s'; see --output json.".formatted(example)));
    }

    private List<Condition> parsed(String example) throws BadInput {
        List<Condition> conditions = new ArrayList<>();
        for (String text : texts) {
            conditions.add(Condition.parse(
                    text, "--fail-if '%s', in single quotes; OP is one of < <= > >= = !=.".formatted(example)));
        }
        return conditions;
    }
}
