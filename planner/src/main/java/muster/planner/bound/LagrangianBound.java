package muster.planner.bound;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * A lower bound for several jobs (docs/model.md, Bound of several jobs): shared limits become prices, and each job takes its
 * least under them. Any prices &ge; 0 give a valid bound; {@link PriceAscent} finds good ones.
 */
final class LagrangianBound {
    private static final int MOST_PARTS = 12;
    private static final double ROUNDING = 1e-11;
    private static final double COARSE = 2e-3;
    private static final double FINE = 1e-6;
    private static final double BOXED = 1e-4;
    private static final double UNSEEN = 0.1;
    private static final double NARROW = 1e-3;
    private static final double LEAST_SHARE = 0.2;
    private static final int ROUNDS_PER_BOX = 8;
    private static final int ROUNDS_PER_LOOK = 4;
    private static final int PATIENCE = 40;
    private static final double WORTH_WHILE = 1e-5;
    private static final long BOXES_PER_JOB = 400;
    private static final int MOST_MODELLED_JOBS = 20;

    /** Jobs are solved this far: a sharper bound of one job would not show in the sum. */
    private static final double GAP_PER_JOB = 1e-7;

    private final FleetProblem problem;
    private final Objective objective;
    private final Supplies supplies;
    private final Windows windows;
    private final BooleanSupplier stop;
    private PricedJob[] jobs;
    private NodePrices nodePrices;
    private PriceTable table;
    private double[] ofStart;
    private double[] ofEnd;
    private double leastFinish = Double.NEGATIVE_INFINITY;
    private double span;
    private boolean infeasible;

    private double best = Double.NEGATIVE_INFINITY;
    private double[] bestPrices;
    private int iterations;
    private long boxes;
    private PriceAscent ascent;
    private double[] firstPrices;

    /** @param objective what is minimised; for another than the problem's first one the bound is of that */
    LagrangianBound(FleetProblem problem, Objective objective, BooleanSupplier stop) {
        this(problem, objective, Double.POSITIVE_INFINITY, stop);
    }

    /** @param deadlineMicros the bound is of plans that finish by then */
    LagrangianBound(FleetProblem problem, Objective objective, double deadlineMicros, BooleanSupplier stop) {
        this.problem = problem;
        this.objective = objective;
        this.stop = stop;
        this.supplies = new Supplies(problem, objective);
        int count = problem.jobCount();
        RateSlices[] slices = new RateSlices[count];
        double[] leastDuration = new double[count];
        for (int j = 0; j < count; j++) {
            slices[j] = new RateSlices(problem, supplies, j);
            leastDuration[j] = PricedJob.leastDuration(problem, j, supplies, slices[j]);
            infeasible |= leastDuration[j] == Double.POSITIVE_INFINITY;
        }
        this.windows = infeasible ? null : new Windows(problem, leastDuration, deadlineMicros);
        infeasible |= windows == null || windows.infeasible;
        if (infeasible) {
            return;
        }
        double[] cuts = windows.cuts(problem.availability().dates(), lastCut(), MOST_PARTS);
        span = cuts[cuts.length - 1] - cuts[0];
        nodePrices = new NodePrices(supplies.wayCount, cuts);
        table = new PriceTable(problem, objective, supplies, cuts);
        jobs = new PricedJob[count];
        for (int j = 0; j < count; j++) {
            jobs[j] = new PricedJob(problem, j, supplies, slices[j], windows, nodePrices);
        }
        useTimes(new TimeBox(windows));
        ofStart = new double[count];
        ofEnd = new double[count];
    }

    /** From now on the bound is of plans whose times are in the box. */
    private void useTimes(TimeBox box) {
        for (PricedJob job : jobs) {
            job.useTimes(box);
        }
    }

    private double lastCut() {
        if (objective == Objective.DAYS) {
            leastFinish = windows.leastFinish();
            return leastFinish;
        }
        double last = 0;
        for (double end : windows.latestEnd) {
            last = Math.max(last, end);
        }
        return last;
    }

    boolean infeasible() {
        return infeasible;
    }

    double value() {
        return Math.max(best, leastFinish);
    }

    int parts() {
        return table == null ? 0 : table.parts;
    }

