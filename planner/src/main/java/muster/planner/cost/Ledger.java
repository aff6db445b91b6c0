package muster.planner.cost;

import java.util.Arrays;
import java.util.stream.IntStream;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Objective;

/**
 * Adds up one choice of nodes and starts: durations, money, energy, power, and how far limits are passed; what is missing it
 * buys and reserves as is cheapest. One object serves many choices; reading it before {@link #evaluate} or {@link #settle}
 * is meaningless. Not for use by several threads.
 */
public final class Ledger {
    private final FleetProblem problem;
    private final JobAmounts[] amounts;
    private final Tenure tenure;
    private final TenureChoice tenureChoice;
    private final long[] ends;
    private final int[] order;
    private final long[] orderStart;
    private final int[][] nodes;
    private final boolean[] changed;
    private final boolean hasDates;
    private final TermCharges terms;
    private final Excess excess = new Excess();
    private final Peaks peaks;
    private final JobNodes jobNodes;
    private long[] starts;
    private long rentMicroUsd;
    private long energyMicroUsd;
    private long energyJoules;
    private double carbonGrams;
    private long finishMicros;

    public Ledger(FleetProblem problem) {
        this.problem = problem;
        int jobs = problem.jobCount();
        this.amounts = new JobAmounts[jobs];
        for (int j = 0; j < jobs; j++) {
            amounts[j] = new JobAmounts(problem, j);
        }
        this.jobNodes = new JobNodes(problem);
        this.tenure = new Tenure(problem);
        this.peaks = new Peaks(problem, tenure, excess);
        this.tenureChoice = new TenureChoice(problem, tenure);
        this.ends = new long[jobs];
        this.order = IntStream.range(0, jobs).toArray();
        this.nodes = new int[jobs][];
        this.changed = new boolean[jobs];
        this.orderStart = new long[jobs];
        this.terms = new TermCharges(problem);
        this.hasDates = problem.availability().dates().length > 0;
    }

    /**
     * Adds everything up.
     *
     * @param nodes shape [job][pool]
     * @param starts shape [job], microseconds
     */
    public void evaluate(int[][] nodes, long[] starts) {
        for (int j = 0; j < nodes.length; j++) {
            setNodes(j, nodes[j]);
        }
        settle(starts);
    }

    /**
     * Changes the nodes (shape [pool]; kept, not copied, until set again) of one job; {@link #durationMicros} knows them at
     * once, everything else after {@link #settle}.
     */
    public void setNodes(int job, int[] jobNodes) {
        nodes[job] = jobNodes;
        amounts[job].run(jobNodes);
        this.jobNodes.set(job, jobNodes, amounts[job].tokensPerSecond() > 0.0, tenure);
        changed[job] = true;
    }

    /**
     * Adds everything up for the nodes set last; what a job pays is computed anew only where its nodes or their tenure changed.
     *
     * @param starts shape [job], microseconds; kept, not copied, until it is given again
     */
    public void settle(long[] starts) {
        this.starts = starts;
        rentMicroUsd = 0;
        energyMicroUsd = 0;
        energyJoules = 0;
        carbonGrams = 0;
        finishMicros = 0;
        excess.clear();
        peaks.clear();
        for (int j = 0; j < nodes.length; j++) {
            ends[j] = end(j);
        }
        sortByStart();
        for (int p = 0; problem.hasTerms() && p < problem.poolCount(); p++) {
            if (problem.terms(p).any()) {
                tenureChoice.choose(p, nodes, order, starts, ends);
                Arrays.fill(changed, true);
            }
        }
        for (int position = 0; position < order.length; position++) {
            changed[order[position]] |= hold(position);
        }
        chargeTerms();
        for (int j = 0; j < nodes.length; j++) {
            finishMicros = Math.max(finishMicros, end(j));
            price(j);
            addJobExcess(j);
        }
        addLimitExcess();
        if (feasible()) {
            problem.show(nodes, starts);
        }
    }

