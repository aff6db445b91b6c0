package muster.planner.cost;

import java.util.List;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Pool;
import muster.planner.perf.JobRates;
import muster.planner.perf.PlacedJob;

/**
 * How fast a job is on the nodes that it holds, of which the spare ones of a pool do not compute (docs/model.md, Spare
 * nodes). Counts of nodes are of those held, everywhere; what computes is known here alone.
 */
public final class HeldRates {
    private static final int NARROW_NODES = 64;

    /** A fraction rounded up leaves no more than the rest of one, but for what is taken for rounding itself. */
    private static final double LESS_BY_ROUNDING = 1e-9;

    private final JobRates rates;
    private final List<Pool> pools;
    private final boolean spared;
    private final int[] mostNodes;

    HeldRates(JobRates rates, List<Pool> pools) {
        this.rates = rates;
        this.pools = pools;
        this.mostNodes = new int[pools.size()];
        boolean any = false;
        for (int p = 0; p < mostNodes.length; p++) {
            Pool pool = pools.get(p);
            any |= pool.spare().isPresent() && rates.runsOn(p);
            mostNodes[p] = mostHeld(pool, rates.mostNodes(p));
        }
        this.spared = any;
    }

    /** {@return the most nodes to hold of which no more compute than are of use} */
    private static int mostHeld(Pool pool, int mostComputing) {
        if (pool.spare().isEmpty() || mostComputing == 0) {
            return mostComputing;
        }
        int held = pool.maxNodes().asInt();
        while (held > 0 && pool.computingNodes(held) > mostComputing) {
            held--;
        }
        return held;
    }

    /** {@return whether the rate is the sum of that of its nodes, whatever their number} */
    public boolean linear() {
        return rates.linear() && !spared;
    }

    /** {@return whether every pool's rate is stated, so that any number of nodes may compute} */
    public boolean stated() {
        return rates.linear();
    }

    /** {@return whether the job can use the pool at any node count} */
    public boolean runsOn(int pool) {
        return mostNodes(pool) > 0;
    }

    /** {@return the most nodes of the pool that are of any use to the job} */
    public int mostNodes(int pool) {
        return mostNodes[pool];
    }

    /**
     * {@return tokens/s; 0 where the job cannot run on exactly these nodes, such as where all of a pool's are spare}
     *
     * @param nodes shape [pool]
     */
    public double tokensPerSecond(int[] nodes) {
        int[] computing = computing(nodes);
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0 && computing[p] == 0) {
                return 0;
            }
        }
        return rates.tokensPerSecond(computing);
    }

    /** {@return the job on nodes that it can run on, written out for a plan} */
    PlacedJob placed(int[] nodes) {
        return PlacedJob.of(rates, computing(nodes));
    }

    /** {@return the most tokens/s that a node of the pool ever gives; 0 where the job cannot use it} */
    public double bestTokensPerSecondPerNode(int pool) {
        return rates.bestTokensPerSecondPerNode(pool);
    }

    /**
     * Writes, per pool, tokens/s of a node that are never exceeded on node counts of a box: the rate of any point is at
     * most the sum of its nodes at these rates.
     *
     * @param low shape [pool], nodes
     * @param high shape [pool], nodes
     * @param perNode shape [pool], output
     */
    public void ceilings(int[] low, int[] high, double[] perNode) {
        rates.ceilings(computing(low), computing(high), perNode);
        for (int p = 0; spared && p < perNode.length; p++) {
            perNode[p] *= mostComputingFraction(p, low[p], high[p]);
        }
    }

    /** {@return the largest share of held nodes that computes, of any count in a range} */
    private double mostComputingFraction(int p, int low, int high) {
        Pool pool = pools.get(p);
        if (pool.spare().isEmpty() || high == 0) {
            return 1;
        }
        boolean fixed = pool.spare().orElseThrow().unit() == BaseUnit.NODES;
        if (!fixed && high - low > NARROW_NODES) {
            return 1 - pool.spare().orElseThrow().value() + LESS_BY_ROUNDING;
        }
        // A fixed number weighs least on the largest fleet; what is rounded up goes up and down with the count.
        double most = 0;
        for (int held = fixed ? high : Math.max(low, 1); held <= high; held++) {
            most = Math.max(most, pool.computingNodes(held) / (double) held);
        }
        return most;
    }

    /**
     * {@return seconds per token that every point of a box loses to the exchange between pools, beside its ceilings; 0
     * where a point may do without}
     */
    public double leastExchangeSecondsPerToken(int[] low, int[] high) {
        return rates.leastExchangeSecondsPerToken(computing(low), computing(high));
    }

    /**
     * {@return tokens/s that no point of a box exceeds, by the layouts of narrow ranges; infinite for wide ones, 0 where no
     * point can run}
     */
    public double mostTokensPerSecond(int[] low, int[] high) {
        return rates.linear() ? Double.POSITIVE_INFINITY : rates.mostTokensPerSecond(computing(low), computing(high));
    }

    /** {@return how many of each pool's held nodes compute; not to be changed} */
    private int[] computing(int[] held) {
        if (!spared) {
            return held;
        }
        int[] computing = new int[held.length];
        for (int p = 0; p < held.length; p++) {
            computing[p] = pools.get(p).computingNodes(held[p]);
        }
        return computing;
    }
}
