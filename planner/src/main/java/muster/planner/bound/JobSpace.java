package muster.planner.bound;

import muster.planner.cost.FleetProblem;
import muster.planner.cost.HeldRates;
import muster.planner.cost.JobAmounts;
import muster.planner.cost.Ledger;

/**
 * One job's fleets as a lattice of unit counts per pool, all owned nodes free. Rate, money, power and energy are sums
 * over pools, money with a bend where the owned nodes end; every goal is such a sum divided by the rate.
 */
final class JobSpace {
    final FleetProblem problem;
    final int job;
    final int pools;

    /** Shape [pool]: the most units; 0 where the job cannot use the pool. */
    final int[] mostUnits;

    /**
     * Shape [pool]: tokens/s of a unit that no point of the box last given to {@link #useCeilings} exceeds; exact where
     * rates are stated.
     */
    final double[] rate;

    /** Shape [pool]: facility milliwatts of a unit. */
    final double[] milliwatts;

    /** The longest the job may run, microseconds. */
    final long mostMicros;

    /** Shape [pool]: the most nodes of the pool, or of that whose spot nodes it is, in all. */
    private final int[] together;

    private final int[] own;
    private final double[] gramsPerSecond;
    private final HeldRates rates;
    private final double[] perNode;
    private final int[] lowNodes;
    private final int[] highNodes;
    private final int[] nodes;
    private final int[] owned;
    private final JobAmounts amounts;
    private final double[] restPerNodeHour;
    private final long startMicros;

    /** Only where the job is alone and nodes can be bought or reserved. */
    private final Ledger lone;

    private final int[][] loneNodes;
    private final long[] loneStart;
    private double mostTokensPerSecond = Double.POSITIVE_INFINITY;

    /**
     * The job whenever it starts.
     *
     * @param shared whether other jobs may hold owned nodes; amounts are then the least this job can pay
     */
    JobSpace(FleetProblem problem, int job, boolean shared) {
        this(problem, job, shared, problem.releaseMicros(job));
        for (int p = 0; p < pools; p++) {
            mostUnits[p] = problem.mostUnits(job, p);
            together[p] = problem.room().most(p);
        }
        useCeilings(new Box(new int[pools], mostUnits.clone()));
    }

    /** The only job, started at that time. */
    static JobSpace alone(FleetProblem problem, long startMicros) {
        return new JobSpace(problem, 0, false, startMicros);
    }

    private JobSpace(FleetProblem problem, int job, boolean shared, long startMicros) {
        this.problem = problem;
        this.job = job;
        this.pools = problem.poolCount();
        this.mostUnits = new int[pools];
        this.rate = new double[pools];
        this.milliwatts = new double[pools];
        this.gramsPerSecond = new double[pools];
        this.rates = problem.rates(job);
        this.perNode = new double[pools];
        this.lowNodes = new int[pools];
        this.highNodes = new int[pools];
        this.own = new int[pools];
        this.together = new int[pools];
        this.nodes = new int[pools];
        this.owned = new int[pools];
        this.restPerNodeHour = new double[pools];
        this.loneNodes = new int[][] {nodes};
        this.loneStart = new long[] {startMicros};
        this.lone = !shared && problem.hasTerms() ? new Ledger(problem) : null;
        this.amounts = lone == null ? new JobAmounts(problem, job) : lone.amounts(job);
        this.startMicros = startMicros;
        this.mostMicros = problem.latestEndMicros(job) - startMicros;
        for (int p = 0; p < pools; p++) {
            own[p] = shared ? problem.ownNodesWorthHaving(p) : problem.ownNodes(p);
            double granularity = problem.granularityNodes(p);
            restPerNodeHour[p] = shared
                    ? problem.leastMicroUsdPerNodeHour(p)
                    : problem.leastMicroUsdPerNodeHour(p, startMicros, problem.latestEndMicros(job));
            mostUnits[p] = problem.mostUnits(job, p, startMicros);
            together[p] = problem.room().most(p, startMicros);
            milliwatts[p] = granularity * problem.facilityMilliwatts(p);
            gramsPerSecond[p] = granularity * problem.carbonGramsPerNodeSecond(p);
        }
        useCeilings(new Box(new int[pools], mostUnits.clone()));
    }

