package muster.planner.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Job;
import muster.planner.domain.Plan;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.Work;

/**
 * One job's share of a plan, worked out again.
 *
 * @param holdings per pool, in the scenario's order, pools not in use included
 * @param interruptions by evictions of its spot nodes
 * @param tokensPerSecond the sum of the holdings' rates
 */
record DerivedJob(
        Job job,
        long startMicros,
        long endMicros,
        List<Holding> holdings,
        Interruptions interruptions,
        BigDecimal tokensPerSecond) {
    /** Nodes of one pool in one job's hands. */
    record Holding(
            PoolFacts pool,
            int nodes,
            int ownedNodes,
            int boughtNodes,
            int reservedNodes,
            int spotNodes,
            BigDecimal tokensPerSecond) {
        int rentedNodes() {
            return nodes - ownedNodes - boughtNodes - reservedNodes - spotNodes;
        }

        BigDecimal rentMicroUsdPerHour() {
            return pool.rentMicroUsdPerNodeHour().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(rentedNodes()));
        }

        BigDecimal spotMicroUsdPerHour() {
            return pool.spotMicroUsdPerNodeHour().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(spotNodes));
        }

        BigDecimal energyMicroUsdPerHour() {
            return ownedEnergyMicroUsdPerHour().add(boughtEnergyMicroUsdPerHour());
        }

        BigDecimal ownedEnergyMicroUsdPerHour() {
            return pool.energyMicroUsdPerNodeHour().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(ownedNodes));
        }

        BigDecimal boughtEnergyMicroUsdPerHour() {
            return pool.energyMicroUsdPerNodeHour().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(boughtNodes));
        }

        long milliwatts() {
            return nodes * pool.facilityMilliwatts();
        }

        BigDecimal gramsPerHour() {
            return pool.gramsPerNodeHour().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(nodes));
        }
    }

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /**
     * @param spot nodes of each pool that are spot nodes
     * @param tenure of all jobs, this one being number {@code j}
     * @param stated whose layouts, where the performance model gives the rate, have been checked already
     */
    static DerivedJob of(
            Job job,
            List<PoolFacts> pools,
            int[] nodes,
            int[] spot,
            Tenure tenure,
            int j,
            long startMicros,
            long endMicros,
            Plan.JobPlan stated) {
        Interruptions interruptions = Interruptions.of(pools, spot);
        Optional<DerivedStep> step = stated.step().map(present -> DerivedStep.of(stated));
        List<Holding> holdings = new ArrayList<>();
        BigDecimal rate = BigDecimal.ZERO;
        for (int p = 0; p < pools.size(); p++) {
            PoolFacts pool = pools.get(p);
            BigDecimal working = nodes[p] == 0 ? BigDecimal.ZERO : poolRate(job, pool, nodes[p], step, stated);
            BigDecimal poolRate = working.divide(interruptions.timeFactor(), Derivation.PRECISION);
            holdings.add(new Holding(
                    pool,
                    nodes[p],
                    tenure.owned()[j][p],
                    tenure.bought()[j][p],
                    tenure.reserved()[j][p],
                    spot[p],
                    poolRate));
            rate = rate.add(poolRate);
        }
        return new DerivedJob(job, startMicros, endMicros, List.copyOf(holdings), interruptions, rate);
    }

    private static BigDecimal poolRate(
            Job job, PoolFacts pool, int nodes, Optional<DerivedStep> step, Plan.JobPlan stated) {
        if (job.measured().containsKey(pool.name())) {
            long gpus = (long) (nodes - pool.spareNodes(nodes)) * pool.gpusPerNode();
            return PoolFacts.exact(job.measured().get(pool.name())).multiply(BigDecimal.valueOf(gpus));
        }
        Plan.PoolRun run = stated.pools().stream()
                .filter(each -> each.pool().equals(pool.pool()))
                .findFirst()
                .flatMap(Plan.PoolShare::run)
                .orElseThrow();
        return new BigDecimal(
                switch (job.work()) {
                    case Work.Training training -> step.orElseThrow().tokensPerSecond(job, (Plan.PoolStep) run);
                    case Work.Generation generation -> tokensPerSecond(job, generation, pool, (ReplicaEstimate) run);
                });
    }

    private static double tokensPerSecond(Job job, Work.Generation work, PoolFacts pool, ReplicaEstimate run) {
        return PlainReplica.of(job, work, pool.pool().networkedNode(), run.layout(), run.replicas())
                .tokensPerSecond();
    }

    String name() {
        return "job " + job.name();
    }

    BigDecimal seconds() {
        return PoolFacts.exact(job.tokens()).divide(tokensPerSecond, Derivation.PRECISION);
    }

    BigDecimal hours() {
        return PoolFacts.exact(job.tokens()).divide(tokensPerSecond.multiply(SECONDS_PER_HOUR), Derivation.PRECISION);
    }

    /** The end as the exact duration gives it, before rounding to microseconds. */
    BigDecimal exactEndMicros() {
        return BigDecimal.valueOf(startMicros).add(seconds().movePointRight(6));
    }

    long gpus() {
        return holdings.stream()
                .mapToLong(holding -> (long) holding.nodes() * holding.pool().gpusPerNode())
                .sum();
    }

    BigDecimal gpuHours() {
        return hours().multiply(BigDecimal.valueOf(gpus()));
    }

    /** On demand and spot. */
    BigDecimal rentMicroUsd() {
        return hours().multiply(
                        sum(holdings.stream().map(Holding::rentMicroUsdPerHour).toList()))
                .add(spotMicroUsd());
    }

    BigDecimal spotMicroUsd() {
        return hours().multiply(
                        sum(holdings.stream().map(Holding::spotMicroUsdPerHour).toList()));
    }

    BigDecimal energyMicroUsd() {
        return hours().multiply(sum(
                holdings.stream().map(Holding::energyMicroUsdPerHour).toList()));
    }

    long milliwatts() {
        return holdings.stream().mapToLong(Holding::milliwatts).sum();
    }

    BigDecimal energyJoules() {
        return seconds().multiply(BigDecimal.valueOf(milliwatts(), 3));
    }

    BigDecimal carbonGrams() {
        return hours().multiply(sum(holdings.stream().map(Holding::gramsPerHour).toList()));
    }

    static BigDecimal sum(List<BigDecimal> terms) {
        return terms.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
