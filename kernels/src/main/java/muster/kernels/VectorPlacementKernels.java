package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One candidate per lane, two vectors at a time, in loops over the pools. As in {@link VectorLayoutKernels} the species is a
 * constant of the class and the formulas are several small loops: ends and spending, then what scarce nodes cost in the parts
 * of time in which candidates of a tile end, mostly one or two. In between, tiles wait in the cache. Tiles are
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
        double[] slopes = new double[TILE];
        double[] bases = new double[TILE];
        for (int from = 0; from < batch.tiles; from += RUN) {
            int to = Math.min(from + RUN, batch.tiles);
            sumPools(batch, from, to, spend, over);
            finish(batch, from, to, spend, over);
            if (batch.prices.priced) {
                for (int tile = from; tile < to; tile++) {
                    addScarcity(batch, tile, slopes, bases);
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

    /** (27), for the parts of time in which fleets of a tile end, and the rest of (29). */
    private static void addScarcity(PlacementBatch batch, int tile, double[] slopes, double[] bases) {
        PlacementPrices prices = batch.prices;
        int start = batch.roomStart[batch.tileRoom[tile]];
        // Slots without a fleet may end at any time, before the start even; what they cost is never read.
        int firstPart = prices.part(firstEnd(batch.endMicros, tile * TILE), batch.startPart[start]);
        // What ends after its room does costs infinity already.
        double last = Math.min(lastEnd(batch.endMicros, tile * TILE), batch.untilMicros[batch.tileRoom[tile]]);
        int lastPart = prices.part(last, firstPart);
        for (int k = firstPart; k <= lastPart; k++) {
            if (prices.owned) {
                sumOwnedPrices(batch, tile, k, slopes, bases);
            } else {
                sumPrices(batch, tile, k, slopes, bases);
            }
            double beyond = k + 1 < prices.cutMicros.length ? prices.cutMicros[k + 1] : Double.POSITIVE_INFINITY;
            addPart(batch.endMicros, batch.cost, tile * TILE, prices.cutMicros[k], beyond, slopes, bases);
        }
    }

    private static double firstEnd(double[] ends, int slot) {
        LongVector least = DoubleVector.fromArray(SPECIES, ends, slot).reinterpretAsLongs();
        for (int lane = LENGTH; lane < TILE; lane += LENGTH) {
            least = least.min(DoubleVector.fromArray(SPECIES, ends, slot + lane).reinterpretAsLongs());
        }
        return Double.longBitsToDouble(least.reduceLanes(VectorOperators.MIN));
    }

    private static double lastEnd(double[] ends, int slot) {
        LongVector most = DoubleVector.fromArray(SPECIES, ends, slot).reinterpretAsLongs();
        for (int lane = LENGTH; lane < TILE; lane += LENGTH) {
            most = most.max(DoubleVector.fromArray(SPECIES, ends, slot + lane).reinterpretAsLongs());
        }
        return Double.longBitsToDouble(most.reduceLanes(VectorOperators.MAX));
    }

    /** The sums of (27) where owned nodes have no price of their own. */
    private static void sumPrices(PlacementBatch batch, int tile, int k, double[] slopes, double[] bases) {
        PlacementPrices prices = batch.prices;
        double[] nodes = batch.nodes;
        int pools = batch.pools;
        int before = batch.roomStart[batch.tileRoom[tile]] * pools;
        int cell = k * pools;
        for (int lane = 0; lane < TILE; lane += PAIR) {
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
            }
            slope.intoArray(slopes, lane);
            nextSlope.intoArray(slopes, lane + LENGTH);
            base.intoArray(bases, lane);
            nextBase.intoArray(bases, lane + LENGTH);
        }
    }

    /** The sums of (27). */
    private static void sumOwnedPrices(PlacementBatch batch, int tile, int k, double[] slopes, double[] bases) {
        PlacementPrices prices = batch.prices;
        double[] nodes = batch.nodes;
        int pools = batch.pools;
        int room = batch.tileRoom[tile] * pools;
        int before = batch.roomStart[batch.tileRoom[tile]] * pools;
        int cell = k * pools;
        for (int lane = 0; lane < TILE; lane += PAIR) {
            int at = tile * pools * TILE + lane;
            DoubleVector slope = DoubleVector.zero(SPECIES);
            DoubleVector base = slope;
            DoubleVector nextSlope = slope;
            DoubleVector nextBase = slope;
            for (int p = 0; p < pools; p++) {
                DoubleVector n = DoubleVector.fromArray(SPECIES, nodes, at);
                DoubleVector next = DoubleVector.fromArray(SPECIES, nodes, at + LENGTH);
                at += TILE;
                LongVector free = LongVector.broadcast(BITS, Double.doubleToRawLongBits(batch.freeOwned[room + p]));
                DoubleVector own = free.min(n.reinterpretAsLongs()).reinterpretAsDoubles();
                DoubleVector nextOwn = free.min(next.reinterpretAsLongs()).reinterpretAsDoubles();
                DoubleVector price = DoubleVector.broadcast(SPECIES, prices.nodePrice[cell + p]);
                DoubleVector ownedPrice = DoubleVector.broadcast(SPECIES, prices.ownedPrice[cell + p]);
                slope = own.fma(ownedPrice, n.fma(price, slope));
                nextSlope = nextOwn.fma(ownedPrice, next.fma(price, nextSlope));
                DoubleVector upTo =
                        DoubleVector.broadcast(SPECIES, prices.nodeUpTo[cell + p] - batch.nodeBefore[before + p]);
                DoubleVector ownedUpTo =
                        DoubleVector.broadcast(SPECIES, prices.ownedUpTo[cell + p] - batch.ownedBefore[before + p]);
                base = own.fma(ownedUpTo, n.fma(upTo, base));
                nextBase = nextOwn.fma(ownedUpTo, next.fma(upTo, nextBase));
            }
            slope.intoArray(slopes, lane);
            nextSlope.intoArray(slopes, lane + LENGTH);
            base.intoArray(bases, lane);
            nextBase.intoArray(bases, lane + LENGTH);
        }
    }

    /** Adds (27) to the costs of the fleets of a tile that end in a part of time. */
    private static void addPart(
            double[] ends, double[] costs, int slot, double from, double beyond, double[] slopes, double[] bases) {
        DoubleVector cut = DoubleVector.broadcast(SPECIES, from);
        LongVector begin = LongVector.broadcast(BITS, Double.doubleToRawLongBits(from));
        LongVector close = LongVector.broadcast(BITS, Double.doubleToRawLongBits(beyond));
        for (int lane = 0; lane < TILE; lane += LENGTH) {
            DoubleVector end = DoubleVector.fromArray(SPECIES, ends, slot + lane);
            LongVector cost =
                    DoubleVector.fromArray(SPECIES, costs, slot + lane).reinterpretAsLongs();
            LongVector sum = DoubleVector.fromArray(SPECIES, slopes, lane)
                    .fma(end.sub(cut), DoubleVector.fromArray(SPECIES, bases, lane))
                    .add(cost.reinterpretAsDoubles())
                    .reinterpretAsLongs();
            LongVector here = within(end.reinterpretAsLongs(), begin, close);
            cost.and(here.not()).or(sum.and(here)).reinterpretAsDoubles().intoArray(costs, slot + lane);
        }
    }

    /** All bits of the lanes whose times, not negative, lie from {@code begin} to below {@code close}. */
    private static LongVector within(LongVector times, LongVector begin, LongVector close) {
        return times.sub(close).and(times.sub(begin).not()).lanewise(VectorOperators.ASHR, 63);
    }
}
