package muster.planner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import muster.planner.bound.PriceGuide;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;

/**
 * Builds schedules of several jobs one job at a time (serial schedule generation, Kolisch 1996), then takes a few jobs out
 * and places them anew, again and again (large neighbourhood search, Shaw 1998). Deterministic for a seed.
 */
final class NeighbourhoodSearch {
    /** Over all jobs: how many placements the mending of one order may come to. */
    private static final int MOST_PLACEMENTS = 600;

    private static final int LEAST_REPAIRS = 4;
    private static final int MOST_REPAIRS = 40;
    private static final int MOST_REMOVED = 4;
    private static final double FIRST_TOLERANCE = 0.01;
    private static final double[] GUIDE_SHARES = {0, 0.3, 1};

    private final FleetProblem problem;
    private final PriceGuide guide;
    private final BooleanSupplier stop;
    private final JobPlacer placer;
    private final Occupancy occupancy;
    private final Ledger ledger;
    private final Schedule trial;
    private final LatestEnds latestEnds;
    private final int jobs;

    private long[] bestValue;
    private FleetChoice best;
    private long steps;

    NeighbourhoodSearch(FleetProblem problem, PriceGuide guide, BooleanSupplier stop) {
        this.problem = problem;
        this.guide = guide;
        this.stop = stop;
        this.jobs = problem.jobCount();
        JobFleets[] fleets = new JobFleets[jobs];
        for (int j = 0; j < jobs; j++) {
            fleets[j] = new JobFleets(problem, j);
        }
        this.placer = new JobPlacer(problem, guide, fleets);
        this.occupancy = new Occupancy(problem);
        this.ledger = new Ledger(problem);
        this.trial = new Schedule(problem);
        this.latestEnds = new LatestEnds(problem, fleets);
    }

    /** {@return the best choice so far that breaks no limit} */
    Optional<FleetChoice> best() {
        return bestValue != null && bestValue[0] == 0 ? Optional.of(best) : Optional.empty();
    }

    long tried() {
        return placer.tried();
    }

    long steps() {
        return steps;
    }

    /** Offers a complete choice to start from. */
    void offer(FleetChoice choice) {
        Schedule schedule = Schedule.of(problem, choice);
        long[] value = value(schedule);
        keep(schedule, value);
    }

    /** Builds schedules from scratch, by several orders of the jobs. */
    void construct() {
        for (double share : new double[] {1, 0.3, 0}) {
            for (Comparator<Integer> order : orders()) {
                placer.guideShare = share;
                constructInOrder(order);
            }
        }
    }

    private List<Comparator<Integer>> orders() {
        Comparator<Integer> byRelaxedStart = Comparator.comparingDouble(guide::relaxedStart);
        Comparator<Integer> byDueDate = Comparator.comparingLong(problem::latestEndMicros);
        Comparator<Integer> byRelease = Comparator.comparingLong(problem::releaseMicros);
        return List.of(byRelaxedStart, byDueDate, byRelease.thenComparing(byDueDate));
    }

    /** A job that finds no room is tried earlier the next time. */
    private void constructInOrder(Comparator<Integer> order) {
        latestEnds.reset();
        List<Integer> wanted =
                new ArrayList<>(IntStream.range(0, jobs).boxed().sorted(order).toList());
        // While no order has led to a plan, the first matters more than the time it takes.
        int repairs =
                best().isPresent() ? Math.clamp(MOST_PLACEMENTS / jobs, LEAST_REPAIRS, MOST_REPAIRS) : MOST_REPAIRS;
        for (int repair = 0; repair < repairs && !stop.getAsBoolean(); repair++) {
            Arrays.fill(trial.placed, false);
            int failed = placeAll(wanted);
            if (failed < 0) {
                if (mendStarts()) {
                    keep(trial, value(trial));
                }
                break;
            }
            latestEnds.reserveMore(failed);
            wanted.remove((Integer) failed);
            wanted.addFirst(failed);
        }
        latestEnds.reset();
    }

