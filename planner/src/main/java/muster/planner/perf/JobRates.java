package muster.planner.perf;

import java.util.List;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;
import muster.planner.domain.Work;

/** How fast a job is on nodes of any pools, and what no nodes of a box exceed. */
public sealed interface JobRates permits TrainingRates, GenerationRates {
    /** {@return the rates of a job, by what it does} */
    static JobRates of(Job job, List<Pool> pools, RateBook book) {
        return switch (job.work()) {
            case Work.Training training -> TrainingRates.of(job, pools, book);
            case Work.Generation generation -> GenerationRates.of(job, generation, pools, book);
        };
    }

    /** {@return whether every pool's rate is stated, so that nodes add up at a rate each} */
    boolean linear();

    /** {@return whether nodes of several pools whose rates are modelled share a step, which takes long to work out} */
    boolean mixes(int[] nodes);

    /** {@return whether the job can use the pool at any node count} */
    default boolean runsOn(int pool) {
        return mostNodes(pool) > 0;
    }

    /** {@return the most nodes of the pool that are of any use to the job} */
    int mostNodes(int pool);

    /**
     * {@return tokens/s; 0 where the job cannot run on exactly these nodes. Nodes of pools that it cannot use at all add
     * nothing}
     *
     * @param nodes shape [pool]
     */
    double tokensPerSecond(int[] nodes);

    /** {@return the most tokens/s that a node of the pool ever gives; 0 where the job cannot use it} */
    double bestTokensPerSecondPerNode(int pool);

    /** {@return whether a node of the pool adds the same rate whatever other nodes the job holds} */
    boolean stated(int pool);

    /**
     * Writes, per pool, tokens/s of a node that are never exceeded on node counts of a box: the rate of any point is at
     * most the sum of its nodes at these rates.
     *
     * @param low shape [pool], nodes
     * @param high shape [pool], nodes
     * @param perNode shape [pool], output
     */
    void ceilings(int[] low, int[] high, double[] perNode);

    /**
     * {@return tokens/s of a node of one pool that exactly so many of its nodes never exceed, beside others where there may
     * be any}
     */
    double ceiling(int pool, int nodes);

    /**
     * {@return seconds per token that every point of a box loses to the exchange between pools, beside its ceilings; 0
     * where a point may do without}
     */
    double leastExchangeSecondsPerToken(int[] low, int[] high);

    /**
     * {@return tokens/s that no point of a box exceeds, by the layouts of narrow ranges; infinite for wide ones, 0 where no
     * point can run}
     */
    double mostTokensPerSecond(int[] low, int[] high);
}
