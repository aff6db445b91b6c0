package muster.planner.cost;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.perf.JobRates;
import muster.planner.perf.RateBook;

/**
 * A scenario as integers and plain arrays, for search and bound. Money is in micro-dollars, time in microseconds,
 * power in milliwatts; limits compare in these integers (docs/model.md, Arithmetic of a plan).
 */
public final class FleetProblem {
    /** No plan lasts longer, stated or not: 1,000 years keep every sum of microseconds inside a long. */
    public static final long HORIZON_MICROS = 1_000L * 365 * 86_400 * 1_000_000;

    /** No plan costs more, stated or not: four trillion dollars keep every sum of micro-dollars inside a long. */
    public static final long MOST_MICRO_USD = 4_000_000_000_000L * 1_000_000;

    private static final Consumer<FleetChoice> NOBODY = choice -> {};

    private final int jobCount;
    private final Lots lots;
    private final int poolCount;
    private final List<HeldRates> rates;
    private final double[] tokens;
    private final long[] releaseMicros;
    private final long[] jobDeadlineMicros;
    private final int[][] predecessors;
    private final int[] priorities;
    private final boolean[] onePool;
    private final int[] maxNodes;
    private final int[] ownNodes;
    private final int[] granularityNodes;
    private final NodeCosts[] costs;
    private final long deadlineMicros;
    private final long budgetMicroUsd;
    private final long powerMilliwatts;
    private final List<Objective> criteria;
    private final Availability availability;
    private final SiteCaps sites;
    private final PoolRoom room;
    private final int termPoolCount;
    private final double[] leastMicroUsdPerNodeHour;
    private final long lastEndMicros;
    private final Consumer<FleetChoice> witness;

    private FleetProblem(Scenario scenario, List<JobRates> rates, Consumer<FleetChoice> witness) {
        this.witness = witness;
        List<Job> jobs = scenario.jobs();
        this.lots = Lots.of(scenario.pools());
        this.jobCount = jobs.size();
        this.poolCount = lots.count();
        List<Pool> pools = IntStream.range(0, poolCount)
                .mapToObj(lot -> scenario.pools().get(lots.pool(lot)))
                .toList();
        this.rates = rates.stream()
                .map(ofJob -> new HeldRates(ofJob, scenario.pools(), lots))
                .toList();
        this.tokens = jobs.stream().mapToDouble(job -> job.tokens().value()).toArray();
        this.releaseMicros = jobs.stream()
                .mapToLong(job -> job.releaseSeconds().map(FleetProblem::micros).orElse(0L))
                .toArray();
        this.jobDeadlineMicros = jobs.stream()
                .mapToLong(
                        job -> job.deadlineSeconds().map(FleetProblem::micros).orElse(HORIZON_MICROS))
                .toArray();
        this.predecessors = predecessors(jobs);
        this.priorities = jobs.stream().mapToInt(Job::priority).toArray();
        this.onePool = new boolean[jobCount];
        for (int j = 0; j < jobCount; j++) {
            onePool[j] = jobs.get(j).spread() == Job.Spread.ONE_POOL;
        }
        this.availability = new Availability(pools, lots);
        this.maxNodes = new int[poolCount];
        this.ownNodes = IntStream.range(0, poolCount)
                .map(p -> lots.isSpot(p) ? 0 : pools.get(p).ownNodes().asInt())
                .toArray();
        this.granularityNodes =
                pools.stream().mapToInt(pool -> pool.granularityNodes().asInt()).toArray();
        this.costs = new NodeCosts[poolCount];
        for (int p = 0; p < poolCount; p++) {
            maxNodes[p] = availability.most(p);
            costs[p] = new NodeCosts(pools.get(p), lots.isSpot(p), scenario.accounting());
        }
        this.termPoolCount =
                (int) Arrays.stream(costs).filter(cost -> cost.terms.any()).count();
        this.sites = new SiteCaps(
                scenario,
                lots,
                Arrays.stream(costs).mapToLong(cost -> cost.facilityMilliwatts).toArray());
        this.room = new PoolRoom(lots, availability, sites);
        Limits limits = scenario.limits();
        this.deadlineMicros = limits.deadlineSeconds()
                .map(figure -> Math.min(micros(figure), HORIZON_MICROS))
                .orElse(HORIZON_MICROS);
        this.budgetMicroUsd = limits.budgetUsd()
                .map(figure -> Math.min(Math.round(figure.value() * 1e6), MOST_MICRO_USD))
                .orElse(MOST_MICRO_USD);
        this.powerMilliwatts = limits.powerWatts()
                .map(figure -> Math.round(figure.value() * 1e3))
                .orElse(Long.MAX_VALUE);
        this.criteria = Criteria.of(scenario.objectives());
        this.leastMicroUsdPerNodeHour = new double[poolCount];
        this.lastEndMicros = IntStream.range(0, jobCount)
                .mapToLong(this::latestEndMicros)
                .max()
                .orElse(0);
        for (int p = 0; p < poolCount; p++) {
            leastMicroUsdPerNodeHour[p] = leastMicroUsdPerNodeHour(p, 0, lastEndMicros);
        }
    }

