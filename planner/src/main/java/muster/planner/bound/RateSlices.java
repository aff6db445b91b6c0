package muster.planner.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.HeldRates;

/**
 * A job's rate as slices: nodes of one supply that add the same rate each. No fleet is faster than its slices together:
 * stated rates are exact, modelled ones lie under the concave hull of what each count of a pool can give.
 */
final class RateSlices {
    /** Far above what rounding moves in a rate, far below what anybody would notice. */
    private static final double SAFE = 1 + 1e-12;

    /** Nodes of a pool whose rates differ by less share a slice; stated rates do not differ at all. */
    private static final double NEARLY = 0.005;

    private static final double HALF_MICRO = 0.5;

    private final double tokens;
    private final boolean onePool;

    final int count;

    /** Shape [slice]: index into {@link Supplies}; slices of a pool stand together. */
    final int[] supply;

    /** Shape [slice]: which of the scenario's pools they are of. */
    final int[] pool;

    /** Shape [slice]. */
    final double[] nodes;

    /** Shape [slice]: tokens in a microsecond of one node. */
    final double[] tokensPerMicro;

    private record Slice(int supply, double nodes, double tokensPerMicro) {}

    RateSlices(FleetProblem problem, Supplies supplies, int job) {
        HeldRates rates = problem.rates(job);
        double[][] hulls = rates.linear() ? null : hulls(problem, job);
        double[] stated = hulls == null ? stated(rates, problem.poolCount()) : null;
        List<Slice> slices = new ArrayList<>();
        for (int v = 0; v < supplies.count; v++) {
            int p = supplies.pool[v];
            boolean second = v > 0 && supplies.pool[v - 1] == p;
            int from = second ? supplies.nodes[v - 1] : 0;
            int most = problem.mostUnits(job, p) * problem.granularityNodes(p);
            int to = Math.min(from + supplies.nodes[v], most);
            if (hulls != null) {
                cut(hulls[p], v, from, to, slices);
            } else if (to > from && stated[p] > 0) {
                slices.add(new Slice(v, to - from, stated[p] * SAFE / 1e6));
            }
        }
        tokens = problem.tokens(job);
        onePool = problem.onePool(job);
        count = slices.size();
        supply = slices.stream().mapToInt(Slice::supply).toArray();
        pool = slices.stream()
                .mapToInt(slice -> problem.lots().pool(supplies.pool[slice.supply()]))
                .toArray();
        nodes = slices.stream().mapToDouble(Slice::nodes).toArray();
        tokensPerMicro = slices.stream().mapToDouble(Slice::tokensPerMicro).toArray();
    }

    /** {@return the job's tokens} Durations are rounded to whole microseconds: nodes may have half of one less to do. */
    double tokensToPlace() {
        double most = 0;
        for (int i = 0; i < count; i++) {
            most += nodes[i] * tokensPerMicro[i];
        }
        return Math.max(0, tokens * (1 - 1e-13) - most * HALF_MICRO);
    }

    /** {@return a duration that no fleet of the job undercuts, microseconds; infinite where none has a rate} */
    double leastDuration() {
        double rate = 0;
        double ofPool = 0;
        for (int i = 0; i < count; i++) {
            boolean samePool = i > 0 && pool[i] == pool[i - 1];
            double slice = nodes[i] * tokensPerMicro[i];
            ofPool = samePool ? ofPool + slice : slice;
            rate = onePool ? Math.max(rate, ofPool) : rate + slice;
        }
        if (rate == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(1, Math.floor(tokensToPlace() / rate * (1 - 1e-12)));
    }

    /** Adds the parts of a hull between two node counts, each with its own rate per node. */
    private static void cut(double[] hull, int supply, int from, int to, List<Slice> slices) {
        int low = from;
        while (low < to) {
            // The first node of a slice gives most: the others count as much, as long as that is nearly so.
            double perNode = hull[low + 1] - hull[low];
            int high = low + 1;
            while (high < to && hull[high + 1] - hull[high] >= perNode * (1 - NEARLY)) {
                high++;
            }
            if (perNode > 0) {
                slices.add(new Slice(supply, high - low, perNode * SAFE / 1e6));
            }
            low = high;
        }
    }

    /** {@return tokens/s of a node, shape [pool], where every rate is stated} */
    private static double[] stated(HeldRates rates, int pools) {
        int[] one = new int[pools];
        Arrays.fill(one, 1);
        double[] perNode = new double[pools];
        rates.ceilings(one, one, perNode);
        return perNode;
    }

    /**
     * {@return tokens/s that no fleet with so many nodes of a pool gets from them, concave, shape [pool][nodes]} What a pool
     * and its spot nodes give together is below the sum of what a concave hull says of each, and evictions slow down all
     * nodes of a job, spot nodes among them.
     */
    private static double[][] hulls(FleetProblem problem, int job) {
        HeldRates rates = problem.rates(job);
        int pools = problem.poolCount();
        double[][] most = new double[pools][];
        for (int p = 0; p < pools; p++) {
            int own = problem.mostUnits(job, p) * problem.granularityNodes(p);
            boolean shared = problem.lots().isShared(p);
            double[] values = new double[(shared ? problem.room().most(p) : own) + 1];
            for (int nodes = problem.granularityNodes(p);
                    own > 0 && nodes < values.length;
                    nodes += problem.granularityNodes(p)) {
                values[nodes] = rates.mostOfPool(p, nodes, problem.onePool(job));
            }
            makeConcave(values);
            most[p] = Arrays.copyOf(values, own + 1);
            if (problem.lots().isSpot(p)) {
                for (int nodes = 1; nodes <= own; nodes++) {
                    most[p][nodes] /= rates.timeFactor(p, nodes);
                }
                makeConcave(most[p]);
            }
        }
        return most;
    }

    /** Lifts values to their concave hull from (0, 0) on (Andrew's monotone chain); it never falls. */
    private static void makeConcave(double[] values) {
        int[] corners = new int[values.length];
        int count = 1;
        for (int n = 1; n < values.length; n++) {
            if (values[n] <= values[corners[count - 1]]) {
                continue;
            }
            while (count > 1
                    && slope(values, corners[count - 2], corners[count - 1]) <= slope(values, corners[count - 1], n)) {
                count--;
            }
            corners[count++] = n;
        }
        double[] hull = values.clone();
        for (int c = 1; c < count; c++) {
            for (int n = corners[c - 1]; n <= corners[c]; n++) {
                hull[n] = values[corners[c - 1]] + (n - corners[c - 1]) * slope(values, corners[c - 1], corners[c]);
            }
        }
        Arrays.fill(hull, corners[count - 1], hull.length, values[corners[count - 1]]);
        System.arraycopy(hull, 0, values, 0, values.length);
    }

    private static double slope(double[] values, int from, int to) {
        return (values[to] - values[from]) / (to - from);
    }
}
