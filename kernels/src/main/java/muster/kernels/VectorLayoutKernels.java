package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One point per lane. The compiler keeps vectors in registers only where it sees the species as a constant and a whole
 * loop in one method of bounded size: so the species is a constant of the class, and the formulas are three loops, each
 * over a block of points that stays in the cache. The last points that fill no vector go through the scalar reference.
 */
final class VectorLayoutKernels implements LayoutKernels {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());

    /** Points per block; of several tried, the fastest at 4,096 and 16,384 points. */
    private static final int BLOCK = 1048576;

    /** The width that this class really has. */
    int laneBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        int whole = SPECIES.loopBound(points.count());
        for (int from = 0; from < whole; from += BLOCK) {
            int to = Math.min(from + BLOCK, whole);
            pipelineSeconds(shape, points, from, to, seconds);
            addRankSeconds(shape, points, from, to, seconds);
            bytes(shape, points, from, to, bytes);
        }
        ScalarLayoutKernels.layouts(shape, points, whole, seconds, bytes);
    }

    /** (1) to (5), and their part of the sum (10). */
    private static void pipelineSeconds(LayoutShape shape, LayoutPoints points, int from, int to, double[] seconds) {
        double passSeconds = shape.forwardSeconds() + shape.backwardSeconds();
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector layerPass = DoubleVector.broadcast(SPECIES, passSeconds);
        DoubleVector modelPass = DoubleVector.broadcast(SPECIES, shape.layers() * passSeconds + shape.edgeSeconds());
        DoubleVector bubbleStages = DoubleVector.broadcast(SPECIES, shape.bubbleStages());
        DoubleVector bubbleSeconds = DoubleVector.broadcast(SPECIES, shape.bubbleSeconds());
        DoubleVector coldStages = DoubleVector.broadcast(SPECIES, shape.coldStages());
        DoubleVector coldSeconds = DoubleVector.broadcast(SPECIES, shape.coldSeconds());
        DoubleVector sendSeconds = DoubleVector.broadcast(SPECIES, shape.sendSeconds());

        for (int i = from; i < to; i += SPECIES.length()) {
            DoubleVector p = DoubleVector.fromArray(SPECIES, points.stages, i);
            DoubleVector l = DoubleVector.fromArray(SPECIES, points.layers, i);
            DoubleVector ml = DoubleVector.fromArray(SPECIES, points.passLayers, i);
            DoubleVector even = DoubleVector.fromArray(SPECIES, points.evenPasses, i);
            DoubleVector slotLayers = DoubleVector.fromArray(SPECIES, points.slotLayers, i);
            DoubleVector sends = DoubleVector.fromArray(SPECIES, points.sends, i);

            DoubleVector compute = max(ml.mul(layerPass), even.mul(modelPass));
            DoubleVector bubble = slotLayers.mul(p.mul(bubbleStages).sub(one)).mul(bubbleSeconds);
            DoubleVector cold = min(ml, l.mul(p.mul(coldStages))).mul(coldSeconds);
            DoubleVector send = sends.mul(sendSeconds);
            compute.add(bubble).add(cold).add(send).intoArray(seconds, i);
        }
    }

    /** (6) to (9), and the rest of the sum (10). */
    private static void addRankSeconds(LayoutShape shape, LayoutPoints points, int from, int to, double[] seconds) {
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
        // No share is above 1, so the larger of it and 0 or 1 is the choice that (9) asks for.
        DoubleVector leastShare = DoubleVector.broadcast(SPECIES, shape.optimizerSharded() ? 0.0 : 1.0);
        DoubleVector fixedSeconds = DoubleVector.broadcast(SPECIES, shape.fixedSeconds());

        for (int i = from; i < to; i += SPECIES.length()) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, points.layers, i);
            DoubleVector ml = DoubleVector.fromArray(SPECIES, points.passLayers, i);
            DoubleVector id = DoubleVector.fromArray(SPECIES, points.inverseDataRanks, i);
            DoubleVector pipeline = DoubleVector.fromArray(SPECIES, seconds, i);

            DoubleVector share = id.mul(ic);
            DoubleVector expertShare = min(share.mul(expertRatio), one);
            DoubleVector remote = one.sub(share);
            DoubleVector reduce = l.mul(denseReduce)
                    .add(edgeReduce)
                    .mul(remote)
                    .add(l.mul(expertReduce).mul(one.sub(expertShare)));
            DoubleVector exposed = max(reduce.sub(ml.mul(hiding)), zero);
            DoubleVector gather = ml.mul(gatherSeconds).mul(remote);
            DoubleVector optimizer = l.mul(denseOptimizer)
                    .add(edgeOptimizer)
                    .mul(max(share, leastShare))
                    .add(l.mul(expertOptimizer).mul(max(expertShare, leastShare)));
            pipeline.add(exposed).add(gather).add(optimizer).add(fixedSeconds).intoArray(seconds, i);
        }
    }

    /** (11) and (12). */
    private static void bytes(LayoutShape shape, LayoutPoints points, int from, int to, double[] bytes) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector ic = DoubleVector.broadcast(SPECIES, 1.0 / shape.contextRanks());
        DoubleVector expertRatio = DoubleVector.broadcast(SPECIES, shape.expertRanks() / shape.expertSpan());
        DoubleVector inFlightStages = DoubleVector.broadcast(SPECIES, shape.inFlightStages());
        DoubleVector inFlightChunks = DoubleVector.broadcast(SPECIES, shape.inFlightChunks());
        DoubleVector inFlightExtra = DoubleVector.broadcast(SPECIES, shape.inFlightExtra());
        DoubleVector layerBytes = DoubleVector.broadcast(SPECIES, shape.denseStaticBytes() + shape.expertStaticBytes());
        DoubleVector denseSharded = DoubleVector.broadcast(SPECIES, shape.denseShardedBytes());
        DoubleVector expertSharded = DoubleVector.broadcast(SPECIES, shape.expertShardedBytes());
        DoubleVector activation = DoubleVector.broadcast(SPECIES, shape.activationBytes());
        DoubleVector edgeSharded = DoubleVector.broadcast(SPECIES, shape.edgeShardedBytes());
        DoubleVector stageBytes = DoubleVector.broadcast(SPECIES, shape.edgeStaticBytes() + shape.transientBytes());

        for (int i = from; i < to; i += SPECIES.length()) {
            DoubleVector p = DoubleVector.fromArray(SPECIES, points.stages, i);
            DoubleVector l = DoubleVector.fromArray(SPECIES, points.layers, i);
            DoubleVector m = DoubleVector.fromArray(SPECIES, points.microbatches, i);
            DoubleVector fill = DoubleVector.fromArray(SPECIES, points.fills, i);
            DoubleVector id = DoubleVector.fromArray(SPECIES, points.inverseDataRanks, i);

            DoubleVector share = id.mul(ic);
            DoubleVector expertShare = min(share.mul(expertRatio), one);
            DoubleVector scheduled =
                    inFlightStages.mul(p).add(inFlightChunks.mul(fill)).add(inFlightExtra);
            DoubleVector layer = layerBytes
                    .add(denseSharded.mul(share))
                    .add(expertSharded.mul(expertShare))
                    .add(activation.mul(min(scheduled, m)));
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
