package muster.planner.perf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import muster.kernels.Kernels;
import muster.kernels.LayoutParts;
import muster.kernels.LayoutShape;
import muster.planner.domain.Attention;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;

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

    /** {@return one point of a lattice, written out} */
    LayoutEstimate estimate(Sharding sharding, LayoutSearch.Lattice lattice, int index) {
        int count = lattice.points().count();
        double[] seconds = new double[count];
        double[] bytes = new double[count];
        Kernels.layouts(model.shape(sharding), lattice.points(), seconds, bytes);
        return estimate(new Found(seconds[index], bytes[index], sharding, lattice, index));
    }

    private LayoutEstimate estimate(Found found) {
        Sharding sharding = found.sharding();
        LayoutSearch.Lattice lattice = found.lattice();
        int i = found.index();
        Layout layout = new Layout(
                sharding.tensor(),
                lattice.stages()[i],
                lattice.chunks()[i],
                lattice.dataRanks()[i],
                sharding.expert(),
                sharding.context(),
                sharding.microbatch(),
                sharding.recompute(),
                sharding.zero());
        double tokensPerStep =
                job.batchSequences().value() * job.sequenceTokens().value();
        double tokensPerSecond = tokensPerStep / found.seconds();
        double flops =
                job.model().architecture().trainingFlops(job.sequenceTokens().asInt(), Attention.Mask.CAUSAL);
        Precision basis = Hardware.wide(node.gpu());
        double peak = node.gpu().flopsPerSecond().get(basis).value();
        double perGpu = tokensPerSecond / layout.gpus();
        return new LayoutEstimate(
                layout,
                sharding.schedule(),
                found.seconds(),
                tokensPerSecond,
                perGpu,
                100 * perGpu * flops / peak,
                basis.key() + " dense peak, causal attention, no recomputation counted",
                found.bytes(),
                model.hardware().memoryBytes(),
                breakdown(sharding, layout));
    }

    private LayoutEstimate.Breakdown breakdown(Sharding sharding, Layout layout) {
        LayoutShape shape = model.shape(sharding);
        int chunkLayers =
                Math.ceilDiv(job.model().architecture().layers(), layout.pipeline() * layout.virtualPipeline());
        int microbatches = job.batchSequences().asInt() / (layout.data() * layout.microbatch());
        LayoutParts parts = Kernels.layoutParts(
                shape, layout.pipeline(), layout.virtualPipeline(), layout.data(), microbatches, chunkLayers);
        ShapeModel.LayerShares shares = model.shares(sharding);
        double layers = (double) chunkLayers * layout.virtualPipeline();
        double layerPass = shape.forwardSeconds() + shape.backwardSeconds();
        double evenLayers = shape.layers() / layout.pipeline();
        // An even share with edges may set the pace; then a stage has that many layers on average.
        boolean even = layers * layerPass <= (shape.layers() * layerPass + shape.edgeSeconds()) / layout.pipeline();
        double passes = microbatches * (even ? evenLayers : layers);
        double tensor = passes * shares.tensor();
        double expert = passes * shares.expert() + parts.cold();
        double context = passes * shares.context();
        double recompute = passes * shares.recompute();
        double head = layout.pipeline() > 1
                ? (double) microbatches * layout.virtualPipeline() * model.headSeconds(sharding)
                : 0;
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
