package muster.planner.search;

import java.util.Arrays;
import java.util.TreeSet;
import muster.planner.cost.FleetProblem;

/**
 * Cuts of time between which jobs run, microseconds as doubles, and the slices between which each job has to stay: releases,
 * deadlines, dates at which nodes come, and even cuts where there are few of those.
 */
final class TimeGrid {
    private static final double LONGER_THAN_LEAST = 20;
    private static final double WITHOUT_CUT = 0.05;

    final double[] cuts;

    /** Shape [job]: the first cut at which it may start, and the last at which it may end; not rising where none fits. */
    final int[] firstCut;

    final int[] lastCut;

    /** Shape [job]. */
    private final double[] earliest;

    private final LatestEnds latestEnds;

    private TimeGrid(double[] cuts, double[] earliest, LatestEnds latestEnds, int[] firstCut, int[] lastCut) {
        this.cuts = cuts;
        this.earliest = earliest;
        this.latestEnds = latestEnds;
        this.firstCut = firstCut;
        this.lastCut = lastCut;
    }

    int slices() {
        return cuts.length - 1;
    }

    double length(int from, int to) {
        return cuts[to] - cuts[from];
    }

    /** @param most slices at most; of cuts close together one is kept */
    static TimeGrid of(FleetProblem problem, JobFleets[] fleets, int most) {
        int jobs = problem.jobCount();
        LatestEnds latestEnds = new LatestEnds(problem, fleets);
        double[] earliest = new double[jobs];
        double last = 0;
        double lastDate = 0;
        double work = 0;
        for (int j : latestEnds.predecessorsFirst()) {
            earliest[j] = problem.releaseMicros(j);
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                int before = problem.predecessor(j, i);
                earliest[j] =
                        Math.max(earliest[j], earliest[before] + fleets[before].leastMicros(problem.tokens(before)));
            }
            last = Math.max(last, latestEnds.of(j));
            work += fleets[j].leastMicros(problem.tokens(j));
            lastDate = Math.max(lastDate, problem.releaseMicros(j));
        }
        for (long date : problem.availability().dates()) {
            lastDate = Math.max(lastDate, date);
        }
        // Without a deadline time goes on for a thousand years: slices of those would be of no use.
        last = Math.min(last, lastDate + LONGER_THAN_LEAST * work);
        TreeSet<Double> times = new TreeSet<>();
        double first = last;
        for (int j = 0; j < jobs; j++) {
            first = Math.min(first, problem.releaseMicros(j));
            times.add((double) problem.releaseMicros(j));
            times.add((double) problem.latestEndMicros(j));
        }
        for (long date : problem.availability().dates()) {
            times.add((double) date);
        }
        times.add(first);
        times.add(last);
        double from = first;
        double to = last;
        times.removeIf(time -> time < from || time > to);
        while (times.size() <= most) {
            split(times);
        }
        double[] cuts = thinned(times.stream().mapToDouble(time -> time).toArray(), most, earliest, latestEnds);
        return of(cuts, earliest, latestEnds);
    }

    private static TimeGrid of(double[] cuts, double[] earliest, LatestEnds latestEnds) {
        int jobs = earliest.length;
        int[] firstCut = new int[jobs];
        int[] lastCut = new int[jobs];
        for (int j = 0; j < jobs; j++) {
            while (firstCut[j] < cuts.length - 1 && cuts[firstCut[j]] < earliest[j]) {
                firstCut[j]++;
            }
            lastCut[j] = cuts.length - 1;
            while (lastCut[j] > 0 && cuts[lastCut[j]] > latestEnds.of(j)) {
                lastCut[j]--;
            }
        }
        return new TimeGrid(cuts, earliest, latestEnds, firstCut, lastCut);
    }

    TimeGrid with(double[] otherCuts) {
        return new TimeGrid(otherCuts, earliest, latestEnds, firstCut, lastCut);
    }

    /** {@return the grid with the longest slices halved, up to so many of them} */
    TimeGrid finer(int most) {
        TreeSet<Double> times = new TreeSet<>();
        for (double cut : cuts) {
            times.add(cut);
        }
        while (times.size() <= most) {
            split(times);
        }
        return of(times.stream().mapToDouble(time -> time).toArray(), earliest, latestEnds);
    }

    /** Halves the longest slice. */
    private static void split(TreeSet<Double> times) {
        double from = times.first();
        double longest = 0;
        double middle = 0;
        for (double time : times) {
            if (time - from > longest * (1 + 1e-9)) {
                longest = time - from;
                middle = Math.rint((time + from) / 2);
            }
            from = time;
        }
        times.add(middle);
    }

    /** Leaves cuts out, always the one that takes least of the windows of jobs, over what they had. */
    private static double[] thinned(double[] times, int most, double[] earliest, LatestEnds latestEnds) {
        double[] cuts = times.clone();
        int count = cuts.length;
        while (count > most + 1) {
            int best = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 1; i < count - 1; i++) {
                double loss = WITHOUT_CUT * (cuts[i + 1] - cuts[i - 1]) / (cuts[count - 1] - cuts[0]);
                for (int j = 0; j < earliest.length; j++) {
                    double window = latestEnds.of(j) - earliest[j];
                    if (earliest[j] > cuts[i - 1] && earliest[j] <= cuts[i]) {
                        loss += square((cuts[i + 1] - cuts[i]) / window);
                    }
                    if (latestEnds.of(j) >= cuts[i] && latestEnds.of(j) < cuts[i + 1]) {
                        loss += square((cuts[i] - cuts[i - 1]) / window);
                    }
                }
                if (loss < least) {
                    least = loss;
                    best = i;
                }
            }
            System.arraycopy(cuts, best + 1, cuts, best, count - best - 1);
            count--;
        }
        return Arrays.copyOf(cuts, count);
    }

    private static double square(double value) {
        return value * value;
    }
}
