package muster.planner.perf;

import java.util.Optional;
import muster.planner.domain.Plan;

/**
 * A job on certain nodes, written out for a plan.
 *
 * @param poolTokensPerSecond shape [pool]: what each pool gives, 0 where it is not in use
 * @param poolSteps shape [pool]: what each pool does in a step; absent where its rate is stated or it is not in use
 * @param step the step of all pools whose rate is modelled; absent where there is none
 */
public record PlacedJob(
        double[] poolTokensPerSecond, Optional<Plan.PoolStep>[] poolSteps, Optional<Plan.JobStep> step) {
    /**
     * {@return the job on nodes that it can run on}
     *
     * @param nodes shape [pool]
     */
    public static PlacedJob of(JobRates rates, int[] nodes) {
        double[] perPool = new double[nodes.length];
        @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
        Optional<Plan.PoolStep>[] steps = new Optional[nodes.length];
        double alone = 0;
        for (int p = 0; p < nodes.length; p++) {
            steps[p] = Optional.empty();
            perPool[p] = nodes[p] * rates.measuredTokensPerSecond(p);
            alone += perPool[p];
        }
        int[] pools = rates.modelledPools(nodes);
        for (int p : pools) {
            PoolOptions options = rates.modelled(p).orElseThrow();
            alone += pools.length == 1
                    ? options.aloneTokensPerSecond(nodes[p])
                    : options.aloneTokensPerSecondWithin(nodes[p]);
        }
        Optional<Plan.JobStep> step = switch (pools.length) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(onePool(rates, nodes, pools[0], perPool, steps, alone));
            default -> Optional.of(severalPools(rates, nodes, pools, perPool, steps, alone));
        };
        return new PlacedJob(perPool, steps, step);
    }

    private static Plan.JobStep onePool(
            JobRates rates, int[] nodes, int pool, double[] perPool, Optional<Plan.PoolStep>[] steps, double alone) {
        PoolOptions options = rates.modelled(pool).orElseThrow();
        LayoutPoint point = options.alonePoint(nodes[pool]);
        int batch = rates.job().batchSequences().asInt();
        int microbatches = batch / (point.dataRanks() * point.sharding().microbatch());
        perPool[pool] = options.aloneTokensPerSecond(nodes[pool]);
        steps[pool] = Optional.of(new Plan.PoolStep(
                options.estimator().estimate(point, microbatches, perPool[pool]), batch, microbatches));
        return new Plan.JobStep(rates.job().tokensPerStep() / perPool[pool], 0, alone);
    }

    private static Plan.JobStep severalPools(
            JobRates rates, int[] nodes, int[] pools, double[] perPool, Optional<Plan.PoolStep>[] steps, double alone) {
        MixedStep mixed = rates.mixedStep(nodes).orElseThrow();
        double exchange = rates.exchangeSeconds(nodes);
        double seconds = mixed.seconds() + exchange;
        for (int i = 0; i < pools.length; i++) {
            int pool = pools[i];
            int sequences = mixed.sequences()[i];
            perPool[pool] = sequences * rates.job().sequenceTokens().value() / seconds;
            steps[pool] = Optional.of(new Plan.PoolStep(
                    rates.modelled(pool)
                            .orElseThrow()
                            .estimator()
                            .estimate(mixed.lines()[i].point(), mixed.rounds()[i], perPool[pool]),
                    sequences,
                    mixed.rounds()[i]));
        }
        return new Plan.JobStep(seconds, exchange, alone);
    }
}
