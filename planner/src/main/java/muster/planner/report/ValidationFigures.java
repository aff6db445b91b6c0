package muster.planner.report;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.Validation;

/**
 * Finds figures of a validation by their path in its JSON: {@code overall.mapePercent}, {@code groups.mpt.maxPercent},
 * {@code rows.mpt-001.errorPercent}.
 */
public final class ValidationFigures {
    private ValidationFigures() {}

    /** {@return the figure at the path; empty where nothing stands there} */
    public static Optional<PlanFigure> find(
            Validation validation, Optional<List<Calibration>> calibrations, String path) {
        return JsonFigures.at(ValidationJson.tree(validation, calibrations), path);
    }
}