    PriceGuide guide() {
        int pools = problem.poolCount();
        if (infeasible || bestPrices == null) {
            return PriceGuide.none(problem.jobCount(), pools);
        }
        usePrices(bestPrices);
        double[][] nodePerMicro = new double[pools][table.parts];
        double[][] ownedPerMicro = new double[pools][table.parts];
        for (int p = 0; p < pools; p++) {
            nodePerMicro[p] = table.poolPrices(bestPrices, p);
        }
        for (int v = 0; v < supplies.count; v++) {
            if (supplies.shared[v]) {
                ownedPerMicro[supplies.pool[v]] = table.ownedPrices(bestPrices, v);
            }
        }
        return new PriceGuide(
                nodePrices.cuts,
                nodePerMicro,
                ownedPerMicro,
                ofStart.clone(),
                ofEnd.clone(),
                table.budgetPrice(bestPrices),
                Arrays.copyOf(ascent.start, jobs.length));
    }

    int iterations() {
        return iterations;
    }

    /**
     * Starts from the prices of another bound of the same objective, whose cuts may be others: a price goes to the part that
     * lies at the same share of the time.
     */
    void startFrom(LagrangianBound other) {
        if (!infeasible && other.bestPrices != null && ascent == null) {
            firstPrices = table.translated(other.table, other.bestPrices);
        }
    }

    /** {@return a lower bound at these prices} */
    private double evaluate(double[] prices, double tolerance) {
        usePrices(prices);
        // Roundings of purchases and reservations may take as much off what a plan pays.
        double sum = -table.limits(prices) - (objective == Objective.COST ? problem.termRoundings() : 0);
        double size = Math.abs(sum);
        for (int j = 0; j < jobs.length; j++) {
            double least = least(j, prices, tolerance);
            if (least == Double.POSITIVE_INFINITY) {
                // No fleet of the job fits into its window, by less than windows can tell.
                infeasible = true;
                return Double.NEGATIVE_INFINITY;
            }
            sum += least;
            size += Math.abs(least);
        }
        for (int h = 0; h < supplies.holdings.size(); h++) {
            double least = leastHeld(h, prices);
            sum += least;
            // Both sides of a holding are sums of their own, and nearly equal.
            size += Math.abs(least) + supplies.holdings.get(h).size();
        }
        for (int i = 0; i < table.count; i++) {
            size += table.limit[i] < 0 ? prices[i] : 0;
        }
        return sum - size * ROUNDING;
    }

    /** Makes prices those that {@link #least} works with. */
    void usePrices(double[] prices) {
        table.nodePrices(prices, nodePrices);
        table.timePrices(prices, ofStart, ofEnd);
    }

    /** {@return who answers prices: the jobs, then the holdings of bought and reserved nodes} */
    int players() {
        return jobs.length + supplies.holdings.size();
    }

    /** Works out the cheapest fleet of a job roughly, or how long nodes are best held. */
    void least(int player, double[] prices) {
        if (player < jobs.length) {
            least(player, prices, COARSE);
        } else {
            leastHeld(player - jobs.length, prices);
        }
    }

    private double leastHeld(int holding, double[] prices) {
        return supplies.holdings.get(holding).least(nodePrices.cuts, table.heldPrices(prices, holding));
    }

    private double least(int j, double[] prices, double tolerance) {
        return jobs[j].least(1, table.budgetPrice(prices), ofStart[j], ofEnd[j], tolerance);
    }

    /**
     * Writes what the job's cheapest fleet takes of each limit, over its scale.
     *
     * @return its objective
     */
    double offer(int j, double[] use) {
        Arrays.fill(use, 0);
        if (j >= jobs.length) {
            return offerHeld(j - jobs.length, use);
        }
        addUse(j, use);
        RateSlices slices = jobs[j].slices();
        double value = 0;
        for (int i = 0; i < slices.count; i++) {
            double held = jobs[j].bestNodes[i] * jobs[j].bestDuration;
            value += held * supplies.objectivePerMicro[jobs[j].bestWay[slices.supply[i]]];
        }
        return value;
    }

    /** Held nodes are the opposite of used ones. */
    private double offerHeld(int h, double[] use) {
        TermHolding holding = supplies.holdings.get(h);
        for (int k = 0; k < table.parts && holding.nodes > 0; k++) {
            double overlap = Math.min(holding.lastMicros, nodePrices.cuts[k + 1])
                    - Math.max(holding.firstMicros, nodePrices.cuts[k]);
            int held = table.firstHeld + h * table.parts + k;
            use[held] = overlap > 0 ? -holding.nodes * overlap / table.scale[held] : 0;
        }
        return holding.nodes * holding.microUsdPerNode;
    }

    double offeredStart(int player) {
        return player < jobs.length ? jobs[player].bestStart : 0;
    }

