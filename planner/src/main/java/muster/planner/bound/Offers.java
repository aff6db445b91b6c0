package muster.planner.bound;

/** What the cheapest fleets of jobs, and the nodes held for them, take of each limit, over its scale. */
final class Offers {
    private final Supplies supplies;
    private final PriceTable table;
    private final double[] cuts;

    Offers(Supplies supplies, PriceTable table, double[] cuts) {
        this.supplies = supplies;
        this.table = table;
        this.cuts = cuts;
    }

    /** {@return the objective of the job's cheapest fleet} */
    double ofJob(PricedJob job, double[] use) {
        addUse(job, use);
        RateSlices slices = job.slices();
        double value = 0;
        for (int i = 0; i < slices.count; i++) {
            double held = job.bestNodes[i] * job.bestDuration;
            value += held * supplies.objectivePerMicro[job.bestWay[slices.supply[i]]];
        }
        return value;
    }

    /** {@return what the holding pays} Held nodes are the opposite of used ones. */
    double ofHolding(int h, double[] use) {
        TermHolding holding = supplies.holdings.get(h);
        for (int k = 0; k < table.parts && holding.nodes > 0; k++) {
            double overlap = Math.min(holding.lastMicros, cuts[k + 1]) - Math.max(holding.firstMicros, cuts[k]);
            int held = table.firstHeld + h * table.parts + k;
            use[held] = overlap > 0 ? -holding.nodes * overlap / table.scale[held] : 0;
        }
        return holding.nodes * holding.microUsdPerNode;
    }

    private void addUse(PricedJob job, double[] passed) {
        int j = job.job();
        double start = job.bestStart;
        double end = start + job.bestDuration;
        RateSlices slices = job.slices();
        for (int i = 0; i < slices.count; i++) {
            double nodes = job.bestNodes[i];
            if (nodes == 0) {
                continue;
            }
            int v = slices.supply[i];
            int p = supplies.pool[v];
            int holding = supplies.holdingOf[job.bestWay[v]];
            for (int k = 0; k < table.parts; k++) {
                double partEnd = k == table.parts - 1 ? Math.max(end, cuts[k + 1]) : cuts[k + 1];
                double overlap = Math.min(end, partEnd) - Math.max(start, cuts[k]);
                if (overlap > 0) {
                    int place = table.place(p) * table.parts + k;
                    passed[place] += nodes * overlap / table.scale[place];
                    int owned = table.firstOwned + v * table.parts + k;
                    passed[owned] += nodes * overlap / table.scale[owned];
                    for (int c = 0; c < table.caps.count; c++) {
                        int cap = table.firstCap + c * table.parts + k;
                        passed[cap] += nodes * overlap * table.caps.perNode[c][p] / table.scale[cap];
                    }
                    if (holding >= 0) {
                        int held = table.firstHeld + holding * table.parts + k;
                        passed[held] += nodes * overlap / table.scale[held];
                    }
                }
            }
            if (table.budget) {
                passed[table.firstBudget] += nodes
                        * job.bestDuration
                        * supplies.microUsdPerMicro[job.bestWay[v]]
                        / table.scale[table.firstBudget];
            }
        }
        for (int order = 0; order < table.before.length; order++) {
            if (table.before[order] == j) {
                passed[table.firstOrder + order] += end / table.scale[table.firstOrder + order];
            }
            if (table.afterwards[order] == j) {
                passed[table.firstOrder + order] -= start / table.scale[table.firstOrder + order];
            }
        }
        if (table.days) {
            passed[table.firstEnd + j] += end / table.scale[table.firstEnd + j];
        }
    }
}
