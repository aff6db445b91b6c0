package muster.planner.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/**
 * Ties every job of a {@link SlicedProgram} to one run of slices: first the clearest of what the program mixes (diving), then
 * one job, or the border between two in order, at a time to where the prices promise most, as long as the program gets cheaper.
 */
final class RunSearch {
    private static final int SAME_POOL = -3;
    private static final int NOBODY = -1;
    private static final int MOST_FREED = 5;
    private static final int RUNS_PER_JOB = 4;
    private static final double CLEAR = 0.97;
    private static final double WORTH_TRYING = 1e-5;
    private static final double CHEAPER = 1e-7;
    private static final int TRIALS_PER_ROUND = 40;
    private static final int CHANGES_PER_JOB = 3;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final TimeGrid grid;
    private final NodeSupplies supplies;
    private final SlicedProgram program;
    private final RunChoice choice;
    private final BooleanSupplier stop;
    private final int jobs;

    RunSearch(
            FleetProblem problem,
            JobFleets[] fleets,
            TimeGrid grid,
            NodeSupplies supplies,
            SlicedProgram program,
            RunChoice choice,
            BooleanSupplier stop) {
        this.problem = problem;
        this.fleets = fleets;
        this.grid = grid;
        this.supplies = supplies;
        this.program = program;
        this.choice = choice;
        this.stop = stop;
        this.jobs = problem.jobCount();
    }

    private record Tie(int job, int from, int to, int pool, double likeness) {}

    /**
     * Ties every job to one run (and one pool, where it may have no more), the largest jobs first: of the runs most like what the
     * program mixes the one that makes it least dear. What is clear is tied at once. {@return whether all could be}
     */
    boolean dive() {
        while (!stop.getAsBoolean()) {
            boolean any = false;
            int next = NOBODY;
            for (int j = 0; j < jobs; j++) {
                if (!choice.settled(j)) {
                    List<Tie> ties = ties(j);
                    if (!ties.isEmpty() && ties.getFirst().likeness() >= CLEAR) {
                        apply(ties.getFirst());
                        any = true;
                    } else if (next == NOBODY || program.weight(j) > program.weight(next)) {
                        next = j;
                    }
                }
            }
            if (!any && next == NOBODY) {
                return true;
            }
            if (any) {
                program.followChoice();
                program.solve();
            } else if (!tieCheapest(next)) {
                return false;
            }
        }
        return false;
    }

    private boolean tieCheapest(int j) {
        List<Tie> ties = ties(j);
        RunChoice before = choice.copy();
        Tie best = null;
        double least = Double.POSITIVE_INFINITY;
        Tie last = null;
        for (Tie tie : ties.subList(0, Math.min(RUNS_PER_JOB, ties.size()))) {
            choice.copyFrom(before);
            apply(tie);
            program.followChoice();
            program.solve();
            last = tie;
            if (program.cost() < least) {
                least = program.cost();
                best = tie;
            }
        }
        if (best != null && best != last) {
            choice.copyFrom(before);
            apply(best);
            program.followChoice();
            program.solve();
        }
        return best != null;
    }

    private void apply(Tie tie) {
        if (problem.onePool(tie.job()) || choice.tied(tie.job())) {
            choice.tieToPool(tie.job(), tie.pool());
        }
        choice.tie(tie.job(), tie.from(), tie.to());
    }

    /** {@return runs and pools to tie a job to, those first that are most like what the program mixes} */
    private List<Tie> ties(int j) {
        List<SlicedProgram.Run> used = new ArrayList<>();
        double[] byPool = new double[problem.poolCount()];
        for (SlicedProgram.Run run : program.runs(j)) {
            if (program.done(run) > 0) {
                used.add(run);
            }
            byPool[supplies.pool[run.supply()]] += program.done(run);
        }
        int pool = RunChoice.NONE;
        double most = 1e-9;
        for (int p = 0; p < byPool.length; p++) {
            if (byPool[p] > most && (problem.onePool(j) || !fleets[j].stated(p))) {
                pool = p;
                most = byPool[p];
            }
        }
        double ofPool = problem.onePool(j) ? most : 1;
        List<Tie> ties = new ArrayList<>();
        if (choice.tied(j)) {
            ties.add(new Tie(j, choice.from(j), choice.to(j), pool, 1));
            return ties;
        }
        for (int from = choice.first(j); from < choice.last(j); from++) {
            for (int to = from + 1; to <= choice.last(j); to++) {
                ties.add(new Tie(j, from, to, pool, Math.min(likeness(used, from, to), ofPool)));
            }
        }
        ties.sort(Comparator.comparingDouble(Tie::likeness).reversed());
        return ties;
    }

    /** {@return how much of the job runs from one cut to another, other runs counting as far as they are the same time} */
    private double likeness(List<SlicedProgram.Run> used, int from, int to) {
        double sum = 0;
        for (SlicedProgram.Run run : used) {
            double common = grid.cuts[Math.min(to, run.to())] - grid.cuts[Math.max(from, run.from())];
            double together = grid.cuts[Math.max(to, run.to())] - grid.cuts[Math.min(from, run.from())];
            sum += Math.max(0, common) / together * program.done(run);
        }
        return sum;
    }

