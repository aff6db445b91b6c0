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
        double distance = Math.abs(value.getAsDouble() - answer.bound().get().value());
        return OptionalDouble.of(100 * distance / Math.max(Math.abs(value.getAsDouble()), 0.01));
    }
}
