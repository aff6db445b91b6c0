package muster.planner.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A fleet, a schedule and what they cost; every value follows from the scenario and the {@link FleetChoice}.
 * Money is in micro-dollars, time in microseconds from day 0, energy in joules, carbon in grams, power in milliwatts.
 *
 * @param jobs in the scenario's order
 * @param fleet per pool and tenure, pools in the scenario's order, only rows with nodes
 * @param sites what is used of each site that has a cap, in the order of the pools
 */
public record Plan(FleetChoice choice, List<JobPlan> jobs, List<FleetRow> fleet, List<SiteUse> sites, Totals totals) {
    public Plan {
        jobs = List.copyOf(jobs);
        fleet = List.copyOf(fleet);
        sites = List.copyOf(sites);
    }

    /** A plan without sites that have a cap. */
    public Plan(FleetChoice choice, List<JobPlan> jobs, List<FleetRow> fleet, Totals totals) {
        this(choice, jobs, fleet, List.of(), totals);
    }

    /**
     * What the nodes of a plan take of a site.
     *
     * @param peakMilliwatts the most facility power of its nodes busy at once
     * @param racks for the most nodes of each pool busy at once; 0 where the site does not say what a rack takes
     */
    public record SiteUse(Site site, long peakMilliwatts, long racks) {}

    /**
     * @param tokensPerSecond over the whole time, interruptions included
     * @param rentMicroUsd rent by the hour, on demand and spot
     * @param spotMicroUsd of it, for spot nodes
     * @param interruption by evictions; absent where the job holds no spot nodes
     * @param energyMicroUsd energy of the owned and bought nodes, where their site states a price
     * @param sharedMicroUsd its share of purchases and reservations, by the node-hours that it holds of them
     * @param step the optimizer step of the pools whose rate the performance model gives; absent where there is none
     */
    public record JobPlan(
            Job job,
            long startMicros,
            long durationMicros,
            double tokensPerSecond,
            double gpuHours,
            long rentMicroUsd,
            long energyMicroUsd,
            long sharedMicroUsd,
            long spotMicroUsd,
            Optional<Interruption> interruption,
            List<PoolShare> pools,
            Optional<JobStep> step) {
        public JobPlan {
            pools = List.copyOf(pools);
        }

        /** A job on owned and on-demand nodes alone. */
        public JobPlan(
                Job job,
                long startMicros,
                long durationMicros,
                double tokensPerSecond,
                double gpuHours,
                long rentMicroUsd,
                long energyMicroUsd,
                List<PoolShare> pools,
                Optional<JobStep> step) {
            this(
                    job,
                    startMicros,
                    durationMicros,
                    tokensPerSecond,
                    gpuHours,
                    rentMicroUsd,
                    energyMicroUsd,
                    0,
                    0,
                    Optional.empty(),
                    pools,
                    step);
        }

        /** {@return by what factor interruptions lengthen the job, at least 1} */
        public double timeFactor() {
            return 1 + interruption.map(Interruption::overheadFraction).orElse(0.0);
        }

        public long endMicros() {
            return startMicros + durationMicros;
        }

        public long microUsd() {
            return Math.addExact(Math.addExact(rentMicroUsd, energyMicroUsd), sharedMicroUsd);
        }
    }

    /**
     * What evictions do to a job.
     *
     * @param evictionsPerHour of any of its spot nodes, each of which stops the job
     * @param overheadFraction by how much they lengthen it: checkpoints, lost work and restarts, over time of work
     */
    public record Interruption(double evictionsPerHour, double overheadFraction) {}

    /**
     * An optimizer step that pools take together: each computes its share of the batch, the slowest sets the pace, then
     * gradients cross from pool to pool.
     *
     * @param stepSeconds from step to step
     * @param exchangeSeconds of these, the exchange between pools; 0 with one pool
     * @param aloneTokensPerSecond what the job's pools would give, each alone and with the whole batch, added up;
     *     without interruptions
     */
    public record JobStep(double stepSeconds, double exchangeSeconds, double aloneTokensPerSecond) {}

    /**
     * How a pool runs a job where the performance model gives the rate: steps of training, or replicas that generate.
     */
    public sealed interface PoolRun permits PoolStep, ReplicaEstimate {}

    /**
     * What a pool does in an optimizer step.
     *
     * @param estimate its layout; the seconds are its own, for its share, before it waits or exchanges
     * @param sequences its share of the batch
     * @param microbatches of the busiest data rank
     */
    public record PoolStep(LayoutEstimate estimate, int sequences, int microbatches) implements PoolRun {}

