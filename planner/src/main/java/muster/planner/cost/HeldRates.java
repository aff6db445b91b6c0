package muster.planner.cost;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Supply;
import muster.planner.perf.JobRates;
import muster.planner.perf.PlacedJob;

/**
 * How fast a job is on the nodes that it holds: the spare ones of a pool do not compute, and evictions of spot nodes take
 * time (docs/model.md, Rate and time, and Spot nodes). Counts are of nodes held, by {@link Lots}; what computes is known
 * here alone.
 */
public final class HeldRates {
    /** Beyond, more time is lost than worked, and the formula of first order says too little. */
    private static final double MOST_OVERHEAD = 1;

    private static final double SECONDS_PER_HOUR = 3600;
    private static final int NARROW_NODES = 64;

    /** A fraction rounded up leaves no more than the rest of one, but for what is taken for rounding itself. */
    private static final double LESS_BY_ROUNDING = 1e-9;

    private final JobRates rates;
    private final List<Pool> pools;
    private final Lots lots;
    private final boolean spared;
    private final boolean interrupted;

    /** Shape [lot]: 2 × checkpoint × evictions of one node in a second; 0 where it is no spot node. */
    private final double[] pace;

    /** Shape [lot]: share of the time that restarts after one node's evictions take. */
    private final double[] restarts;

    private final double[] evictionsPerHour;
    private final int[] mostNodes;

    /** @param pools of the scenario */
    HeldRates(JobRates rates, List<Pool> pools, Lots lots) {
        this.rates = rates;
        this.pools = pools;
        this.lots = lots;
        this.pace = new double[lots.count()];
        this.restarts = new double[lots.count()];
        this.evictionsPerHour = new double[lots.count()];
        this.mostNodes = new int[lots.count()];
        boolean anySpare = false;
        boolean anySpot = false;
        for (int lot = 0; lot < lots.count(); lot++) {
            int p = lots.pool(lot);
            Pool pool = pools.get(p);
            anySpare |= pool.spare().isPresent() && rates.runsOn(p);
            if (lots.isSpot(lot)) {
                Supply.Spot spot = pool.supply().spot().orElseThrow();
                evictionsPerHour[lot] = spot.evictionsPerHour().value();
                double perSecond = evictionsPerHour[lot] / SECONDS_PER_HOUR;
                pace[lot] = 2 * spot.checkpointSeconds().value() * perSecond;
                restarts[lot] = spot.restartSeconds().value() * perSecond;
                anySpot |= rates.runsOn(p);
            }
            mostNodes[lot] = mostHeld(lot);
        }
        this.spared = anySpare;
        this.interrupted = anySpot;
    }

    /** {@return the most nodes to hold of which no more compute than are of use, and that are not evicted too often} */
    private int mostHeld(int lot) {
        Pool pool = pools.get(lots.pool(lot));
        int mostComputing = rates.mostNodes(lots.pool(lot));
        if (mostComputing == 0 || pool.spare().isEmpty() && !lots.isSpot(lot)) {
            return mostComputing;
        }
        // Both grow with the count, so the largest that will do is found by halving.
        int will = 0;
        int wont = pool.maxNodes().asInt() + 1;
        while (wont - will > 1) {
            int held = (will + wont) >>> 1;
            boolean does = pool.computingNodes(held) <= mostComputing
                    && overhead(pace[lot] * held, restarts[lot] * held) <= MOST_OVERHEAD;
            will = does ? held : will;
            wont = does ? wont : held;
        }
        return will;
    }

    /** {@return whether the rate is the sum of that of its nodes, whatever their number} */
    public boolean linear() {
        return rates.linear() && !spared && !interrupted;
    }

    /** {@return whether nodes of several pools whose rates are modelled share a step, which takes long to work out} */
    public boolean mixes(int[] nodes) {
        return rates.mixes(computing(nodes));
    }

    /** {@return whether every pool's rate is stated, so that any number of nodes may compute} */
    public boolean stated() {
        return rates.linear();
    }

