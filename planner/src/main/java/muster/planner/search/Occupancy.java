package muster.planner.search;

import java.util.Arrays;
import muster.planner.cost.FleetProblem;

/**
 * What placed jobs hold over time: free nodes, free owned nodes and free power between events (starts, ends, and dates at
 * which nodes come). Built anew for the jobs that are placed, then read many times. Not for use by several threads.
 */
final class Occupancy {
    private final FleetProblem problem;
    private final int[] order;

    /** Shape [job][pool]: owned nodes that a placed job holds, by the rule of start, then file. */
    private final int[][] owned;

    private int events;

    /** Shape [event], rising: times at which what is held changes. */
    private final long[] times;

    /** Shape [event][pool]: free from this event to the next. */
    private final int[][] freeNodes;

    /** Shape [event][pool]: free of what a pool and its spot nodes have together. */
    private final int[][] freeTogether;

    private final int[][] freeOwned;
    private final long[] freeMilliwatts;

    Occupancy(FleetProblem problem) {
        this.problem = problem;
        int jobs = problem.jobCount();
        int pools = problem.poolCount();
        order = new int[jobs];
        owned = new int[jobs][pools];
        int most = 2 * jobs + 1 + problem.availability().dates().length;
        times = new long[most];
        freeNodes = new int[most][pools];
        freeTogether = new int[most][pools];
        freeOwned = new int[most][pools];
        freeMilliwatts = new long[most];
    }

    /**
     * @param placed shape [job]: jobs that are not placed hold nothing
     * @param starts shape [job], µs
     * @param ends shape [job], µs
     */
    void build(boolean[] placed, int[][] nodes, long[] starts, long[] ends) {
        int count = 0;
        events = 0;
        times[events++] = 0;
        for (long date : problem.availability().dates()) {
            times[events++] = date;
        }
        for (int j = 0; j < placed.length; j++) {
            if (placed[j]) {
                int place = count++;
                while (place > 0 && starts[order[place - 1]] > starts[j]) {
                    order[place] = order[place - 1];
                    place--;
                }
                order[place] = j;
                times[events++] = starts[j];
                times[events++] = ends[j];
            }
        }
        Arrays.sort(times, 0, events);
        int distinct = 0;
        for (int e = 0; e < events; e++) {
            if (distinct == 0 || times[e] > times[distinct - 1]) {
                times[distinct++] = times[e];
            }
        }
        events = distinct;
        for (int e = 0; e < events; e++) {
            for (int p = 0; p < problem.poolCount(); p++) {
                freeNodes[e][p] = problem.reachableNodes(p, times[e]);
                freeTogether[e][p] = problem.room().most(p, times[e]);
                freeOwned[e][p] = Math.min(problem.ownNodes(p), freeNodes[e][p]);
            }
            freeMilliwatts[e] = problem.powerMilliwatts();
        }
        for (int position = 0; position < count; position++) {
            int job = order[position];
            int first = event(starts[job]);
            for (int p = 0; p < problem.poolCount(); p++) {
                owned[job][p] = Math.max(0, Math.min(nodes[job][p], freeOwned[first][p]));
            }
            long milliwatts = problem.facilityMilliwatts(nodes[job]);
            for (int e = first; e < events && times[e] < ends[job]; e++) {
                for (int p = 0; p < problem.poolCount(); p++) {
                    freeNodes[e][p] -= nodes[job][p];
                    freeTogether[e][p] -= problem.lots().together(nodes[job], p);
                    freeOwned[e][p] -= owned[job][p];
                }
                freeMilliwatts[e] -= milliwatts;
            }
        }
    }

    int events() {
        return events;
    }

    long time(int event) {
        return times[event];
    }

    /** {@return the last event that is not after a time} */
    int event(long time) {
        int at = Arrays.binarySearch(times, 0, events, time);
        return at >= 0 ? at : -at - 2;
    }

    int freeNodes(int event, int pool) {
        return Math.min(freeNodes[event][pool], freeTogether[event][pool]);
    }

    /** {@return nodes that are free in a pool and its spot nodes together} */
    int freeTogether(int event, int pool) {
        return freeTogether[event][pool];
    }

    int freeOwned(int event, int pool) {
        return freeOwned[event][pool];
    }

    long freeMilliwatts(int event) {
        return freeMilliwatts[event];
    }
}
