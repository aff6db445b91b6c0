package muster.planner.bound;

import java.util.ArrayList;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * The ways to hold nodes, as columns: the owned nodes of a pool and all others, with what a node costs while held. Others
 * cost the least of rent and of what purchases and reservations come to where jobs use them all the time.
 */
final class Supplies {
    private static final double MICROS_PER_HOUR = 3.6e9;

    final int count;

    /** Shape [supply]: whose nodes they are. */
    final int[] pool;

    /** Shape [supply]: the most nodes of this kind at once. */
    final int[] nodes;

    /** Shape [supply]: micro-dollars of a node in a microsecond. */
    final double[] microUsdPerMicro;

    /** Shape [supply]: ledger units of the objective of a node in a microsecond; 0 for days. */
    final double[] objectivePerMicro;

    /** Shape [supply]: whether the pool has others too, so that these nodes are scarce by themselves. */
    final boolean[] shared;

    /** @param objective what a node is weighed by beside money */
    Supplies(FleetProblem problem, Objective objective) {
        List<int[]> kinds = new ArrayList<>();
        for (int p = 0; p < problem.poolCount(); p++) {
            int own = problem.ownNodesWorthHaving(p);
            int all = problem.reachableNodes(p);
            if (own > 0) {
                kinds.add(new int[] {p, Math.min(own, all), 1});
            }
            if (all > own) {
                kinds.add(new int[] {p, all - own, 0});
            }
        }
        count = kinds.size();
        pool = new int[count];
        nodes = new int[count];
        microUsdPerMicro = new double[count];
        objectivePerMicro = new double[count];
        shared = new boolean[count];
        for (int v = 0; v < count; v++) {
            int p = kinds.get(v)[0];
            boolean owned = kinds.get(v)[2] == 1;
            pool[v] = p;
            nodes[v] = kinds.get(v)[1];
            shared[v] = owned && v + 1 < count && kinds.get(v + 1)[0] == p;
            microUsdPerMicro[v] = (owned ? problem.energyMicroUsdPerNodeHour(p) : problem.leastMicroUsdPerNodeHour(p))
                    / MICROS_PER_HOUR;
            objectivePerMicro[v] = switch (objective) {
                case COST -> microUsdPerMicro[v];
                case DAYS -> 0;
                case ENERGY -> problem.facilityMilliwatts(p) / 1e9;
                case CARBON -> gramsPerMicro(problem, p);
            };
        }
    }

    private static double gramsPerMicro(FleetProblem problem, int p) {
        double grams = problem.carbonGramsPerNodeSecond(p) / 1e6;
        // A pool whose grid is unknown is given none: the bound then holds whatever it is.
        return Double.isNaN(grams) ? 0 : grams;
    }
}