    /** One or two jobs to be tied otherwise, and what prices promise that it saves. */
    private record Change(int[] jobs, int[] from, int[] to, int pool, double gain) {}

    /** Changes runs while that makes the program cheaper; at most so many changes are tried. */
    void improve(int mostTrials) {
        RunChoice before = choice.copy();
        int trials = 0;
        boolean improved = true;
        while (improved && trials < mostTrials && !stop.getAsBoolean()) {
            improved = false;
            double cost = program.cost();
            List<Change> changes = changes();
            for (int i = 0; i < Math.min(TRIALS_PER_ROUND, changes.size()) && !improved && !stop.getAsBoolean(); i++) {
                trials++;
                apply(changes.get(i));
                program.followChoice();
                if (choice.inOrder() && program.solve() && program.cost() < cost - CHEAPER * Math.abs(cost)) {
                    improved = true;
                    before.copyFrom(choice);
                } else {
                    choice.copyFrom(before);
                }
            }
            if (!improved) {
                program.followChoice();
                program.solve();
            }
        }
    }

    /**
     * Lets a few jobs that share time take any run again, ties them anew, and keeps that where it is cheaper (ruin and recreate,
     * Schrimpf et al. 2000).
     *
     * @return how often
     */
    int rebuild(int steps, double target, SplittableRandom random) {
        RunChoice best = choice.copy();
        double least = program.cost();
        int step = 0;
        for (; step < steps && least > target && !stop.getAsBoolean(); step++) {
            int first = random.nextInt(jobs);
            int count = 1 + random.nextInt(Math.min(MOST_FREED, jobs));
            int[] freed = new int[count];
            for (int i = 0; i < count; i++) {
                freed[i] = i == 0 ? first : beside(first, random);
            }
            for (int j : freed) {
                choice.free(j);
            }
            program.followChoice();
            program.solve();
            boolean cheaper =
                    program.cost() < least * (1 - CHEAPER) && dive() && program.cost() < least * (1 - CHEAPER);
            if (cheaper) {
                least = program.cost();
                best.copyFrom(choice);
            } else {
                choice.copyFrom(best);
                program.followChoice();
            }
        }
        choice.copyFrom(best);
        program.followChoice();
        program.solve();
        return step;
    }

    /** {@return a job that runs at the same time as another, or next to it; any where the dice find none} */
    private int beside(int job, SplittableRandom random) {
        int candidate = random.nextInt(jobs);
        for (int attempt = 0; attempt < 3; attempt++) {
            if (candidate != job
                    && choice.from(candidate) <= choice.to(job)
                    && choice.to(candidate) >= choice.from(job)) {
                return candidate;
            }
            candidate = random.nextInt(jobs);
        }
        return candidate;
    }

    private void apply(Change change) {
        for (int i = 0; i < change.jobs().length; i++) {
            choice.tie(change.jobs()[i], change.from()[i], change.to()[i]);
            if (change.pool() != SAME_POOL) {
                choice.tieToPool(change.jobs()[i], change.pool());
            }
        }
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (int j = 0; j < jobs; j++) {
            List<Change> ofJob = new ArrayList<>();
            for (int from = choice.first(j); from < choice.last(j); from++) {
                for (int to = from + 1; to <= choice.last(j); to++) {
                    double gain = choice.allows(j, from, to) ? 0 : program.gain(j, from, to);
                    if (gain > WORTH_TRYING) {
                        ofJob.add(new Change(new int[] {j}, new int[] {from}, new int[] {to}, SAME_POOL, gain));
                    }
                    for (int p = 0; p < problem.poolCount() && choice.chooses(j); p++) {
                        boolean other = p != choice.pool(j) && (problem.onePool(j) || !fleets[j].stated(p));
                        double ofPool = other ? program.gain(j, from, to, p) : 0;
                        if (ofPool > WORTH_TRYING) {
                            ofJob.add(new Change(new int[] {j}, new int[] {from}, new int[] {to}, p, ofPool));
                        }
                    }
                }
            }
            ofJob.sort(Comparator.comparingDouble(Change::gain).reversed());
            changes.addAll(ofJob.subList(0, Math.min(CHANGES_PER_JOB, ofJob.size())));
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                addBorders(problem.predecessor(j, i), j, changes);
            }
        }
        changes.sort(Comparator.comparingDouble(Change::gain).reversed());
        return changes;
    }

    /** The border between a job and one that comes after it, moved. */
    private void addBorders(int before, int after, List<Change> changes) {
        if (choice.to(before) != choice.from(after)) {
            return;
        }
        for (int border = choice.from(before) + 1; border < choice.to(after); border++) {
            if (border != choice.to(before)) {
                double gain = program.gain(before, choice.from(before), border)
                        + program.gain(after, border, choice.to(after));
                changes.add(new Change(
                        new int[] {before, after},
                        new int[] {choice.from(before), border},
                        new int[] {border, choice.to(after)},
                        SAME_POOL,
                        gain));
            }
        }
    }
}
