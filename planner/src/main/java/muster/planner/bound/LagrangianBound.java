package muster.planner.bound;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * A lower bound for several jobs (docs/model.md, Bound of several jobs): shared limits become prices, and each job takes its
 * least under them. Any prices &ge; 0 give a valid bound; they are found by the volume algorithm (Barahona and Anbil 2000),
 * in plain double arithmetic and a fixed order, so that they are the same everywhere.
 */
final class LagrangianBound {
    private static final int MOST_PARTS = 12;
    private static final double ROUNDING = 1e-11;
    private static final double COARSE = 2e-3;
    private static final double FINE = 1e-6;
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

    /** What the jobs took over the rounds, on average: close to the relaxation's own solution. */
    private double[][] meanNodeMicros;

    private double[] meanStart;
    private double[] meanEnd;

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

    int parts() {
        return table == null ? 0 : table.parts;
    }

    PriceGuide guide() {
        int pools = problem.poolCount();
        if (infeasible || bestPrices == null) {
            return PriceGuide.none(problem.jobCount(), pools);
        }
        evaluate(bestPrices, COARSE, null);
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
                new PriceGuide.Relaxed(
                        meanStart.clone(),
                        meanEnd.clone(),
                        Arrays.stream(meanNodeMicros).map(double[]::clone).toArray(double[][]::new)));
    }

    int iterations() {
        return iterations;
    }

    /** {@return a lower bound at these prices; writes how far each limit is passed, over its scale} */
    private double evaluate(double[] prices, double tolerance, double[] passed) {
        table.nodePrices(prices, nodePrices);
        table.timePrices(prices, ofStart, ofEnd);
        double money = table.budgetPrice(prices);
        double sum = -table.limits(prices);
        double size = Math.abs(sum);
        if (passed != null) {
            for (int i = 0; i < table.count; i++) {
                passed[i] = -table.limit[i];
            }
        }
        for (int j = 0; j < jobs.length; j++) {
            double least = jobs[j].least(nodePrices, 1, money, ofStart[j], ofEnd[j], tolerance);
            sum += least;
            size += Math.abs(least);
            if (passed != null) {
                addUse(j, passed);
            }
        }
        for (int i = 0; i < table.count; i++) {
            size += table.limit[i] < 0 ? prices[i] : 0;
        }
        return sum - size * ROUNDING;
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
                    passed[p * table.parts + k] += nodes * overlap / table.scale[p * table.parts + k];
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
    void tighten(int mostIterations, double target, double gapFraction) {
        if (infeasible) {
            return;
        }
        double[] prices = new double[table.count];
        double[] passed = new double[table.count];
        double[] average = new double[table.count];
        double[] direction = new double[table.count];
        if (bestPrices == null) {
            table.project(prices, span);
            keep(evaluate(prices, COARSE, passed), prices);
            meanNodeMicros = new double[jobs.length][problem.poolCount()];
            meanStart = new double[jobs.length];
            meanEnd = new double[jobs.length];
            average(1);
        } else {
            prices = bestPrices.clone();
            evaluate(prices, COARSE, passed);
        }
        System.arraycopy(passed, 0, average, 0, average.length);
        double factor = 0.1;
        double share = 0.1;
        int inVain = 0;
        for (int i = 0; i < mostIterations && !stop.getAsBoolean(); i++) {
            iterations++;
            double aim = Double.isFinite(target) ? target : best + Math.max(Math.abs(best) * 0.05, 1);
            double norm = 0;
            for (int x = 0; x < average.length; x++) {
                // What grows with the finish is passed by as much as it lies above the finish aimed at.
                double over = average[x] - (table.growsWithFinish[x] ? aim / span : 0);
                boolean counts = table.open(x) && (over > 0 || bestPrices[x] > 0);
                direction[x] = counts ? over : 0;
                norm += direction[x] * direction[x];
            }
            boolean tooDear = objective == Objective.COST && best > problem.budgetMicroUsd();
            if (norm == 0 || tooDear || best >= target * (1 - gapFraction)) {
                break;
            }
            double step = factor * Math.max(aim - best, Math.abs(aim) * 1e-6) / norm;
            for (int x = 0; x < prices.length; x++) {
                prices[x] = bestPrices[x] + step * direction[x];
            }
            table.project(prices, span);
            double value = evaluate(prices, COARSE, passed);
            average(share);
            for (int x = 0; x < average.length; x++) {
                average[x] += share * (passed[x] - average[x]);
            }
            if (value > best) {
                keep(value, prices);
                inVain = 0;
                factor = Math.min(2, factor * 1.1);
            } else if (++inVain % 10 == 0) {
                factor = Math.max(1e-4, factor * 0.7);
            }
        }
        if (!stop.getAsBoolean()) {
            best = Math.max(best, evaluate(bestPrices, FINE, null));
            settle();
        }
    }

    /** The bound at the best prices once more, each job alone on its lattice of whole units where that says more. */
    private void settle() {
        double sum = 0;
        double size = 0;
        double money = table.budgetPrice(bestPrices);
        double fractional = evaluate(bestPrices, FINE, null);
        for (int j = 0; j < jobs.length && !stop.getAsBoolean(); j++) {
            if (!whole(j)) {
                continue;
            }
            double least = jobs[j].least(nodePrices, 1, money, ofStart[j], ofEnd[j], FINE);
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

    /** Moves the means towards what the jobs took last. */
    private void average(double share) {
        for (int j = 0; j < jobs.length; j++) {
            RateSlices slices = jobs[j].slices();
            double[] now = new double[problem.poolCount()];
            for (int i = 0; i < slices.count; i++) {
                now[supplies.pool[slices.supply[i]]] += jobs[j].bestNodes[i] * jobs[j].bestDuration;
            }
            for (int p = 0; p < now.length; p++) {
                meanNodeMicros[j][p] += share * (now[p] - meanNodeMicros[j][p]);
            }
            meanStart[j] += share * (jobs[j].bestStart - meanStart[j]);
            meanEnd[j] += share * (jobs[j].bestStart + jobs[j].bestDuration - meanEnd[j]);
        }
    }

    private void keep(double value, double[] prices) {
        if (value > best || bestPrices == null) {
            best = Math.max(best, value);
            bestPrices = prices.clone();
        }
    }
}
