package muster.planner;

import java.util.function.BooleanSupplier;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;

/** The facade: plans a fleet for a scenario. */
public final class CapacityPlanner {
    private CapacityPlanner() {}

    /**
     * {@return the best checked plan found, with its bound; or a proof that there is none; or neither}
     *
     * @param interrupted asked now and then; once true the search ends with the best plan so far
     */
    public static PlanAnswer plan(Scenario scenario, SearchSettings settings, BooleanSupplier interrupted) {
        throw new UnsupportedOperationException("search and bound follow");
    }
}
