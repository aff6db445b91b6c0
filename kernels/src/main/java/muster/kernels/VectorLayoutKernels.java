package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One point per lane. The compiler keeps vectors in registers only where it sees the species as a constant and a whole
 * loop in one method of bounded size: so the species is a constant of the class, and the formulas are two loops, each
 * over a block of points that stays in the cache. The last points that fill no vector go through the scalar reference.
 *
 * <p>Work that no bit depends on is left out: what points and schedule decide is read from {@link ScheduleColumns}, and a
 * term is not added where the shape makes it a positive zero, nor a factor multiplied where it is 1. Every sum that misses
 * a zero so is itself no negative zero, as {@code compute} is not.
 */
final class VectorLayoutKernels implements LayoutKernels {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());

    /** Points per block: their step times, 16 KiB, wait in the cache from one loop to the next. */
    private static final int BLOCK = 2_048;

    /** The width that this class really has. */
    int laneBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        int whole = SPECIES.loopBound(points.count());
        if (whole > 0) {
            ScheduleColumns schedule = points.columns(shape);
            for (int from = 0; from < whole; from += BLOCK) {
                int to = Math.min(from + BLOCK, whole);
                pipeline(shape, points, schedule, from, to, seconds);
                ranks(shape, points, schedule, from, to, seconds, bytes);
            }
        }
        ScalarLayoutKernels.layouts(shape, points, whole, seconds, bytes);
    }

    /** (1) to (5), and their part of the sum (10). */
    private static void pipeline(
            LayoutShape shape, LayoutPoints points, ScheduleColumns schedule, int from, int to, double[] seconds) {
        double passSeconds = shape.forwardSeconds() + shape.backwardSeconds();
        DoubleVector layerPass = DoubleVector.broadcast(SPECIES, passSeconds);
        DoubleVector modelPass = DoubleVector.broadcast(SPECIES, shape.layers() * passSeconds + shape.edgeSeconds());
        DoubleVector bubbleSeconds = DoubleVector.broadcast(SPECIES, shape.bubbleSeconds());
        DoubleVector coldSeconds = DoubleVector.broadcast(SPECIES, shape.coldSeconds());
        DoubleVector sendSeconds = DoubleVector.broadcast(SPECIES, shape.sendSeconds());
        boolean cold = shape.coldSeconds() > 0.0;

        for (int i = from; i < to; i += SPECIES.length()) {
            DoubleVector ml = DoubleVector.fromArray(SPECIES, points.passLayers, i);
            DoubleVector even = DoubleVector.fromArray(SPECIES, points.evenPasses, i);
            DoubleVector sends = DoubleVector.fromArray(SPECIES, points.sends, i);
            DoubleVector bubbleSlots = DoubleVector.fromArray(SPECIES, schedule.bubbleSlots, i);

            DoubleVector sum = max(ml.mul(layerPass), even.mul(modelPass)).add(bubbleSlots.mul(bubbleSeconds));
            if (cold) {
                sum = sum.add(
                        DoubleVector.fromArray(SPECIES, schedule.coldPasses, i).mul(coldSeconds));
            }
            sum.add(sends.mul(sendSeconds)).intoArray(seconds, i);
        }
    }

    /** (6) to (9), the rest of the sum (10), and (12). */
    private static void ranks(
            LayoutShape shape,
            LayoutPoints points,
            ScheduleColumns schedule,
            int from,
            int to,
            double[] seconds,
            double[] bytes) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector ic = DoubleVector.broadcast(SPECIES, 1.0 / shape.contextRanks());
        DoubleVector expertRatio = DoubleVector.broadcast(SPECIES, shape.expertRanks() / shape.expertSpan());
        DoubleVector denseReduce = DoubleVector.broadcast(SPECIES, shape.denseReduceSeconds());
        DoubleVector edgeReduce = DoubleVector.broadcast(SPECIES, shape.edgeReduceSeconds());
        DoubleVector expertReduce = DoubleVector.broadcast(SPECIES, shape.expertReduceSeconds());
        DoubleVector hiding = DoubleVector.broadcast(SPECIES, shape.reduceOverlapFraction() * shape.backwardSeconds());
        DoubleVector gatherSeconds = DoubleVector.broadcast(SPECIES, shape.gatherSeconds());
        DoubleVector denseOptimizer = DoubleVector.broadcast(SPECIES, shape.denseOptimizerSeconds());
        DoubleVector edgeOptimizer = DoubleVector.broadcast(SPECIES, shape.edgeOptimizerSeconds());
        DoubleVector expertOptimizer = DoubleVector.broadcast(SPECIES, shape.expertOptimizerSeconds());
        DoubleVector fixedSeconds = DoubleVector.broadcast(SPECIES, shape.fixedSeconds());
        DoubleVector layerBytes = DoubleVector.broadcast(SPECIES, shape.denseStaticBytes() + shape.expertStaticBytes());
        DoubleVector denseSharded = DoubleVector.broadcast(SPECIES, shape.denseShardedBytes());
        DoubleVector expertSharded = DoubleVector.broadcast(SPECIES, shape.expertShardedBytes());
        DoubleVector activation = DoubleVector.broadcast(SPECIES, shape.activationBytes());
        DoubleVector edgeSharded = DoubleVector.broadcast(SPECIES, shape.edgeShardedBytes());
        DoubleVector stageBytes = DoubleVector.broadcast(SPECIES, shape.edgeStaticBytes() + shape.transientBytes());
        boolean gathers = shape.gatherSeconds() > 0.0;
        boolean sharded = shape.optimizerSharded();

        for (int i = from; i < to; i += SPECIES.length()) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, points.layers, i);
            DoubleVector ml = DoubleVector.fromArray(SPECIES, points.passLayers, i);
            DoubleVector id = DoubleVector.fromArray(SPECIES, points.inverseDataRanks, i);
            DoubleVector inFlight = DoubleVector.fromArray(SPECIES, schedule.inFlight, i);
            DoubleVector sum = DoubleVector.fromArray(SPECIES, seconds, i);

            DoubleVector share = id.mul(ic);
            DoubleVector expertShare = min(share.mul(expertRatio), one);
            DoubleVector remote = one.sub(share);
            DoubleVector reduce = l.mul(denseReduce)
                    .add(edgeReduce)
                    .mul(remote)
                    .add(l.mul(expertReduce).mul(one.sub(expertShare)));
            sum = sum.add(max(reduce.sub(ml.mul(hiding)), zero));
            if (gathers) {
                sum = sum.add(ml.mul(gatherSeconds).mul(remote));
            }
            DoubleVector dense = l.mul(denseOptimizer).add(edgeOptimizer);
            DoubleVector experts = l.mul(expertOptimizer);
            if (sharded) {
                dense = dense.mul(share);
                experts = experts.mul(expertShare);
            }
            sum.add(dense.add(experts)).add(fixedSeconds).intoArray(seconds, i);

            DoubleVector layer = layerBytes
                    .add(denseSharded.mul(share))
                    .add(expertSharded.mul(expertShare))
                    .add(activation.mul(inFlight));
            l.mul(layer).add(edgeSharded.mul(share)).add(stageBytes).intoArray(bytes, i);
        }
    }

    // Doubles of which at most one is negative are ordered as the integers of their bits are. Comparing those takes one
    // instruction where doubles take two, and no mask, which the JVM boxes where there are two lanes.

    private static DoubleVector max(DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs().max(y.reinterpretAsLongs()).reinterpretAsDoubles();
    }

    private static DoubleVector min(DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs().min(y.reinterpretAsLongs()).reinterpretAsDoubles();
    }
}
