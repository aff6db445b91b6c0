package muster.planner.cost;

import java.util.function.IntUnaryOperator;

/** Shares a cost out to jobs by the node-hours that they hold of what it pays for. */
final class SharedCost {
    private SharedCost() {}

    /**
     * Adds each job's share, rounded so that the shares add up: share j is the difference of the cost's parts up to and
     * before job j, each rounded.
     *
     * @param nodes by job
     * @param shares shape [job], micro-dollars, added to
     */
    static void addShares(long microUsd, long[] ends, long[] starts, IntUnaryOperator nodes, long[] shares) {
        if (microUsd == 0) {
            return;
        }
        double all = 0;
        for (int j = 0; j < shares.length; j++) {
            all += nodes.applyAsInt(j) * (double) (ends[j] - starts[j]);
        }
        double upTo = 0;
        long given = 0;
        for (int j = 0; j < shares.length; j++) {
            upTo += nodes.applyAsInt(j) * (double) (ends[j] - starts[j]);
            long part = Math.round(microUsd * (upTo / all));
            shares[j] = JobAmounts.saturatingAdd(shares[j], part - given);
            given = part;
        }
    }
}
