package muster.planner.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * The nodes that jobs can hold, as columns: the owned ones of a pool and all others; and the ways to come by a column's nodes,
 * each with what a node costs while held. Owned nodes have one way, others may be rented, bought or reserved.
 *
 * <p>What is bought or reserved is paid for beside ({@link TermHolding}); for another objective than cost others have one
 * way instead, at the least of rent and of what purchases and reservations come to where jobs use them all the time.
 */
final class Supplies {
    private static final double MICROS_PER_HOUR = 3.6e9;

    final int count;

    /** Shape [supply]: whose nodes they are. */
    final int[] pool;

    /** Shape [supply]: the most nodes of this kind at once. */
    final int[] nodes;

    /** Shape [supply]: whether the pool has others too, so that these nodes are scarce by themselves. */
    final boolean[] shared;

    /** Shape [supply + 1]: where its ways begin. */
    final int[] firstWay;

    final int wayCount;

    /** Shape [way]: micro-dollars of a node in a microsecond. */
    final double[] microUsdPerMicro;

    /** Shape [way]: ledger units of the objective of a node in a microsecond; 0 for days. */
    final double[] objectivePerMicro;

    /** Shape [way]: no job that starts earlier has such nodes, microseconds. */
    final double[] fromMicros;

    /** After the first moment, when nodes of some way come; rising. */
    final double[] leads;

    /** Shape [way]: the holding that pays for such nodes beside; -1 where none does. */
    final int[] holdingOf;

    final List<TermHolding> holdings = new ArrayList<>();

    private record Way(double microUsdPerHour, double fromMicros, int holding) {}

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
        shared = new boolean[count];
        firstWay = new int[count + 1];
        List<Way> ways = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            int p = kinds.get(v)[0];
            boolean owned = kinds.get(v)[2] == 1;
            pool[v] = p;
            nodes[v] = kinds.get(v)[1];
            shared[v] = owned && v + 1 < count && kinds.get(v + 1)[0] == p;
            if (owned) {
                ways.add(new Way(problem.energyMicroUsdPerNodeHour(p), 0, -1));
            } else {
                addOthers(problem, objective, p, nodes[v], ways);
            }
            firstWay[v + 1] = ways.size();
        }
        wayCount = ways.size();
        microUsdPerMicro = new double[wayCount];
        objectivePerMicro = new double[wayCount];
        fromMicros = new double[wayCount];
        holdingOf = new int[wayCount];
        for (int v = 0; v < count; v++) {
            for (int w = firstWay[v]; w < firstWay[v + 1]; w++) {
                microUsdPerMicro[w] = ways.get(w).microUsdPerHour() / MICROS_PER_HOUR;
                fromMicros[w] = ways.get(w).fromMicros();
                holdingOf[w] = ways.get(w).holding();
                objectivePerMicro[w] = switch (objective) {
                    case COST -> microUsdPerMicro[w];
                    case DAYS -> 0;
                    case ENERGY -> problem.facilityMilliwatts(pool[v]) / 1e9;
                    case CARBON -> gramsPerMicro(problem, pool[v]);
                };
            }
        }
        leads = Arrays.stream(fromMicros)
                .filter(from -> from > 0)
                .distinct()
                .sorted()
                .toArray();
    }

    private void addOthers(FleetProblem problem, Objective objective, int p, int most, List<Way> ways) {
        // Owned nodes that are not worth having are among the others, at the price of the cheapest of them.
        boolean ownedToo = problem.ownNodesWorthHaving(p) < problem.ownNodes(p);
        if (objective != Objective.COST || ownedToo || !problem.terms(p).any()) {
            ways.add(new Way(problem.leastMicroUsdPerNodeHour(p), 0, -1));
            return;
        }
        if (problem.rentable(p)) {
            ways.add(new Way(problem.rentMicroUsdPerNodeHour(p), 0, -1));
        }
        if (problem.terms(p).canBuy()) {
            ways.add(new Way(
                    problem.energyMicroUsdPerNodeHour(p), problem.terms(p).leadMicros(), holdings.size()));
            holdings.add(new TermHolding(problem.terms(p), true, most));
        }
        if (problem.terms(p).canReserve()) {
            ways.add(new Way(0, 0, holdings.size()));
            holdings.add(new TermHolding(problem.terms(p), false, most));
        }
    }

    /** {@return the supply that a way is one of} */
    int supplyOf(int way) {
        int supply = 0;
        while (firstWay[supply + 1] <= way) {
            supply++;
        }
        return supply;
    }

    private static double gramsPerMicro(FleetProblem problem, int p) {
        double grams = problem.carbonGramsPerNodeSecond(p) / 1e6;
        // A pool whose grid is unknown is given none: the bound then holds whatever it is.
        return Double.isNaN(grams) ? 0 : grams;
    }
}