    public static FleetProblem of(Scenario scenario) {
        return of(scenario, new RateBook());
    }

    /** {@return the problem, with rates from a book that what-ifs of one scenario share} */
    public static FleetProblem of(Scenario scenario, RateBook book) {
        return witnessed(scenario, book, NOBODY);
    }

    /**
     * {@return the problem, with somebody who is shown every choice that a ledger finds feasible}
     *
     * @param witness asked by every thread that counts
     */
    public static FleetProblem witnessed(Scenario scenario, RateBook book, Consumer<FleetChoice> witness) {
        return new FleetProblem(scenario, book.of(scenario), witness);
    }

    void show(int[][] nodes, long[] startMicros) {
        if (witness != NOBODY) {
            witness.accept(new FleetChoice(nodes, startMicros));
        }
    }

    static long micros(Figure seconds) {
        return Math.round(seconds.value() * 1e6);
    }

    private static int[][] predecessors(List<Job> jobs) {
        Map<String, Integer> indexByName = new HashMap<>();
        for (int j = 0; j < jobs.size(); j++) {
            indexByName.put(jobs.get(j).name(), j);
        }
        return jobs.stream()
                .map(job -> job.after().stream().mapToInt(indexByName::get).toArray())
                .toArray(int[][]::new);
    }

    public int jobCount() {
        return jobCount;
    }

    /** {@return pools, the spot nodes of one being one of their own behind it, see {@link Lots}} */
    public int poolCount() {
        return poolCount;
    }

    /** {@return which of the scenario's pools each pool here is, and whether it is that pool's spot nodes} */
    public Lots lots() {
        return lots;
    }

    /** {@return what pools have room for together with their spot nodes} */
    public PoolRoom room() {
        return room;
    }

    /** {@return how fast a job is on any nodes} */
    public HeldRates rates(int job) {
        return rates.get(job);
    }

    public double tokens(int job) {
        return tokens[job];
    }

    public long releaseMicros(int job) {
        return releaseMicros[job];
    }

    /** {@return the latest end of the job: its own deadline or the scenario's, whichever is earlier} */
    public long latestEndMicros(int job) {
        return Math.min(jobDeadlineMicros[job], deadlineMicros);
    }

    /** {@return how important the job is, at least 1, more for more important} */
    public int priority(int job) {
        return priorities[job];
    }

    /** {@return how many jobs must end before this one starts} */
    public int predecessorCount(int job) {
        return predecessors[job].length;
    }

    /** {@return the index of one of the jobs that must end before this one starts} */
    public int predecessor(int job, int index) {
        return predecessors[job][index];
    }

    public boolean onePool(int job) {
        return onePool[job];
    }

    /** {@return when nodes are there} */
    public Availability availability() {
        return availability;
    }

    /** {@return what the sites of the pools have room for} */
    public SiteCaps sites() {
        return sites;
    }

    /** {@return owned and other nodes of the pool that are there in the end} */
    public int maxNodes(int pool) {
        return maxNodes[pool];
    }

    /** {@return whether there is a way to get nodes of it beyond those owned} */
    public boolean canGrow(int pool) {
        return costs[pool].canGrow();
    }

    /** {@return the most nodes one job can hold: all that the site has room for where more can be had, else owned ones} */
    public int reachableNodes(int pool) {
        int nodes = canGrow(pool) ? maxNodes[pool] : Math.min(ownNodes[pool], maxNodes[pool]);
        int housed = Math.min(nodes, sites.mostNodes(pool));
        return housed / granularityNodes[pool] * granularityNodes[pool];
    }

    /** {@return the most nodes of the pool that jobs can hold at that time, all together} */
    public int reachableNodes(int pool, long micros) {
        int there = Math.min(availability.nodes(pool, micros), sites.mostNodes(pool));
        boolean more = costs[pool].rentable
                || costs[pool].terms.canReserve()
                || costs[pool].terms.canBuy() && micros >= costs[pool].terms.leadMicros();
        return more ? there : Math.min(ownNodes[pool], there);
    }

