package muster.planner.cost;

import java.util.TreeSet;

/**
 * How many nodes of a pool are best bought and reserved, given who uses the pool when: only the cost depends on it, pool by
 * pool. Every count is tried where few nodes are missing; beyond, the counts that jobs want, alone or together.
 */
final class TenureChoice {
    /** Up to here every count is tried, so that a choice is the best there is. */
    private static final int FEW_NODES = 12;

    /** A node that cannot be had costs so much that any other way is cheaper, whatever the prices. */
    private static final double IMPOSSIBLE_MICRO_USD = 1e300;

    private static final double MICROS_PER_HOUR = 3600e6;

    private final FleetProblem problem;
    private final Tenure tenure;
    private int[][] nodes;
    private int[] order;
    private long[] starts;
    private long[] ends;

    TenureChoice(FleetProblem problem, Tenure tenure) {
        this.problem = problem;
        this.tenure = tenure;
    }

    /** {@return whether every choice for this problem is the best there is} */
    static boolean isExact(FleetProblem problem) {
        boolean exact = true;
        for (int p = 0; p < problem.poolCount(); p++) {
            exact &= !problem.terms(p).any() || problem.maxNodes(p) - problem.ownNodes(p) <= FEW_NODES;
        }
        return exact || problem.jobCount() == 1;
    }

    /**
     * Buys and reserves what is cheapest, fewest first.
     *
     * @param nodes shape [job][pool]
     * @param order jobs by start, then of the file
     */
    void choose(int pool, int[][] nodes, int[] order, long[] starts, long[] ends) {
        this.nodes = nodes;
        this.order = order;
        this.starts = starts;
        this.ends = ends;
        tenure.have(pool, 0, 0);
        serve(pool);
        int[] counts = counts(pool);
        int most = counts[counts.length - 1];
        boolean all = most <= FEW_NODES && order.length > 1;
        int[] best = {0, 0};
        double least = microUsd(pool, 0, 0);
        for (int bought : problem.terms(pool).canBuy() ? counts : new int[1]) {
            int[] withIt = all || bought == 0 ? counts : new int[] {0, most - bought};
            for (int reserved : problem.terms(pool).canReserve() ? withIt : new int[1]) {
                double cost = microUsd(pool, bought, reserved);
                if (cost < least) {
                    least = cost;
                    best = new int[] {bought, reserved};
                }
            }
        }
        tenure.have(pool, best[0], best[1]);
        serve(pool);
        // More than is ever busy at once is never bought.
        tenure.have(pool, peak(pool, tenure::boughtNodes), peak(pool, tenure::reservedNodes));
    }

    private void serve(int pool) {
        for (int position = 0; position < order.length; position++) {
            tenure.take(pool, nodes[order[position]][pool], order, position, starts, ends);
        }
    }

    /** {@return counts to try, rising from 0 to the most that is missing, the pool being served from owned nodes alone} */
    private int[] counts(int pool) {
        TreeSet<Integer> counts = new TreeSet<>();
        counts.add(0);
        for (int position = 0; position < order.length; position++) {
            int job = order[position];
            int missing = nodes[job][pool] - tenure.ownedNodes(job, pool);
            counts.add(missing);
            for (int i = 0; i < position; i++) {
                int other = order[i];
                if (ends[other] > starts[job]) {
                    missing += nodes[other][pool] - tenure.ownedNodes(other, pool);
                }
            }
            counts.add(missing);
        }
        // The cost of a single job is a line in either count: its ends are enough.
        for (int count = 1; counts.last() <= FEW_NODES && count < counts.last() && order.length > 1; count++) {
            counts.add(count);
        }
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }

    private double microUsd(int pool, int bought, int reserved) {
        tenure.have(pool, bought, reserved);
        serve(pool);
        NodeTerms terms = problem.terms(pool);
        long lastBought = Long.MIN_VALUE;
        long firstReserved = Long.MAX_VALUE;
        long lastReserved = Long.MIN_VALUE;
        double cost = 0;
        for (int job : order) {
            int ofBought = tenure.boughtNodes(job, pool);
            int ofReserved = tenure.reservedNodes(job, pool);
            int rented = nodes[job][pool] - tenure.ownedNodes(job, pool) - ofBought - ofReserved;
            double hours = (ends[job] - starts[job]) / MICROS_PER_HOUR;
            cost += hours
                    * (ofBought * problem.energyMicroUsdPerNodeHour(pool)
                            + rented * (double) problem.rentMicroUsdPerNodeHour(pool));
            cost += problem.rentable(pool) ? 0 : rented * IMPOSSIBLE_MICRO_USD;
            lastBought = ofBought > 0 ? Math.max(lastBought, ends[job]) : lastBought;
            firstReserved = ofReserved > 0 ? Math.min(firstReserved, starts[job]) : firstReserved;
            lastReserved = ofReserved > 0 ? Math.max(lastReserved, ends[job]) : lastReserved;
        }
        int busyBought = peak(pool, tenure::boughtNodes);
        int busyReserved = peak(pool, tenure::reservedNodes);
        cost += busyBought == 0 ? 0 : busyBought * terms.capexMicroUsd(lastBought);
        cost += busyReserved == 0 ? 0 : busyReserved * terms.reserveMicroUsd(lastReserved - firstReserved);
        return cost;
    }

    private interface Held {
        int nodes(int job, int pool);
    }

    /** {@return the most nodes busy at once, which is at a start} */
    private int peak(int pool, Held held) {
        int most = 0;
        for (int position = 0; position < order.length; position++) {
            int busy = held.nodes(order[position], pool);
            for (int i = 0; i < position; i++) {
                busy += ends[order[i]] > starts[order[position]] ? held.nodes(order[i], pool) : 0;
            }
            most = Math.max(most, busy);
        }
        return most;
    }
}
