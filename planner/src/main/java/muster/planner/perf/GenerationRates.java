package muster.planner.perf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.Work;

/**
 * How fast a job writes samples on nodes of any pools. Replicas work by themselves, so pools add up and nothing is lost
 * between them; on one pool the rate rises by whole replicas (docs/model.md, Generation).
 */
final class GenerationRates implements JobRates {
    private final double[] measuredTokensPerSecond;
    private final ReplicaOptions[] modelled;
    private final boolean linear;

    private GenerationRates(double[] measuredTokensPerSecond, ReplicaOptions[] modelled) {
        this.measuredTokensPerSecond = measuredTokensPerSecond;
        this.modelled = modelled;
        this.linear = Arrays.stream(modelled).allMatch(options -> options == null);
    }

    static GenerationRates of(Job job, Work.Generation work, List<Pool> pools, RateBook book) {
        double[] measured = new double[pools.size()];
        ReplicaOptions[] modelled = new ReplicaOptions[pools.size()];
        for (int p = 0; p < modelled.length; p++) {
            Pool pool = pools.get(p);
            if (job.measured().containsKey(pool.name())) {
                measured[p] = pool.node().gpusPerNode().value()
                        * job.measured().get(pool.name()).value();
            } else if (job.modelled().contains(pool.name())) {
                modelled[p] = book.replicas(job, work, pool);
            }
        }
        return new GenerationRates(measured, modelled);
    }

    /** {@return tokens/s of some nodes of one pool; 0 where they cannot write} */
    double tokensPerSecond(int pool, int nodes) {
        return modelled[pool] == null ? nodes * measuredTokensPerSecond[pool] : modelled[pool].tokensPerSecond(nodes);
    }

    /** {@return the replicas on some nodes of a pool; absent where its rate is stated, or the job cannot use it} */
    Optional<ReplicaEstimate> estimate(int pool, int nodes) {
        return Optional.ofNullable(modelled[pool]).map(options -> options.estimate(nodes));
    }

    @Override
    public boolean linear() {
        return linear;
    }

    /** Replicas share no step. */
    @Override
    public boolean mixes(int[] nodes) {
        return false;
    }

    @Override
    public boolean stated(int pool) {
        return measuredTokensPerSecond[pool] > 0;
    }

    @Override
    public int mostNodes(int pool) {
        if (modelled[pool] != null) {
            return modelled[pool].mostNodes();
        }
        return measuredTokensPerSecond[pool] > 0 ? Integer.MAX_VALUE : 0;
    }

    @Override
    public double tokensPerSecond(int[] nodes) {
        double rate = 0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                double pool = tokensPerSecond(p, nodes[p]);
                if (pool == 0 && modelled[p] != null) {
                    return 0;
                }
                rate += pool;
            }
        }
        return rate;
    }

    @Override
    public double ceiling(int pool, int nodes) {
        return modelled[pool] == null ? measuredTokensPerSecond[pool] : modelled[pool].ceiling(nodes, nodes);
    }

    @Override
    public double bestTokensPerSecondPerNode(int pool) {
        ReplicaOptions options = modelled[pool];
        return options == null ? measuredTokensPerSecond[pool] : options.ceiling(1, options.mostNodes());
    }

    @Override
    public void ceilings(int[] low, int[] high, double[] perNode) {
        for (int p = 0; p < perNode.length; p++) {
            perNode[p] = modelled[p] == null ? measuredTokensPerSecond[p] : modelled[p].ceiling(low[p], high[p]);
        }
    }

    /** Replicas exchange nothing. */
    @Override
    public double leastExchangeSecondsPerToken(int[] low, int[] high) {
        return 0;
    }

    @Override
    public double mostTokensPerSecond(int[] low, int[] high) {
        double most = 0;
        for (int p = 0; p < high.length; p++) {
            most += modelled[p] == null
                    ? high[p] * measuredTokensPerSecond[p]
                    : modelled[p].mostTokensPerSecond(high[p]);
        }
        return most;
    }
}
