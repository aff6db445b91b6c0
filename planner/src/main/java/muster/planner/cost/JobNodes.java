package muster.planner.cost;

/** What the nodes of each job come to without any time: pools used, power, and how far the job's own rules are broken. */
final class JobNodes {
    private final FleetProblem problem;

    /** Shape [job][used pools]: the pools it holds nodes of, then whatever stood there before. */
    private final int[][] usedPools;

    private final int[] usedPoolCount;
    private final long[] milliwatts;
    private final Excess[] excess;

    /** Shape [job][pool]. */
    private final boolean[][] runsOn;

    JobNodes(FleetProblem problem) {
        int jobs = problem.jobCount();
        int pools = problem.poolCount();
        this.problem = problem;
        this.usedPools = new int[jobs][pools];
        this.usedPoolCount = new int[jobs];
        this.milliwatts = new long[jobs];
        this.excess = new Excess[jobs];
        this.runsOn = new boolean[jobs][pools];
        for (int j = 0; j < jobs; j++) {
            excess[j] = new Excess();
            for (int p = 0; p < pools; p++) {
                runsOn[j][p] = problem.rates(j).runsOn(p);
            }
        }
    }

    /**
     * Sets a job's nodes.
     *
     * @param nodes shape [pool]
     * @param tenure drops what the job had of pools that it uses no more
     */
    void set(int job, int[] nodes, boolean runs, Tenure tenure) {
        Excess sum = excess[job];
        sum.clear();
        int used = 0;
        long power = 0;
        for (int p = 0; p < nodes.length; p++) {
            int held = nodes[p];
            if (held == 0) {
                tenure.drop(job, p);
                continue;
            }
            usedPools[job][used++] = p;
            power += held * problem.facilityMilliwatts(p);
            if (!runsOn[job][p]) {
                sum.add(held, 1);
            }
            if (held % problem.granularityNodes(p) != 0) {
                sum.add(1, 1);
            }
        }
        milliwatts[job] = power;
        usedPoolCount[job] = used;
        if (problem.onePool(job)) {
            sum.add(problem.lots().poolsInUse(nodes) - 1L, 1);
        }
        if (!runs) {
            sum.add(1, 1);
        }
    }

    int usedPoolCount(int job) {
        return usedPoolCount[job];
    }

    /** {@return a pool of which the job holds nodes, from 0; in file order} */
    int usedPool(int job, int index) {
        return usedPools[job][index];
    }

    long milliwatts(int job) {
        return milliwatts[job];
    }

    Excess excess(int job) {
        return excess[job];
    }
}
