package muster.planner.perf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import muster.kernels.Kernels;
import muster.kernels.LayoutParts;
import muster.kernels.LayoutPoints;
import muster.kernels.LayoutShape;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.ModelFlopUtilisation;
import muster.planner.domain.Node;

/** Evaluates every legal layout of a job on a number of nodes and keeps the best. */
public final class LayoutEstimator {
    private final Job job;
    private final Node node;
    private final LayoutWish wish;
    private final ShapeModel model;

    public LayoutEstimator(Job job, Node node, LayoutWish wish) {
        this.job = job;
        this.node = node;
        this.wish = wish;
        this.model = new ShapeModel(job, node);
    }

    /** A point that is among the best so far. */
    private record Found(double seconds, double bytes, Sharding sharding, LayoutSearch.Lattice lattice, int index) {}

    /** {@return the {@code top} fastest layouts on exactly this many nodes} */
    public LayoutEstimates best(int nodes, int top) {
        double limit = model.hardware().memoryBytes();
        PriorityQueue<Found> slowestFirst =
                new PriorityQueue<>(Comparator.comparingDouble(Found::seconds).reversed());
        Found[] leanest = new Found[1];
        long[] counts = new long[2];
        new LayoutSearch(job, node, nodes, nodes).forEach((sharding, lattice) -> {
            if (!wanted(sharding)) {
                return;
            }
            int count = lattice.points().count();
            double[] seconds = new double[count];
            double[] bytes = new double[count];
            Kernels.layouts(model.shape(sharding), lattice.points(), seconds, bytes);
            for (int i = 0; i < count; i++) {
                if (!wanted(lattice, i)) {
                    continue;
                }
                counts[0]++;
                Found found = new Found(seconds[i], bytes[i], sharding, lattice, i);
                if (bytes[i] <= limit) {
                    counts[1]++;
                    keep(slowestFirst, found, top);
                } else if (leanest[0] == null || bytes[i] < leanest[0].bytes()) {
                    leanest[0] = found;
                }
            }
        });
        List<Found> best = new ArrayList<>(slowestFirst);
        if (best.isEmpty() && leanest[0] != null) {
            best.add(leanest[0]);
        }
        best.sort(Comparator.comparingDouble(Found::seconds));
        return new LayoutEstimates(
                counts[0], counts[1], best.stream().map(this::estimate).toList());
    }

    private static void keep(PriorityQueue<Found> slowestFirst, Found found, int top) {
        if (slowestFirst.size() < top) {
            slowestFirst.add(found);
        } else if (found.seconds() < slowestFirst.peek().seconds()) {
            slowestFirst.poll();
            slowestFirst.add(found);
        }
    }

    private boolean wanted(Sharding sharding) {
        return matches(wish.tensor(), sharding.tensor())
                && matches(wish.context(), sharding.context())
                && matches(wish.expert(), sharding.expert())
                && matches(wish.microbatch(), sharding.microbatch())
                && matches(wish.zero(), sharding.zero())
                && wish.recompute().map(sharding.recompute()::equals).orElse(true);
    }

    private boolean wanted(LayoutSearch.Lattice lattice, int i) {
        return matches(wish.pipeline(), lattice.stages()[i])
                && matches(wish.virtualPipeline(), lattice.chunks()[i])
                && matches(wish.data(), lattice.dataRanks()[i]);
    }

    private static boolean matches(OptionalInt wished, int value) {
        return wished.isEmpty() || wished.getAsInt() == value;
    }

    LayoutShape shape(Sharding sharding) {
        return model.shape(sharding);
    }

    double memoryLimitBytes() {
        return model.hardware().memoryBytes();
    }

    int gpusPerNode() {
        return node.gpusPerNode().asInt();
    }

    Hardware hardware() {
        return model.hardware();
    }

    /** {@return layers of each chunk} */
    int chunkLayers(LayoutPoint point) {
        return Math.ceilDiv(job.model().architecture().layers(), point.stages() * point.chunks());
    }

    /** {@return seconds of a step by cause} */
    LayoutParts parts(LayoutShape shape, LayoutPoint point, int microbatches) {
        return Kernels.layoutParts(
                shape, point.stages(), point.chunks(), point.dataRanks(), microbatches, chunkLayers(point));
    }

    /** {@return memory per GPU, B} */
    double memoryBytes(LayoutShape shape, LayoutPoint point, int microbatches) {
        double[] seconds = new double[1];
        double[] bytes = new double[1];
        LayoutPoints only = new LayoutPoints(
                new double[] {point.stages()},
                new double[] {point.chunks()},
                new double[] {point.dataRanks()},
                new double[] {microbatches},
                new double[] {chunkLayers(point)});
        Kernels.layouts(shape, only, seconds, bytes);
        return bytes[0];
    }

    /** {@return a layout with the whole batch, written out} */
    LayoutEstimate estimate(LayoutPoint point) {
        int microbatches = job.training().batchSequences().asInt()
                / (point.dataRanks() * point.sharding().microbatch());
        LayoutParts parts = parts(model.shape(point.sharding()), point, microbatches);
        return estimate(point, microbatches, job.training().tokensPerStep() / parts.seconds());
    }

    private LayoutEstimate estimate(Found found) {
        return estimate(found.lattice().point(found.sharding(), found.index()));
    }

    /**
     * {@return a layout with some microbatches, written out}
     *
     * @param tokensPerSecond what it gives, which is less than its own seconds allow where it waits for other pools
     */
    LayoutEstimate estimate(LayoutPoint point, int microbatches, double tokensPerSecond) {
        Layout layout = point.layout();
        LayoutShape shape = model.shape(point.sharding());
        LayoutParts parts = parts(shape, point, microbatches);
        double perGpu = tokensPerSecond / layout.gpus();
        return new LayoutEstimate(
                layout,
                point.sharding().schedule(),
                parts.seconds(),
                tokensPerSecond,
                perGpu,
                ModelFlopUtilisation.percent(job, node.gpu(), perGpu),
                ModelFlopUtilisation.basis(job, node.gpu()),
                memoryBytes(shape, point, microbatches),
                model.hardware().memoryBytes(),
                breakdown(point, shape, parts, microbatches));
    }

    private LayoutEstimate.Breakdown breakdown(
            LayoutPoint point, LayoutShape shape, LayoutParts parts, int microbatches) {
        ShapeModel.LayerShares shares = model.shares(point.sharding());
        double layers = (double) chunkLayers(point) * point.chunks();
        double layerPass = shape.forwardSeconds() + shape.backwardSeconds();
        double evenLayers = shape.layers() / point.stages();
        // An even share with edges may set the pace; then a stage has that many layers on average.
        boolean even = layers * layerPass <= (shape.layers() * layerPass + shape.edgeSeconds()) / point.stages();
        double passes = microbatches * (even ? evenLayers : layers);
        double tensor = passes * shares.tensor();
        double expert = passes * shares.expert() + parts.cold();
        double context = passes * shares.context();
        double recompute = passes * shares.recompute();
        double head =
                point.stages() > 1 ? (double) microbatches * point.chunks() * model.headSeconds(point.sharding()) : 0;
        return new LayoutEstimate.Breakdown(
                parts.compute()
                        + head
                        - passes * (shares.tensor() + shares.expert() + shares.context() + shares.recompute()),
                tensor,
                expert,
                context,
                parts.bubble(),
                parts.send() - head,
                parts.exposedReduce() + parts.gather(),
                parts.optimizer(),
                recompute,
                parts.fixed());
    }
}
