package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;

/** Turns waits into starts: a job starts when its release, its predecessors and the job it waits for have passed. */
final class Starts {
    private static final long UNKNOWN = -1;
    private static final long UNDER_WAY = -2;

    private final FleetProblem problem;
    private final long[] startMicros;
    private int brokenWaits;

    Starts(FleetProblem problem) {
        this.problem = problem;
        this.startMicros = new long[problem.jobCount()];
    }

    /**
     * {@return starts in microseconds, shape [job], valid until the next call}
     *
     * @param ledger knows the jobs' durations
     * @param waits shape [job]
     */
    long[] of(Ledger ledger, int[] waits) {
        Arrays.fill(startMicros, UNKNOWN);
        brokenWaits = 0;
        for (int j = 0; j < startMicros.length; j++) {
            place(ledger, waits, j);
        }
        return startMicros;
    }

    /** {@return waits of the last call that could not be kept, since they closed a circle or waited for themselves} */
    int brokenWaits() {
        return brokenWaits;
    }

    private long place(Ledger ledger, int[] waits, int job) {
        if (startMicros[job] != UNKNOWN) {
            return startMicros[job];
        }
        startMicros[job] = UNDER_WAY;
        long start = problem.releaseMicros(job);
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            start = Math.max(start, endOf(ledger, waits, problem.predecessor(job, i)));
        }
        if (waits[job] != StartChoice.AT_ONCE) {
            start = Math.max(start, endOf(ledger, waits, waits[job]));
        }
        startMicros[job] = start;
        return start;
    }

    private long endOf(Ledger ledger, int[] waits, int job) {
        long start = place(ledger, waits, job);
        if (start == UNDER_WAY) {
            brokenWaits++;
            return 0;
        }
        return start + ledger.durationMicros(job);
    }
}
