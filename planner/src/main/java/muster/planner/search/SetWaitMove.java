package muster.planner.search;

import java.util.Collection;
import java.util.List;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** Lets a job wait for another one, or start at once. */
final class SetWaitMove extends AbstractMove<FleetSolution> {
    private final StartChoice choice;
    private final int waitsFor;

    SetWaitMove(StartChoice choice, int waitsFor) {
        this.choice = choice;
        this.waitsFor = waitsFor;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<FleetSolution> director) {
        return choice.waitsFor() != waitsFor && choice.job() != waitsFor;
    }

    @Override
    protected SetWaitMove createUndoMove(ScoreDirector<FleetSolution> director) {
        return new SetWaitMove(choice, choice.waitsFor());
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<FleetSolution> director) {
        director.beforeVariableChanged(choice, "waitsFor");
        choice.setWaitsFor(waitsFor);
        director.afterVariableChanged(choice, "waitsFor");
    }

    @Override
    public SetWaitMove rebase(ScoreDirector<FleetSolution> destination) {
        return new SetWaitMove(destination.lookUpWorkingObject(choice), waitsFor);
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return List.of(choice);
    }

    @Override
    public Collection<?> getPlanningValues() {
        return List.of(waitsFor);
    }

    @Override
    public String toString() {
        return choice + " -> " + waitsFor;
    }
}
