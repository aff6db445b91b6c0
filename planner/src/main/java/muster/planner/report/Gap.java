package muster.planner.report;

import java.util.OptionalDouble;
import muster.planner.domain.PlanAnswer;

/** How far a plan may be from the best one. */
final class Gap {
    private Gap() {}

    /** {@return 100 × |value − bound| / max(|value|, 0.01); empty without a plan or a bound} */
    static OptionalDouble percent(PlanAnswer answer) {
        if (answer.plan().isEmpty() || answer.bound().isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble value = answer.plan()
                .get()
                .totals()
                .value(answer.scenario().objectives().getFirst());
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                percent(value.getAsDouble(), answer.bound().get().value()));
    }

    /** {@return the same of a value and a bound} */
    static double percent(double value, double bound) {
        return 100 * Math.abs(value - bound) / Math.max(Math.abs(value), 0.01);
    }
}
