package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One candidate per lane, two vectors at a time, in loops over the pools. As in {@link VectorLayoutKernels} the species is a
 * constant of the class and the formulas are several loops: ends and spending, then what scarce nodes cost in the parts of
 * time in which candidates of a pair of vectors end, nearly always one or two. In between, tiles wait in the cache. Tiles are
 * whole vectors, so there are no tails; what slots without a fleet come to is never read.
 */
final class VectorPlacementKernels implements PlacementKernels {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());
    private static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, SPECIES.vectorShape());
    private static final int TILE = PlacementBatch.TILE;
    private static final int LENGTH = SPECIES.length();
    private static final int PAIR = 2 * LENGTH;

    /** Tiles from one loop to the next: some 20 KiB of nodes for 10 pools. */
    private static final int RUN = 16;

    /** The width that this class really has. */
    int laneBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void placements(PlacementBatch batch) {
        double[] spend = new double[RUN * TILE];
        long[] over = new long[RUN * TILE];
        for (int from = 0; from < batch.tiles; from += RUN) {
            int to = Math.min(from + RUN, batch.tiles);
            sumPools(batch, from, to, spend, over);
            finish(batch, from, to, spend, over);
            if (batch.prices.priced) {
                for (int tile = from; tile < to; tile++) {
                    addScarcity(batch, tile);
                }
            }
        }
    }

    /** (22), (25), (26) and the nodes of (30): rates into the column of ends, a negative number where nodes are not free. */
    private static void sumPools(PlacementBatch batch, int from, int to, double[] spends, long[] overs) {
        int pools = batch.pools;
        double[] work = batch.workPerMicro;
        double[] ownedPerMicro = batch.job.ownedPerMicro();
        double[] otherPerMicro = batch.job.otherPerMicro();
        double[] wattsPerNode = batch.job.wattsPerNode();
        double[] nodes = batch.nodes;
        double[] ends = batch.endMicros;
        for (int tile = from; tile < to; tile++) {
            int room = batch.tileRoom[tile] * pools;
            LongVector freeWatts =
                    LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.freeWatts[batch.tileRoom[tile]]));
            for (int lane = 0; lane < TILE; lane += PAIR) {
                int at = tile * pools * TILE + lane;
                DoubleVector rate = DoubleVector.zero(SPECIES);
                DoubleVector spend = rate;
                DoubleVector watts = rate;
                DoubleVector nextRate = rate;
                DoubleVector nextSpend = rate;
                DoubleVector nextWatts = rate;
                LongVector over = LongVector.zero(BITS);
                LongVector nextOver = over;
                for (int p = 0; p < pools; p++) {
                    DoubleVector n = DoubleVector.fromArray(SPECIES, nodes, at);
                    DoubleVector next = DoubleVector.fromArray(SPECIES, nodes, at + LENGTH);
                    at += TILE;
                    DoubleVector each = DoubleVector.broadcast(SPECIES, work[p]);
                    rate = n.fma(each, rate);
                    nextRate = next.fma(each, nextRate);
                    LongVector free = LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.freeNodes[room + p]));
                    over = over.or(free.sub(n.reinterpretAsLongs()));
                    nextOver = nextOver.or(free.sub(next.reinterpretAsLongs()));
                    LongVector freeOwned =
                            LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.freeOwned[room + p]));
                    DoubleVector own = freeOwned.min(n.reinterpretAsLongs()).reinterpretAsDoubles();
                    DoubleVector nextOwn =
                            freeOwned.min(next.reinterpretAsLongs()).reinterpretAsDoubles();
                    DoubleVector other = DoubleVector.broadcast(SPECIES, otherPerMicro[p]);
                    DoubleVector owned = DoubleVector.broadcast(SPECIES, ownedPerMicro[p]);
                    spend = own.fma(owned, n.sub(own).fma(other, spend));
                    nextSpend = nextOwn.fma(owned, next.sub(nextOwn).fma(other, nextSpend));
                    DoubleVector power = DoubleVector.broadcast(SPECIES, wattsPerNode[p]);
                    watts = n.fma(power, watts);
                    nextWatts = next.fma(power, nextWatts);
                }
                int slot = tile * TILE + lane;
                int place = (tile - from) * TILE + lane;
                rate.intoArray(ends, slot);
                nextRate.intoArray(ends, slot + LENGTH);
                spend.intoArray(spends, place);
                nextSpend.intoArray(spends, place + LENGTH);
                over.or(freeWatts.sub(watts.reinterpretAsLongs())).intoArray(overs, place);
                nextOver.or(freeWatts.sub(nextWatts.reinterpretAsLongs())).intoArray(overs, place + LENGTH);
            }
        }
    }

    /** (23), (24), (28), the first part of (29) and the rest of (30), where the column of ends holds rates. */
    private static void finish(PlacementBatch batch, int from, int to, double[] spends, long[] overs) {
        PlacedJob job = batch.job;
        DoubleVector work = DoubleVector.broadcast(SPECIES, job.work());
        DoubleVector finish = DoubleVector.broadcast(SPECIES, job.finishMicros());
        DoubleVector latePrice = DoubleVector.broadcast(SPECIES, job.latePrice());
        DoubleVector endPrice = DoubleVector.broadcast(SPECIES, job.endPrice());
        LongVector infinity = LongVector.broadcast(BITS, Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
        double[] rates = batch.linear ? batch.endMicros : batch.rates;
        for (int tile = from; tile < to; tile++) {
            int room = batch.tileRoom[tile];
            int start = batch.roomStart[room];
            DoubleVector begin = DoubleVector.broadcast(SPECIES, batch.startMicros[start]);
            DoubleVector fixed = DoubleVector.broadcast(SPECIES, batch.startCost[start]);
            LongVector until = LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.untilMicros[room]));
            for (int lane = 0; lane < TILE; lane += LENGTH) {
                int slot = tile * TILE + lane;
                int place = (tile - from) * TILE + lane;
                DoubleVector micros = work.div(DoubleVector.fromArray(SPECIES, rates, slot));
                DoubleVector end = begin.add(micros);
                DoubleVector after = end.sub(finish);
                // Not negative where its sign is not set, as end and finish are different or it is +0.
                DoubleVector late = after.reinterpretAsLongs()
                        .and(after.reinterpretAsLongs()
                                .lanewise(VectorOperators.ASHR, 63)
                                .not())
                        .reinterpretAsDoubles();
                DoubleVector times = endPrice.fma(end, latePrice.fma(late, fixed));
                DoubleVector cost =
                        DoubleVector.fromArray(SPECIES, spends, place).fma(micros, times);
                LongVector misfit = LongVector.fromArray(BITS, overs, place)
                        .or(until.sub(end.reinterpretAsLongs()))
                        .lanewise(VectorOperators.ASHR, 63);
                end.intoArray(batch.endMicros, slot);
                // A cost that stays finite takes scarcity in; infinity and what is added to it is infinity again.
                cost.reinterpretAsLongs()
                        .and(misfit.not())
                        .or(infinity.and(misfit))
                        .reinterpretAsDoubles()
                        .intoArray(batch.cost, slot);
            }
        }
    }

    /** (27), for the parts of time in which fleets of a pair of vectors end. */
    private static void addScarcity(PlacementBatch batch, int tile) {
        PlacementPrices prices = batch.prices;
        double[] cuts = prices.cutMicros;
        double[] nodes = batch.nodes;
        double[] ends = batch.endMicros;
        double[] costs = batch.cost;
        int pools = batch.pools;
        int room = batch.tileRoom[tile] * pools;
        int before = batch.roomStart[batch.tileRoom[tile]] * pools;
        int fleets = batch.tileFleets[tile];
        for (int lane = 0; lane < fleets; lane += PAIR) {
            int slot = tile * TILE + lane;
            DoubleVector end = DoubleVector.fromArray(SPECIES, ends, slot);
            DoubleVector nextEnd = DoubleVector.fromArray(SPECIES, ends, slot + LENGTH);
            DoubleVector cost = DoubleVector.fromArray(SPECIES, costs, slot);
            DoubleVector nextCost = DoubleVector.fromArray(SPECIES, costs, slot + LENGTH);
            LongVector bits = end.reinterpretAsLongs();
            LongVector nextBits = nextEnd.reinterpretAsLongs();
            // A fleet that ends at infinity does not fit, in whatever part it is counted.
            double first = Double.longBitsToDouble(bits.min(nextBits).reduceLanes(VectorOperators.MIN));
            double last = Double.longBitsToDouble(bits.max(nextBits).reduceLanes(VectorOperators.MAX));
            int firstPart = prices.part(first, 0);
            int lastPart = prices.part(last, firstPart);
            for (int k = firstPart; k <= lastPart; k++) {
                int cell = k * pools;
                int at = tile * pools * TILE + lane;
                DoubleVector slope = DoubleVector.zero(SPECIES);
                DoubleVector base = slope;
                DoubleVector nextSlope = slope;
                DoubleVector nextBase = slope;
                for (int p = 0; p < pools; p++) {
                    DoubleVector n = DoubleVector.fromArray(SPECIES, nodes, at);
                    DoubleVector next = DoubleVector.fromArray(SPECIES, nodes, at + LENGTH);
                    at += TILE;
                    DoubleVector price = DoubleVector.broadcast(SPECIES, prices.nodePrice[cell + p]);
                    DoubleVector upTo =
                            DoubleVector.broadcast(SPECIES, prices.nodeUpTo[cell + p] - batch.nodeBefore[before + p]);
                    slope = n.fma(price, slope);
                    nextSlope = next.fma(price, nextSlope);
                    base = n.fma(upTo, base);
                    nextBase = next.fma(upTo, nextBase);
                    if (prices.owned) {
                        LongVector free =
                                LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.freeOwned[room + p]));
                        DoubleVector own = free.min(n.reinterpretAsLongs()).reinterpretAsDoubles();
                        DoubleVector nextOwn =
                                free.min(next.reinterpretAsLongs()).reinterpretAsDoubles();
                        DoubleVector ownedPrice = DoubleVector.broadcast(SPECIES, prices.ownedPrice[cell + p]);
                        DoubleVector ownedUpTo = DoubleVector.broadcast(
                                SPECIES, prices.ownedUpTo[cell + p] - batch.ownedBefore[before + p]);
                        slope = own.fma(ownedPrice, slope);
                        nextSlope = nextOwn.fma(ownedPrice, nextSlope);
                        base = own.fma(ownedUpTo, base);
                        nextBase = nextOwn.fma(ownedUpTo, nextBase);
                    }
                }
                DoubleVector cut = DoubleVector.broadcast(SPECIES, cuts[k]);
                LongVector begin = LongVector.broadcast(BITS, Double.doubleToRawLongBits(cuts[k]));
                double beyond = k + 1 < cuts.length ? cuts[k + 1] : Double.POSITIVE_INFINITY;
                LongVector close = LongVector.broadcast(BITS, Double.doubleToRawLongBits(beyond));
                // All bits of lanes that end in this part.
                LongVector here = within(bits, begin, close);
                LongVector nextHere = within(nextBits, begin, close);
                DoubleVector sum = slope.fma(end.sub(cut), base).add(cost);
                DoubleVector nextSum = nextSlope.fma(nextEnd.sub(cut), nextBase).add(nextCost);
                DoubleVector.fromArray(SPECIES, costs, slot)
                        .reinterpretAsLongs()
                        .and(here.not())
                        .or(sum.reinterpretAsLongs().and(here))
                        .reinterpretAsDoubles()
                        .intoArray(costs, slot);
                DoubleVector.fromArray(SPECIES, costs, slot + LENGTH)
                        .reinterpretAsLongs()
                        .and(nextHere.not())
                        .or(nextSum.reinterpretAsLongs().and(nextHere))
                        .reinterpretAsDoubles()
                        .intoArray(costs, slot + LENGTH);
            }
        }
    }

    /** All bits of the lanes whose times, not negative, lie from {@code begin} to below {@code close}. */
    private static LongVector within(LongVector times, LongVector begin, LongVector close) {
        return times.sub(close).and(times.sub(begin).not()).lanewise(VectorOperators.ASHR, 63);
    }
}
