package muster.planner.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/**
 * Schedules from a linear program of time slices: jobs are tied to runs of slices, cuts are moved to where the program's
 * prices say that it costs less, nodes are made whole, and times follow.
 */
final class SlicedConstruction {
    private static final int MOST_SHIFTS = 14;
    private static final int MOST_TRIALS = 300;
    private static final int MOST_REFINEMENTS = 3;
    private static final int REBUILDS = 1_200;
    private static final int ROUNDS = 3;
    private static final double WORTH_A_ROUND = 1e-3;
    private static final double FIRST_STEP = 0.15;
    private static final double LEAST_SLICE = 0.02;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final BooleanSupplier stop;
    private final SplittableRandom random;
    private final UnitRates rates;
    private final NodeSupplies supplies;
    private final LatestEnds latestEnds;
    private SlicedProgram program;
    private RunChoice choice;
    private TimeGrid grid;

    SlicedConstruction(FleetProblem problem, JobFleets[] fleets, SplittableRandom random, BooleanSupplier stop) {
        this.random = random;
        this.problem = problem;
        this.fleets = fleets;
        this.stop = stop;
        this.rates = new UnitRates(problem, fleets);
        this.supplies = new NodeSupplies(problem);
        this.latestEnds = new LatestEnds(problem, fleets);
    }

    /** Ties jobs to runs of at most so many slices. */
    void begin(int mostSlices) {
        grid = TimeGrid.of(problem, fleets, mostSlices);
        choice = new RunChoice(problem, fleets, grid);
        program = program(grid, choice);
        program.solve();
        for (int round = 0; round < MOST_REFINEMENTS && rates.refine(program.nodes()); round++) {
            program = program(grid, choice);
            program.solve();
        }
        debug("root", 0);
        search().dive();
        debug("dive", 0);
        if (rates.refine(program.nodes())) {
            program = program(grid, choice);
            program.solve();
        }
        improve();
    }

    /** Lets jobs start and end at more cuts. */
    void refine(int mostSlices) {
        TimeGrid finer = grid.finer(mostSlices);
        int[] place = new int[grid.cuts.length];
        for (int k = 0; k < place.length; k++) {
            place[k] = Arrays.binarySearch(finer.cuts, grid.cuts[k]);
        }
        choice = choice.on(finer, place);
        grid = finer;
        program = program(grid, choice);
        program.solve();
        debug("finer", 0);
        improve();
    }

    private void improve() {
        for (int round = 0; round < ROUNDS && !stop.getAsBoolean(); round++) {
            double before = program.cost();
            RunSearch search = search();
            search.improve(MOST_TRIALS);
            debug("improved", search.trials());
            shiftCuts();
            debug("shifted", 0);
            search = search();
            search.rebuild(Math.clamp(REBUILDS / problem.jobCount(), 10, 100), random);
            debug("rebuilt", search.trials());
            if (program.cost() > before * (1 - WORTH_A_ROUND)) {
                return;
            }
        }
    }

    private void debug(String what, int n) {
        if (System.getenv("MOVES_DEBUG") != null) {
            System.err.printf("%.2f %s %d slices %.2f (%d)%n", System.nanoTime() / 1e9 % 1000, what, grid.slices(), program.cost() / 1e6, n);
        }
    }

    /** Writes a schedule of whole nodes; jobs that found no place are left out of it. */
    void write(Schedule schedule) {
        // Rates are refined further there, but a finer grid begins with these.
        new WholeNodes(problem, fleets, rates, supplies, grid, choice, stop).write(program, rounds(), schedule);
        debug("whole", 0);
    }

    private RunSearch search() {
        return new RunSearch(problem, fleets, grid, supplies, program, choice, stop);
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
