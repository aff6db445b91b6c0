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
    private static final int REBUILDS = 900;
    private static final int LEAST_REBUILDS = 15;
    private static final int MOST_REBUILDS = 100;
    private static final int ROUNDS = 3;
    private static final int MOST_ROUNDINGS = 30;
    private static final double WORTH_A_ROUND = 1e-3;
    private static final double FIRST_STEP = 0.15;
    private static final double LEAST_SLICE = 0.02;

    /** What tying and improving may cost, some seconds; the smaller sizes never come near. */
    private static final long MOST_MULTIPLICATIONS = 3_000_000_000L;

    /** What making nodes whole may cost once more, each time. */
    private static final long MOST_TO_ROUND = 1_000_000_000L;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final BooleanSupplier stop;
    private final PivotBudget budget;
    private final SplittableRandom random;
    private final int mostRebuilds;
    private final UnitRates rates;
    private final NodeSupplies supplies;
    private final LatestEnds latestEnds;
    private SlicedProgram program;
    private RunChoice choice;
    private TimeGrid grid;
    private long rebuilds;

    SlicedConstruction(
            FleetProblem problem, JobFleets[] fleets, SplittableRandom random, int mostRebuilds, BooleanSupplier stop) {
        this.random = random;
        this.mostRebuilds = mostRebuilds;
        this.problem = problem;
        this.fleets = fleets;
        this.stop = stop;
        this.budget = new PivotBudget(MOST_MULTIPLICATIONS, stop);
        this.rates = new UnitRates(problem, fleets);
        this.supplies = new NodeSupplies(problem);
        this.latestEnds = new LatestEnds(problem, fleets);
    }

    /**
     * Ties jobs to runs of at most so many slices.
     *
     * @param target in ledger units of the first criterion: cheap enough
     */
    void begin(int mostSlices, double target) {
        grid = TimeGrid.of(problem, fleets, mostSlices);
        choice = new RunChoice(problem, fleets, grid);
        program = program(grid, choice);
        program.solve();
        for (int round = 0; round < MOST_REFINEMENTS && rates.refine(program.nodes()); round++) {
            program = program(grid, choice);
            program.solve();
        }
        search().dive();
        if (rates.refine(program.nodes())) {
            program = program(grid, choice);
            program.solve();
        }
        improve(target);
    }

    /** Lets jobs start and end at more cuts. */
    void refine(int mostSlices, double target) {
        TimeGrid finer = grid.finer(mostSlices);
        int[] place = new int[grid.cuts.length];
        for (int k = 0; k < place.length; k++) {
            place[k] = Arrays.binarySearch(finer.cuts, grid.cuts[k]);
        }
        choice = choice.on(finer, place);
        grid = finer;
        program = program(grid, choice);
        program.solve();
        improve(target);
    }

    private void improve(double target) {
        for (int round = 0; round < ROUNDS && program.cost() > target && !budget.getAsBoolean(); round++) {
            double before = program.cost();
            search().improve(MOST_TRIALS);
            shiftCuts();
            if (program.cost() > target) {
                // Anew, without the columns that came and went.
                program = program(grid, choice);
                program.solve();
                search().rebuild(
                                Math.clamp(REBUILDS / problem.jobCount(), LEAST_REBUILDS, MOST_REBUILDS),
                                target,
                                random);
            }
            if (program.cost() > before * (1 - WORTH_A_ROUND)) {
                return;
            }
        }
    }

    /** Writes a schedule of whole nodes; jobs that found no place are left out of it. */
    void write(Schedule schedule) {
        // Rates are refined further there, but a finer grid begins with these.
        new WholeNodes(problem, fleets, rates, supplies, grid, choice, new PivotBudget(MOST_TO_ROUND, stop))
                .write(program, Math.min(problem.jobCount(), MOST_ROUNDINGS), schedule);
    }

    /** {@return how often jobs were freed and tied anew} */
    long rebuilds() {
        return rebuilds;
    }

    private RunSearch search() {
        return new RunSearch(problem, fleets, grid, supplies, program, choice, budget);
    }

    private SlicedProgram program(TimeGrid of, RunChoice runs) {
        return new SlicedProgram(problem, rates, supplies, of, runs, new HeldNodes(problem, of.slices()), budget);
    }

    private void shiftCuts() {
        double step = FIRST_STEP;
        for (int shift = 0; shift < MOST_SHIFTS && !budget.getAsBoolean(); shift++) {
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
