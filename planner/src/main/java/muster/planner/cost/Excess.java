package muster.planner.cost;

/** How far limits are passed in all, in millionths of each limit, so that unlike limits can be added. */
final class Excess {
    private static final double MOST_OF_ONE = 1e12;

    private long millionths;

    void clear() {
        millionths = 0;
    }

    /** Adds a limit that is passed by so much; nothing where it is kept. */
    void add(long over, long limit) {
        if (over > 0) {
            double share = Math.ceil(over * 1e6 / Math.max(1, limit));
            millionths = JobAmounts.saturatingAdd(millionths, (long) Math.min(share, MOST_OF_ONE));
        }
    }

    /** Adds another sum. */
    void add(Excess other) {
        millionths = JobAmounts.saturatingAdd(millionths, other.millionths);
    }

    long millionths() {
        return millionths;
    }
}
