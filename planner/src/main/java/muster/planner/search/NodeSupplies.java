package muster.planner.search;

import java.util.ArrayList;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/** The ways to hold nodes: the owned nodes of a pool and all others, with what one costs in a microsecond. */
final class NodeSupplies {
    private static final double MICROS_PER_HOUR = 3.6e9;

    final int count;

    /** Shape [supply]: whose nodes they are. */
    final int[] pool;

    /** Shape [supply]: the most there ever are. */
    final int[] mostNodes;

    /** Shape [supply]: ledger units of the first criterion; 0 for days. */
    final double[] objectivePerMicro;

    final double[] microUsdPerMicro;

    /** Shape [supply]: facility power of all nodes at the supply's site may not exceed this; the largest long for no cap. */
    final long[] siteMilliwatts;

    /** Shape [supply]: the site with that cap. */
    final int[] site;

    private final FleetProblem problem;
    private final boolean[] owned;

    NodeSupplies(FleetProblem problem) {
        this.problem = problem;
        List<int[]> kinds = new ArrayList<>();
        for (int p = 0; p < problem.poolCount(); p++) {
            int all = problem.reachableNodes(p);
            int own = Math.min(problem.ownNodesWorthHaving(p), all);
            if (own > 0) {
                kinds.add(new int[] {p, own, 1});
            }
            if (all > own) {
                kinds.add(new int[] {p, all - own, 0});
            }
        }
        count = kinds.size();
        pool = new int[count];
        mostNodes = new int[count];
        owned = new boolean[count];
        siteMilliwatts = new long[count];
        site = new int[count];
        objectivePerMicro = new double[count];
        microUsdPerMicro = new double[count];
        for (int v = 0; v < count; v++) {
            int p = kinds.get(v)[0];
            pool[v] = p;
            mostNodes[v] = kinds.get(v)[1];
            owned[v] = kinds.get(v)[2] == 1;
            site[v] = problem.sites().siteOf(pool[v]).orElse(0);
            siteMilliwatts[v] = problem.sites().siteOf(pool[v]).isPresent()
                    ? problem.sites().powerMilliwatts(site[v])
                    : Long.MAX_VALUE;
            microUsdPerMicro[v] =
                    (owned[v] ? problem.energyMicroUsdPerNodeHour(p) : problem.leastMicroUsdPerNodeHour(p))
                            / MICROS_PER_HOUR;
            objectivePerMicro[v] = perMicro(v, problem.criteria().getFirst());
        }
    }

    private double perMicro(int v, Objective objective) {
        double grams = problem.carbonGramsPerNodeSecond(pool[v]) / 1e6;
        return switch (objective) {
            case COST -> microUsdPerMicro[v];
            case DAYS -> 0;
            case ENERGY -> problem.facilityMilliwatts(pool[v]) / 1e9;
            case CARBON -> Double.isNaN(grams) ? 0 : grams;
        };
    }

    boolean owned(int supply) {
        return owned[supply];
    }

    /** {@return nodes of the supply that are there at a time} */
    int nodesAt(int supply, long micros) {
        int p = pool[supply];
        int all = Math.min(problem.reachableNodes(p), problem.reachableNodes(p, micros));
        int own = Math.min(problem.ownNodesWorthHaving(p), all);
        return owned[supply] ? own : all - own;
    }
}
