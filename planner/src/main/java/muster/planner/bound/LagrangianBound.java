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
    private double fractional = Double.NaN;
    private double[] bestPrices;
    private int iterations;
    private PriceAscent ascent;

    /** @param objective what is minimised; for another than the problem's first one the bound is of that */
    LagrangianBound(FleetProblem problem, Objective objective, BooleanSupplier stop) {
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
        this.windows = infeasible ? null : new Windows(problem, leastDuration);
        infeasible |= windows == null || windows.infeasible;
        if (infeasible) {
            return;
        }
        double[] cuts = windows.cuts(lastCut(), MOST_PARTS);
        span = cuts[cuts.length - 1] - cuts[0];
        nodePrices = new NodePrices(supplies.count, cuts);
        table = new PriceTable(problem, objective, supplies, cuts);
        jobs = new PricedJob[count];
        for (int j = 0; j < count; j++) {
            jobs[j] = new PricedJob(problem, j, supplies, slices[j], windows);
            jobs[j].useCuts(nodePrices);
        }
        ofStart = new double[count];
        ofEnd = new double[count];
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
                ascent.start.clone());
    }

    int iterations() {
        return iterations;
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

    /** Works out the cheapest fleet of a job roughly. */
    void least(int j, double[] prices) {
        least(j, prices, COARSE);
    }

    private double least(int j, double[] prices, double tolerance) {
        return jobs[j].least(nodePrices, 1, table.budgetPrice(prices), ofStart[j], ofEnd[j], tolerance);
    }

    /**
     * Writes what the job's cheapest fleet takes of each limit, over its scale.
     *
     * @return its objective
     */
    double offer(int j, double[] use) {
        Arrays.fill(use, 0);
        addUse(j, use);
        RateSlices slices = jobs[j].slices();
        double value = 0;
        for (int i = 0; i < slices.count; i++) {
            double held = jobs[j].bestNodes[i] * jobs[j].bestDuration;
            value += held * supplies.objectivePerMicro[slices.supply[i]];
        }
        return value;
    }

    double offeredStart(int j) {
        return jobs[j].bestStart;
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
            for (int k = 0; k < table.parts; k++) {
                double partEnd = k == table.parts - 1 ? Math.max(end, nodePrices.cuts[k + 1]) : nodePrices.cuts[k + 1];
                double overlap = Math.min(end, partEnd) - Math.max(start, nodePrices.cuts[k]);
                if (overlap > 0) {
                    int place = table.place(p) * table.parts + k;
                    passed[place] += nodes * overlap / table.scale[place];
                    int owned = table.firstOwned + v * table.parts + k;
                    passed[owned] += nodes * overlap / table.scale[owned];
                    if (table.firstBudget > table.firstPower) {
                        passed[table.firstPower + k] +=
                                nodes * overlap * problem.facilityMilliwatts(p) / table.scale[table.firstPower + k];
                    }
                }
            }
            if (table.firstOrder > table.firstBudget) {
                passed[table.firstBudget] +=
                        nodes * job.bestDuration * supplies.microUsdPerMicro[v] / table.scale[table.firstBudget];
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
            table.project(free, span);
            keep(evaluate(free, COARSE), free);
            if (infeasible) {
                return;
            }
            ascent = new PriceAscent(this, table, jobs.length, span);
            keep(evaluate(ascent.prices, COARSE), ascent.prices);
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

    /** The bound at the best prices once more, each job alone on its lattice of whole units where that says more. */
    private void settle() {
        double sum = 0;
        double size = 0;
        double money = table.budgetPrice(bestPrices);
        double fractional = evaluate(bestPrices, FINE);
        for (int j = 0; j < jobs.length && !stop.getAsBoolean(); j++) {
            if (!whole(j)) {
                continue;
            }
            double least = least(j, bestPrices, FINE);
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
