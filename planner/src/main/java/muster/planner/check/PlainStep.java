package muster.planner.check;

import muster.kernels.LayoutShape;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Schedule;
import muster.planner.perf.StepShapes;

/**
 * A step and the memory of one layout, added up in plain code of its own from what one layer takes (docs/model.md,
 * Steps and Memory); it shares nothing with the lattice kernel.
 *
 * @param seconds of one optimizer step
 * @param bytes of memory per GPU
 */
record PlainStep(double seconds, double bytes) {
    /** @param microbatches per data rank */
    static PlainStep of(Job job, Node node, Layout layout, Schedule schedule, int microbatches) {
        LayoutShape layer = StepShapes.of(job, node, layout, schedule);
        double stages = layout.pipeline();
        double chunks = layout.virtualPipeline();
        double chunkLayers = Math.ceil(job.model().architecture().layers() / (stages * chunks));
        double stageLayers = chunkLayers * chunks;
        double ranks = (double) layout.data() * layout.context();
        double expertRanks = Math.max(1, ranks * layer.expertSpan() / layer.expertRanks());
        boolean piped = layout.pipeline() > 1;

        double pass = layer.forwardSeconds() + layer.backwardSeconds();
        double evenStage = (job.model().architecture().layers() * pass + layer.edgeSeconds()) / stages;
        double compute = microbatches * Math.max(stageLayers * pass, evenStage);
        double bubble = piped ? chunkLayers * (stages * layer.bubbleStages() - 1) * layer.bubbleSeconds() : 0;
        double cold = stageLayers * Math.min(microbatches, stages * layer.coldStages()) * layer.coldSeconds();
        double send = piped ? microbatches * chunks * layer.sendSeconds() : 0;
        double reduce = (stageLayers * layer.denseReduceSeconds() + layer.edgeReduceSeconds()) * (ranks - 1) / ranks
                + stageLayers * layer.expertReduceSeconds() * (expertRanks - 1) / expertRanks;
        double hidden = layer.reduceOverlapFraction() * microbatches * stageLayers * layer.backwardSeconds();
        double gather = microbatches * stageLayers * layer.gatherSeconds() * (ranks - 1) / ranks;
        double sharing = layer.optimizerSharded() ? ranks : 1;
        double expertSharing = layer.optimizerSharded() ? expertRanks : 1;
        double optimizer = (stageLayers * layer.denseOptimizerSeconds() + layer.edgeOptimizerSeconds()) / sharing
                + stageLayers * layer.expertOptimizerSeconds() / expertSharing;
        double seconds = compute
                + bubble
                + cold
                + send
                + Math.max(0, reduce - hidden)
                + gather
                + optimizer
                + layer.fixedSeconds();

        double inFlight = Math.min(
                microbatches,
                layer.inFlightStages() * stages
                        + layer.inFlightChunks() * (stages - 1) / chunks
                        + layer.inFlightExtra());
        double layerBytes = layer.denseStaticBytes()
                + layer.denseShardedBytes() / ranks
                + layer.expertStaticBytes()
                + layer.expertShardedBytes() / expertRanks
                + layer.activationBytes() * inFlight;
        double bytes = stageLayers * layerBytes
                + layer.edgeStaticBytes()
                + layer.edgeShardedBytes() / ranks
                + layer.transientBytes();
        return new PlainStep(seconds, bytes);
    }
}
