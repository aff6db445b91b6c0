package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;

/**
 * Turns waits into starts. A job may start once its release, its predecessors and the job it waits for have passed and its
 * nodes are there; where nodes or power are taken then, it moves on to the end of another job or to a date of new nodes. Jobs are placed one by one, the earliest first
 * (serial schedule generation, Kolisch 1996), so a choice of nodes is rarely in the way of itself.
 */
final class Starts {
    /** With more jobs looking for room costs more than it gains: they start when they may, and overloads are penalised. */
    private static final int MOST_JOBS_TO_FIT = 16;

    private static final long UNKNOWN = -1;
    private static final long UNDER_WAY = -2;

    private final FleetProblem problem;
    private final long[] startMicros;
    private final long[] fittedMicros;
    private final boolean[] placed;
    private final int[] busyNodes;
    private int brokenWaits;

    Starts(FleetProblem problem) {
        this.problem = problem;
        this.startMicros = new long[problem.jobCount()];
        this.fittedMicros = new long[problem.jobCount()];
        this.placed = new boolean[problem.jobCount()];
        this.busyNodes = new int[problem.poolCount()];
    }

    /**
     * {@return starts in microseconds, shape [job], valid until the next call}
     *
     * @param ledger knows the jobs' durations
     * @param nodes shape [job][pool]
     * @param waits shape [job]
     */
    long[] of(Ledger ledger, int[][] nodes, int[] waits) {
        Arrays.fill(startMicros, UNKNOWN);
        brokenWaits = 0;
        for (int j = 0; j < startMicros.length; j++) {
            mayStart(ledger, nodes, waits, j);
        }
        boolean fits = startMicros.length > 1 && startMicros.length <= MOST_JOBS_TO_FIT && brokenWaits == 0;
        return fits ? fitted(ledger, nodes, waits) : startMicros;
    }

    /** {@return waits of the last call that could not be kept, since they closed a circle or waited for themselves} */
    int brokenWaits() {
        return brokenWaits;
    }

    private boolean waitsForJob(int[] waits, int job) {
        return waits[job] != StartChoice.AT_ONCE && waits[job] < startMicros.length;
    }

    /** {@return the date that a job waits for; 0 for none, or for one at which nothing comes of the pools it holds} */
    private long dateWaitedFor(int[] jobNodes, int[] waits, int job) {
        if (waits[job] < startMicros.length) {
            return 0;
        }
        long date = problem.availability().dates()[waits[job] - startMicros.length];
        return problem.availability().isDateOf(jobNodes, date) ? date : 0;
    }

    private long mayStart(Ledger ledger, int[][] nodes, int[] waits, int job) {
        if (startMicros[job] != UNKNOWN) {
            return startMicros[job];
        }
        startMicros[job] = UNDER_WAY;
        long start = problem.releaseMicros(job);
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            start = Math.max(start, endOf(ledger, nodes, waits, problem.predecessor(job, i)));
        }
        if (waitsForJob(waits, job)) {
            start = Math.max(start, endOf(ledger, nodes, waits, waits[job]));
        }
        start = Math.max(start, dateWaitedFor(nodes[job], waits, job));
        startMicros[job] = problem.availability().earliestMicros(nodes[job], start);
        return startMicros[job];
    }

    private long endOf(Ledger ledger, int[][] nodes, int[] waits, int job) {
        long start = mayStart(ledger, nodes, waits, job);
        if (start == UNDER_WAY) {
            brokenWaits++;
            return 0;
        }
        return start + ledger.durationMicros(job);
    }

    private long[] fitted(Ledger ledger, int[][] nodes, int[] waits) {
        Arrays.fill(placed, false);
        for (int count = 0; count < placed.length; count++) {
            int next = -1;
            long nextStart = 0;
            for (int j = 0; j < placed.length; j++) {
                if (!placed[j] && isReady(waits, j)) {
                    long start = readyMicros(ledger, nodes[j], waits, j);
                    if (next < 0 || start < nextStart) {
                        next = j;
                        nextStart = start;
                    }
                }
            }
            fittedMicros[next] = firstFit(ledger, nodes, next, nextStart);
            placed[next] = true;
        }
        return fittedMicros;
    }

    private boolean isReady(int[] waits, int job) {
        boolean ready = !waitsForJob(waits, job) || placed[waits[job]];
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            ready &= placed[problem.predecessor(job, i)];
        }
        return ready;
    }

    private long readyMicros(Ledger ledger, int[] jobNodes, int[] waits, int job) {
        long start = problem.releaseMicros(job);
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            int predecessor = problem.predecessor(job, i);
            start = Math.max(start, fittedMicros[predecessor] + ledger.durationMicros(predecessor));
        }
        if (waitsForJob(waits, job)) {
            start = Math.max(start, fittedMicros[waits[job]] + ledger.durationMicros(waits[job]));
        }
        start = Math.max(start, dateWaitedFor(jobNodes, waits, job));
        return problem.availability().earliestMicros(jobNodes, start);
    }

    /** {@return the earliest time from {@code ready} on, itself, an end of a placed job or a date, with room} */
    private long firstFit(Ledger ledger, int[][] nodes, int job, long ready) {
        long start = ready;
        while (!hasRoom(ledger, nodes, job, start)) {
            long later = Long.MAX_VALUE;
            for (int j = 0; j < placed.length; j++) {
                long end = fittedMicros[j] + ledger.durationMicros(j);
                if (placed[j] && end > start && end < later) {
                    later = end;
                }
            }
            for (long date : problem.availability().dates()) {
                if (date > start && date < later && problem.availability().isDateOf(nodes[job], date)) {
                    later = date;
                }
            }
            if (later == Long.MAX_VALUE) {
                // Alone it has no room either: the ledger says how far it is over.
                return ready;
            }
            start = later;
        }
        return start;
    }

    /** Load is highest where a job starts: at {@code start} itself and where placed jobs start meanwhile. */
    private boolean hasRoom(Ledger ledger, int[][] nodes, int job, long start) {
        long end = start + ledger.durationMicros(job);
        if (!hasRoomAt(ledger, nodes, job, start)) {
            return false;
        }
        for (int j = 0; j < placed.length; j++) {
            boolean meanwhile = placed[j] && fittedMicros[j] > start && fittedMicros[j] < end;
            if (meanwhile && !hasRoomAt(ledger, nodes, job, fittedMicros[j])) {
                return false;
            }
        }
        return true;
    }

    private boolean hasRoomAt(Ledger ledger, int[][] nodes, int job, long time) {
        long milliwatts = 0;
        for (int p = 0; p < problem.poolCount(); p++) {
            int busy = nodes[job][p];
            for (int j = 0; j < placed.length; j++) {
                boolean runs =
                        placed[j] && fittedMicros[j] <= time && time < fittedMicros[j] + ledger.durationMicros(j);
                busy += runs ? nodes[j][p] : 0;
            }
            if (busy > problem.reachableNodes(p, time)) {
                return false;
            }
            busyNodes[p] = busy;
            milliwatts += busy * problem.facilityMilliwatts(p);
        }
        return problem.room().holds(busyNodes, time)
                && milliwatts <= problem.powerMilliwatts()
                && problem.sites().holdPower(busyNodes);
    }
}
