package muster.kernels;

import java.util.Optional;

/**
 * The job whose candidates are scored. Columns have one element per pool and are kept, not
 * copied. No number is above 1e30.
 *
 * @param work &gt; 0, in any unit
 * @param workPerMicro &ge; 0, work that a node does in a microsecond; nothing where every candidate brings its rate
 * @param ownedPerMicro &ge; 0, what an owned node costs per microsecond
 * @param otherPerMicro &ge; 0, what any other node costs per microsecond
 * @param wattsPerNode &ge; 0, in any unit of power
 * @param finishMicros &ge; 0, when the other jobs are done
 * @param latePrice what a microsecond costs by which the job ends after them
 * @param endPrice what a microsecond of its end costs, of either sign
 */
public record PlacedJob(
        double work,
        Optional<double[]> workPerMicro,
        double[] ownedPerMicro,
        double[] otherPerMicro,
        double[] wattsPerNode,
        double finishMicros,
        double latePrice,
        double endPrice) {
    public PlacedJob {
        int pools = ownedPerMicro.length;
        Checks.requireLength("otherPerMicro", otherPerMicro.length, pools);
        Checks.requireLength("wattsPerNode", wattsPerNode.length, pools);
        workPerMicro.ifPresent(column -> Checks.requireLength("workPerMicro", column.length, pools));
        // Written so that NaN fails.
        if (!(work > 0.0)) {
            throw new IllegalArgumentException("work (%s) must be positive.".formatted(work));
        }
        Checks.inside("work", work, 0.0, PlacementPrices.MOST);
        Checks.inside("finishMicros", finishMicros, 0.0, PlacementPrices.MOST);
        Checks.inside("latePrice", latePrice, 0.0, PlacementPrices.MOST);
        Checks.inside("endPrice", endPrice, -PlacementPrices.MOST, PlacementPrices.MOST);
        for (int p = 0; p < pools; p++) {
            Checks.inside("ownedPerMicro", ownedPerMicro[p], 0.0, PlacementPrices.MOST);
            Checks.inside("otherPerMicro", otherPerMicro[p], 0.0, PlacementPrices.MOST);
            Checks.inside("wattsPerNode", wattsPerNode[p], 0.0, PlacementPrices.MOST);
        }
        workPerMicro.ifPresent(column -> {
            for (double rate : column) {
                Checks.inside("workPerMicro", rate, 0.0, PlacementPrices.MOST);
            }
        });
    }

    int pools() {
        return ownedPerMicro.length;
    }
}
