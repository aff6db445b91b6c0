package muster.kernels;

/** The reference: a plain loop, the formulas in the order of {@link LayoutKernels}. */
final class ScalarLayoutKernels implements LayoutKernels {
    @Override
    public void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        layouts(shape, points, 0, seconds, bytes);
    }

    /** The points from {@code first} on. */
    static void layouts(LayoutShape shape, LayoutPoints points, int first, double[] seconds, double[] bytes) {
        for (int i = first; i < points.count(); i++) {
            seconds[i] = compute(shape, points, i)
                    + bubble(shape, points, i)
                    + cold(shape, points, i)
                    + send(shape, points, i)
                    + exposedReduce(shape, points, i)
                    + gather(shape, points, i)
                    + optimizer(shape, points, i)
                    + shape.fixedSeconds();
            bytes[i] = bytes(shape, points, i);
        }
    }

    /** The parts of the only point. */
    static LayoutParts parts(LayoutShape shape, LayoutPoints point) {
        return new LayoutParts(
                compute(shape, point, 0),
                // One stage of DualPipe has minus no bubble; as a zero it adds up to the same bits.
                bubble(shape, point, 0) + 0.0,
                cold(shape, point, 0),
                send(shape, point, 0),
                exposedReduce(shape, point, 0),
                gather(shape, point, 0),
                optimizer(shape, point, 0),
                shape.fixedSeconds());
    }

    /** (2), with (1) multiplied out. */
    private static double compute(LayoutShape shape, LayoutPoints points, int i) {
        double layerPass = shape.forwardSeconds() + shape.backwardSeconds();
        double modelPass = shape.layers() * layerPass + shape.edgeSeconds();
        return max(points.passLayers[i] * layerPass, points.evenPasses[i] * modelPass);
    }

    /** (3). */
    private static double bubble(LayoutShape shape, LayoutPoints points, int i) {
        return bubbleSlots(shape, points, i) * shape.bubbleSeconds();
    }

    static double bubbleSlots(LayoutShape shape, LayoutPoints points, int i) {
        return points.slotLayers[i] * (points.stages[i] * shape.bubbleStages() - 1.0);
    }

    /** (4). */
    private static double cold(LayoutShape shape, LayoutPoints points, int i) {
        return coldPasses(shape, points, i) * shape.coldSeconds();
    }

    static double coldPasses(LayoutShape shape, LayoutPoints points, int i) {
        return min(points.passLayers[i], points.layers[i] * (points.stages[i] * shape.coldStages()));
    }

    /** (5). */
    private static double send(LayoutShape shape, LayoutPoints points, int i) {
        return points.sends[i] * shape.sendSeconds();
    }

    /** (6) and (7). */
    private static double exposedReduce(LayoutShape shape, LayoutPoints points, int i) {
        double l = points.layers[i];
        double reduce = (l * shape.denseReduceSeconds() + shape.edgeReduceSeconds()) * (1.0 - share(shape, points, i))
                + l * shape.expertReduceSeconds() * (1.0 - expertShare(shape, points, i));
        double hiding = shape.reduceOverlapFraction() * shape.backwardSeconds();
        return max(reduce - points.passLayers[i] * hiding, 0.0);
    }

    /** (8). */
    private static double gather(LayoutShape shape, LayoutPoints points, int i) {
        return points.passLayers[i] * shape.gatherSeconds() * (1.0 - share(shape, points, i));
    }

    /** (9). */
    private static double optimizer(LayoutShape shape, LayoutPoints points, int i) {
        double l = points.layers[i];
        boolean sharded = shape.optimizerSharded();
        return (l * shape.denseOptimizerSeconds() + shape.edgeOptimizerSeconds())
                        * (sharded ? share(shape, points, i) : 1.0)
                + l * shape.expertOptimizerSeconds() * (sharded ? expertShare(shape, points, i) : 1.0);
    }

    /** (11). */
    static double inFlight(LayoutShape shape, LayoutPoints points, int i) {
        double scheduled = shape.inFlightStages() * points.stages[i]
                + shape.inFlightChunks() * points.fills[i]
                + shape.inFlightExtra();
        return min(scheduled, points.microbatches[i]);
    }

    /** (12). */
    private static double bytes(LayoutShape shape, LayoutPoints points, int i) {
        double share = share(shape, points, i);
        double layerBytes = shape.denseStaticBytes() + shape.expertStaticBytes();
        double stageBytes = shape.edgeStaticBytes() + shape.transientBytes();
        return points.layers[i]
                        * (layerBytes
                                + shape.denseShardedBytes() * share
                                + shape.expertShardedBytes() * expertShare(shape, points, i)
                                + shape.activationBytes() * inFlight(shape, points, i))
                + shape.edgeShardedBytes() * share
                + stageBytes;
    }

    private static double share(LayoutShape shape, LayoutPoints points, int i) {
        return points.inverseDataRanks[i] * (1.0 / shape.contextRanks());
    }

    private static double expertShare(LayoutShape shape, LayoutPoints points, int i) {
        return min(share(shape, points, i) * (shape.expertRanks() / shape.expertSpan()), 1.0);
    }

    // Not Math.max and Math.min: those also order zeros by sign, which the contract does not ask for.

    private static double max(double x, double y) {
        return x > y ? x : y;
    }

    private static double min(double x, double y) {
        return x < y ? x : y;
    }
}
