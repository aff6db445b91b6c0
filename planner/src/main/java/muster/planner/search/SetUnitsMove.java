package muster.planner.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** Sets the units of one or two node choices of a job at once, so that nodes can move between pools in one step. */
final class SetUnitsMove extends AbstractMove<FleetSolution> {
    private final NodeChoice first;
    private final int firstUnits;
    private final NodeChoice second;
    private final int secondUnits;

    /** Changes one choice when {@code second} is the same as {@code first}. */
    SetUnitsMove(NodeChoice first, int firstUnits, NodeChoice second, int secondUnits) {
        this.first = first;
        this.firstUnits = firstUnits;
        this.second = second;
        this.secondUnits = secondUnits;
    }

    static SetUnitsMove of(NodeChoice choice, int units) {
        return new SetUnitsMove(choice, units, choice, units);
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<FleetSolution> director) {
        return first.units() != firstUnits || second.units() != secondUnits;
    }

    @Override
    protected SetUnitsMove createUndoMove(ScoreDirector<FleetSolution> director) {
        return new SetUnitsMove(first, first.units(), second, second.units());
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<FleetSolution> director) {
        set(director, first, firstUnits);
        if (second != first) {
            set(director, second, secondUnits);
        }
    }

    private static void set(ScoreDirector<FleetSolution> director, NodeChoice choice, int units) {
        director.beforeVariableChanged(choice, "units");
        choice.setUnits(units);
        director.afterVariableChanged(choice, "units");
    }

    @Override
    public SetUnitsMove rebase(ScoreDirector<FleetSolution> destination) {
        return new SetUnitsMove(
                destination.lookUpWorkingObject(first),
                firstUnits,
                destination.lookUpWorkingObject(second),
                secondUnits);
    }

    @Override
    public Collection<?> getPlanningEntities() {
        Set<Object> entities = new LinkedHashSet<>();
        entities.add(first);
        entities.add(second);
        return entities;
    }

    @Override
    public Collection<?> getPlanningValues() {
        return List.of(firstUnits, secondUnits);
    }

    @Override
    public String toString() {
        return first + " -> " + firstUnits + (second == first ? "" : ", " + second + " -> " + secondUnits);
    }
}
