package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;

/**
 * When each job has to end so that its successors can still be in time. How long those take is first taken from their
 * fastest fleet; where one found no room, more is set aside for it.
 */
final class LatestEnds {
    private static final double MORE = 1.6;

    private final FleetProblem problem;

    /** Successors first. */
    private final int[] order;

    private final double[] leastMicros;
    private final double[] reservedMicros;
    private final long[] latest;

    LatestEnds(FleetProblem problem, JobFleets[] fleets) {
        this.problem = problem;
        int jobs = problem.jobCount();
        this.leastMicros = new double[jobs];
        this.reservedMicros = new double[jobs];
        this.latest = new long[jobs];
        for (int j = 0; j < jobs; j++) {
            leastMicros[j] = fleets[j].leastMicros(problem.tokens(j));
        }
        this.order = successorsFirst();
        reset();
    }

    private int[] successorsFirst() {
        int jobs = problem.jobCount();
        int[] waiting = new int[jobs];
        for (int j = 0; j < jobs; j++) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                waiting[problem.predecessor(j, i)]++;
            }
        }
        int[] sorted = new int[jobs];
        int count = 0;
        for (int j = 0; j < jobs; j++) {
            if (waiting[j] == 0) {
                sorted[count++] = j;
            }
        }
        for (int next = 0; next < count; next++) {
            int job = sorted[next];
            for (int i = 0; i < problem.predecessorCount(job); i++) {
                int before = problem.predecessor(job, i);
                if (--waiting[before] == 0) {
                    sorted[count++] = before;
                }
            }
        }
        return sorted;
    }

    /** Sets aside for each job what its fastest fleet takes. */
    void reset() {
        System.arraycopy(leastMicros, 0, reservedMicros, 0, reservedMicros.length);
        work();
    }

    /** Sets aside more for a job that found no room. */
    void reserveMore(int job) {
        reservedMicros[job] *= MORE;
        work();
    }

    private void work() {
        Arrays.setAll(latest, problem::latestEndMicros);
        for (int job : order) {
            for (int i = 0; i < problem.predecessorCount(job); i++) {
                int before = problem.predecessor(job, i);
                latest[before] = (long) Math.min(latest[before], latest[job] - reservedMicros[job]);
            }
        }
    }

    /** {@return all jobs, each behind those it comes after} */
    int[] predecessorsFirst() {
        int[] reversed = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            reversed[i] = order[order.length - 1 - i];
        }
        return reversed;
    }

    long of(int job) {
        return latest[job];
    }
}
