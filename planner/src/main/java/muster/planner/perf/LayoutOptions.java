package muster.planner.perf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import muster.kernels.Kernels;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;

/**
 * What a pool's nodes offer a job: for each node count the fastest layout that fits in memory. All layouts are
 * evaluated; only the best point of each node count is kept.
 */
public final class LayoutOptions {
    private static final int NONE = -1;

    private final LayoutEstimator estimator;
    private final double[] stepSeconds;
    private final int[] bestPoint;
    private final List<Visited> visited;
    private final long candidates;

    /** A lattice under one sharding; its points are numbered from {@code firstPoint} on. */
    private record Visited(int firstPoint, Sharding sharding, LayoutSearch.Lattice lattice) {}

    private LayoutOptions(
            LayoutEstimator estimator, double[] stepSeconds, int[] bestPoint, List<Visited> visited, long candidates) {
        this.estimator = estimator;
        this.stepSeconds = stepSeconds;
        this.bestPoint = bestPoint;
        this.visited = visited;
        this.candidates = candidates;
    }

    /** {@return the options on 1 to {@code mostNodes} nodes} */
    public static LayoutOptions of(Job job, Node node, int mostNodes) {
        LayoutEstimator estimator = new LayoutEstimator(job, node, LayoutWish.any());
        double[] stepSeconds = new double[mostNodes + 1];
        int[] bestPoint = new int[mostNodes + 1];
        Arrays.fill(stepSeconds, Double.POSITIVE_INFINITY);
        Arrays.fill(bestPoint, NONE);
        List<Visited> visited = new ArrayList<>();
        int[] next = {0};
        Columns columns = new Columns();
        new LayoutSearch(job, node, 1, mostNodes).forEach((sharding, lattice) -> {
            int count = lattice.points().count();
            columns.grow(count);
            Kernels.layouts(estimator.shape(sharding), lattice.points(), columns.seconds, columns.bytes);
            Kernels.best(
                    lattice.nodes(),
                    columns.seconds,
                    columns.bytes,
                    estimator.memoryLimitBytes(),
                    next[0],
                    stepSeconds,
                    bestPoint);
            visited.add(new Visited(next[0], sharding, lattice));
            next[0] = Math.addExact(next[0], count);
        });
        return new LayoutOptions(estimator, stepSeconds, bestPoint, visited, next[0]);
    }

    /** Output columns that grow to the longest lattice. */
    private static final class Columns {
        private double[] seconds = new double[0];
        private double[] bytes = new double[0];

        void grow(int count) {
            if (seconds.length < count) {
                seconds = new double[count];
                bytes = new double[count];
            }
        }
    }

    /** {@return how many layouts were evaluated} */
    public long candidates() {
        return candidates;
    }

    /** {@return seconds of a step on exactly this many nodes; infinite where no layout fits} */
    public double stepSeconds(int nodes) {
        return stepSeconds[nodes];
    }

    /** {@return the fastest layout on exactly this many nodes; empty where none fits} */
    public Optional<LayoutEstimate> layout(int nodes) {
        return point(nodes).map(estimator::estimate);
    }

    /** {@return the fastest layout on exactly this many nodes, as the model sees it; empty where none fits} */
    Optional<LayoutPoint> point(int nodes) {
        int point = bestPoint[nodes];
        if (point == NONE) {
            return Optional.empty();
        }
        // The last lattice that starts at or before the point.
        int from = 0;
        int to = visited.size() - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (visited.get(middle).firstPoint() <= point) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        Visited found = visited.get(from);
        return Optional.of(found.lattice().point(found.sharding(), point - found.firstPoint()));
    }
}
