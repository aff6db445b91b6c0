package muster.planner.perf;

import java.util.Arrays;
import java.util.Optional;
import muster.planner.domain.Plan;

/**
 * A job on certain nodes, written out for a plan.
 *
 * @param poolTokensPerSecond shape [pool]: what each pool gives, 0 where it is not in use
 * @param poolRuns shape [pool]: how each pool runs it; absent where its rate is stated or it is not in use
 * @param step the optimizer step of all pools whose rate is modelled; absent where there is none
 */
public record PlacedJob(double[] poolTokensPerSecond, Optional<Plan.PoolRun>[] poolRuns, Optional<Plan.JobStep> step) {
    /**
     * {@return the job on nodes that it can run on}
     *
     * @param nodes shape [pool]
     */
    public static PlacedJob of(JobRates rates, int[] nodes) {
        return switch (rates) {
            case TrainingRates training -> of(training, nodes);
            case GenerationRates generation -> of(generation, nodes);
        };
    }

    private static PlacedJob of(GenerationRates rates, int[] nodes) {
        double[] perPool = new double[nodes.length];
        Optional<Plan.PoolRun>[] runs = none(nodes.length);
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                perPool[p] = rates.tokensPerSecond(p, nodes[p]);
                runs[p] = rates.estimate(p, nodes[p]).map(Plan.PoolRun.class::cast);
            }
        }
        return new PlacedJob(perPool, runs, Optional.empty());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
    private static Optional<Plan.PoolRun>[] none(int pools) {
        Optional<Plan.PoolRun>[] runs = new Optional[pools];
        Arrays.fill(runs, Optional.empty());
        return runs;
    }

    private static PlacedJob of(TrainingRates rates, int[] nodes) {
        double[] perPool = new double[nodes.length];
        Optional<Plan.PoolRun>[] runs = none(nodes.length);
        double alone = 0;
        for (int p = 0; p < nodes.length; p++) {
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
            case 1 -> Optional.of(onePool(rates, nodes, pools[0], perPool, runs, alone));
            default -> Optional.of(severalPools(rates, nodes, pools, perPool, runs, alone));
        };
        return new PlacedJob(perPool, runs, step);
    }

    private static Plan.JobStep onePool(
            TrainingRates rates, int[] nodes, int pool, double[] perPool, Optional<Plan.PoolRun>[] runs, double alone) {
        PoolOptions options = rates.modelled(pool).orElseThrow();
        LayoutPoint point = options.alonePoint(nodes[pool]);
        int batch = rates.job().training().batchSequences().asInt();
        int microbatches = batch / (point.dataRanks() * point.sharding().microbatch());
        perPool[pool] = options.aloneTokensPerSecond(nodes[pool]);
        runs[pool] = Optional.of(new Plan.PoolStep(
                options.estimator().estimate(point, microbatches, perPool[pool]), batch, microbatches));
        return new Plan.JobStep(rates.job().training().tokensPerStep() / perPool[pool], 0, alone);
    }

    private static Plan.JobStep severalPools(
            TrainingRates rates,
            int[] nodes,
            int[] pools,
            double[] perPool,
            Optional<Plan.PoolRun>[] runs,
            double alone) {
        MixedStep mixed = rates.mixedStep(nodes).orElseThrow();
        double exchange = rates.exchangeSeconds(nodes);
        double seconds = mixed.seconds() + exchange;
        for (int i = 0; i < pools.length; i++) {
            int pool = pools[i];
            int sequences = mixed.sequences()[i];
            perPool[pool] = sequences * rates.job().training().sequenceTokens().value() / seconds;
            runs[pool] = Optional.of(new Plan.PoolStep(
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