    /** {@return the first job that fits nowhere, or -1} */
    private int placeAll(List<Integer> wanted) {
        List<Integer> left = new ArrayList<>(wanted);
        while (!left.isEmpty()) {
            int job = left.stream().filter(this::ready).findFirst().orElseThrow();
            left.remove((Integer) job);
            if (!place(job)) {
                return job;
            }
        }
        return -1;
    }

    private boolean ready(int job) {
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            if (!trial.placed[problem.predecessor(job, i)]) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int job) {
        occupancy.build(trial.placed, trial.nodes, trial.starts, trial.ends);
        if (!placer.place(job, occupancy, trial, latestEnds.of(job))) {
            return false;
        }
        trial.set(job, placer.bestNodes, placer.bestStart, placer.bestEnd);
        return true;
    }

    /** Places jobs anew whose start is no longer the end of another; {@return false where that does not come to rest} */
    private boolean mendStarts() {
        for (int round = 0; round < 2 * jobs; round++) {
            int adrift = -1;
            for (int j = 0; j < jobs; j++) {
                if (!trial.startsAtAnEvent(problem, j) && (adrift < 0 || trial.starts[j] < trial.starts[adrift])) {
                    adrift = j;
                }
            }
            if (adrift < 0) {
                return true;
            }
            trial.remove(adrift);
            if (!place(adrift)) {
                return false;
            }
        }
        return false;
    }

    /** Takes jobs out and places them anew; worse schedules are accepted within a tolerance that falls to nothing. */
    void improve(int mostSteps, long seed, long target) {
        if (best == null) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Schedule current = Schedule.of(problem, best);
        long[] currentValue = bestValue;
        for (int step = 0; step < mostSteps && !stop.getAsBoolean(); step++) {
            if (bestValue[0] == 0 && bestValue[1] <= target) {
                return;
            }
            steps++;
            trial.copyFrom(current);
            placer.guideShare = GUIDE_SHARES[random.nextInt(GUIDE_SHARES.length)];
            placer.refines = random.nextBoolean();
            if (!rebuild(random) || !mendStarts()) {
                continue;
            }
            long[] value = value(trial);
            double tolerance = FIRST_TOLERANCE * (1 - (double) step / mostSteps);
            if (acceptable(value, currentValue, tolerance)) {
                current.copyFrom(trial);
                currentValue = value;
            }
            keep(trial, value);
        }
    }

    private boolean acceptable(long[] value, long[] currentValue, double tolerance) {
        if (value[0] != currentValue[0]) {
            return value[0] < currentValue[0];
        }
        return Arrays.compare(value, currentValue) <= 0
                || value[0] == bestValue[0] && value[1] <= bestValue[1] * (1 + tolerance);
    }

    private boolean rebuild(SplittableRandom random) {
        int count = 1 + random.nextInt(Math.min(MOST_REMOVED, jobs));
        int[] removed = new int[count];
        removed[0] = random.nextInt(jobs);
        for (int i = 1; i < count; i++) {
            removed[i] = related(removed[0], random);
        }
        for (int job : removed) {
            trial.remove(job);
        }
        for (int job : removed) {
            if (!trial.placed[job] && !place(job)) {
                return false;
            }
        }
        return true;
    }

    /** {@return a job that overlaps or touches another in time, or any} */
    private int related(int job, SplittableRandom random) {
        int candidate = random.nextInt(jobs);
        for (int attempt = 0; attempt < 3; attempt++) {
            if (trial.starts[candidate] <= trial.ends[job] && trial.ends[candidate] >= trial.starts[job]) {
                return candidate;
            }
            candidate = random.nextInt(jobs);
        }
        return candidate;
    }

    /** {@return how far limits are passed, then the ledger's criteria} */
    private long[] value(Schedule schedule) {
        ledger.evaluate(schedule.nodes, schedule.starts);
        long[] criteria = ledger.criteria();
        long[] value = new long[criteria.length + 1];
        value[0] = ledger.excess();
        System.arraycopy(criteria, 0, value, 1, criteria.length);
        return value;
    }

    private void keep(Schedule schedule, long[] value) {
        if (bestValue == null || Arrays.compare(value, bestValue) < 0) {
            bestValue = value;
            best = schedule.choice();
        }
    }
}