    /** {@return the most units (of the pool's granularity) that the job can hold; 0 where it cannot use the pool} */
    public int mostUnits(int job, int pool) {
        return Math.min(reachableNodes(pool), rates.get(job).mostNodes(pool)) / granularityNodes[pool];
    }

    /** {@return the same of the nodes that are there at that time} */
    public int mostUnits(int job, int pool, long micros) {
        return Math.min(reachableNodes(pool, micros), rates.get(job).mostNodes(pool)) / granularityNodes[pool];
    }

    public int ownNodes(int pool) {
        return ownNodes[pool];
    }

    /**
     * {@return the owned nodes that a bound over several jobs may count: none where another node costs less than the
     * energy of an owned one, since a job that finds them taken would pay less}
     */
    public int ownNodesWorthHaving(int pool) {
        boolean bought = costs[pool].terms.canBuy() && costs[pool].terms.leadMicros() < lastEndMicros;
        boolean growable = costs[pool].rentable || costs[pool].terms.canReserve() || bought;
        boolean othersAreCheaper = growable && costs[pool].energyMicroUsdPerHour > leastMicroUsdPerNodeHour[pool];
        return othersAreCheaper ? 0 : ownNodes[pool];
    }

    /** {@return how nodes can be bought or rented for a term} */
    public NodeTerms terms(int pool) {
        return costs[pool].terms;
    }

    /** {@return whether any pool can be bought or rented for a term} */
    public boolean hasTerms() {
        return termPoolCount > 0;
    }

    /** {@return micro-dollars that rounding purchases and reservations, each of every pool, may take off a plan's cost} */
    public int termRoundings() {
        return 2 * termPoolCount;
    }

    /**
     * {@return what a node that is not owned costs a job in an hour at least: rent, or its part of a purchase or a
     * reservation if jobs used it all the time, energy included}
     */
    public double leastMicroUsdPerNodeHour(int pool) {
        return leastMicroUsdPerNodeHour[pool];
    }

    /**
     * {@return the same for jobs that start and end within a window; 0 where there is no way to get one}
     *
     * @param firstMicros no job that has the node starts earlier
     * @param lastMicros no job that has the node ends later
     */
    public double leastMicroUsdPerNodeHour(int pool, long firstMicros, long lastMicros) {
        return costs[pool].leastMicroUsdPerHour(firstMicros, lastMicros);
    }

    /**
     * {@return what a node that is not owned costs the only job at least, started at that time and running that long}
     *
     * @param hours how long at least
     */
    public double leastMicroUsdPerNode(int pool, long startMicros, double hours) {
        return costs[pool].leastMicroUsd(startMicros, hours);
    }

    public int granularityNodes(int pool) {
        return granularityNodes[pool];
    }

    public boolean rentable(int pool) {
        return costs[pool].rentable;
    }

    public long rentMicroUsdPerNodeHour(int pool) {
        return costs[pool].rentMicroUsdPerHour;
    }

    /** {@return what an owned node pays for energy; 0 where its site states no price} */
    public double energyMicroUsdPerNodeHour(int pool) {
        return costs[pool].energyMicroUsdPerHour;
    }

    /** {@return training power of one node times PUE} */
    public long facilityMilliwatts(int pool) {
        return costs[pool].facilityMilliwatts;
    }

    /** {@return what these nodes draw together, shape [pool]} */
    public long facilityMilliwatts(int[] nodes) {
        long sum = 0;
        for (int p = 0; p < nodes.length; p++) {
            sum += nodes[p] * costs[p].facilityMilliwatts;
        }
        return sum;
    }

    /** {@return grams of carbon dioxide of one node in a second; NaN where the grid's intensity is unknown} */
    public double carbonGramsPerNodeSecond(int pool) {
        return costs[pool].carbonGramsPerSecond;
    }

    public long deadlineMicros() {
        return deadlineMicros;
    }

    public long budgetMicroUsd() {
        return budgetMicroUsd;
    }

    /** {@return the power limit; Long.MAX_VALUE where none is stated} */
    public long powerMilliwatts() {
        return powerMilliwatts;
    }

    /** {@return what is minimised, in order; nodes and pool order follow it} */
    public List<Objective> criteria() {
        return criteria;
    }

    @Override
    public String toString() {
        return "FleetProblem[%d jobs, %d pools, max %s]".formatted(jobCount, poolCount, Arrays.toString(maxNodes));
    }
}
