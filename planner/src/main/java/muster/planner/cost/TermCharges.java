package muster.planner.cost;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What the bought and reserved nodes of a choice cost, in micro-dollars: by pool, in all, and as shares of the jobs. */
public final class TermCharges {
    private final FleetProblem problem;
    private final long[] capex;
    private final long[] reserve;
    private final long[] shares;
    private long[] starts;
    private long[] ends;

    TermCharges(FleetProblem problem) {
        this.problem = problem;
        this.capex = new long[problem.poolCount()];
        this.reserve = new long[problem.poolCount()];
        this.shares = new long[problem.jobCount()];
    }

    /**
     * Prices what jobs hold.
     *
     * @param starts shape [job], microseconds; {@code ends} likewise
     */
    void charge(Tenure tenure, long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
        Arrays.fill(shares, 0);
        for (int p = 0; p < capex.length; p++) {
            int pool = p;
            IntUnaryOperator bought = job -> tenure.boughtNodes(job, pool);
            IntUnaryOperator reserved = job -> tenure.reservedNodes(job, pool);
            NodeTerms terms = problem.terms(p);
            int boughtNodes = terms.canBuy() ? peak(bought) : 0;
            int reservedNodes = terms.canReserve() ? peak(reserved) : 0;
            capex[p] = boughtNodes == 0 ? 0 : Math.round(boughtNodes * terms.capexMicroUsd(lastEnd(bought)));
            reserve[p] = reservedNodes == 0
                    ? 0
                    : Math.round(reservedNodes * terms.reserveMicroUsd(lastEnd(reserved) - firstStart(reserved)));
            share(capex[p], bought);
            share(reserve[p], reserved);
        }
    }

    private int peak(IntUnaryOperator nodes) {
        int most = 0;
        for (int j = 0; j < starts.length; j++) {
            int busy = 0;
            for (int other = 0; nodes.applyAsInt(j) > 0 && other < starts.length; other++) {
                boolean runs = starts[other] <= starts[j] && starts[j] < ends[other];
                busy += runs ? nodes.applyAsInt(other) : 0;
            }
            most = Math.max(most, busy);
        }
        return most;
    }

    private long lastEnd(IntUnaryOperator nodes) {
        long last = Long.MIN_VALUE;
        for (int j = 0; j < ends.length; j++) {
            last = nodes.applyAsInt(j) > 0 ? Math.max(last, ends[j]) : last;
        }
        return last;
    }

    private long firstStart(IntUnaryOperator nodes) {
        long first = Long.MAX_VALUE;
        for (int j = 0; j < starts.length; j++) {
            first = nodes.applyAsInt(j) > 0 ? Math.min(first, starts[j]) : first;
        }
        return first;
    }

    /** Shares add up: each is the difference of the cost's parts up to and before its job, by node-hours, each rounded. */
    private void share(long microUsd, IntUnaryOperator nodes) {
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

    /** {@return what the bought nodes of a pool cost, by the scenario's accounting; energy aside} */
    public long capexMicroUsd(int pool) {
        return capex[pool];
    }

    /** {@return what the reserved nodes of a pool cost, minimum term in full} */
    public long reserveMicroUsd(int pool) {
        return reserve[pool];
    }

    public long capexMicroUsd() {
        return sum(capex);
    }

    public long reserveMicroUsd() {
        return sum(reserve);
    }

    /** {@return the job's part of both} */
    public long shareMicroUsd(int job) {
        return shares[job];
    }

    private static long sum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum = JobAmounts.saturatingAdd(sum, amount);
        }
        return sum;
    }
}
