package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;

/** Scores by what changed: only jobs whose nodes or owned nodes changed are priced anew. */
public class FleetScoreCalculator implements IncrementalScoreCalculator<FleetSolution, BendableLongScore> {
    private FleetProblem problem;
    private Ledger ledger;
    private Starts starts;
    private int[][] nodes;
    private int[] waits;
    private boolean[] changed;

    @Override
    public void resetWorkingSolution(FleetSolution solution) {
        problem = solution.problem();
        ledger = new Ledger(problem);
        starts = new Starts(problem);
        nodes = solution.nodes();
        waits = solution.waits();
        changed = new boolean[nodes.length];
        Arrays.fill(changed, true);
    }

    @Override
    public void beforeEntityAdded(Object entity) {
        // Entities never come or go.
    }

    @Override
    public void afterEntityAdded(Object entity) {
        // Entities never come or go.
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {
        // The new value replaces the old one.
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        if (entity instanceof NodeChoice choice) {
            nodes[choice.job()][choice.pool()] = choice.nodes();
            changed[choice.job()] = true;
        } else if (entity instanceof StartChoice choice) {
            waits[choice.job()] = choice.waitsFor();
        }
    }

    @Override
    public void beforeEntityRemoved(Object entity) {
        // Entities never come or go.
    }

    @Override
    public void afterEntityRemoved(Object entity) {
        // Entities never come or go.
    }

    @Override
    public BendableLongScore calculateScore() {
        for (int j = 0; j < nodes.length; j++) {
            if (changed[j]) {
                ledger.setNodes(j, nodes[j]);
                changed[j] = false;
            }
        }
        long[] startMicros = starts.of(ledger, nodes, waits);
        ledger.settle(startMicros);
        return FleetScore.of(problem, ledger, starts.brokenWaits());
    }
}