    /** Gives the job its nodes by tenure and counts what is busy then; {@return whether it holds other nodes than before} */
    private boolean hold(int position) {
        int job = order[position];
        boolean others = false;
        peaks.start(position, order, starts, ends, nodes, jobNodes);
        for (int i = 0; i < jobNodes.usedPoolCount(job); i++) {
            int p = jobNodes.usedPool(job, i);
            others |= tenure.take(p, nodes[job][p], order, position, starts, ends);
            // Of other pools no more is busy than when the last job started that holds some.
            peaks.hold(p, nodes);
        }
        return others;
    }

    /** By start, then of the file; from the order before, which is nearly this one. */
    private void sortByStart() {
        for (int i = 0; i < order.length; i++) {
            int job = order[i];
            long start = starts[job];
            int place = i;
            while (place > 0
                    && (orderStart[place - 1] > start || orderStart[place - 1] == start && order[place - 1] > job)) {
                order[place] = order[place - 1];
                orderStart[place] = orderStart[place - 1];
                place--;
            }
            order[place] = job;
            orderStart[place] = start;
        }
    }

    /** Prices what is bought and reserved, and shares it out by the node-hours that jobs hold of it. */
    private void chargeTerms() {
        if (problem.hasTerms()) {
            terms.charge(tenure, starts, ends);
            for (int j = 0; j < amounts.length; j++) {
                amounts[j].share(terms.shareMicroUsd(j));
            }
        }
    }

    private void price(int job) {
        JobAmounts amount = amounts[job];
        if (changed[job]) {
            amount.charge(nodes[job], tenure);
            changed[job] = false;
        }
        rentMicroUsd = JobAmounts.saturatingAdd(rentMicroUsd, amount.rentMicroUsd());
        energyMicroUsd = JobAmounts.saturatingAdd(energyMicroUsd, amount.energyMicroUsd());
        energyJoules = JobAmounts.saturatingAdd(energyJoules, amount.energyJoules());
        carbonGrams += amount.carbonGrams();
    }

