package muster.kernels;

import java.nio.DoubleBuffer;
import java.util.List;

/** The layout lattice on the GPU, one thread to a point; the points stay there for the shapes that follow. */
final class CudaLayoutKernels implements LayoutKernels {
    private static final int RESULTS = 2;
    private static final int BATCH = (int) (CudaDevice.BATCH_BYTES / (RESULTS * Double.BYTES));

    private final CudaDevice device;

    CudaLayoutKernels(CudaDevice device) {
        this.device = device;
    }

    @Override
    public void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        if (points.count() > 0) {
            device.run(() -> compute(shape, points, seconds, bytes));
        }
    }

    private void compute(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        List<double[]> columns = List.of(
                points.stages,
                points.microbatches,
                points.layers,
                points.inverseDataRanks,
                points.fills,
                points.sends,
                points.passLayers,
                points.evenPasses,
                points.slotLayers);
        long results = device.makeRoom(CudaDevice.BATCH_BYTES);
        long resident = device.resident(points, columns);
        for (int from = 0; from < points.count(); from += BATCH) {
            int count = Math.min(BATCH, points.count() - from);
            CudaArguments arguments = new CudaArguments();
            for (int c = 0; c < columns.size(); c++) {
                arguments.add(resident + ((long) c * points.count() + from) * Double.BYTES);
            }
            arguments.add(results).add(results + (long) count * Double.BYTES).add(count);
            add(shape, arguments);
            device.launch(CudaProgram.LAYOUTS, Math.ceilDiv(count, CudaDriver.THREADS), arguments.words());
            DoubleBuffer found = device.receive(0, RESULTS * count);
            found.get(seconds, from, count).get(bytes, from, count);
        }
    }

    /** In the order of LayoutArguments; what a shape decides alone is computed as the scalar twin does. */
    private static void add(LayoutShape shape, CudaArguments arguments) {
        double layerPass = shape.forwardSeconds() + shape.backwardSeconds();
        arguments
                .add(layerPass)
                .add(shape.layers() * layerPass + shape.edgeSeconds())
                .add(1.0 / shape.contextRanks())
                .add(shape.expertRanks() / shape.expertSpan())
                .add(shape.reduceOverlapFraction() * shape.backwardSeconds())
                .add(shape.denseStaticBytes() + shape.expertStaticBytes())
                .add(shape.edgeStaticBytes() + shape.transientBytes())
                .add(shape.bubbleStages())
                .add(shape.bubbleSeconds())
                .add(shape.coldStages())
                .add(shape.coldSeconds())
                .add(shape.sendSeconds())
                .add(shape.denseReduceSeconds())
                .add(shape.edgeReduceSeconds())
                .add(shape.expertReduceSeconds())
                .add(shape.gatherSeconds())
                .add(shape.denseOptimizerSeconds())
                .add(shape.edgeOptimizerSeconds())
                .add(shape.expertOptimizerSeconds())
                .add(shape.fixedSeconds())
                .add(shape.inFlightStages())
                .add(shape.inFlightChunks())
                .add(shape.inFlightExtra())
                .add(shape.denseShardedBytes())
                .add(shape.expertShardedBytes())
                .add(shape.activationBytes())
                .add(shape.edgeShardedBytes())
                .add(shape.optimizerSharded() ? 1 : 0);
    }
}