    /** {@return whether the pool's rate is stated and all its nodes compute undisturbed: they add up, whatever others do} */
    public boolean stated(int lot) {
        int p = lots.pool(lot);
        return rates.stated(p) && pools.get(p).spare().isEmpty() && !lots.isSpot(lot);
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
     * {@return tokens/s over the whole time, interruptions included; 0 where the job cannot run on exactly these nodes, such
     * as where all of a pool's are spare}
     *
     * @param nodes shape [pool]
     */
    public double tokensPerSecond(int[] nodes) {
        if (!spared && !interrupted) {
            return rates.tokensPerSecond(computing(nodes));
        }
        int[] held = lots.byPool(nodes);
        int[] computing = computing(nodes);
        for (int p = 0; p < held.length; p++) {
            if (held[p] > 0 && computing[p] == 0) {
                return 0;
            }
        }
        double overhead = overhead(nodes);
        return overhead > MOST_OVERHEAD ? 0 : rates.tokensPerSecond(computing) / (1 + overhead);
    }

    /** {@return the job on nodes that it can run on, written out for a plan, without interruptions} */
    PlacedJob placed(int[] nodes) {
        return PlacedJob.of(rates, computing(nodes));
    }

    /** {@return what evictions do to the job; empty where it holds no spot nodes} */
    Optional<Plan.Interruption> interruption(int[] nodes) {
        double perHour = 0;
        boolean any = false;
        for (int lot = 0; lot < nodes.length; lot++) {
            any |= lots.isSpot(lot) && nodes[lot] > 0;
            perHour += nodes[lot] * evictionsPerHour[lot];
        }
        return any ? Optional.of(new Plan.Interruption(perHour, overhead(nodes))) : Optional.empty();
    }

    private double overhead(int[] nodes) {
        double paceOfAll = 0;
        double restartsOfAll = 0;
        for (int lot = 0; interrupted && lot < nodes.length; lot++) {
            paceOfAll += nodes[lot] * pace[lot];
            restartsOfAll += nodes[lot] * restarts[lot];
        }
        return overhead(paceOfAll, restartsOfAll);
    }

    /**
     * {@return time lost over time worked: √(2 δ λ) for checkpoints at the best interval and lost work, and λ R for restarts
     * (Young 1974, doi:10.1145/361147.361115; Daly 2006, doi:10.1016/j.future.2004.11.016)}
     */
    private static double overhead(double pace, double restarts) {
        return Math.sqrt(pace) + restarts;
    }

    /** {@return the most tokens/s that a node of the pool ever gives; 0 where the job cannot use it} */
    public double bestTokensPerSecondPerNode(int pool) {
        return rates.bestTokensPerSecondPerNode(lots.pool(pool));
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
        if (perNode.length == pools.size() && !spared) {
            rates.ceilings(low, high, perNode);
            return;
        }
        double[] perComputingNode = new double[pools.size()];
        rates.ceilings(computing(low), computing(high), perComputingNode);
        double factor = 1 + overhead(low);
        for (int lot = 0; lot < perNode.length; lot++) {
            perNode[lot] = perComputingNode[lots.pool(lot)] / factor;
            if (spared) {
                perNode[lot] *= mostComputingFraction(
                        pools.get(lots.pool(lot)), lots.together(low, lot), lots.together(high, lot));
            }
        }
    }

    /** {@return the largest share of held nodes that computes, of any count in a range} */
    private static double mostComputingFraction(Pool pool, int low, int high) {
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
     * {@return tokens/s that exactly so many nodes of a pool, of whichever of its lots, give a job at most, without
     * interruptions}
     *
     * @param alone whether no other pool works beside it
     */
    public double mostOfPool(int pool, int nodes, boolean alone) {
        int p = lots.pool(pool);
        int[] computing = new int[pools.size()];
        computing[p] = pools.get(p).computingNodes(nodes);
        if (alone) {
            return computing[p] == 0 ? 0 : rates.tokensPerSecond(computing);
        }
        return computing[p] * rates.ceiling(p, computing[p]);
    }

    /** {@return by what factor so many nodes of the pool lengthen a job at least; infinite where they stop it} */
    public double timeFactor(int pool, int nodes) {
        double overhead = overhead(pace[pool] * nodes, restarts[pool] * nodes);
        return overhead > MOST_OVERHEAD ? Double.POSITIVE_INFINITY : 1 + overhead;
    }

    /**
     * {@return seconds per token that every point of a box loses to the exchange between pools, beside its ceilings; 0
     * where a point may do without}
     */
    public double leastExchangeSecondsPerToken(int[] low, int[] high) {
        return rates.leastExchangeSecondsPerToken(computing(low), computing(high)) * (1 + overhead(low));
    }

    /**
     * {@return tokens/s that no point of a box exceeds, by the layouts of narrow ranges; infinite for wide ones, 0 where no
     * point can run}
     */
    public double mostTokensPerSecond(int[] low, int[] high) {
        double overhead = overhead(low);
        if (overhead > MOST_OVERHEAD) {
            return 0;
        }
        return rates.linear()
                ? Double.POSITIVE_INFINITY
                : rates.mostTokensPerSecond(computing(low), computing(high)) / (1 + overhead);
    }

    /** {@return how many nodes of each of the scenario's pools compute; not to be changed} */
    private int[] computing(int[] nodes) {
        if (nodes.length == pools.size() && !spared) {
            return nodes;
        }
        int[] computing = lots.byPool(nodes);
        for (int p = 0; spared && p < computing.length; p++) {
            computing[p] = pools.get(p).computingNodes(computing[p]);
        }
        return computing;
    }
}
