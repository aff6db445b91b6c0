package muster.planner.perf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Node;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.Scenario;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;

/**
 * The rates of a scenario's jobs, kept for the many what-ifs asked of it: they change limits and counts, and most leave
 * the layouts as they are. Not for use by several threads.
 */
public final class RateBook {
    private final Map<Key, PoolOptions> known = new HashMap<>();
    private final Map<ReplicaKey, ReplicaOptions> knownReplicas = new HashMap<>();

    /**
     * All that a pool's options depend on; how many nodes it has only says how far they are examined.
     *
     * @param node on the pool's network, rated power as its draw: what it really draws changes no layout
     */
    private record Key(
            Architecture architecture,
            Stack stack,
            Precision precision,
            double sequenceTokens,
            double batchSequences,
            Node node,
            int granularityNodes,
            Optional<Figure> spare,
            boolean shares) {}

    /** The same for a pool that generates. */
    private record ReplicaKey(
            Architecture architecture,
            Stack stack,
            Precision precision,
            Work.Generation work,
            Node node,
            int granularityNodes,
            Optional<Figure> spare) {}

    /** {@return the rates of each job, in the scenario's order} */
    public List<JobRates> of(Scenario scenario) {
        List<JobRates> rates = new ArrayList<>();
        for (Job job : scenario.jobs()) {
            rates.add(JobRates.of(job, scenario.pools(), this));
        }
        return List.copyOf(rates);
    }

    /** {@return shape [nodes]: which node counts may compute, of all that a job may hold} */
    private static boolean[] computingCounts(Pool pool, int mostNodes) {
        boolean[] counts = new boolean[mostNodes + 1];
        int granularity = pool.granularityNodes().asInt();
        for (int held = granularity; held <= mostNodes; held += granularity) {
            counts[pool.computingNodes(held)] = true;
        }
        counts[0] = false;
        return counts;
    }

    PoolOptions options(Job job, Pool pool, boolean shares) {
        int mostNodes = Math.min(pool.maxNodes().asInt(), Job.MOST_MODELLED_NODES);
        Key key = new Key(
                job.model().architecture(),
                job.stack(),
                job.precision(),
                job.training().sequenceTokens().value(),
                job.training().batchSequences().value(),
                ratedNode(pool),
                pool.granularityNodes().asInt(),
                pool.spare(),
                shares);
        PoolOptions options = known.get(key);
        if (options == null || options.examinedNodes() < mostNodes) {
            options = PoolOptions.of(job, key.node(), computingCounts(pool, mostNodes), shares);
            known.put(key, options);
        }
        return options;
    }

    private static Node ratedNode(Pool pool) {
        return pool.networkedNode().withTrainingPower(pool.node().nameplatePowerWatts());
    }

    ReplicaOptions replicas(Job job, Work.Generation work, Pool pool) {
        int mostNodes = Math.min(pool.maxNodes().asInt(), Job.MOST_MODELLED_NODES);
        ReplicaKey key = new ReplicaKey(
                job.model().architecture(),
                job.stack(),
                job.precision(),
                work,
                ratedNode(pool),
                pool.granularityNodes().asInt(),
                pool.spare());
        ReplicaOptions options = knownReplicas.get(key);
        if (options == null || options.examinedNodes() < mostNodes) {
            options = ReplicaOptions.of(job, work, key.node(), computingCounts(pool, mostNodes));
            knownReplicas.put(key, options);
        }
        return options;
    }
}
