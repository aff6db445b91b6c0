package muster.planner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * Jobs in a grid of time slices as a linear program: each takes shares of nodes of every supply over runs of slices, so
 * that its tokens are done, no slice holds more nodes, power or money than there are, and (in the mean) no job starts before
 * those it comes after end. Runs of slices are offered only while they lower the cost (column generation, Ford and
 * Fulkerson 1958). {@link RunChoice} says which runs a job may use.
 */
final class SlicedProgram {
    /** What a job costs that is left undone, over the cost of all jobs where each has the cheapest nodes. */
    private static final double UNDONE = 30;

    private static final double FORBIDDEN = 3000;
    private static final double WORTH_OFFERING = 1e-7;
    private static final int ANY_POOL = -1;
    private static final int OFFERS_PER_JOB = 4;
    private static final int MOST_OFFERINGS = 60;

    /** What it takes to price one run. */
    private static final long OFFER_MULTIPLICATIONS = 12;

    private final FleetProblem problem;
    private final UnitRates rates;
    private final TimeGrid grid;
    private final NodeSupplies supplies;
    private final RunChoice choice;
    private final PivotBudget budget;
    private final int jobs;
    private final int slices;
    private final boolean[] settled;
    private final LinearProgram program;
    private final int firstPower;
    private final int firstSite;
    private final int firstMoney;
    private final int firstOrder;
    private final double costScale;
    private final double span;

    /** Shape [job]. */
    private final List<List<Run>> runs = new ArrayList<>();

    /** Shape [supply][cut]: what all nodes of a supply cost from the first cut on. */
    private final double[][] upTo;

    private final double[] ofStart;
    private final double[] ofEnd;
    private double moneyPrice;

    /** One way for a job to use a supply: all nodes over a run of slices do {@code share} of the job. */
    record Run(int column, int supply, int from, int to, double share, double cost) {}

    private record Offer(int supply, int from, int to, double reduced) {}

    /** @param held nodes that are settled, and the jobs they are settled for */
    SlicedProgram(
            FleetProblem problem,
            UnitRates rates,
            NodeSupplies supplies,
            TimeGrid grid,
            RunChoice choice,
            HeldNodes held,
            PivotBudget budget) {
        this.problem = problem;
        this.rates = rates;
        this.grid = grid;
        this.supplies = supplies;
        this.choice = choice;
        this.budget = budget;
        this.jobs = problem.jobCount();
        this.slices = grid.slices();
        this.span = grid.length(0, slices);
        this.settled = held.settled;
        this.costScale = leastCost();
        this.upTo = new double[supplies.count][slices + 1];
        this.ofStart = new double[jobs];
        this.ofEnd = new double[jobs];
        int orders = 0;
        for (int j = 0; j < jobs; j++) {
            runs.add(new ArrayList<>());
            orders += problem.predecessorCount(j);
        }
        firstPower = jobs + supplies.count * slices;
        firstSite = firstPower + (problem.powerMilliwatts() < Long.MAX_VALUE ? slices : 0);
        firstMoney = firstSite + (problem.sites().capped() ? problem.sites().count() * slices : 0);
        boolean money = problem.criteria().getFirst() != Objective.COST
                && problem.budgetMicroUsd() < FleetProblem.MOST_MICRO_USD;
        firstOrder = firstMoney + (money ? 1 : 0);
        double[] right = new double[firstOrder + orders];
        double[] slackCost = new double[right.length];
        for (int j = 0; j < jobs; j++) {
            right[j] = settled[j] ? 0 : 1;
            slackCost[j] = settled[j] ? 0 : UNDONE;
        }
        fillRight(right, held);
        program = new LinearProgram(right, slackCost);
    }