    double offeredEnd(int player) {
        return player < jobs.length ? jobs[player].bestStart + jobs[player].bestDuration : 0;
    }

    private void addUse(int j, double[] passed) {
        PricedJob job = jobs[j];
        double start = job.bestStart;
        double end = start + job.bestDuration;
        RateSlices slices = job.slices();
        for (int i = 0; i < slices.count; i++) {
            double nodes = job.bestNodes[i];
            if (nodes == 0) {
                continue;
            }
            int v = slices.supply[i];
            int p = supplies.pool[v];
            int holding = supplies.holdingOf[job.bestWay[v]];
            for (int k = 0; k < table.parts; k++) {
                double partEnd = k == table.parts - 1 ? Math.max(end, nodePrices.cuts[k + 1]) : nodePrices.cuts[k + 1];
                double overlap = Math.min(end, partEnd) - Math.max(start, nodePrices.cuts[k]);
                if (overlap > 0) {
                    passed[p * table.parts + k] += nodes * overlap / table.scale[p * table.parts + k];
                    int owned = table.firstOwned + v * table.parts + k;
                    passed[owned] += nodes * overlap / table.scale[owned];
                    for (int c = 0; c < table.caps.count; c++) {
                        int cap = table.firstCap + c * table.parts + k;
                        passed[cap] += nodes * overlap * table.caps.perNode[c][p] / table.scale[cap];
                    }
                    if (holding >= 0) {
                        int held = table.firstHeld + holding * table.parts + k;
                        passed[held] += nodes * overlap / table.scale[held];
                    }
                }
            }
            if (table.budget) {
                passed[table.firstBudget] += nodes
                        * job.bestDuration
                        * supplies.microUsdPerMicro[job.bestWay[v]]
                        / table.scale[table.firstBudget];
            }
        }
        for (int order = 0; order < table.before.length; order++) {
            if (table.before[order] == j) {
                passed[table.firstOrder + order] += end / table.scale[table.firstOrder + order];
            }
            if (table.afterwards[order] == j) {
                passed[table.firstOrder + order] -= start / table.scale[table.firstOrder + order];
            }
        }
        if (table.days) {
            passed[table.firstEnd + j] += end / table.scale[table.firstEnd + j];
        }
    }

    /**
     * Improves the prices.
     *
     * @param target the value of the best plan known; infinite where there is none
     * @param gapFraction stop once the bound is this close to the target
     */
    void tighten(int mostRounds, double target, double gapFraction) {
        if (infeasible) {
            return;
        }
        if (ascent == null) {
            double[] free = new double[table.count];
            table.raiseHeld(free);
            table.project(free, span);
            keep(evaluate(free, COARSE), free);
            if (infeasible) {
                return;
            }
            ascent = new PriceAscent(
                    this, table, players(), span, firstPrices == null ? free : firstPrices, firstPrices != null);
            keep(evaluate(ascent.meanPrices, COARSE), ascent.meanPrices);
        }
        int inVain = 0;
        for (int i = 0; i < mostRounds && !stop.getAsBoolean(); i++) {
            boolean tooDear = objective == Objective.COST && best > problem.budgetMicroUsd();
            if (tooDear || best >= target * (1 - gapFraction) || inVain == PATIENCE) {
                break;
            }
            iterations++;
            ascent.round();
            double before = best;
            keep(evaluate(ascent.meanPrices, COARSE), ascent.meanPrices);
            inVain = best > before + Math.abs(before) * WORTH_WHILE ? 0 : inVain + 1;
        }
        if (!stop.getAsBoolean()) {
            best = Math.max(best, evaluate(bestPrices, FINE));
            settle();
        }
    }

    /** What is known of the plans in a box of times, and where to cut it; no cut where times are as good as fixed. */
    record Boxed(double value, double[] prices, TimeBox.Cut cut) {}

    /**
     * {@return a bound of the plans whose times are in the box}
     *
     * @param prices to start from
     * @param enough no higher bound is looked for
     */
    Boxed within(TimeBox box, double[] prices, double enough) {
        useTimes(box);
        double[] used = prices;
        double value = evaluate(prices, BOXED);
        TimeBox.Cut cut = null;
        if (value < enough && Double.isFinite(value)) {
            PriceAscent boxed = new PriceAscent(this, table, players(), span, prices, true);
            for (int round = 1; round <= ROUNDS_PER_BOX && value < enough; round++) {
                boxed.round();
                iterations++;
                if (round % ROUNDS_PER_LOOK == 0) {
                    double there = evaluate(boxed.meanPrices, BOXED);
                    if (there > value) {
                        value = there;
                        used = boxed.meanPrices.clone();
                    }
                }
            }
            cut = cut(box, boxed);
        }
        boolean none = infeasible;
        infeasible = false;
        return new Boxed(none ? Double.POSITIVE_INFINITY : value, used, cut);
    }

