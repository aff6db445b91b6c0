package muster.planner.bound;

import java.util.Arrays;
import java.util.TreeSet;
import muster.planner.cost.FleetProblem;

/**
 * When each job can run at all: from its release and the quickest predecessors on, up to its deadline and the quickest
 * successors; and cuts of time between which prices may differ. Microseconds as doubles, which hold them exactly.
 */
final class Windows {
    final double[] earliestStart;
    final double[] latestEnd;
    final double[] leastDuration;

    /** Some job cannot run inside its window. */
    final boolean infeasible;

    /**
     * @param leastDuration shape [job]: no plan's job is shorter
     * @param deadlineMicros no job ends later; infinite where nothing is asked beyond the problem's own limits
     */
    Windows(FleetProblem problem, double[] leastDuration, double deadlineMicros) {
        int jobs = problem.jobCount();
        this.leastDuration = leastDuration;
        this.earliestStart = new double[jobs];
        this.latestEnd = new double[jobs];
        int[] order = predecessorsFirst(problem);
        for (int j = 0; j < jobs; j++) {
            earliestStart[j] = problem.releaseMicros(j);
            latestEnd[j] = Math.min(problem.latestEndMicros(j), deadlineMicros);
        }
        for (int j : order) {
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                int before = problem.predecessor(j, i);
                earliestStart[j] = Math.max(earliestStart[j], earliestStart[before] + leastDuration[before]);
            }
        }
        boolean impossible = false;
        for (int position = jobs - 1; position >= 0; position--) {
            int j = order[position];
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                int before = problem.predecessor(j, i);
                latestEnd[before] = Math.min(latestEnd[before], latestEnd[j] - leastDuration[j]);
            }
        }
        for (int j = 0; j < jobs; j++) {
            impossible |= !(earliestStart[j] + leastDuration[j] <= latestEnd[j]);
        }
        this.infeasible = impossible;
    }

    /** {@return the end of the last job if each ran as fast as it could alone} */
    double leastFinish() {
        double finish = 0;
        for (int j = 0; j < earliestStart.length; j++) {
            finish = Math.max(finish, earliestStart[j] + leastDuration[j]);
        }
        return finish;
    }

    /**
     * {@return times at which prices may change, the first before every job, the last after all that matters}
     *
     * @param dates at which nodes come
     * @param last no cut lies behind it
     * @param most how many parts at most; of cuts close together one is kept
     */
    double[] cuts(long[] dates, double last, int most) {
        TreeSet<Double> times = new TreeSet<>();
        for (int j = 0; j < earliestStart.length; j++) {
            for (double time : new double[] {earliestStart[j], latestEnd[j]}) {
                if (time < last) {
                    times.add(time);
                }
            }
        }
        double first = times.isEmpty() ? 0 : times.first();
        for (long date : dates) {
            if (date > first && date < last) {
                times.add((double) date);
            }
        }
        times.add(last);
        // Where few dates are stated, even cuts let prices follow the chains.
        for (int part = 1; part < most / 2 && times.size() <= most / 2; part++) {
            times.add(Math.rint(first + (last - first) * part / (most / 2)));
        }
        double[] cuts = times.stream().mapToDouble(time -> time).toArray();
        int count = cuts.length;
        while (count > most + 1) {
            int narrowest = 1;
            for (int i = 2; i < count - 1; i++) {
                if (cuts[i + 1] - cuts[i - 1] < cuts[narrowest + 1] - cuts[narrowest - 1]) {
                    narrowest = i;
                }
            }
            System.arraycopy(cuts, narrowest + 1, cuts, narrowest, count - narrowest - 1);
            count--;
        }
        return Arrays.copyOf(cuts, count);
    }

    static int[] predecessorsFirst(FleetProblem problem) {
        int[] order = new int[problem.jobCount()];
        boolean[] placed = new boolean[order.length];
        int count = 0;
        while (count < order.length) {
            int before = count;
            for (int j = 0; j < order.length; j++) {
                boolean ready = !placed[j];
                for (int i = 0; i < problem.predecessorCount(j); i++) {
                    ready &= placed[problem.predecessor(j, i)];
                }
                if (ready) {
                    placed[j] = true;
                    order[count++] = j;
                }
            }
            if (count == before) {
                throw new IllegalStateException("The jobs' order has a cycle; readers refuse such scenarios.");
            }
        }
        return order;
    }
}
