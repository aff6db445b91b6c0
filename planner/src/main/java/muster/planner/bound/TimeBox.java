package muster.planner.bound;

import muster.planner.cost.FleetProblem;

/**
 * When each job may start and end, as ranges with both ends included, microseconds: all plans, or those of one part of them.
 */
final class TimeBox {
    final double[] startLow;
    final double[] startHigh;
    final double[] endLow;
    final double[] endHigh;

    /** All times of the windows. */
    TimeBox(Windows windows) {
        int jobs = windows.earliestStart.length;
        startLow = windows.earliestStart.clone();
        endHigh = windows.latestEnd.clone();
        startHigh = new double[jobs];
        endLow = new double[jobs];
        for (int j = 0; j < jobs; j++) {
            startHigh[j] = endHigh[j] - windows.leastDuration[j];
            endLow[j] = startLow[j] + windows.leastDuration[j];
        }
    }

    private TimeBox(TimeBox other) {
        startLow = other.startLow.clone();
        startHigh = other.startHigh.clone();
        endLow = other.endLow.clone();
        endHigh = other.endHigh.clone();
    }

    /** Where a box is cut in two: at a time of a job's start or end. */
    record Cut(int job, boolean ofEnd, double micros) {}

    /** {@return the part of the box before a cut or from it on; times are whole microseconds} */
    TimeBox part(Cut cut, boolean later) {
        TimeBox part = new TimeBox(this);
        double[] low = cut.ofEnd() ? part.endLow : part.startLow;
        double[] high = cut.ofEnd() ? part.endHigh : part.startHigh;
        if (later) {
            low[cut.job()] = Math.max(low[cut.job()], cut.micros());
        } else {
            high[cut.job()] = Math.min(high[cut.job()], cut.micros() - 1);
        }
        return part;
    }

    /**
     * Narrows ranges to what least durations and the order of jobs leave of them.
     *
     * @param order predecessors first
     * @return whether a plan may be left
     */
    boolean narrow(FleetProblem problem, int[] order, double[] leastDuration) {
        for (int j : order) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                startLow[j] = Math.max(startLow[j], endLow[problem.predecessor(j, i)]);
            }
            endLow[j] = Math.max(endLow[j], startLow[j] + leastDuration[j]);
        }
        boolean possible = true;
        for (int position = order.length - 1; position >= 0; position--) {
            int j = order[position];
            startHigh[j] = Math.min(startHigh[j], endHigh[j] - leastDuration[j]);
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                int before = problem.predecessor(j, i);
                endHigh[before] = Math.min(endHigh[before], startHigh[j]);
            }
            possible &= startLow[j] <= startHigh[j] && endLow[j] <= endHigh[j];
        }
        return possible;
    }
}
