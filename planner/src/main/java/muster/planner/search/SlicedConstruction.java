package muster.planner.search;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/**
 * Schedules from a linear program of time slices: jobs are tied to runs of slices, cuts are moved to where the program's
 * prices say that it costs less, nodes are made whole, and times follow.
 */
final class SlicedConstruction {
    private static final int MOST_SHIFTS = 14;
    private static final int MOST_TRIALS = 300;
    private static final double FIRST_STEP = 0.15;
    private static final double LEAST_SLICE = 0.02;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final BooleanSupplier stop;
    private final UnitRates rates;
    private final NodeSupplies supplies;
    private final LatestEnds latestEnds;
    private SlicedProgram program;
    private RunChoice choice;
    private TimeGrid grid;

    SlicedConstruction(FleetProblem problem, JobFleets[] fleets, BooleanSupplier stop) {
        this.problem = problem;
        this.fleets = fleets;
        this.stop = stop;
        this.rates = new UnitRates(problem, fleets);
        this.supplies = new NodeSupplies(problem);
        this.latestEnds = new LatestEnds(problem, fleets);
    }

    /** Writes a schedule over at most so many slices; jobs that found no place are left out of it. */
    void write(int mostSlices, Schedule schedule) {
        long t0 = System.nanoTime();
        grid = TimeGrid.of(problem, fleets, mostSlices);
        choice = new RunChoice(problem, fleets, grid);
        program = program(grid, choice);
        boolean solved = program.solve();
        for (int r = 0; r < 3 && rates.refine(program.nodes()); r++) {
            if (System.getenv("MOVES_DEBUG") != null) System.err.printf("refine %d cost %.2f%n", r, program.cost() / 1e6);
            program = program(grid, choice);
            solved = program.solve();
        }
        double root = program.cost();
        long t1 = System.nanoTime();
        long p1 = program.pivots();
        RunSearch search = new RunSearch(problem, fleets, grid, supplies, program, choice, stop);
        boolean dived = search.dive();
        double dive = program.cost();
        long t2 = System.nanoTime();
        if (rates.refine(program.nodes())) {
            program = program(grid, choice);
            program.solve();
            search = new RunSearch(problem, fleets, grid, supplies, program, choice, stop);
        }
        search.improve(MOST_TRIALS);
        double improved = program.cost();
        double s0 = 0;
        for (int round = 0; round < 2 && !stop.getAsBoolean(); round++) {
            shiftCuts();
            s0 = program.cost();
            search = new RunSearch(problem, fleets, grid, supplies, program, choice, stop);
            search.improve(MOST_TRIALS);
            if (System.getenv("MOVES_DEBUG") != null) System.err.printf("  round %d shifted %.2f improved %.2f %d%n", round, s0 / 1e6, program.cost() / 1e6, search.trials());
        }
        long t3 = System.nanoTime();
        shiftCuts();
        long t4 = System.nanoTime();
        double shifted = program.cost();
        new WholeNodes(problem, fleets, rates, supplies, grid, choice, stop).write(program, rounds(), schedule);
        long t5 = System.nanoTime();
        if (System.getenv("MOVES_DEBUG") != null) {
            System.err.printf(
                    "slices %d root %s %.2f (%d pivots, %.2fs) dive %s %.2f (%.2fs) improved %.2f (%d trials, %.2fs) shifted %.2f (%.2fs) whole (%.2fs)%n",
                    grid.slices(), solved, root / 1e6, p1, (t1 - t0) / 1e9, dived, dive / 1e6, (t2 - t1) / 1e9,
                    improved / 1e6, search.trials(), (t3 - t2) / 1e9, shifted / 1e6, (t4 - t3) / 1e9, (t5 - t4) / 1e9);
        }
    }

    private int rounds() {
        return problem.jobCount();
    }

    private SlicedProgram program(TimeGrid of, RunChoice runs) {
        return new SlicedProgram(
                problem, rates, supplies, of, runs, new HeldNodes(problem, of.slices()), stop);
    }

    private void shiftCuts() {
        double step = FIRST_STEP;
        for (int shift = 0; shift < MOST_SHIFTS && !stop.getAsBoolean(); shift++) {
            double[] cuts = moved(step);
            if (Arrays.equals(cuts, grid.cuts)) {
                return;
            }
            TimeGrid other = grid.with(cuts);
            SlicedProgram tried = program(other, choice);
            if (tried.solve() && tried.cost() < program.cost()) {
                grid = other;
                program = tried;
                step *= 1.5;
            } else {
                step /= 3;
            }
        }
    }

    private double[] moved(double step) {
        double[] slope = program.costOfCuts();
        double steepest = 0;
        int slices = grid.slices();
        for (int k = 1; k < slices; k++) {
            steepest = Math.max(steepest, Math.abs(slope[k]));
        }
        double[] cuts = grid.cuts.clone();
        if (steepest == 0) {
            return cuts;
        }
        double mean = grid.length(0, slices) / slices;
        for (int k = 1; k < slices; k++) {
            if (Arrays.binarySearch(problem.availability().dates(), (long) cuts[k]) >= 0) {
                continue;
            }
            // Not past half of the next slice: the next cut may come the other way.
            double low = Math.max(cuts[k - 1] + LEAST_SLICE * mean, (grid.cuts[k] + grid.cuts[k - 1]) / 2);
            double high = Math.min(grid.cuts[k + 1] - LEAST_SLICE * mean, (grid.cuts[k] + grid.cuts[k + 1]) / 2);
            for (int j = 0; j < problem.jobCount(); j++) {
                low = choice.from(j) == k ? Math.max(low, problem.releaseMicros(j)) : low;
                high = choice.to(j) == k ? Math.min(high, latestEnds.of(j)) : high;
            }
            double wanted = cuts[k] - step * mean * slope[k] / steepest;
            if (low <= high) {
                cuts[k] = Math.rint(Math.clamp(wanted, low, high));
            }
        }
        return cuts;
    }
}
