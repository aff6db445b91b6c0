package muster.planner.search;

import org.optaplanner.core.impl.phase.event.PhaseLifecycleListenerAdapter;
import org.optaplanner.core.impl.phase.scope.AbstractStepScope;

/** Counts the solver's steps. */
final class StepCount extends PhaseLifecycleListenerAdapter<FleetSolution> {
    private long count;
    private long inVain;

    @Override
    public void stepEnded(AbstractStepScope<FleetSolution> step) {
        count++;
        inVain = step.getStepIndex() - step.getPhaseScope().getBestSolutionStepIndex();
    }

    /** {@return steps since the last that found a better solution} */
    long inVain() {
        return inVain;
    }

    long count() {
        return count;
    }
}