    /**
     * Takes from a box what the nodes that a pool has together leave no room for.
     *
     * @return false where nothing is left
     */
    boolean keepWithinPools(Box box) {
        for (int p = 0; p < pools; p++) {
            if (problem.lots().isShared(p)) {
                int other = problem.lots().sibling(p);
                int most = (together[p] - box.low[other] * problem.granularityNodes(p)) / problem.granularityNodes(p);
                if (most < box.low[p]) {
                    return false;
                }
                box.high[p] = Math.min(box.high[p], most);
            }
        }
        return true;
    }

    /** {@return whether no pool is asked for more than it has together} */
    boolean withinPools(int[] units) {
        for (int p = 0; p < pools; p++) {
            if (problem.lots().isSpot(p)
                    && problem.lots().together(units, p) * problem.granularityNodes(p) > together[p]) {
                return false;
            }
        }
        return true;
    }

    /** Makes {@link #rate} what holds for the points of a box: the narrower it is, the closer to the true rates. */
    void useCeilings(Box box) {
        toNodes(box);
        rates.ceilings(lowNodes, highNodes, rate);
        for (int p = 0; p < pools; p++) {
            rate[p] *= problem.granularityNodes(p);
        }
    }

    /** {@return whether a rate is the sum of its nodes' rates} */
    boolean linear() {
        return rates.linear();
    }

    /** {@return whether every rate is stated, so that it is quickly worked out} */
    boolean stated() {
        return rates.stated();
    }

    /** {@return seconds per token that every point of the box loses beside the ceilings of its rates} */
    double leastExchangeSecondsPerToken(Box box) {
        toNodes(box);
        return rates.leastExchangeSecondsPerToken(lowNodes, highNodes);
    }

    /**
     * Works out {@link #mostTokensPerSecond} for the points of a box.
     *
     * @return whether the job may run on any of them: false only where it surely does not
     */
    boolean limitRate(Box box) {
        toNodes(box);
        mostTokensPerSecond =
                rates.linear() ? Double.POSITIVE_INFINITY : rates.mostTokensPerSecond(lowNodes, highNodes);
        return mostTokensPerSecond > 0;
    }

    /** {@return tokens/s that no point of the box last given to {@link #limitRate} exceeds; infinite where unknown} */
    double mostTokensPerSecond() {
        return mostTokensPerSecond;
    }

    /** {@return a rate that the job cannot exceed with these units, quickly: by ceilings and the exchange} */
    double quickTokensPerSecond(int[] units) {
        for (int p = 0; p < pools; p++) {
            lowNodes[p] = units[p] * problem.granularityNodes(p);
        }
        rates.ceilings(lowNodes, lowNodes, perNode);
        double sum = 0;
        for (int p = 0; p < pools; p++) {
            sum += lowNodes[p] * perNode[p];
        }
        return 1 / (1 / sum + rates.leastExchangeSecondsPerToken(lowNodes, lowNodes));
    }

    private void toNodes(Box box) {
        for (int p = 0; p < pools; p++) {
            lowNodes[p] = box.low[p] * problem.granularityNodes(p);
            highNodes[p] = box.high[p] * problem.granularityNodes(p);
        }
    }

    double tokens() {
        return problem.tokens(job);
    }

    /** {@return what the job takes with these units, owned nodes first; valid until the next call} */
    JobAmounts amounts(int[] units) {
        for (int p = 0; p < pools; p++) {
            nodes[p] = units[p] * problem.granularityNodes(p);
            owned[p] = Math.min(nodes[p], own[p]);
        }
        if (lone != null) {
            // What is bought or reserved is the only job's own affair, and the ledger knows what is best.
            lone.evaluate(loneNodes, loneStart);
            return amounts;
        }
        amounts.run(nodes);
        amounts.charge(nodes, owned);
        return amounts;
    }

