package muster.planner.perf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import muster.kernels.Kernels;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;

/**
 * Which layouts a pool may run a share of a step with, their data ranks left open: those that are fastest for some share
 * of the batch on some node count, out of all. Shares and counts are fixed grids, so that neither how far a pool goes nor
 * what divides the batch takes an option away.
 */
final class ShareFamilies {
    /** 1, 2, 3, 4, 6, 8, 12, … up to the most nodes: every count of nodes lies within a third of one of them. */
    private static final int[] NODE_COUNTS = IntStream.iterate(1, nodes -> nodes <= Job.MOST_MODELLED_NODES, n -> 2 * n)
            .flatMap(nodes -> nodes % 2 == 0 ? IntStream.of(nodes, nodes / 2 * 3) : IntStream.of(nodes))
            .filter(nodes -> nodes <= Job.MOST_MODELLED_NODES)
            .sorted()
            .toArray();

    /** Parts that the batch is thought cut into; a share is one of them. */
    private static final int[] PARTS = {1, 2, 4, 16};

    private ShareFamilies() {}

    /** {@return the families, each as a layout with one data rank} */
    static List<LayoutPoint> of(Job job, Node node) {
        LayoutEstimator estimator = new LayoutEstimator(job, node, LayoutWish.any());
        Set<LayoutPoint> families = new LinkedHashSet<>();
        for (int part : PARTS) {
            int sequences = Math.ceilDiv(job.training().batchSequences().asInt(), part);
            addFastest(LayoutSearch.ofShare(job, node, NODE_COUNTS, sequences), estimator, families);
        }
        return List.copyOf(families);
    }

    private static void addFastest(LayoutSearch search, LayoutEstimator estimator, Set<LayoutPoint> families) {
        double[] fastest = new double[NODE_COUNTS.length];
        int[] index = new int[NODE_COUNTS.length];
        Arrays.fill(fastest, Double.POSITIVE_INFINITY);
        Arrays.fill(index, -1);
        List<LayoutPoint> points = new ArrayList<>();
        search.forEach((sharding, lattice) -> {
            int count = lattice.points().count();
            double[] seconds = new double[count];
            double[] bytes = new double[count];
            Kernels.layouts(estimator.shape(sharding), lattice.points(), seconds, bytes);
            double[] before = fastest.clone();
            Kernels.best(lattice.nodes(), seconds, bytes, estimator.memoryLimitBytes(), 0, fastest, index);
            for (int i = 0; i < fastest.length; i++) {
                if (fastest[i] < before[i]) {
                    points.add(lattice.point(sharding, index[i]));
                    index[i] = points.size() - 1;
                }
            }
        });
        for (int i = 0; i < fastest.length; i++) {
            if (fastest[i] < Double.POSITIVE_INFINITY) {
                families.add(points.get(index[i]).withDataRanks(1));
            }
        }
    }
}
