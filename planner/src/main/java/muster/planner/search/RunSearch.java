package muster.planner.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/**
 * Ties every job of a {@link SlicedProgram} to one run of slices: first the clearest of what the program mixes (diving), then
 * one job, or the border between two in order, at a time to where the prices promise most, as long as the program gets cheaper.
 */
final class RunSearch {
    private static final int SAME_POOL = -3;
    private static final double CLEAR = 0.97;
    private static final double WORTH_TRYING = 1e-5;
    private static final double CHEAPER = 1e-7;
    private static final int TRIALS_PER_ROUND = 60;
    private static final int CHANGES_PER_JOB = 3;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final TimeGrid grid;
    private final NodeSupplies supplies;
    private final SlicedProgram program;
    private final RunChoice choice;
    private final BooleanSupplier stop;
    private final int jobs;
    private int trials;

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

    private record Tie(int job, int from, int to, int pool, double share) {}

    /** Ties every job to one run (and one pool, where it may have no more); {@return whether all could be} */
    boolean dive() {
        while (!stop.getAsBoolean()) {
            List<Tie> ties = ties();
            if (ties.isEmpty()) {
                return true;
            }
            boolean any = false;
            for (Tie tie : ties) {
                boolean within = tie.from() >= choice.first(tie.job()) && tie.to() <= choice.last(tie.job());
                if ((!any || tie.share() >= CLEAR) && (within || choice.tied(tie.job()))) {
                    if (problem.onePool(tie.job()) || choice.tied(tie.job())) {
                        choice.tieToPool(tie.job(), tie.pool());
                    }
                    choice.tie(tie.job(), tie.from(), tie.to());
                    any = true;
                }
            }
            if (!any) {
                return false;
            }
            program.followChoice();
            program.solve();
        }
        return false;
    }

    /** {@return for each job that is not tied what most of it does, the clearest first} */
    private List<Tie> ties() {
        List<Tie> ties = new ArrayList<>();
        for (int j = 0; j < jobs; j++) {
            if (!choice.settled(j)) {
                Tie tie = tie(j);
                if (tie != null) {
                    ties.add(tie);
                }
            }
        }
        ties.sort(Comparator.comparingDouble(Tie::share).reversed());
        return ties;
    }

    private Tie tie(int j) {
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
        Tie best = null;
        for (int from = choice.first(j); from < choice.last(j); from++) {
            for (int to = from + 1; to <= choice.last(j); to++) {
                double share = Math.min(likeness(used, from, to), ofPool);
                if (choice.allows(j, from, to) && (best == null || share > best.share())) {
                    best = new Tie(j, from, to, pool, share);
                }
            }
        }
        return best != null && best.share() <= 1e-9
                ? new Tie(j, choice.leastFrom(j), choice.mostTo(j), pool, 0)
                : best;
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
        trials = 0;
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

    int trials() {
        return trials;
    }
}
