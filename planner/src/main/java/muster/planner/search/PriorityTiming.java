package muster.planner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;

/**
 * Lets more important jobs of a plan start earlier, on the nodes they have, where that makes no criterion worse. A job is
 * moved to an earlier time that is free, or put before a less important one, with all jobs placed anew in the new order.
 */
public final class PriorityTiming {
    /** Orders tried: beyond, many jobs would take longer than what may be gained is worth. */
    private static final int MOST_ORDERS = 400;

    private final FleetProblem problem;
    private final BooleanSupplier stop;
    private final Ledger ledger;
    private final Occupancy occupancy;
    private final int[][] nodes;
    private final long[] durations;
    private final long[] leastCriteria;
    private long[] starts;
    private int orders;

    private PriorityTiming(FleetProblem problem, FleetChoice choice, BooleanSupplier stop) {
        this.problem = problem;
        this.stop = stop;
        this.ledger = new Ledger(problem);
        this.occupancy = new Occupancy(problem);
        this.nodes = choice.nodes();
        this.starts = choice.startMicros();
        ledger.evaluate(nodes, starts);
        this.leastCriteria = ledger.criteria();
        this.durations = IntStream.range(0, nodes.length)
                .mapToLong(ledger::durationMicros)
                .toArray();
    }

    /** {@return the choice, by lots, with the jobs' priorities kept as far as they cost nothing} */
    public static FleetChoice of(FleetProblem problem, FleetChoice choice, BooleanSupplier stop) {
        boolean alike = IntStream.range(0, problem.jobCount())
                        .map(problem::priority)
                        .distinct()
                        .count()
                < 2;
        return alike ? choice : new PriorityTiming(problem, choice, stop).timed();
    }

    private FleetChoice timed() {
        boolean moved = true;
        while (moved && orders < MOST_ORDERS && !stop.getAsBoolean()) {
            moved = false;
            for (int job : importantFirst()) {
                moved |= moveForward(job);
            }
        }
        return new FleetChoice(nodes, starts);
    }

    private int[] importantFirst() {
        return IntStream.range(0, nodes.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer j) -> -problem.priority(j))
                        .thenComparingLong(j -> starts[j])
                        .thenComparingInt(j -> j))
                .mapToInt(j -> j)
                .toArray();
    }

    private boolean moveForward(int job) {
        for (long time : earlierTimes(job)) {
            long[] moved = starts.clone();
            moved[job] = time;
            if (keepIfBetter(moved)) {
                return true;
            }
        }
        for (int other : byStart()) {
            boolean before = starts[other] < starts[job] && problem.priority(other) < problem.priority(job);
            if (before && orders < MOST_ORDERS && keepIfBetter(inOrder(job, other))) {
                return true;
            }
        }
        return false;
    }

    /** {@return times before its start at which a job may start: its release, ends of others, dates of nodes} */
    private TreeSet<Long> earlierTimes(int job) {
        TreeSet<Long> times = new TreeSet<>();
        times.add(problem.releaseMicros(job));
        for (int other = 0; other < nodes.length; other++) {
            times.add(other == job ? problem.releaseMicros(job) : starts[other] + durations[other]);
        }
        for (long date : problem.availability().dates()) {
            times.add(date);
        }
        return new TreeSet<>(times.subSet(problem.releaseMicros(job), starts[job]));
    }

    private List<Integer> byStart() {
        return IntStream.range(0, nodes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer j) -> starts[j]).thenComparingInt(j -> j))
                .toList();
    }

    /** {@return starts if jobs are placed one by one as they start now, but one of them before another} */
    private long[] inOrder(int job, int before) {
        orders++;
        List<Integer> order = new ArrayList<>(byStart());
        // What it comes after has to go first as well.
        List<Integer> ahead = order.subList(order.indexOf(before) + 1, order.size()).stream()
                .filter(other -> other == job || mustPrecede(other, job))
                .toList();
        order.removeAll(ahead);
        order.addAll(order.indexOf(before), ahead);
        long[] placedAt = new long[nodes.length];
        long[] ends = new long[nodes.length];
        boolean[] placed = new boolean[nodes.length];
        while (!order.isEmpty()) {
            int next = order.stream()
                    .filter(each -> ready(each, placed))
                    .findFirst()
                    .orElseThrow();
            order.remove((Integer) next);
            occupancy.build(placed, nodes, placedAt, ends);
            placedAt[next] = earliest(next, placed, ends);
            ends[next] = placedAt[next] + durations[next];
            placed[next] = true;
        }
        return placedAt;
    }

    private boolean mustPrecede(int earlier, int job) {
        return IntStream.range(0, problem.predecessorCount(job))
                .map(i -> problem.predecessor(job, i))
                .anyMatch(before -> before == earlier || mustPrecede(earlier, before));
    }

    private boolean ready(int job, boolean[] placed) {
        return IntStream.range(0, problem.predecessorCount(job)).allMatch(i -> placed[problem.predecessor(job, i)]);
    }

    private long earliest(int job, boolean[] placed, long[] ends) {
        long ready = problem.releaseMicros(job);
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            ready = Math.max(ready, ends[problem.predecessor(job, i)]);
        }
        TreeSet<Long> times = new TreeSet<>();
        times.add(ready);
        for (int other = 0; other < nodes.length; other++) {
            times.add(placed[other] ? Math.max(ready, ends[other]) : ready);
        }
        for (long date : problem.availability().dates()) {
            times.add(Math.max(ready, date));
        }
        return times.stream().filter(time -> fits(job, time)).findFirst().orElse(times.last());
    }

    private boolean fits(int job, long start) {
        long milliwatts = problem.facilityMilliwatts(nodes[job]);
        for (int e = occupancy.event(start);
                e < occupancy.events() && occupancy.time(e) < start + durations[job];
                e++) {
            boolean room = occupancy.freeMilliwatts(e) >= milliwatts;
            for (int p = 0; p < problem.poolCount() && room; p++) {
                room = nodes[job][p] <= occupancy.freeNodes(e, p)
                        && (nodes[job][p] == 0
                                || problem.lots().together(nodes[job], p) <= occupancy.freeTogether(e, p));
            }
            if (!room) {
                return false;
            }
        }
        return true;
    }

    /** Takes other starts if they keep every limit, no criterion is worse, and important jobs start earlier in all. */
    private boolean keepIfBetter(long[] others) {
        if (Arrays.compare(importance(others), importance(starts)) >= 0) {
            return false;
        }
        ledger.evaluate(nodes, others);
        long[] criteria = ledger.criteria();
        boolean kept = ledger.feasible();
        for (int c = 0; c < criteria.length; c++) {
            kept &= criteria[c] <= leastCriteria[c];
        }
        starts = kept ? others : starts;
        return kept;
    }

    /** {@return the starts of jobs added up by priority, the highest first} */
    private long[] importance(long[] of) {
        int[] levels = IntStream.range(0, nodes.length)
                .map(problem::priority)
                .distinct()
                .sorted()
                .toArray();
        long[] sums = new long[levels.length];
        for (int j = 0; j < nodes.length; j++) {
            sums[levels.length - 1 - Arrays.binarySearch(levels, problem.priority(j))] += of[j];
        }
        return sums;
    }
}
