package muster.planner.cost;

import java.util.Arrays;
import muster.planner.domain.Acquisition;

/** What is busy at once at most: counted the moment each job starts, where every peak must lie. */
final class Peaks {
    private final FleetProblem problem;
    private final Tenure tenure;
    private final Excess excess;
    private final int[] nodes;

    /** Shape [pool]: of a pool and its spot nodes together; 0 for the latter. */
    private final int[] together;

    private final int[][] byTenure;
    private final long[] siteMilliwatts;
    private long milliwatts;
    private final int[] busyNodes;
    private final boolean hasDates;

    /** Jobs that run when the present one starts, that one last. */
    private final int[] running;

    private int count;
    private long start;

    /** @param excess what is busy beyond what is there is added to it */
    Peaks(FleetProblem problem, Tenure tenure, Excess excess) {
        int pools = problem.poolCount();
        this.problem = problem;
        this.tenure = tenure;
        this.excess = excess;
        this.nodes = new int[pools];
        this.together = new int[pools];
        this.byTenure = new int[Acquisition.values().length][pools];
        this.siteMilliwatts = new long[problem.sites().count()];
        this.busyNodes = new int[pools];
        this.running = new int[problem.jobCount()];
        this.hasDates = problem.availability().dates().length > 0;
    }

    void clear() {
        milliwatts = 0;
        Arrays.fill(nodes, 0);
        Arrays.fill(together, 0);
        for (int[] peak : byTenure) {
            Arrays.fill(peak, 0);
        }
        Arrays.fill(siteMilliwatts, 0);
    }

    /**
     * The job at a position of the order starts, after those before it.
     *
     * @param order jobs by start, then of the file
     * @param jobNodes shape [job][pool]
     */
    void start(int position, int[] order, long[] starts, long[] ends, int[][] jobNodes, JobNodes amounts) {
        int job = order[position];
        start = starts[job];
        count = 0;
        long busyMilliwatts = amounts.milliwatts(job);
        for (int i = 0; i < position; i++) {
            int other = order[i];
            // Written without a jump, which nobody could predict.
            boolean runs = ends[other] > start;
            running[count] = other;
            count += runs ? 1 : 0;
            busyMilliwatts += runs ? amounts.milliwatts(other) : 0;
        }
        running[count++] = job;
        milliwatts = Math.max(milliwatts, busyMilliwatts);
        if (problem.sites().capped()) {
            holdSites(jobNodes);
        }
    }

    /** Counts what is busy of a pool now that the job that started has its nodes of it. */
    void hold(int p, int[][] jobNodes) {
        int busy = 0;
        for (int i = 0; i < count; i++) {
            busy += jobNodes[running[i]][p];
        }
        int busyOwned = 0;
        int busyBought = 0;
        int busyReserved = 0;
        for (int i = 0; tenure.canHold(p) && i < count; i++) {
            int other = running[i];
            busyOwned += tenure.ownedNodes(other, p);
            busyBought += tenure.boughtNodes(other, p);
            busyReserved += tenure.reservedNodes(other, p);
        }
        int busyRented = busy - busyOwned - busyBought - busyReserved;
        nodes[p] = Math.max(nodes[p], busy);
        count(Acquisition.OWN, p, busyOwned);
        count(Acquisition.BUY, p, busyBought);
        count(Acquisition.RESERVE, p, busyReserved);
        boolean spot = problem.lots().isSpot(p);
        count(spot ? Acquisition.SPOT : Acquisition.RENT, p, busyRented);
        int first = spot ? problem.lots().sibling(p) : p;
        int busyTogether = busy;
        for (int i = 0; problem.lots().isShared(p) && i < count; i++) {
            busyTogether += jobNodes[running[i]][problem.lots().sibling(p)];
        }
        together[first] = Math.max(together[first], busyTogether);
        int available = hasDates ? problem.availability().nodes(p, start) : problem.maxNodes(p);
        if (busyTogether > available) {
            excess.add(busyTogether - available, problem.maxNodes(p));
        }
        if (busyRented > 0 && !problem.rentable(p)) {
            excess.add(busyRented, problem.ownNodes(p));
        }
    }

    private void count(Acquisition acquisition, int pool, int busy) {
        int[] peak = byTenure[acquisition.ordinal()];
        peak[pool] = Math.max(peak[pool], busy);
    }

    private void holdSites(int[][] jobNodes) {
        for (int p = 0; p < busyNodes.length; p++) {
            busyNodes[p] = 0;
            for (int i = 0; i < count; i++) {
                busyNodes[p] += jobNodes[running[i]][p];
            }
        }
        for (int s = 0; s < siteMilliwatts.length; s++) {
            siteMilliwatts[s] = Math.max(siteMilliwatts[s], problem.sites().milliwattsAt(s, busyNodes));
        }
    }

    /** {@return the most nodes of each pool busy at once, shape [pool]; not to be changed} */
    int[] nodes() {
        return nodes;
    }

    /** {@return the most nodes of each pool and its spot nodes busy at once; 0 for the latter; not to be changed} */
    int[] together() {
        return together;
    }

    /** {@return the most nodes of the pool busy at once that are come by in this way} */
    int of(Acquisition acquisition, int pool) {
        return byTenure[acquisition.ordinal()][pool];
    }

    long milliwatts() {
        return milliwatts;
    }

    /** {@return the most facility power of the site's nodes busy at once; 0 where no site has a cap} */
    long siteMilliwatts(int site) {
        return siteMilliwatts[site];
    }
}
