package muster.planner.domain;

import java.util.List;

/**
 * The best layouts of a job on a number of nodes.
 *
 * @param candidates layouts that were evaluated
 * @param feasible how many of them fit in memory
 * @param best the fastest that fit, fastest first; where none fits, the one that lacks least memory
 */
public record LayoutEstimates(long candidates, long feasible, List<LayoutEstimate> best) {
    public LayoutEstimates {
        best = List.copyOf(best);
    }
}
