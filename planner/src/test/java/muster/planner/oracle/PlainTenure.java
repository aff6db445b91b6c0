package muster.planner.oracle;

import java.util.Arrays;
import muster.planner.domain.Accounting;
import muster.planner.domain.Supply;
import muster.planner.oracle.Outcome.Holding;

/** Who takes owned, bought and reserved nodes, and what the latter two cost, as docs/model.md writes it. */
final class PlainTenure {
    private static final double MICROS_PER_YEAR = 365 * 86_400e6;

    private PlainTenure() {}

    /** {@return owned, bought and reserved nodes, shape [3][job][pool]} */
    static int[][][] taken(
            ScenarioColumns columns, Holding[] holdings, long[] starts, long[] ends, int[] bought, int[] reserved) {
        int[][][] taken = new int[3][columns.jobs][columns.pools];
        boolean[] served = new boolean[columns.jobs];
        for (int turn = 0; turn < columns.jobs; turn++) {
            int next = -1;
            for (int j = 0; j < columns.jobs; j++) {
                if (!served[j] && (next < 0 || starts[j] < starts[next])) {
                    next = j;
                }
            }
            for (int p = 0; p < columns.pools; p++) {
                int missing = holdings[next].nodes()[p] - holdings[next].spotNodes()[p];
                for (int tenure = 0; tenure < 3; tenure++) {
                    int free = tenure == 0 ? columns.ownNodes[p] : tenure == 1 ? bought[p] : reserved[p];
                    if (tenure == 1 && columns.supplies.get(p).buy().isPresent()) {
                        Supply.Purchase purchase = columns.supplies.get(p).buy().get();
                        free = starts[next] < ScenarioColumns.micros(purchase.leadSeconds()) ? 0 : free;
                    }
                    for (int earlier = 0; earlier < columns.jobs; earlier++) {
                        free -= served[earlier] && ends[earlier] > starts[next] ? taken[tenure][earlier][p] : 0;
                    }
                    taken[tenure][next][p] = Math.max(0, Math.min(missing, free));
                    missing -= taken[tenure][next][p];
                }
            }
            served[next] = true;
        }
        return taken;
    }

    static long[] capexMicroUsd(ScenarioColumns columns, int[][] taken, int[] bought, long[] ends) {
        long[] capex = new long[columns.pools];
        for (int p = 0; p < columns.pools; p++) {
            if (bought[p] == 0) {
                continue;
            }
            Supply.Purchase purchase = columns.supplies.get(p).buy().orElseThrow();
            long last = 0;
            for (int j = 0; j < columns.jobs; j++) {
                last = taken[j][p] > 0 ? Math.max(last, ends[j]) : last;
            }
            double price = purchase.usdPerNode().value() * 1e6;
            double residual = purchase.residualFraction().value() * price;
            double life = purchase.lifeSeconds().value() * 1e6;
            double held = Math.max(0, last - ScenarioColumns.micros(purchase.leadSeconds()));
            if (columns.scenario.accounting() == Accounting.CASH) {
                capex[p] = Math.round(bought[p] * (price - residual) * Math.max(1, Math.ceil(held / life)));
            } else {
                double interest = purchase.financingFractionPerYear().value();
                double years = life / MICROS_PER_YEAR;
                double share = interest == 0 ? 1 / years : interest / (1 - Math.pow(1 + interest, -years));
                double perYear = (price - residual) * share + residual * interest;
                capex[p] = Math.round(bought[p] * perYear * (held / MICROS_PER_YEAR));
            }
        }
        return capex;
    }

    static long[] reserveMicroUsd(ScenarioColumns columns, int[][] taken, int[] reserved, long[] starts, long[] ends) {
        long[] cost = new long[columns.pools];
        for (int p = 0; p < columns.pools; p++) {
            if (reserved[p] == 0) {
                continue;
            }
            Supply.Reservation terms = columns.supplies.get(p).reserve().orElseThrow();
            int pool = p;
            long first = Arrays.stream(starts).max().orElseThrow();
            long last = 0;
            for (int j = 0; j < columns.jobs; j++) {
                if (taken[j][pool] > 0) {
                    first = Math.min(first, starts[j]);
                    last = Math.max(last, ends[j]);
                }
            }
            long gpus = columns.scenario.pools().get(p).node().gpusPerNode().asInt();
            long perNodeHour = gpus * Math.round(terms.usdPerGpuHour().value() * 1e6);
            double hours = Math.max(last - first, ScenarioColumns.micros(terms.minimumSeconds())) / 3600e6;
            cost[p] = Math.round(reserved[p] * (double) perNodeHour * hours);
        }
        return cost;
    }
}