    /** {@return whether the job alone keeps every limit with the units whose amounts were taken last} */
    boolean feasible() {
        return amounts.tokensPerSecond() > 0.0
                && amounts.durationMicros() <= mostMicros
                && amounts.microUsd() <= problem.budgetMicroUsd()
                && problem.facilityMilliwatts(nodes) <= problem.powerMilliwatts()
                && problem.sites().hold(nodes);
    }

    int[] nodes(int[] units) {
        int[] result = new int[pools];
        for (int p = 0; p < pools; p++) {
            result[p] = units[p] * problem.granularityNodes(p);
        }
        return result;
    }

    /** {@return the last unit that owned nodes fill entirely} */
    int ownedUnits(int pool) {
        return own[pool] / problem.granularityNodes(pool);
    }

    /** {@return whether owned nodes end strictly inside the range, so that money is not yet a line there} */
    boolean bends(int pool, int low, int high) {
        return low < ownedUnits(pool) && high > ownedUnits(pool);
    }

    /**
     * Writes a goal as (constant + Σ perUnit × units) / rate × tokens, exact where money does not bend in the box,
     * else from below.
     *
     * @param perUnit shape [pool], output
     * @return the constant
     */
    double numerator(Goal goal, Box box, double[] perUnit) {
        double constant = goal.time() * 1e6;
        for (int p = 0; p < pools; p++) {
            perUnit[p] = goal.energy() == 0 ? 0 : goal.energy() * milliwatts[p] / 1e3;
            if (goal.carbon() != 0 && mostUnits[p] > 0) {
                perUnit[p] += goal.carbon() * gramsPerSecond[p];
            }
            if (goal.money() != 0) {
                constant += moneyLine(goal.money() / 3600, p, box.low[p], box.high[p], perUnit);
            }
        }
        return constant;
    }

    /**
     * {@return micro-dollars that the only job pays at least in the box, by what is bought, paid for a term or rented if it
     * had the fewest nodes and were as fast as it can be; 0 where nodes are rented by the hour alone}
     */
    double leastMicroUsd(Box box) {
        if (lone == null) {
            return 0;
        }
        double most = 0;
        for (int p = 0; p < pools; p++) {
            most += box.high[p] * rate[p];
        }
        double hours = tokens() / Math.min(most, mostTokensPerSecond) / 3600;
        double least = 0;
        for (int p = 0; p < pools; p++) {
            int low = box.low[p] * problem.granularityNodes(p);
            int ofOwned = Math.min(low, own[p]);
            least += ofOwned * problem.energyMicroUsdPerNodeHour(p) * hours;
            least += low == ofOwned ? 0 : (low - ofOwned) * problem.leastMicroUsdPerNode(p, startMicros, hours);
        }
        return least - problem.termRoundings();
    }

    private double moneyLine(double weight, int p, int low, int high, double[] perUnit) {
        double granularity = problem.granularityNodes(p);
        double energy = problem.energyMicroUsdPerNodeHour(p);
        double rent = restPerNodeHour[p];
        double owned = own[p];
        double slope;
        double constant;
        if (high <= ownedUnits(p)) {
            slope = energy;
            constant = 0;
        } else if (low * granularity >= owned) {
            slope = rent;
            constant = owned * (energy - rent);
        } else if (rent >= energy) {
            // Convex: the line of the owned nodes stays below.
            slope = energy;
            constant = 0;
        } else {
            // Concave: the chord stays below.
            double from = low * granularity;
            double to = high * granularity;
            double moneyFrom = from * energy;
            double moneyTo = owned * energy + (to - owned) * rent;
            slope = (moneyTo - moneyFrom) / (to - from);
            constant = moneyFrom - slope * from;
        }
        perUnit[p] += weight * slope * granularity;
        return weight * constant;
    }
}