    private void addJobExcess(int job) {
        excess.add(jobNodes.excess(job));
        excess.add(end(job) - problem.latestEndMicros(job), problem.latestEndMicros(job));
        excess.add(problem.releaseMicros(job) - starts[job], problem.deadlineMicros());
        if (hasDates && !mayStart(job)) {
            excess.add(1, 1);
        }
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            excess.add(end(problem.predecessor(job, i)) - starts[job], problem.deadlineMicros());
        }
    }

    /** Jobs start at their release, at the end of another one, or when nodes of a pool that they hold come. */
    private boolean mayStart(int job) {
        boolean atAnEnd = starts[job] == problem.releaseMicros(job)
                || problem.availability().isDateOf(nodes[job], starts[job]);
        for (int other = 0; other < nodes.length && !atAnEnd; other++) {
            atAnEnd = other != job && end(other) == starts[job];
        }
        return atAnEnd;
    }

    private void addLimitExcess() {
        excess.add(microUsd() - problem.budgetMicroUsd(), problem.budgetMicroUsd());
        if (peaks.milliwatts() > problem.powerMilliwatts()) {
            excess.add(peaks.milliwatts() - problem.powerMilliwatts(), problem.powerMilliwatts());
        }
        SiteCaps sites = problem.sites();
        for (int s = 0; sites.capped() && s < sites.count(); s++) {
            excess.add(peaks.siteMilliwatts(s) - sites.powerMilliwatts(s), sites.powerMilliwatts(s));
            excess.add(sites.racksAt(s, peaks.together()) - sites.racks(s), sites.racks(s));
        }
    }

    /** {@return whether the choice keeps every rule and limit} */
    public boolean feasible() {
        return excess.millionths() == 0;
    }

    /** {@return how far limits are passed in all, in millionths of each; 0 for a feasible choice} */
    public long excess() {
        return excess.millionths();
    }

    public double tokensPerSecond(int job) {
        return amounts[job].tokensPerSecond();
    }

    /** {@return how many pools the job holds nodes of} */
    public int usedPoolCount(int job) {
        return jobNodes.usedPoolCount(job);
    }

    /** {@return a pool of which the job holds nodes, from 0; in file order} */
    public int usedPool(int job, int index) {
        return jobNodes.usedPool(job, index);
    }

    /** {@return facility power of the job's nodes} */
    public long milliwatts(int job) {
        return jobNodes.milliwatts(job);
    }

    public long durationMicros(int job) {
        return amounts[job].durationMicros();
    }

    public long end(int job) {
        return starts[job] + amounts[job].durationMicros();
    }

    /** {@return who holds which nodes by which tenure} */
    public Tenure tenure() {
        return tenure;
    }

    /** {@return what the job takes} */
    public JobAmounts amounts(int job) {
        return amounts[job];
    }

    public long rentMicroUsd() {
        return rentMicroUsd;
    }

    public long energyMicroUsd() {
        return energyMicroUsd;
    }

    public long microUsd() {
        return JobAmounts.saturatingAdd(
                JobAmounts.saturatingAdd(rentMicroUsd, energyMicroUsd),
                JobAmounts.saturatingAdd(terms.capexMicroUsd(), terms.reserveMicroUsd()));
    }

    /** {@return what bought and reserved nodes cost} */
    public TermCharges terms() {
        return terms;
    }

    public long energyJoules() {
        return energyJoules;
    }

    /** {@return grams of carbon dioxide, whole; NaN where a used pool's grid is unknown} */
    public double carbonGrams() {
        return carbonGrams;
    }

    public long finishMicros() {
        return finishMicros;
    }

    public long peakMilliwatts() {
        return peaks.milliwatts();
    }

    /** {@return the most nodes of the pool busy at once} */
    public int peakNodes(int pool) {
        return peaks.nodes()[pool];
    }

    /** {@return the most nodes of one of the scenario's pools busy at once, spot nodes included} */
    public int peakOfPool(int scenarioPool) {
        return peaks.together()[problem.lots().first(scenarioPool)];
    }

    /** {@return the most facility power of the site's nodes busy at once; 0 where no site has a cap} */
    public long peakSiteMilliwatts(int site) {
        return peaks.siteMilliwatts(site);
    }

    /** {@return racks that the site's nodes fill} */
    public long siteRacks(int site) {
        return problem.sites().racksAt(site, peaks.together());
    }

    /** {@return the most nodes of the pool busy at once that are come by in this way} */
    public int peak(Acquisition acquisition, int pool) {
        return peaks.of(acquisition, pool);
    }

    /** {@return the objective in ledger units: µ$, µs, J or g} */
    public long value(Objective objective) {
        return switch (objective) {
            case COST -> microUsd();
            case DAYS -> finishMicros;
            case ENERGY -> energyJoules;
            case CARBON -> (long) carbonGrams;
        };
    }

    /** {@return Σ over pools of the most nodes busy at once} */
    public long nodeCount() {
        long count = 0;
        for (int peak : peaks.nodes()) {
            count += peak;
        }
        return count;
    }

    /**
     * {@return what plans are compared by, smaller is better from the left: grid steps of each criterion, nodes, minus the busy
     * nodes of each pool in file order}
     */
    public long[] criteria() {
        int chain = problem.criteria().size();
        int[] peakNodes = peaks.nodes();
        long[] vector = new long[chain + 1 + peakNodes.length];
        for (int c = 0; c < chain; c++) {
            vector[c] = Grid.steps(
                    problem.criteria().get(c), value(problem.criteria().get(c)));
        }
        vector[chain] = nodeCount();
        for (int p = 0; p < peakNodes.length; p++) {
            vector[chain + 1 + p] = -peakNodes[p];
        }
        return vector;
    }
}
