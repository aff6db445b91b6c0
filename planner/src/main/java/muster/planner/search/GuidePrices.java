package muster.planner.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import muster.kernels.PlacementPrices;
import muster.planner.bound.PriceGuide;

/** A guide's prices as the placements kernel reads them, by how much of them counts. */
final class GuidePrices {
    private static final int MOST_SHARES = 16;

    private final PriceGuide guide;
    private final int pools;
    private final Map<Double, PlacementPrices> byShare = new HashMap<>();

    GuidePrices(PriceGuide guide, int pools) {
        this.guide = guide;
        this.pools = pools;
    }

    /** @param share 0 to 1 */
    PlacementPrices of(double share) {
        if (byShare.size() >= MOST_SHARES) {
            byShare.clear();
        }
        return byShare.computeIfAbsent(share, this::made);
    }

    private PlacementPrices made(double share) {
        double[] cuts = guide.cuts();
        int parts = cuts.length - 1;
        double[] begins = Arrays.copyOf(cuts, parts);
        // Before the first part and after the last the nearest one's prices hold.
        begins[0] = 0;
        double[][] node = new double[parts][pools];
        double[][] owned = new double[parts][pools];
        for (int k = 0; k < parts; k++) {
            for (int p = 0; p < pools; p++) {
                node[k][p] = share * guide.nodePerMicro(p, k);
                owned[k][p] = share * guide.ownedPerMicro(p, k);
            }
        }
        return new PlacementPrices(begins, node, owned);
    }
}
