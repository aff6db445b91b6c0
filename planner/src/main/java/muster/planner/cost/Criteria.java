package muster.planner.cost;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.Objective;

/** What plans are compared by, in order; nodes and pool order follow it. */
final class Criteria {
    private Criteria() {}

    /** {@return the objectives, then the tie-breakers cost and days that are not among them} */
    static List<Objective> of(List<Objective> objectives) {
        List<Objective> chain = new ArrayList<>();
        for (Objective objective : objectives) {
            if (!chain.contains(objective)) {
                chain.add(objective);
            }
        }
        for (Objective tieBreaker : List.of(Objective.COST, Objective.DAYS)) {
            if (!chain.contains(tieBreaker)) {
                chain.add(tieBreaker);
            }
        }
        return List.copyOf(chain);
    }
}