    /**
     * What one pool gives to one job; {@code shareFraction} of the job's tokens.
     *
     * @param nodes held, spare ones included
     * @param spareNodes of them, do not compute
     * @param run where the performance model gives the rate
     */
    public record PoolShare(
            Pool pool,
            int nodes,
            int ownedNodes,
            int boughtNodes,
            int reservedNodes,
            int spotNodes,
            int spareNodes,
            double tokensPerSecond,
            double shareFraction,
            Optional<PoolRun> run) {
        /** Of owned and on-demand nodes alone. */
        public PoolShare(
                Pool pool,
                int nodes,
                int ownedNodes,
                double tokensPerSecond,
                double shareFraction,
                Optional<PoolRun> run) {
            this(pool, nodes, ownedNodes, 0, 0, 0, 0, tokensPerSecond, shareFraction, run);
        }

        /** {@return what the pool does in an optimizer step; absent where its rate is stated, or where it generates} */
        public Optional<PoolStep> step() {
            return run.filter(PoolStep.class::isInstance).map(PoolStep.class::cast);
        }

        /** {@return the replicas that generate on it; absent where its rate is stated, or where it trains} */
        public Optional<ReplicaEstimate> replicas() {
            return run.filter(ReplicaEstimate.class::isInstance).map(ReplicaEstimate.class::cast);
        }

        /** {@return nodes of the job that are come by in this way} */
        public int nodes(Acquisition acquisition) {
            return switch (acquisition) {
                case OWN -> ownedNodes;
                case BUY -> boughtNodes;
                case RESERVE -> reservedNodes;
                case RENT -> nodes - ownedNodes - boughtNodes - reservedNodes - spotNodes;
                case SPOT -> spotNodes;
            };
        }

        /** {@return GPUs that are held, spare ones included} */
        public int gpus() {
            return Math.multiplyExact(nodes, pool.node().gpusPerNode().asInt());
        }

        /** {@return nodes that compute} */
        public int computingNodes() {
            return nodes - spareNodes;
        }

        /** {@return GPUs that compute} */
        public int computingGpus() {
            return Math.multiplyExact(
                    computingNodes(), pool.node().gpusPerNode().asInt());
        }
    }

    /**
     * @param nodes the most used at once
     * @param usd what the row costs over the whole plan; rows add up to the plan's total but for rounding of a job's
     *     cost to micro-dollars
     */
    public record FleetRow(Pool pool, Acquisition acquisition, int nodes, double usd) {
        public int gpus() {
            return Math.multiplyExact(nodes, pool.node().gpusPerNode().asInt());
        }
    }

    /**
     * @param rentMicroUsd by the hour, on demand and spot
     * @param spotMicroUsd of it, for spot nodes
     * @param capexMicroUsd purchases, as the scenario's accounting charges them
     * @param reserveMicroUsd reserved rent, minimum terms in full
     * @param finishMicros end of the last job
     * @param carbonGrams absent where a used pool's site states no grid intensity
     * @param energyPriced false where owned or bought nodes are used whose site states no energy price
     */
    public record Totals(
            long rentMicroUsd,
            long energyMicroUsd,
            long capexMicroUsd,
            long reserveMicroUsd,
            long spotMicroUsd,
            long finishMicros,
            double gpuHours,
            long energyJoules,
            OptionalLong carbonGrams,
            long peakMilliwatts,
            boolean energyPriced) {
        /** Of owned and on-demand nodes alone. */
        public Totals(
                long rentMicroUsd,
                long energyMicroUsd,
                long finishMicros,
                double gpuHours,
                long energyJoules,
                OptionalLong carbonGrams,
                long peakMilliwatts,
                boolean energyPriced) {
            this(
                    rentMicroUsd,
                    energyMicroUsd,
                    0,
                    0,
                    0,
                    finishMicros,
                    gpuHours,
                    energyJoules,
                    carbonGrams,
                    peakMilliwatts,
                    energyPriced);
        }

        public long microUsd() {
            return Math.addExact(
                    Math.addExact(rentMicroUsd, energyMicroUsd), Math.addExact(capexMicroUsd, reserveMicroUsd));
        }

        /** The objective in the unit it is reported in; empty for carbon without a grid intensity. */
        public OptionalDouble value(Objective objective) {
            return switch (objective) {
                case COST -> OptionalDouble.of(microUsd() / 1e6);
                case DAYS -> OptionalDouble.of(finishMicros / 86_400e6);
                case ENERGY -> OptionalDouble.of(energyJoules / 3.6e6);
                case CARBON ->
                    carbonGrams.isPresent() ? OptionalDouble.of(carbonGrams.getAsLong() / 1e3) : OptionalDouble.empty();
            };
        }
    }
}