    private void fillRight(double[] right, HeldNodes held) {
        for (int k = 0; k < slices; k++) {
            for (int v = 0; v < supplies.count; v++) {
                double left = held.left(supplies, v, k, (long) grid.cuts[k]);
                right[jobs + v * slices + k] = left / supplies.mostNodes[v];
            }
            if (firstSite > firstPower) {
                right[firstPower + k] = Math.max(0, 1 - (double) held.milliwatts[k] / problem.powerMilliwatts());
            }
            for (int s = 0; firstMoney > firstSite && s < problem.sites().count(); s++) {
                double taken = (double) problem.sites().milliwattsAt(s, held.used[k])
                        / problem.sites().powerMilliwatts(s);
                right[firstSite + s * slices + k] = Math.max(0, 1 - taken);
            }
        }
        // Money of settled jobs is not counted here: the ledger has the last word.
        Arrays.fill(right, firstMoney, firstOrder, 1);
        int order = firstOrder;
        for (int j = 0; j < jobs; j++) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                // Times are over the span: 2 is more than they can differ by.
                right[order++] = settled[j] || settled[problem.predecessor(j, i)] ? 2 : 0;
            }
        }
    }

    /** {@return the objective where every job has its cheapest nodes} */
    private double leastCost() {
        double sum = 0;
        for (int j = 0; j < jobs; j++) {
            double least = Double.POSITIVE_INFINITY;
            for (int v = 0; v < supplies.count; v++) {
                double rate = rates.perMicro[j][supplies.pool[v]];
                if (rate > 0) {
                    least = Math.min(least, supplies.objectivePerMicro[v] * problem.tokens(j) / rate);
                }
            }
            sum += least == Double.POSITIVE_INFINITY ? 0 : least;
        }
        return Math.max(sum, 1);
    }

    /** {@return whether it was solved; prices and values are those of the last pivot in any case} */
    boolean solve() {
        for (int offering = 0; offering < MOST_OFFERINGS; offering++) {
            boolean solved = program.solve(50 * jobs + 2_000, budget);
            if (!solved || !offer()) {
                readPrices();
                return solved;
            }
        }
        readPrices();
        return true;
    }

    /** Adds the best runs of each job at the present prices; {@return whether there were any} */
    private boolean offer() {
        readPrices();
        boolean any = false;
        for (int j = 0; j < jobs; j++) {
            List<Offer> offers = new ArrayList<>();
            for (int v = 0; v < supplies.count && !settled[j]; v++) {
                Offer best = bestOffer(j, v);
                if (best != null) {
                    offers.add(best);
                }
            }
            offers.sort((one, other) -> Double.compare(one.reduced(), other.reduced()));
            for (int i = 0; i < Math.min(OFFERS_PER_JOB, offers.size()); i++) {
                add(j, offers.get(i));
                any = true;
            }
        }
        return any;
    }

    private void readPrices() {
        for (int v = 0; v < supplies.count; v++) {
            double power = (double) supplies.mostNodes[v] * problem.facilityMilliwatts(supplies.pool[v]);
            for (int k = 0; k < slices; k++) {
                double price = program.price(jobs + v * slices + k);
                if (firstSite > firstPower) {
                    price += program.price(firstPower + k) * power / problem.powerMilliwatts();
                }
                if (siteLimits(v)) {
                    price += program.price(siteRow(v, k)) * power / supplies.siteMilliwatts[v];
                }
                upTo[v][k + 1] = upTo[v][k] + price;
            }
        }
        moneyPrice = firstOrder > firstMoney ? program.price(firstMoney) : 0;
        Arrays.fill(ofStart, 0);
        Arrays.fill(ofEnd, 0);
        int order = firstOrder;
        for (int j = 0; j < jobs; j++) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                double price = program.price(order++);
                ofEnd[problem.predecessor(j, i)] -= price;
                ofStart[j] += price;
            }
        }
    }

    private boolean siteLimits(int v) {
        return firstMoney > firstSite && supplies.siteMilliwatts[v] < Long.MAX_VALUE;
    }

    private int siteRow(int v, int k) {
        return firstSite + supplies.site[v] * slices + k;
    }

    /** {@return of the job's runs with a supply the one that lowers the cost most; null where none does} */
    private Offer bestOffer(int j, int v) {
        if (!choice.mayUse(j, supplies.pool[v]) || rates.perMicro[j][supplies.pool[v]] == 0) {
            return null;
        }
        double least = -WORTH_OFFERING;
        Offer best = null;
        for (int from = choice.leastFrom(j); from <= choice.mostFrom(j); from++) {
            for (int to = Math.max(from + 1, choice.leastTo(j)); to <= choice.mostTo(j); to++) {
                double reduced = reducedCost(j, v, from, to);
                if (reduced < least) {
                    least = reduced;
                    best = new Offer(v, from, to, reduced);
                }
            }
            budget.spend(OFFER_MULTIPLICATIONS * (choice.mostTo(j) - from));
        }
        return best;
    }

    /** {@return what all nodes of a supply for the job over a run change the cost by, at the present prices} */
    private double reducedCost(int j, int v, int from, int to) {
        double length = grid.length(from, to);
        double rate = rates.perMicro[j][supplies.pool[v]];
        double share = supplies.mostNodes[v] * rate * length / problem.tokens(j);
        double perMicro = supplies.objectivePerMicro[v] / costScale
                - moneyPrice * supplies.microUsdPerMicro[v] / problem.budgetMicroUsd();
        double time = (ofStart[j] * (grid.cuts[from] - grid.cuts[0]) + ofEnd[j] * (grid.cuts[to] - grid.cuts[0]))
                / span
                * share;
        return supplies.mostNodes[v] * perMicro * length
                - program.price(j) * share
                - (upTo[v][to] - upTo[v][from])
                + time;
    }

    /** {@return what the whole job would cost less over another run, at the present prices and over the cost's scale} */
    double gain(int j, int from, int to) {
        return gain(j, from, to, ANY_POOL);
    }

    /** {@return the same with one pool alone, whether or not the job may use it so far} */
    double gain(int j, int from, int to, int pool) {
        double least = 0;
        for (int v = 0; v < supplies.count; v++) {
            double rate = rates.perMicro[j][supplies.pool[v]];
            boolean may = pool == ANY_POOL ? choice.mayUse(j, supplies.pool[v]) : supplies.pool[v] == pool;
            if (rate > 0 && may) {
                double share = supplies.mostNodes[v] * rate * grid.length(from, to) / problem.tokens(j);
                least = Math.min(least, reducedCost(j, v, from, to) / Math.max(share, 1e-3));
            }
        }
        return -least;
    }

    private void add(int j, Offer offer) {
        int v = offer.supply();
        double length = grid.length(offer.from(), offer.to());
        double share = supplies.mostNodes[v] * rates.perMicro[j][supplies.pool[v]] * length / problem.tokens(j);
        ColumnEntries entries = new ColumnEntries(2 + 3 * slices + program.rows() - firstOrder);
        entries.add(j, share);
        double power = (double) supplies.mostNodes[v] * problem.facilityMilliwatts(supplies.pool[v]);
        for (int k = offer.from(); k < offer.to(); k++) {
            entries.add(jobs + v * slices + k, 1);
            if (firstSite > firstPower) {
                entries.add(firstPower + k, power / problem.powerMilliwatts());
            }
            if (siteLimits(v)) {
                entries.add(siteRow(v, k), power / supplies.siteMilliwatts[v]);
            }
        }
        if (firstOrder > firstMoney) {
            double money = supplies.mostNodes[v] * supplies.microUsdPerMicro[v] * length;
            entries.add(firstMoney, money / problem.budgetMicroUsd());
        }
        int order = firstOrder;
        for (int after = 0; after < jobs; after++) {
            for (int i = 0; i < problem.predecessorCount(after); i++) {
                if (problem.predecessor(after, i) == j) {
                    entries.add(order, share * (grid.cuts[offer.to()] - grid.cuts[0]) / span);
                } else if (after == j) {
                    entries.add(order, -share * (grid.cuts[offer.from()] - grid.cuts[0]) / span);
                }
                order++;
            }
        }
        double cost = supplies.mostNodes[v] * supplies.objectivePerMicro[v] * length / costScale;
        int column = program.add(cost, entries.rows(), entries.values());
        runs.get(j).add(new Run(column, v, offer.from(), offer.to(), share, cost));
    }

    /** Makes runs that the choice no longer allows too dear, and those that it allows again what they cost. */
    void followChoice() {
        for (int j = 0; j < jobs; j++) {
            for (Run run : runs.get(j)) {
                boolean allowed =
                        choice.allows(j, run.from(), run.to()) && choice.mayUse(j, supplies.pool[run.supply()]);
                program.bar(run.column(), !allowed);
                program.setCost(run.column(), run.cost() + (allowed ? 0 : FORBIDDEN * run.share()));
            }
        }
    }

    List<Run> runs(int job) {
        return runs.get(job);
    }

    /** {@return how much the job matters: what its cheapest nodes cost and what its share of all nodes' time is} */
    double weight(int job) {
        double most = 0;
        for (int v = 0; v < supplies.count; v++) {
            most += supplies.mostNodes[v] * rates.perMicro[job][supplies.pool[v]];
        }
        return problem.tokens(job) / most;
    }

    /** {@return the share of its job that a run does in the present solution} */
    double done(Run run) {
        return program.value(run.column()) * run.share();
    }

    /** {@return nodes of each job and pool over the runs that the choice allows, parts of nodes and all} */
    double[][] nodes() {
        double[][] nodes = new double[jobs][problem.poolCount()];
        for (int j = 0; j < jobs; j++) {
            for (Run run : runs.get(j)) {
                if (choice.allows(j, run.from(), run.to())) {
                    nodes[j][supplies.pool[run.supply()]] +=
                            program.value(run.column()) * supplies.mostNodes[run.supply()];
                }
            }
        }
        return nodes;
    }

    /** {@return the objective of the present solution, what is undone at its price, in ledger units} */
    double cost() {
        return program.cost() * costScale;
    }

    /** {@return what a node of the supply is worth over a run beside what it costs, in ledger units} */
    double scarcity(int supply, int from, int to) {
        return -(upTo[supply][to] - upTo[supply][from]) / supplies.mostNodes[supply] * costScale;
    }

    long pivots() {
        return program.pivots();
    }

    /** {@return what moving each cut later by a microsecond changes the cost by, in ledger units, shape [cut]} */
    double[] costOfCuts() {
        double[] change = new double[slices + 1];
        for (int j = 0; j < jobs; j++) {
            for (Run run : runs.get(j)) {
                double value = program.value(run.column());
                if (value > 0 && choice.allows(j, run.from(), run.to())) {
                    double perMicro = (run.cost() - program.price(j) * run.share())
                            / grid.length(run.from(), run.to())
                            * value
                            * costScale;
                    change[run.to()] += perMicro;
                    change[run.from()] -= perMicro;
                }
            }
        }
        return change;
    }
}
