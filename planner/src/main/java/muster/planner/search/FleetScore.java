package muster.planner.search;

import java.util.Arrays;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.Objective;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;

/**
 * A ledger as a score. Hard: how far limits are passed. Soft, from the left: grid steps of up to four criteria, nodes,
 * nodes weighted by the pool's place in the file, all negated.
 */
final class FleetScore {
    static final int HARD_LEVELS = 1;
    static final int SOFT_LEVELS = 6;

    private static final int MOST_CRITERIA = 4;
    private static final long CYCLE_EXCESS = 1_000_000_000_000L;

    private FleetScore() {}

    static BendableLongScore of(FleetProblem problem, Ledger ledger, int brokenWaits) {
        long[] soft = new long[SOFT_LEVELS];
        List<Objective> criteria = problem.criteria();
        for (int c = 0; c < criteria.size(); c++) {
            soft[c] = -Grid.steps(criteria.get(c), ledger.value(criteria.get(c)));
        }
        soft[MOST_CRITERIA] = -ledger.nodeCount();
        for (int p = 0; p < problem.poolCount(); p++) {
            soft[MOST_CRITERIA + 1] -= (long) p * ledger.peakNodes(p);
        }
        long excess = Math.min(ledger.excess(), Long.MAX_VALUE / 2) + brokenWaits * CYCLE_EXCESS;
        return BendableLongScore.of(new long[] {-excess}, soft);
    }

    /** {@return the score at which the search may stop: the first criterion at {@code steps}, the others open} */
    static BendableLongScore atFirst(long steps) {
        long[] soft = new long[SOFT_LEVELS];
        Arrays.fill(soft, Long.MIN_VALUE / 2);
        soft[0] = -steps;
        return BendableLongScore.of(new long[] {0}, soft);
    }
}
