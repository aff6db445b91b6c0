package muster.planner.cli;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.Validation;
import muster.planner.report.PlanFigure;
import muster.planner.report.ValidationFigures;

/**
 * A condition that must not hold of a validation: {@code overall.mapePercent > 6 %}, {@code groups.mpt.mapePercent > 10 %}.
 */
record ValidateThreshold(Condition condition) {
    static ValidateThreshold parse(String text) throws BadInput {
        return new ValidateThreshold(Condition.parse(
                text, "--fail-if 'overall.mapePercent > 6 %', in single quotes; OP is one of < <= > >= = !=."));
    }

    /** {@return why the validation fails; empty where the condition does not hold} */
    Optional<String> reasonToFail(Validation validation, Optional<List<Calibration>> calibrations) throws BadInput {
        PlanFigure figure = ValidationFigures.find(validation, calibrations, condition.name())
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in this validation."
                                .formatted(condition.text(), condition.name()),
                        Optional.of("a path of the JSON such as overall.mapePercent, groups.NAME.mapePercent or, with"
                                + " --fit, fits.STACK.leftOutMapePercent; see --output json.")));
        condition.check(figure);
        return condition.reasonToFail(figure, "this validation");
    }
}
