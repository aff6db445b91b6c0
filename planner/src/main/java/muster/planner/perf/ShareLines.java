package muster.planner.perf;

import java.util.ArrayList;
import java.util.List;
import muster.kernels.LayoutParts;
import muster.kernels.LayoutShape;
import muster.planner.domain.Job;
import muster.planner.domain.Node;

/**
 * The layouts that a pool may run its share of a step with, per node count: its families ({@link ShareFamilies}) with as
 * many data ranks as the nodes hold. A share is dealt out in whole microbatches and need not divide evenly.
 */
final class ShareLines {
    private final LayoutEstimator estimator;
    private final Job job;
    private final int gpusPerNode;
    private final int batchSequences;

    private ShareLines(LayoutEstimator estimator, Job job, int gpusPerNode) {
        this.estimator = estimator;
        this.job = job;
        this.gpusPerNode = gpusPerNode;
        this.batchSequences = job.training().batchSequences().asInt();
    }

    /**
     * {@return the lines by node count, shape [nodes + 1][lines]; none where nothing fits}
     *
     * @param usable shape [nodes + 1]: which node counts are asked for
     */
    static ShareLine[][] of(LayoutEstimator estimator, Job job, Node node, boolean[] usable) {
        ShareLines lines = new ShareLines(estimator, job, node.gpusPerNode().asInt());
        List<LayoutPoint> families = ShareFamilies.of(job, node);
        List<List<ShareLine>> kept = new ArrayList<>();
        for (int nodes = 0; nodes < usable.length; nodes++) {
            kept.add(new ArrayList<>());
        }
        for (LayoutPoint family : families) {
            LayoutShape shape = estimator.shape(family.sharding());
            for (int nodes = 1; nodes < usable.length; nodes++) {
                if (usable[nodes]) {
                    lines.add(family, shape, nodes, kept.get(nodes));
                }
            }
        }
        return kept.stream().map(each -> each.toArray(ShareLine[]::new)).toArray(ShareLine[][]::new);
    }

    private void add(LayoutPoint family, LayoutShape shape, int nodes, List<ShareLine> kept) {
        Sharding sharding = family.sharding();
        long gpus = (long) nodes * gpusPerNode;
        int replica = family.ranksPerReplica();
        if (gpus % replica != 0) {
            return;
        }
        int dataRanks = Math.toIntExact(gpus / replica);
        int roundSequences = Math.multiplyExact(dataRanks, sharding.microbatch());
        int step = LayoutSearch.roundStep(sharding.schedule(), family.stages());
        int least = LayoutSearch.leastMicrobatches(sharding.schedule(), family.stages());
        int most = Math.ceilDiv(Math.ceilDiv(batchSequences, roundSequences), step) * step;
        if (most < least || !LayoutSearch.expertsDivide(sharding, job.stack(), dataRanks)) {
            return;
        }
        LayoutPoint point = family.withDataRanks(dataRanks);
        if (estimator.memoryBytes(shape, point, most) > estimator.memoryLimitBytes()) {
            return;
        }
        ShareLine line = line(shape, point, roundSequences, least, step, most);
        if (kept.stream().noneMatch(other -> other.dominates(line))) {
            kept.removeIf(line::dominates);
            kept.add(line);
        }
    }

    private ShareLine line(LayoutShape shape, LayoutPoint point, int roundSequences, int least, int step, int most) {
        LayoutParts one = estimator.parts(shape, point, 1);
        LayoutParts all = estimator.parts(shape, point, most);
        double layers = (double) estimator.chunkLayers(point) * point.chunks();
        double hiding = layers * shape.reduceOverlapFraction() * shape.backwardSeconds();
        return new ShareLine(
                point,
                roundSequences,
                least,
                step,
                most,
                all.bubble() + all.cold() + all.optimizer() + all.fixed(),
                (all.compute() + all.send() + all.gather()) / most,
                one.exposedReduce() > 0 ? one.exposedReduce() + hiding : 0,
                hiding);
    }
}
