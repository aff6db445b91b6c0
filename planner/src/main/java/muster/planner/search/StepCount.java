package muster.planner.search;

import org.optaplanner.core.impl.phase.event.PhaseLifecycleListenerAdapter;
import org.optaplanner.core.impl.phase.scope.AbstractStepScope;

/** Counts the solver's steps. */
final class StepCount extends PhaseLifecycleListenerAdapter<FleetSolution> {
    private long count;

    @Override
    public void stepEnded(AbstractStepScope<FleetSolution> step) {
        count++;
    }

    long count() {
        return count;
    }
}
