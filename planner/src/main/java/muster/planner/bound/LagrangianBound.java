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
    private static final int ROUNDS_PER_BOX = 8;

    /** How many boxes of stated rates one of modelled rates costs, which have many slices. */
    private static final int MODELLED_BOX = 8;

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
    private Offers offers;
    private double[] ofStart;
    private double[] ofEnd;
    private double leastFinish = Double.NEGATIVE_INFINITY;
    private double span;
    private boolean infeasible;

    private double best = Double.NEGATIVE_INFINITY;
    private double fractional = Double.NaN;
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
            leastDuration[j] = slices[j].leastDuration();
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
        offers = new Offers(supplies, table, nodePrices.cuts);
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

    /** {@return the same before whole nodes were asked for; NaN until the prices were improved} */
    double fractionalValue() {
        return fractional;
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
     * Writes what the cheapest fleet of a job, or a holding's nodes, take of each limit, over its scale.
     *
     * @return the player's objective
     */
    double offer(int player, double[] use) {
        Arrays.fill(use, 0);
        return player < jobs.length ? offers.ofJob(jobs[player], use) : offers.ofHolding(player - jobs.length, use);
    }

    double offeredStart(int player) {
        return player < jobs.length ? jobs[player].bestStart : 0;
    }

    double offeredEnd(int player) {
        return player < jobs.length ? jobs[player].bestStart + jobs[player].bestDuration : 0;
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
            table.startHeld(free);
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
            fractional = Math.max(best, leastFinish);
            settle();
        }
    }

    /** What is known of the plans in a box of times; the mixtures of its jobs, null where the first prices were enough. */
    record Boxed(double value, double[] prices, PriceAscent mixtures) {}

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
        PriceAscent boxed = null;
        if (value < enough && Double.isFinite(value)) {
            boxed = new PriceAscent(this, table, players(), span, prices, true);
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
        }
        boolean none = infeasible;
        infeasible = false;
        return new Boxed(none ? Double.POSITIVE_INFINITY : value, used, boxed);
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
        ScheduleBoxes tree = new ScheduleBoxes(problem, this, windows, span, stop);
        boolean linear = true;
        for (int j = 0; j < jobs.length; j++) {
            linear &= problem.rates(j).linear();
        }
        long affordable = linear ? mostBoxes : mostBoxes / MODELLED_BOX;
        best = Math.max(best, tree.least(best, bestPrices, enough, affordable));
        boxes += tree.boxes();
        useTimes(new TimeBox(windows));
        infeasible |= objective == Objective.COST && best > problem.budgetMicroUsd();
    }

    long boxes() {
        return boxes;
    }

    private void settle() {
        double[] prices = bestPrices.clone();
        // Alone, a job is charged what held nodes cost at least: their prices are set to as much.
        table.startHeld(prices);
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
