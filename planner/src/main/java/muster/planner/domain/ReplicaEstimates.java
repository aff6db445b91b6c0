package muster.planner.domain;

import java.util.List;

/**
 * The best replicas of a job that generates, on a number of nodes.
 *
 * @param candidates layouts that were evaluated, each with its best number of sequences
 * @param feasible how many of them fit in memory
 * @param best the fastest that fit, fastest first; where none fits, the one that lacks least memory
 */
public record ReplicaEstimates(long candidates, long feasible, List<ReplicaEstimate> best) {
    public ReplicaEstimates {
        best = List.copyOf(best);
    }
}
