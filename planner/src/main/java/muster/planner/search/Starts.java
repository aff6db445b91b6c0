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
    private final long[] fittedEnds;

    /** Shape [job]: when a job may start by the jobs that are placed; {@link #UNKNOWN} while it waits for one. */
    private final long[] readyMicros;

    private final boolean[] placed;

    /** The placed jobs, in the order of their placement. */
    private final int[] placedJobs;

    private int placedCount;
    private final int[] running;
    private final int[] busyNodes;
    private final boolean hasDates;

    /** Shape [pool]: nodes that can be held, where that never changes. */
    private final int[] reachable;

    private int brokenWaits;

    Starts(FleetProblem problem) {
        this.problem = problem;
        this.startMicros = new long[problem.jobCount()];
        this.fittedMicros = new long[problem.jobCount()];
        this.placed = new boolean[problem.jobCount()];
        this.fittedEnds = new long[problem.jobCount()];
        this.readyMicros = new long[problem.jobCount()];
        this.placedJobs = new int[problem.jobCount()];
        this.running = new int[problem.jobCount()];
        this.busyNodes = new int[problem.poolCount()];
        this.hasDates = problem.availability().dates().length > 0;
        this.reachable = new int[problem.poolCount()];
        Arrays.setAll(reachable, pool -> problem.reachableNodes(pool, 0));
    }

    /**
     * {@return starts in microseconds, shape [job], valid until the next call}
     *
     * @param ledger knows the jobs' durations
     * @param nodes shape [job][pool]
     * @param waits shape [job]
     */
    long[] of(Ledger ledger, int[][] nodes, int[] waits) {
        brokenWaits = 0;
        boolean few = startMicros.length > 1 && startMicros.length <= MOST_JOBS_TO_FIT;
        if (few && noneWaits(waits)) {
            return fitted(ledger, nodes, waits);
        }
        Arrays.fill(startMicros, UNKNOWN);
        for (int j = 0; j < startMicros.length; j++) {
            mayStart(ledger, nodes, waits, j);
        }
        return few && brokenWaits == 0 ? fitted(ledger, nodes, waits) : startMicros;
    }

    /** Then no circle can close, as predecessors form none. */
    private boolean noneWaits(int[] waits) {
        for (int job = 0; job < startMicros.length; job++) {
            if (waitsForJob(waits, job)) {
                return false;
            }
        }
        return true;
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
        startMicros[job] = hasDates ? problem.availability().earliestMicros(nodes[job], start) : start;
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
        Arrays.fill(readyMicros, UNKNOWN);
        placedCount = 0;
        while (placedCount < placed.length) {
            int next = -1;
            for (int j = 0; j < placed.length; j++) {
                if (!placed[j]) {
                    if (readyMicros[j] == UNKNOWN && isReady(waits, j)) {
                        readyMicros[j] = readyMicros(nodes[j], waits, j);
                    }
                    if (readyMicros[j] != UNKNOWN && (next < 0 || readyMicros[j] < readyMicros[next])) {
                        next = j;
                    }
                }
            }
            fittedMicros[next] = firstFit(ledger, nodes, next, readyMicros[next]);
            fittedEnds[next] = fittedMicros[next] + ledger.durationMicros(next);
            placed[next] = true;
            placedJobs[placedCount++] = next;
        }
        return fittedMicros;
    }

    private boolean isReady(int[] waits, int job) {
        if (waitsForJob(waits, job) && !placed[waits[job]]) {
            return false;
        }
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            if (!placed[problem.predecessor(job, i)]) {
                return false;
            }
        }
        return true;
    }

    private long readyMicros(int[] jobNodes, int[] waits, int job) {
        long start = problem.releaseMicros(job);
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            start = Math.max(start, fittedEnds[problem.predecessor(job, i)]);
        }
        if (waitsForJob(waits, job)) {
            start = Math.max(start, fittedEnds[waits[job]]);
        }
        start = Math.max(start, dateWaitedFor(jobNodes, waits, job));
        return hasDates ? problem.availability().earliestMicros(jobNodes, start) : start;
    }

    /** {@return the earliest time from {@code ready} on, itself, an end of a placed job or a date, with room} */
    private long firstFit(Ledger ledger, int[][] nodes, int job, long ready) {
        long start = ready;
        while (!hasRoom(ledger, nodes, job, start)) {
            long later = Long.MAX_VALUE;
            for (int i = 0; i < placedCount; i++) {
                long end = fittedEnds[placedJobs[i]];
                later = end > start && end < later ? end : later;
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
        if (!hasRoomAt(ledger, nodes, job, start)) {
            return false;
        }
        long end = start + ledger.durationMicros(job);
        for (int i = 0; i < placedCount; i++) {
            long other = fittedMicros[placedJobs[i]];
            if (other > start && other < end && !hasRoomAt(ledger, nodes, job, other)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the pools that the job uses, power and sites hold it beside the jobs that run then} */
    private boolean hasRoomAt(Ledger ledger, int[][] nodes, int job, long time) {
        long milliwatts = ledger.milliwatts(job);
        int count = 0;
        for (int i = 0; i < placedCount; i++) {
            int other = placedJobs[i];
            // Written without a jump, which nobody could predict.
            boolean runs = fittedMicros[other] <= time & time < fittedEnds[other];
            running[count] = other;
            count += runs ? 1 : 0;
            milliwatts += runs ? ledger.milliwatts(other) : 0;
        }
        if (milliwatts > problem.powerMilliwatts()) {
            return false;
        }
        for (int u = 0; u < ledger.usedPoolCount(job); u++) {
            int p = ledger.usedPool(job, u);
            int busy = nodes[job][p];
            for (int i = 0; i < count; i++) {
                busy += nodes[running[i]][p];
            }
            if (busy > (hasDates ? problem.reachableNodes(p, time) : reachable[p])) {
                return false;
            }
            if (problem.lots().isShared(p)) {
                int other = problem.lots().sibling(p);
                busy += nodes[job][other];
                for (int i = 0; i < count; i++) {
                    busy += nodes[running[i]][other];
                }
                if (busy > problem.room().most(p, time)) {
                    return false;
                }
            }
        }
        return !problem.sites().capped() || sitesHold(nodes, job, count);
    }

    private boolean sitesHold(int[][] nodes, int job, int count) {
        for (int p = 0; p < busyNodes.length; p++) {
            busyNodes[p] = nodes[job][p];
            for (int i = 0; i < count; i++) {
                busyNodes[p] += nodes[running[i]][p];
            }
        }
        return problem.sites().holdPower(busyNodes);
    }
}