    /** {@return the start or end that is spread most, weighed by what the job costs, at its mean} */
    private TimeBox.Cut cut(TimeBox box, PriceAscent mixture) {
        TimeBox.Cut best = null;
        double most = 0;
        for (int j = 0; j < jobs.length; j++) {
            for (boolean ofEnd : new boolean[] {false, true}) {
                double low = ofEnd ? box.endLow[j] : box.startLow[j];
                double high = ofEnd ? box.endHigh[j] : box.startHigh[j];
                double mean = ofEnd ? mixture.end[j] : mixture.start[j];
                double width = high - low;
                double weight =
                        (mixture.spread(j, ofEnd) + UNSEEN * width) * Math.sqrt(Math.abs(mixture.objective(j)) + 1);
                if (width > span * NARROW && weight > most) {
                    most = weight;
                    double time = Math.clamp(mean, low + LEAST_SHARE * width, high - LEAST_SHARE * width);
                    best = new TimeBox.Cut(j, ofEnd, Math.rint(time));
                }
            }
        }
        return best;
    }

    /**
     * Raises the bound by boxes of times.
     *
     * @param enough no higher bound is looked for
     */
    void branch(double enough, long mostBoxes) {
        if (infeasible || bestPrices == null || best >= enough) {
            return;
        }
        ScheduleBoxes tree = new ScheduleBoxes(problem, this, windows, stop);
        best = Math.max(best, tree.least(best, bestPrices, enough, mostBoxes));
        boxes += tree.boxes();
        useTimes(new TimeBox(windows));
        infeasible |= objective == Objective.COST && best > problem.budgetMicroUsd();
    }

    long boxes() {
        return boxes;
    }

    /** The bound at the best prices once more, each job alone on its lattice of whole units where that says more. */
    private void settle() {
        double[] prices = bestPrices.clone();
        // Alone, a job is charged what held nodes cost at least: their prices have to come to as much.
        table.raiseHeld(prices);
        table.project(prices, span);
        double sum = 0;
        double size = 0;
        double money = table.budgetPrice(prices);
        double fractional = evaluate(prices, FINE);
        for (int j = 0; j < jobs.length && !stop.getAsBoolean(); j++) {
            if (!whole(j)) {
                continue;
            }
            double least = least(j, prices, FINE);
            double whole = wholeUnits(j, money);
            sum += Math.max(0, whole - least);
            size += Math.abs(whole);
        }
        best = Math.max(best, fractional + sum - size * ROUNDING);
        infeasible |= objective == Objective.COST && best > problem.budgetMicroUsd();
    }

    /** Where modelled rates are worth the effort of looking at whole units, few jobs share it. */
    private boolean whole(int j) {
        return problem.rates(j).linear() || jobs.length <= MOST_MODELLED_JOBS;
    }

    /** {@return what no whole number of units of the job is below, node prices left away} */
    private double wholeUnits(int j, double money) {
        // The start that weighs least is the window's first or last; what is left depends on the duration alone.
        boolean early = ofStart[j] + ofEnd[j] >= 0;
        double time = early ? ofEnd[j] : -ofStart[j];
        double constant = (ofStart[j] + ofEnd[j]) * (early ? windows.earliestStart[j] : windows.latestEnd[j]);
        Goal objectiveGoal = objective == Objective.DAYS ? new Goal(0, 0, 0, 0, 1, 0) : Goal.fine(objective);
        Goal goal = new Goal(objectiveGoal.money() + money, time, objectiveGoal.energy(), objectiveGoal.carbon(), 1, 0);
        JobSpace space = new JobSpace(problem, j, true);
        OneJobSolver solver = new OneJobSolver(space, List.of(goal), false, false, BOXES_PER_JOB, GAP_PER_JOB, stop);
        OneJobSolver.Outcome outcome = solver.solve();
        infeasible |= outcome.exact() && outcome.units().isEmpty();
        // Money of a plan may be a unit less where owned and rented nodes are rounded apart.
        return outcome.boundValue() + constant - (objectiveGoal.money() + money) - 1;
    }

    private void keep(double value, double[] prices) {
        if (value > best || bestPrices == null) {
            best = Math.max(best, value);
            bestPrices = prices.clone();
        }
    }
}
