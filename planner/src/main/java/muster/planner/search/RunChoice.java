package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;

/** Which runs of slices, and which pools, jobs may use: any inside a window at first, one alone once a job is tied. */
final class RunChoice {
    /** No pool, as {@link #tieToPool} takes it. */
    static final int NONE = -2;

    private static final int ANY = -1;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final TimeGrid grid;
    private final int[] from;
    private final int[] to;
    private final int[] pool;

    /** Shape [job]: its window beside tied predecessors and successors. */
    private final int[] first;

    private final int[] last;

    RunChoice(FleetProblem problem, JobFleets[] fleets, TimeGrid grid) {
        this.problem = problem;
        this.fleets = fleets;
        this.grid = grid;
        this.from = new int[problem.jobCount()];
        this.to = new int[from.length];
        this.pool = new int[from.length];
        Arrays.fill(from, ANY);
        Arrays.fill(to, ANY);
        Arrays.fill(pool, ANY);
        this.first = new int[from.length];
        this.last = new int[from.length];
        narrow();
    }

    RunChoice copy() {
        RunChoice copy = new RunChoice(problem, fleets, grid);
        copy.copyFrom(this);
        return copy;
    }

    /** {@return the same choice on a grid of which every cut has a place in another} */
    RunChoice on(TimeGrid finer, int[] place) {
        RunChoice copy = new RunChoice(problem, fleets, finer);
        copy.copyFrom(this);
        for (int j = 0; j < from.length; j++) {
            if (tied(j)) {
                copy.from[j] = place[from[j]];
                copy.to[j] = place[to[j]];
            }
        }
        copy.narrow();
        return copy;
    }

    void copyFrom(RunChoice other) {
        System.arraycopy(other.from, 0, from, 0, from.length);
        System.arraycopy(other.to, 0, to, 0, to.length);
        System.arraycopy(other.pool, 0, pool, 0, pool.length);
        narrow();
    }

    /** Windows in order: a job ends before its successors can start, each at least a slice long. */
    private void narrow() {
        System.arraycopy(grid.firstCut, 0, first, 0, first.length);
        System.arraycopy(grid.lastCut, 0, last, 0, last.length);
        boolean changed = true;
        for (int round = 0; changed && round < 2 * first.length; round++) {
            changed = false;
            for (int j = 0; j < first.length; j++) {
                for (int i = 0; i < problem.predecessorCount(j); i++) {
                    int before = problem.predecessor(j, i);
                    int earliest = tied(before) ? to[before] : first[before] + 1;
                    int latest = tied(j) ? from[j] : last[j] - 1;
                    if (first[j] < earliest) {
                        first[j] = earliest;
                        changed = true;
                    }
                    if (last[before] > latest) {
                        last[before] = latest;
                        changed = true;
                    }
                }
            }
        }
    }

    boolean tied(int job) {
        return from[job] != ANY;
    }

    /** {@return whether the job is tied to a run, and to a pool where it may use no more than one} */
    boolean settled(int job) {
        return tied(job) && (pool[job] != ANY || !chooses(job));
    }

    void tie(int job, int fromCut, int toCut) {
        from[job] = fromCut;
        to[job] = toCut;
        narrow();
    }

    /** Lets the job use any run of its window and any pool again. */
    void free(int job) {
        from[job] = ANY;
        to[job] = ANY;
        pool[job] = ANY;
        narrow();
    }

    /** Ties a job of one pool to it; any other may use only this one of the pools whose rate is modelled. */
    void tieToPool(int job, int onlyPool) {
        pool[job] = onlyPool;
    }

    int from(int job) {
        return from[job];
    }

    int to(int job) {
        return to[job];
    }

    /** {@return whether pools are something to choose for the job} */
    boolean chooses(int job) {
        return problem.onePool(job) || !fleets[job].linear();
    }

    /** {@return the pool that {@link #tieToPool} tied it to} */
    int pool(int job) {
        return pool[job];
    }

    boolean mayUse(int job, int ofPool) {
        return pool[job] == ANY || pool[job] == ofPool || !problem.onePool(job) && fleets[job].stated(ofPool);
    }

    boolean allows(int job, int fromCut, int toCut) {
        return tied(job) ? fromCut == from[job] && toCut == to[job] : fromCut >= first[job] && toCut <= last[job];
    }

    int leastFrom(int job) {
        return tied(job) ? from[job] : first[job];
    }

    int mostFrom(int job) {
        return tied(job) ? from[job] : last[job] - 1;
    }

    int leastTo(int job) {
        return tied(job) ? to[job] : 0;
    }

    int mostTo(int job) {
        return tied(job) ? to[job] : last[job];
    }

    /** {@return the first cut at which the job may start beside those it is tied behind} */
    int first(int job) {
        return first[job];
    }

    int last(int job) {
        return last[job];
    }

    /** {@return whether no tied job starts before one that it comes after ends} */
    boolean inOrder() {
        for (int j = 0; j < from.length; j++) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                int before = problem.predecessor(j, i);
                if (tied(j) && tied(before) && to[before] > from[j]) {
                    return false;
                }
            }
        }
        return true;
    }
}
