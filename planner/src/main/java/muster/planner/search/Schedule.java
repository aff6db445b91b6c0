package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;

/** Nodes, starts and ends of all jobs, some of them perhaps not placed; mutable. */
final class Schedule {
    final int[][] nodes;
    final long[] starts;
    final long[] ends;
    final boolean[] placed;

    Schedule(FleetProblem problem) {
        nodes = new int[problem.jobCount()][problem.poolCount()];
        starts = new long[nodes.length];
        ends = new long[nodes.length];
        placed = new boolean[nodes.length];
    }

    static Schedule of(FleetProblem problem, FleetChoice choice) {
        Schedule schedule = new Schedule(problem);
        Ledger ledger = new Ledger(problem);
        int[][] chosen = choice.nodes();
        ledger.evaluate(chosen, choice.startMicros());
        for (int j = 0; j < chosen.length; j++) {
            schedule.set(j, chosen[j], choice.startMicros()[j], ledger.end(j));
        }
        return schedule;
    }

    void copyFrom(Schedule other) {
        for (int j = 0; j < nodes.length; j++) {
            System.arraycopy(other.nodes[j], 0, nodes[j], 0, nodes[j].length);
        }
        System.arraycopy(other.starts, 0, starts, 0, starts.length);
        System.arraycopy(other.ends, 0, ends, 0, ends.length);
        System.arraycopy(other.placed, 0, placed, 0, placed.length);
    }

    void set(int job, int[] jobNodes, long start, long end) {
        System.arraycopy(jobNodes, 0, nodes[job], 0, jobNodes.length);
        starts[job] = start;
        ends[job] = end;
        placed[job] = true;
    }

    void remove(int job) {
        placed[job] = false;
    }

    /** {@return whether every job is placed} */
    boolean complete() {
        for (boolean one : placed) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the job starts when a plan allows it: at its release, at the end of another placed job, or when nodes that it holds come} */
    boolean startsAtAnEvent(FleetProblem problem, int job) {
        boolean allowed = starts[job] == problem.releaseMicros(job)
                || problem.availability().isDateOf(nodes[job], starts[job]);
        for (int j = 0; j < ends.length && !allowed; j++) {
            allowed = j != job && placed[j] && ends[j] == starts[job];
        }
        return allowed;
    }

    FleetChoice choice() {
        return new FleetChoice(nodes, starts);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(nodes) + " from " + Arrays.toString(starts);
    }
}
