package muster.planner.search;

import muster.planner.cost.Ledger;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.score.calculator.EasyScoreCalculator;

/** Scores from scratch: the plain twin that {@link FleetScoreCalculator} is held against in tests. */
public class FleetEasyScoreCalculator implements EasyScoreCalculator<FleetSolution, BendableLongScore> {
    @Override
    public BendableLongScore calculateScore(FleetSolution solution) {
        int[][] nodes = solution.nodes();
        Ledger ledger = new Ledger(solution.problem());
        for (int j = 0; j < nodes.length; j++) {
            ledger.setNodes(j, nodes[j]);
        }
        Starts starts = new Starts(solution.problem());
        ledger.settle(starts.of(ledger, nodes, solution.waits()));
        return FleetScore.of(solution.problem(), ledger, starts.brokenWaits());
    }
}
