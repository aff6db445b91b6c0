package muster.planner.bound;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * The limits that several jobs share, each with a place for a price: nodes of a pool, owned nodes, and bought or reserved
 * nodes against those held, by part of time; power and racks by part of time; the budget, each {@code after}, and for the objective days each job's end.
 *
 * <p>A price is kept in ledger units of the objective for the whole of its limit, so that unlike limits are of one size:
 * price / {@link #scale} is what one node-microsecond, milliwatt-microsecond, micro-dollar or microsecond costs.
 */
final class PriceTable {
    final int count;
    final int parts;
    final boolean days;
    final int firstOwned;
    final int firstCap;
    final int firstHeld;
    final int firstBudget;
    final int firstOrder;
    final int firstEnd;

    /** Shape [price]: how much of the limit a price is for. */
    final double[] scale;

    /** Shape [price]: the limit over its scale, 1 or 0; for the last part under the objective days, without the finish. */
    final double[] limit;

    /** Shape [price]: whether the limit grows with the finish, which is what days minimises. */
    final boolean[] growsWithFinish;

    /** Shape [order]: the jobs of an {@code after}. */
    final int[] before;

    final int[] afterwards;

    private final int[] places;
    private final FleetProblem problem;
    private final Supplies supplies;
    private final double[] cuts;

    final PowerCaps caps;

    final boolean budget;

    /** Whether money counts at all, so that an owned node may be worth more than another one. */
    private final boolean priced;

    PriceTable(FleetProblem problem, Objective objective, Supplies supplies, double[] cuts) {
        this.problem = problem;
        this.places = places(problem);
        this.supplies = supplies;
        this.cuts = cuts;
        this.parts = cuts.length - 1;
        this.days = objective == Objective.DAYS;
        int pools = problem.poolCount();
        int orders = 0;
        for (int j = 0; j < problem.jobCount(); j++) {
            orders += problem.predecessorCount(j);
        }
        before = new int[orders];
        afterwards = new int[orders];
        firstOwned = pools * parts;
        caps = new PowerCaps(problem);
        firstCap = firstOwned + supplies.count * parts;
        firstHeld = firstCap + caps.count * parts;
        firstBudget = firstHeld + supplies.holdings.size() * parts;
        budget = objective != Objective.COST && problem.budgetMicroUsd() < FleetProblem.MOST_MICRO_USD;
        priced = budget || objective == Objective.COST;
        firstOrder = firstBudget + (budget ? 1 : 0);
        firstEnd = firstOrder + orders;
        count = firstEnd + (days ? problem.jobCount() : 0);
        scale = new double[count];
        limit = new double[count];
        growsWithFinish = new boolean[count];
        double span = cuts[parts] - cuts[0];
        for (int k = 0; k < parts; k++) {
            boolean grows = days && k == parts - 1;
            double length = grows ? span : cuts[k + 1] - cuts[k];
            for (int p = 0; p < pools; p++) {
                boolean together = problem.lots().isShared(p) && problem.canGrow(p);
                int nodes = together ? problem.room().most(p) : problem.reachableNodes(p);
                // What comes during a part counts as there from its beginning.
                long end = (long) Math.ceil(cuts[k + 1]) - 1;
                int there = together ? problem.room().most(p, end) : problem.reachableNodes(p, end);
                double share = there / (double) Math.max(nodes, 1);
                set(p * parts + k, Math.max(nodes, 1) * length, grows ? -cuts[k] / span : Math.min(share, 1), grows);
            }
            for (int v = 0; v < supplies.count; v++) {
                set(firstOwned + v * parts + k, supplies.nodes[v] * length, grows ? -cuts[k] / span : 1, grows);
            }
            for (int c = 0; c < caps.count; c++) {
                double most = Math.max(caps.most[c], 1);
                set(firstCap + c * parts + k, most * length, grows ? -cuts[k] / span : 1, grows);
            }
            for (int h = 0; h < supplies.holdings.size(); h++) {
                set(firstHeld + h * parts + k, supplies.holdings.get(h).most * length, 0, false);
            }
        }
        if (budget) {
            // Roundings of purchases and reservations may take as much off what a plan pays.
            set(firstBudget, Math.max(problem.budgetMicroUsd() + problem.termRoundings(), 1), 1, false);
        }
        int order = 0;
        for (int j = 0; j < problem.jobCount(); j++) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                before[order] = problem.predecessor(j, i);
                afterwards[order] = j;
                set(firstOrder + order, span, 0, false);
                order++;
            }
        }
        for (int e = firstEnd; e < count; e++) {
            set(e, span, 0, true);
        }
    }

    private void set(int price, double priceScale, double priceLimit, boolean grows) {
        scale[price] = priceScale;
        limit[price] = priceLimit;
        growsWithFinish[price] = grows;
    }

    /**
     * {@return prices of another table of the same problem for this one: those of a part of time come from the part of the
     * other that lies at the same share of the whole}
     */
    double[] translated(PriceTable other, double[] prices) {
        double[] result = new double[count];
        for (int k = 0; k < parts; k++) {
            double middle = (cuts[k] + cuts[k + 1]) / 2;
            double share = (middle - cuts[0]) / (cuts[parts] - cuts[0]);
            int from = other.partAt(other.cuts[0] + share * (other.cuts[other.parts] - other.cuts[0]));
            for (int row = 0; row * parts < firstBudget; row++) {
                int here = row * parts + k;
                result[here] = other.at(prices, row * other.parts + from) * scale[here];
            }
        }
        for (int i = firstBudget; i < count; i++) {
            result[i] = other.at(prices, i - firstBudget + other.firstBudget) * scale[i];
        }
        return result;
    }

    private int partAt(double time) {
        int part = 0;
        while (part + 1 < parts && cuts[part + 1] <= time) {
            part++;
        }
        return part;
    }

    /** {@return whether a price may be above 0: some limits are stated by another one already} */
    boolean open(int price) {
        if (price >= firstOwned && price < firstCap) {
            return priced && supplies.shared[(price - firstOwned) / parts];
        }
        return price >= firstOwned || places[price / parts] == price / parts;
    }

    /** Writes what all prices together cost a node by each way to come by it. */
    void nodePrices(double[] prices, NodePrices nodePrices) {
        for (int v = 0; v < supplies.count; v++) {
            double[] ofPool = poolPrices(prices, supplies.pool[v]);
            double[] ofOwned = supplies.shared[v] ? ownedPrices(prices, v) : new double[parts];
            for (int w = supplies.firstWay[v]; w < supplies.firstWay[v + 1]; w++) {
                int holding = supplies.holdingOf[w];
                for (int k = 0; k < parts; k++) {
                    double held = holding < 0 ? 0 : at(prices, firstHeld + holding * parts + k);
                    nodePrices.perMicro[w][k] = ofPool[k] + ofOwned[k] + held;
                }
            }
        }
        nodePrices.sum();
    }

    /** {@return what jobs pay for a node of a holding, by part} */
    double[] heldPrices(double[] prices, int holding) {
        double[] perMicro = new double[parts];
        for (int k = 0; k < parts; k++) {
            perMicro[k] = at(prices, firstHeld + holding * parts + k);
        }
        return perMicro;
    }

    /** Sets prices of held nodes to where holding them just does not pay. */
    void startHeld(double[] prices) {
        for (int h = 0; h < supplies.holdings.size(); h++) {
            double perMicro = supplies.holdings.get(h).leastPerMicro(cuts[0], cuts[parts]);
            for (int k = 0; k < parts; k++) {
                int held = firstHeld + h * parts + k;
                prices[held] = perMicro * scale[held];
            }
        }
    }

    /**
     * {@return the pool whose places a node takes: spot nodes take those of their pool, unless only owned nodes are among its
     * others, which are fewer than there are places}
     */
    int place(int pool) {
        return places[pool];
    }

    private static int[] places(FleetProblem problem) {
        int[] places = new int[problem.poolCount()];
        for (int p = 0; p < places.length; p++) {
            boolean together =
                    problem.lots().isSpot(p) && problem.canGrow(problem.lots().sibling(p));
            places[p] = together ? problem.lots().sibling(p) : p;
        }
        return places;
    }

    /** {@return the price of any node of a pool in a microsecond, by part: its place, its power and racks} */
    double[] poolPrices(double[] prices, int pool) {
        double[] perMicro = new double[parts];
        for (int k = 0; k < parts; k++) {
            perMicro[k] = at(prices, place(pool) * parts + k);
            for (int c = 0; c < caps.count; c++) {
                perMicro[k] += at(prices, firstCap + c * parts + k) * caps.perNode[c][pool];
            }
        }
        return perMicro;
    }

    /** {@return what an owned node costs on top, by part} */
    double[] ownedPrices(double[] prices, int supply) {
        double[] perMicro = new double[parts];
        for (int k = 0; k < parts; k++) {
            perMicro[k] = at(prices, firstOwned + supply * parts + k);
        }
        return perMicro;
    }

    double at(double[] prices, int price) {
        return prices[price] / scale[price];
    }

    /** {@return the price of a micro-dollar} */
    double budgetPrice(double[] prices) {
        return budget ? at(prices, firstBudget) : 0;
    }

    /** Writes the price of each job's start and end. */
    void timePrices(double[] prices, double[] ofStart, double[] ofEnd) {
        Arrays.fill(ofStart, 0);
        Arrays.fill(ofEnd, 0);
        for (int order = 0; order < before.length; order++) {
            double price = at(prices, firstOrder + order);
            ofEnd[before[order]] += price;
            ofStart[afterwards[order]] -= price;
        }
        for (int e = firstEnd; e < count; e++) {
            ofEnd[e - firstEnd] += at(prices, e);
        }
    }

    /** {@return what the limits give back at these prices, without the finish} */
    double limits(double[] prices) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += prices[i] * limit[i];
        }
        return sum;
    }

    /**
     * Makes prices ones that a bound can be had from: none negative, those of limits that grow with the finish together no
     * more than what a microsecond of finish is worth, and owned nodes no dearer than others.
     */
    void project(double[] prices, double span) {
        for (int i = 0; i < count; i++) {
            prices[i] = open(i) ? Math.max(prices[i], growsWithFinish[i] ? Double.NEGATIVE_INFINITY : 0) : 0;
        }
        if (days) {
            projectOnSimplex(prices, span);
        }
        keepOwnedCheaper(prices);
    }

    /**
     * {@link RateSlices} gives the owned nodes of a pool the rates of its first ones. That is from below only while they
     * cost no more than the others: a job whose nodes are all rented then pays at least what as many first ones cost.
     */
    private void keepOwnedCheaper(double[] prices) {
        double money = budgetPrice(prices);
        for (int v = 0; v < supplies.count; v++) {
            for (int k = 0; supplies.shared[v] && k < parts; k++) {
                double owned = priceOf(supplies.firstWay[v], money);
                double cheaper = Double.POSITIVE_INFINITY;
                for (int w = supplies.firstWay[v + 1]; w < supplies.firstWay[v + 2]; w++) {
                    double other = priceOf(w, money);
                    if (supplies.holdingOf[w] >= 0) {
                        int held = firstHeld + supplies.holdingOf[w] * parts + k;
                        prices[held] = Math.max(prices[held], (owned - other) * scale[held]);
                        other += at(prices, held);
                    }
                    cheaper = Math.min(cheaper, other - owned);
                }
                int place = firstOwned + v * parts + k;
                prices[place] = Math.min(prices[place], Math.max(0, cheaper) * scale[place]);
            }
        }
    }

    /** {@return the money of a node in a microsecond, in ledger units of the objective} */
    private double priceOf(int way, double money) {
        return supplies.objectivePerMicro[way] + money * supplies.microUsdPerMicro[way];
    }

    /** The nearest point with sum {@code total} and no negative coordinate (Held, Wolfe and Crowder 1974). */
    private void projectOnSimplex(double[] prices, double total) {
        double[] sorted = new double[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (growsWithFinish[i] && open(i)) {
                sorted[size++] = prices[i];
            }
        }
        Arrays.sort(sorted, 0, size);
        double sum = 0;
        double shift = 0;
        for (int i = size - 1; i >= 0; i--) {
            sum += sorted[i];
            double candidate = (sum - total) / (size - i);
            if (sorted[i] > candidate) {
                shift = candidate;
            }
        }
        for (int i = 0; i < count; i++) {
            if (growsWithFinish[i]) {
                prices[i] = open(i) ? Math.max(0, prices[i] - shift) : 0;
            }
        }
    }
}
