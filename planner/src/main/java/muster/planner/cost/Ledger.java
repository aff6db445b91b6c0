package muster.planner.cost;

import java.util.Arrays;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Objective;

/**
 * Adds up one choice of nodes and starts: durations, money, energy, power, and how far limits are passed; what is missing
 * it buys and reserves as is cheapest. One object
 * serves many choices; reading it before {@link #evaluate} or {@link #settle} is meaningless. Not for use by several threads.
 */
public final class Ledger {
    private final FleetProblem problem;
    private final JobAmounts[] amounts;
    private final Tenure tenure;
    private final TenureChoice tenureChoice;
    private final long[] ends;
    private final Lots lots;
    private final int[] peakNodes;
    private final int[] peakTogether;
    private final int[][] peakByTenure;
    private final int[] order;
    private final long[] orderStart;
    private final int[][] nodes;
    private final boolean[] changed;
    private final int[] busyNodes;
    private final long[] peakSiteMilliwatts;
    private final boolean hasDates;
    private final TermCharges terms;
    private final Excess excess = new Excess();
    private long[] starts;
    private long rentMicroUsd;
    private long energyMicroUsd;
    private long energyJoules;
    private double carbonGrams;
    private long finishMicros;
    private long peakMilliwatts;

    public Ledger(FleetProblem problem) {
        this.problem = problem;
        int jobs = problem.jobCount();
        int pools = problem.poolCount();
        this.amounts = new JobAmounts[jobs];
        for (int j = 0; j < jobs; j++) {
            amounts[j] = new JobAmounts(problem, j);
        }
        this.tenure = new Tenure(problem);
        this.tenureChoice = new TenureChoice(problem, tenure);
        this.ends = new long[jobs];
        this.lots = problem.lots();
        this.peakNodes = new int[pools];
        this.peakTogether = new int[pools];
        this.peakByTenure = new int[Acquisition.values().length][pools];
        this.order = new int[jobs];
        this.nodes = new int[jobs][];
        this.changed = new boolean[jobs];
        this.orderStart = new long[jobs];
        this.busyNodes = new int[pools];
        this.peakSiteMilliwatts = new long[problem.sites().count()];
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
     * Changes the nodes of one job; {@link #durationMicros} knows them at once, everything else after {@link #settle}.
     *
     * @param jobNodes shape [pool]; kept, not copied, until it is set again
     */
    public void setNodes(int job, int[] jobNodes) {
        nodes[job] = jobNodes;
        amounts[job].run(jobNodes);
        changed[job] = true;
    }

    /**
     * Adds everything up for the nodes set last; what a job pays is computed anew only where its nodes or its share of
     * the owned nodes changed.
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
        peakMilliwatts = 0;
        excess.clear();
        Arrays.fill(peakNodes, 0);
        Arrays.fill(peakTogether, 0);
        for (int[] peak : peakByTenure) {
            Arrays.fill(peak, 0);
        }
        Arrays.fill(peakSiteMilliwatts, 0);
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
            hold(position);
        }
        chargeTerms();
        for (int j = 0; j < nodes.length; j++) {
            finishMicros = Math.max(finishMicros, end(j));
            price(j);
            addJobExcess(j);
        }
        addLimitExcess();
    }

    private void sortByStart() {
        for (int j = 0; j < order.length; j++) {
            int place = j;
            while (place > 0 && orderStart[place - 1] > starts[j]) {
                order[place] = order[place - 1];
                orderStart[place] = orderStart[place - 1];
                place--;
            }
            order[place] = j;
            orderStart[place] = starts[j];
        }
    }

    /** Gives the job its nodes by tenure and counts what is busy the moment it starts, where every peak must lie. */
    private void hold(int position) {
        int job = order[position];
        long start = starts[job];
        long busyMilliwatts = 0;
        for (int p = 0; p < problem.poolCount(); p++) {
            changed[job] |= tenure.take(p, nodes[job][p], order, position, starts, ends);
            int busy = 0;
            int busyOwned = 0;
            int busyBought = 0;
            int busyReserved = 0;
            for (int i = 0; i <= position; i++) {
                int other = order[i];
                if (nodes[other][p] > 0 && (i == position || ends[other] > start)) {
                    busy += nodes[other][p];
                    busyOwned += tenure.ownedNodes(other, p);
                    busyBought += tenure.boughtNodes(other, p);
                    busyReserved += tenure.reservedNodes(other, p);
                }
            }
            int busyRented = busy - busyOwned - busyBought - busyReserved;
            peakNodes[p] = Math.max(peakNodes[p], busy);
            count(Acquisition.OWN, p, busyOwned);
            count(Acquisition.BUY, p, busyBought);
            count(Acquisition.RESERVE, p, busyReserved);
            count(lots.isSpot(p) ? Acquisition.SPOT : Acquisition.RENT, p, busyRented);
            busyNodes[p] = busy;
            busyMilliwatts += busy * problem.facilityMilliwatts(p);
            if (!lots.isShared(p) || lots.isSpot(p)) {
                int together = lots.together(busyNodes, p);
                int first = lots.isSpot(p) ? lots.sibling(p) : p;
                peakTogether[first] = Math.max(peakTogether[first], together);
                int available = problem.availability().nodes(p, start);
                if (together > available) {
                    excess.add(together - available, problem.maxNodes(p));
                }
            }
            if (busyRented > 0 && !problem.rentable(p)) {
                excess.add(busyRented, problem.ownNodes(p));
            }
        }
        peakMilliwatts = Math.max(peakMilliwatts, busyMilliwatts);
        if (problem.sites().capped()) {
            for (int s = 0; s < peakSiteMilliwatts.length; s++) {
                peakSiteMilliwatts[s] =
                        Math.max(peakSiteMilliwatts[s], problem.sites().milliwattsAt(s, busyNodes));
            }
        }
    }

    private void count(Acquisition acquisition, int pool, int busy) {
        int[] peak = peakByTenure[acquisition.ordinal()];
        peak[pool] = Math.max(peak[pool], busy);
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
        for (int p = 0; p < problem.poolCount(); p++) {
            int held = nodes[job][p];
            if (held > 0) {
                if (!problem.rates(job).runsOn(p)) {
                    excess.add(held, 1);
                }
                if (held % problem.granularityNodes(p) != 0) {
                    excess.add(1, 1);
                }
            }
        }
        if (problem.onePool(job)) {
            excess.add(lots.poolsInUse(nodes[job]) - 1L, 1);
        }
        if (amounts[job].tokensPerSecond() <= 0.0) {
            excess.add(1, 1);
        }
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
        if (peakMilliwatts > problem.powerMilliwatts()) {
            excess.add(peakMilliwatts - problem.powerMilliwatts(), problem.powerMilliwatts());
        }
        SiteCaps sites = problem.sites();
        for (int s = 0; sites.capped() && s < sites.count(); s++) {
            excess.add(peakSiteMilliwatts[s] - sites.powerMilliwatts(s), sites.powerMilliwatts(s));
            excess.add(sites.racksAt(s, peakTogether) - sites.racks(s), sites.racks(s));
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
        return peakMilliwatts;
    }

    /** {@return the most nodes of the pool busy at once} */
    public int peakNodes(int pool) {
        return peakNodes[pool];
    }

    /** {@return the most nodes of one of the scenario's pools busy at once, spot nodes included} */
    public int peakOfPool(int scenarioPool) {
        return peakTogether[lots.first(scenarioPool)];
    }

    /** {@return the most facility power of the site's nodes busy at once; 0 where no site has a cap} */
    public long peakSiteMilliwatts(int site) {
        return peakSiteMilliwatts[site];
    }

    /** {@return racks that the site's nodes fill} */
    public long siteRacks(int site) {
        return problem.sites().racksAt(site, peakTogether);
    }

    /** {@return the most nodes of the pool busy at once that are come by in this way} */
    public int peak(Acquisition acquisition, int pool) {
        return peakByTenure[acquisition.ordinal()][pool];
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
        for (int peak : peakNodes) {
            count += peak;
        }
        return count;
    }

    /**
     * {@return the vector that plans are compared by, smaller is better from the left: grid steps of each criterion,
     * then nodes, then minus the busy nodes of each pool in file order}
     */
    public long[] criteria() {
        int chain = problem.criteria().size();
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
