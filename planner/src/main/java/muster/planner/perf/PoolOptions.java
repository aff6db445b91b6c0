package muster.planner.perf;

import muster.planner.domain.Job;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;

/**
 * What the performance model says one pool gives one job, by node count: its rate alone, with the whole batch, and the
 * layouts it may run a share of the batch with beside other pools.
 */
final class PoolOptions {
    private final LayoutEstimator estimator;
    private final LayoutOptions options;
    private final Hardware hardware;
    private final double gpusPerNode;
    private final double[] aloneTokensPerSecond;
    private final ShareLine[][] lines;
    private final RangeMaximum aloneCeiling;
    private final RangeMaximum sharedCeiling;
    private final int mostNodes;

    private PoolOptions(
            LayoutEstimator estimator,
            LayoutOptions options,
            double[] aloneTokensPerSecond,
            ShareLine[][] lines,
            Job job) {
        this.estimator = estimator;
        this.options = options;
        this.hardware = estimator.hardware();
        this.gpusPerNode = estimator.gpusPerNode();
        this.aloneTokensPerSecond = aloneTokensPerSecond;
        this.lines = lines;
        int counts = aloneTokensPerSecond.length;
        double[] alone = new double[counts];
        double[] shared = new double[counts];
        int most = 0;
        for (int nodes = 1; nodes < counts; nodes++) {
            alone[nodes] = aloneTokensPerSecond[nodes] / nodes;
            shared[nodes] = alone[nodes];
            for (ShareLine line : lines[nodes]) {
                // A share's tokens per second grow with the share, so the whole batch, in parts, is above them all.
                double rounds = job.training().batchSequences().value() / line.roundSequences();
                shared[nodes] = Math.max(shared[nodes], job.training().tokensPerStep() / line.seconds(rounds) / nodes);
            }
            most = shared[nodes] > 0 ? nodes : most;
        }
        this.aloneCeiling = new RangeMaximum(alone);
        this.sharedCeiling = new RangeMaximum(shared);
        this.mostNodes = most;
    }

    /**
     * @param usable shape [nodes], up to {@value Job#MOST_MODELLED_NODES}: the node counts that are options
     * @param shares whether the pool may be used beside others
     */
    static PoolOptions of(Job job, Node node, boolean[] usable, boolean shares) {
        int most = usable.length - 1;
        LayoutEstimator estimator = new LayoutEstimator(job, node, LayoutWish.any());
        LayoutOptions options = LayoutOptions.of(job, node, most);
        double[] alone = new double[most + 1];
        for (int nodes = 1; nodes <= most; nodes++) {
            // No layout fits: an infinite step, so a rate of 0.
            alone[nodes] = usable[nodes] ? job.training().tokensPerStep() / options.stepSeconds(nodes) : 0;
        }
        ShareLine[][] lines = shares ? ShareLines.of(estimator, job, node, usable) : new ShareLine[most + 1][0];
        return new PoolOptions(estimator, options, alone, lines, job);
    }

    /** {@return the node count up to which options are known} */
    int examinedNodes() {
        return aloneTokensPerSecond.length - 1;
    }

    LayoutEstimator estimator() {
        return estimator;
    }

    /** {@return the largest node count with any layout; 0 where there is none} */
    int mostNodes() {
        return mostNodes;
    }

    /** {@return tokens/s with the whole batch on exactly this many nodes; 0 where no layout fits} */
    double aloneTokensPerSecond(int nodes) {
        return nodes < aloneTokensPerSecond.length ? aloneTokensPerSecond[nodes] : 0;
    }

    /** {@return tokens/s with the whole batch on at most this many nodes} */
    double aloneTokensPerSecondWithin(int nodes) {
        double most = 0;
        for (int fewer = 1; fewer <= Math.min(nodes, mostNodes); fewer++) {
            most = Math.max(most, aloneTokensPerSecond[fewer]);
        }
        return most;
    }

    /** {@return the layout on exactly this many nodes with the whole batch, which fits} */
    LayoutPoint alonePoint(int nodes) {
        return options.point(nodes).orElseThrow();
    }

    /** {@return layouts for a share of the batch; none where nothing fits} */
    ShareLine[] lines(int nodes) {
        return nodes < lines.length ? lines[nodes] : new ShareLine[0];
    }

    /** {@return tokens/s per node that no count of the range exceeds; beside other pools too if {@code shared}} */
    double ceiling(int lowNodes, int highNodes, boolean shared) {
        int low = Math.max(lowNodes, 1);
        int high = Math.min(highNodes, mostNodes);
        return low > high ? 0 : (shared ? sharedCeiling : aloneCeiling).of(low, high);
    }

    /** {@return what the stack reaches of the network, per node and direction, B/s} */
    double uplinkBytesPerSecondPerNode() {
        return gpusPerNode * hardware.fabricBytesPerSecond();
    }
}
