package muster.kernels;

/** The reference: plain loops, the formulas in the order of {@link PlacementKernels}. */
final class ScalarPlacementKernels implements PlacementKernels {
    @Override
    public void placements(PlacementBatch batch) {
        for (int tile = 0; tile < batch.tiles; tile++) {
            int room = batch.tileRoom[tile];
            for (int lane = 0; lane < batch.tileFleets[tile]; lane++) {
                score(batch, room, tile, lane);
            }
        }
    }

    private static void score(PlacementBatch batch, int room, int tile, int lane) {
        PlacedJob job = batch.job;
        int pools = batch.pools;
        int start = batch.roomStart[room];
        int slot = tile * PlacementBatch.TILE + lane;
        int at = tile * pools * PlacementBatch.TILE + lane;
        boolean fits = true;
        double rate = 0.0;
        double spend = 0.0;
        double watts = 0.0;
        for (int p = 0; p < pools; p++) {
            double nodes = batch.nodes[at + p * PlacementBatch.TILE];
            double own = own(batch, room, p, nodes);
            rate = Math.fma(nodes, batch.workPerMicro[p], rate);
            spend = Math.fma(own, job.ownedPerMicro()[p], Math.fma(nodes - own, job.otherPerMicro()[p], spend));
            watts = Math.fma(nodes, job.wattsPerNode()[p], watts);
            fits &= nodes <= batch.freeNodes[room * pools + p];
        }
        double micros = job.work() / (batch.linear ? rate : batch.rates[slot]);
        double end = batch.startMicros[start] + micros;
        double after = end - job.finishMicros();
        double late = after > 0.0 ? after : 0.0;
        double times = Math.fma(job.endPrice(), end, Math.fma(job.latePrice(), late, batch.startCost[start]));
        double cost = Math.fma(spend, micros, times) + (batch.prices.priced ? scarce(batch, room, at, end) : 0.0);
        fits &= watts <= batch.freeWatts[room] && end <= batch.untilMicros[room];
        batch.endMicros[slot] = end;
        batch.cost[slot] = fits ? cost : Double.POSITIVE_INFINITY;
    }

    private static double own(PlacementBatch batch, int room, int p, double nodes) {
        double free = batch.freeOwned[room * batch.pools + p];
        return nodes < free ? nodes : free;
    }

    /** (27). */
    private static double scarce(PlacementBatch batch, int room, int at, double end) {
        PlacementPrices prices = batch.prices;
        int pools = batch.pools;
        int before = batch.roomStart[room] * pools;
        int k = prices.part(end, 0);
        double slope = 0.0;
        double base = 0.0;
        for (int p = 0; p < pools; p++) {
            double nodes = batch.nodes[at + p * PlacementBatch.TILE];
            double own = own(batch, room, p, nodes);
            int cell = k * pools + p;
            double node = prices.nodeUpTo[cell] - batch.nodeBefore[before + p];
            double owned = prices.ownedUpTo[cell] - batch.ownedBefore[before + p];
            slope = Math.fma(own, prices.ownedPrice[cell], Math.fma(nodes, prices.nodePrice[cell], slope));
            base = Math.fma(own, owned, Math.fma(nodes, node, base));
        }
        return Math.fma(slope, end - prices.cutMicros[k], base);
    }
}
