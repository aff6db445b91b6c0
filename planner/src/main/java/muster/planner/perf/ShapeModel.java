package muster.planner.perf;

import muster.kernels.LayoutShape;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;

/**
 * Turns a sharding into the lattice kernel's scalars: a layer's exposed times, its reductions, its bytes. Overlap and
 * schedules enter here, the kernel only multiplies (docs/model.md, Steps and Memory).
 */
final class ShapeModel {
    /** Microbatches per stage that DualPipe runs without a partner while it fills: 12 of 16 in DeepSeek's own step. */
    private static final double DUAL_PIPE_COLD_STAGES = 0.75;

    /** Of every logit: in 16 bits, and its probability in FP32, which becomes its gradient in place. */
    private static final double LOGIT_BYTES = 6;

    private final Architecture architecture;
    private final Stack stack;
    private final Precision precision;
    private final Hardware hardware;
    private final LayerModel layers;

    ShapeModel(Job job, Node node) {
        this.architecture = job.model().architecture();
        this.stack = job.stack();
        this.precision = job.precision();
        this.hardware = Hardware.of(node, stack, precision);
        this.layers = new LayerModel(
                architecture,
                hardware,
                stack,
                precision,
                job.training().sequenceTokens().asInt());
    }

    Hardware hardware() {
        return hardware;
    }

    /** {@return a step's scalars; a pipelined schedule is only right for points with more than one stage} */
    LayoutShape shape(Sharding sharding) {
        LayerTime time = layers.averageLayer(sharding);
        Stack.Overlap overlap = stack.overlap();
        double tensor = time.tensorForward() * (1 - overlap.tensor().value());
        double context = time.contextForward() * (1 - overlap.context().value());
        double exchangeShown = exchangeShown(sharding);
        double forward = time.forward() + tensor + context + time.expertForward() * exchangeShown;
        double backward = time.backward() + tensor + 2 * context + time.expertBackward() * exchangeShown;
        double bubble = forward + backward;
        double cold = 0;
        boolean dualPipe = sharding.schedule() == Schedule.DUAL_PIPE;
        if (sharding.schedule() == Schedule.ZERO_BUBBLE) {
            bubble = Math.max(0, forward + backward - 2 * time.weightGradient());
        } else if (dualPipe) {
            double aloneForward = time.forward() + tensor + context + time.expertForward();
            double aloneBackward = time.backward() + tensor + 2 * context + time.expertBackward();
            double arithmetic = time.forward() + time.backward() + 2 * tensor + 3 * context;
            double exchange = time.expertForward() + time.expertBackward();
            double paired = Math.max(arithmetic, exchange) + exchangeShown * Math.min(arithmetic, exchange);
            bubble = Math.max(0, paired + aloneBackward - 3 * time.weightGradient());
            cold = Math.max(0, aloneForward + aloneBackward - paired);
            forward = paired * aloneForward / (aloneForward + aloneBackward);
            backward = paired - forward;
        }
        double denseReduce = denseParameters() / sharding.tensor() * reducedBytes(sharding) / denseRingRate(sharding);
        double expertReduce = expertParameters(sharding) * reducedBytes(sharding) / expertRingRate(sharding);
        double shown = reduceShown(denseReduce + expertReduce, time, sharding);
        return new LayoutShape(
                architecture.layers(),
                forward,
                backward,
                sharding.ends() == Ends.HEAD_ON_LAST ? 0 : layers.edgeSeconds(sharding),
                bubble,
                dualPipe ? 0.5 : 1,
                cold,
                dualPipe ? DUAL_PIPE_COLD_STAGES : 0,
                sendSeconds(sharding) + headSeconds(sharding),
                denseReduce * shown,
                expertReduce * shown,
                edgeParameters(sharding) * reducedBytes(sharding) / denseRingRate(sharding),
                gatherSeconds(sharding),
                0,
                optimizerSeconds(denseParameters() / sharding.tensor()),
                optimizerSeconds(expertParameters(sharding)),
                optimizerSeconds(edgeParameters(sharding)),
                sharding.zero() >= 1,
                0,
                sharding.context(),
                architecture.experts().count() == 0 ? 1 : sharding.expert(),
                stack.expertOverTensor() ? sharding.tensor() : 1,
                denseParameters() / sharding.tensor() * wholeBytes(sharding),
                denseParameters() / sharding.tensor() * shardedBytes(sharding),
                expertParameters(sharding) * wholeBytes(sharding),
                expertParameters(sharding) * shardedBytes(sharding),
                edgeParameters(sharding) * wholeBytes(sharding),
                edgeParameters(sharding) * shardedBytes(sharding),
                layers.activationBytes(sharding),
                1,
                sharding.schedule() == Schedule.INTERLEAVED ? 1 : 0,
                dualPipe ? 1 : 0,
                transientBytes(sharding));
    }

    /** Exposed seconds of a layer and microbatch, forward and backward, that are not its arithmetic. */
    record LayerShares(double tensor, double expert, double context, double recompute) {}

    /** A stack that hides the exchange by pairing microbatches in DualPipe does so nowhere else. */
    private double exchangeShown(Sharding sharding) {
        boolean pairs = stack.schedules().contains(Schedule.DUAL_PIPE);
        return pairs && sharding.schedule() != Schedule.DUAL_PIPE
                ? 1
                : 1 - stack.overlap().expert().value();
    }

    LayerShares shares(Sharding sharding) {
        LayerTime time = layers.averageLayer(sharding);
        Stack.Overlap overlap = stack.overlap();
        double exchange = time.expertForward() + time.expertBackward();
        double tensor = 2 * time.tensorForward() * (1 - overlap.tensor().value());
        double context = 3 * time.contextForward() * (1 - overlap.context().value());
        double shown = exchange * exchangeShown(sharding);
        if (sharding.schedule() == Schedule.DUAL_PIPE) {
            double arithmetic = time.forward() + time.backward() + tensor + context;
            shown = Math.max(0, exchange - arithmetic) + exchangeShown(sharding) * Math.min(arithmetic, exchange);
        }
        return new LayerShares(tensor, shown, context, time.recompute());
    }

    /** {@return weights of an average layer that every data rank holds: all but routed experts} */
    private double denseParameters() {
        double dense = (double) architecture.denseLayers() * architecture.denseLayerParameters();
        double mixed =
                (double) architecture.expertLayers() * (architecture.expertLayerParameters() - routedParameters());
        return (dense + mixed + architecture.linearAttentionExcess()) / architecture.layers();
    }

    private double routedParameters() {
        return (double) architecture.experts().count() * architecture.expertParameters();
    }

    /** {@return weights of the routed experts of an average layer on one GPU} */
    private double expertParameters(Sharding sharding) {
        double perLayer = routedParameters() * architecture.expertLayers() / architecture.layers();
        return perLayer / sharding.expert() / (stack.expertOverTensor() ? 1 : sharding.tensor());
    }

    private double edgeParameters(Sharding sharding) {
        return sharding.ends().parameters(architecture) / sharding.tensor();
    }

    /** Gradients are reduced and, where the optimizer is sharded, new weights gathered; else gradients go both ways. */
    private double reducedBytes(Sharding sharding) {
        if (sharding.zero() >= 3) {
            return 0; // scattered after each pass already
        }
        double gradient = stack.stateBytes().gradientBytes(precision);
        return sharding.zero() >= 1 ? gradient + stack.stateBytes().weightBytes(precision) : 2 * gradient;
    }

    /** The ranks of a node reduce over all of its network ports at once. */
    private double denseRingRate(Sharding sharding) {
        double ranksInNode = Math.max(1, (double) hardware.gpusPerNode() / sharding.tensor());
        return Math.min(hardware.linkBytesPerSecond(), hardware.fabricBytesPerSecond() * ranksInNode);
    }

    private double expertRingRate(Sharding sharding) {
        int ranks = sharding.expert() * (stack.expertOverTensor() ? 1 : sharding.tensor());
        double replicasInNode = Math.max(1, (double) hardware.gpusPerNode() / Math.max(ranks, sharding.tensor()));
        return Math.min(hardware.linkBytesPerSecond(), hardware.fabricBytesPerSecond() * replicasInNode);
    }

    /**
     * {@return the share of a layer's reduction that nothing hides} Gradients are ready once the last microbatch has passed
     * backward, and weights are wanted when the first one passes forward: one microbatch's arithmetic hides them, no matter
     * how many there are. The kernel's own hiding, behind all microbatches, stays unused.
     */
    private double reduceShown(double reduceSeconds, LayerTime time, Sharding sharding) {
        double window = time.backward() + (sharding.zero() >= 1 ? time.forward() : 0);
        double hidden = Math.min(stack.overlap().data().value() * reduceSeconds, window);
        return reduceSeconds == 0 ? 0 : 1 - hidden / reduceSeconds;
    }

    /**
     * ZeRO-3 gathers a layer's weights for each pass of each microbatch and scatters its gradients; a share of it runs
     * behind the layer's arithmetic, as far as that lasts.
     */
    private double gatherSeconds(Sharding sharding) {
        if (sharding.zero() < 3) {
            return 0;
        }
        Stack.StateBytes state = stack.stateBytes();
        double bytes = 2 * state.weightBytes(precision) + state.gradientBytes(precision);
        double seconds = denseParameters() / sharding.tensor() * bytes / denseRingRate(sharding)
                + expertParameters(sharding) * bytes / expertRingRate(sharding);
        LayerTime time = layers.averageLayer(sharding);
        double arithmetic = time.forward() + time.backward();
        // DualPipe already keeps the network busy with experts for as long as their exchange takes.
        double exchange = sharding.schedule() == Schedule.DUAL_PIPE ? time.expertForward() + time.expertBackward() : 0;
        double window = Math.max(0, arithmetic - exchange);
        return seconds - Math.min(stack.overlap().data().value() * seconds, window);
    }

    private double optimizerSeconds(double parameters) {
        Stack.StateBytes state = stack.stateBytes();
        double bytes =
                2 * state.optimizerBytes(precision) + state.gradientBytes(precision) + state.weightBytes(precision);
        return parameters * bytes / hardware.memoryBytesPerSecond();
    }

    /** A microbatch's activations to the next stage and its gradients back; a stage takes in as much as it gives. */
    private double sendSeconds(Sharding sharding) {
        double ranks = stack.sequenceParallel() ? sharding.tensor() : 1;
        double bytes = 4 * layers.tokens(sharding) * architecture.hiddenSize() * layers.elementBytes() / ranks;
        return bytes
                / hardware.fabricBytesPerSecond()
                * (1 - stack.overlap().pipeline().value());
    }

    /**
     * {@return what a microbatch waits for the last stage's head} The kernel spreads the ends evenly over the stages; a head
     * that is not spread rides on the sends, which happen once per microbatch too.
     */
    double headSeconds(Sharding sharding) {
        return sharding.ends() == Ends.HEAD_ON_LAST ? layers.edgeSeconds(sharding) : 0;
    }

    private double wholeBytes(Sharding sharding) {
        Stack.StateBytes state = stack.stateBytes();
        double copies = sharding.schedule() == Schedule.DUAL_PIPE ? 2 : 1;
        return (sharding.zero() >= 3 ? 0 : copies * state.weightBytes(precision))
                + (sharding.zero() >= 2 ? 0 : state.gradientBytes(precision))
                + (sharding.zero() >= 1 ? 0 : state.optimizerBytes(precision));
    }

    private double shardedBytes(Sharding sharding) {
        Stack.StateBytes state = stack.stateBytes();
        double copies = sharding.schedule() == Schedule.DUAL_PIPE ? 2 : 1;
        return (sharding.zero() >= 3 ? copies * state.weightBytes(precision) : 0)
                + (sharding.zero() >= 2 ? state.gradientBytes(precision) : 0)
                + (sharding.zero() >= 1 ? state.optimizerBytes(precision) : 0);
    }

    /** Logits and their gradient, or later one layer's activations computed again; and what no tensor gets. */
    private double transientBytes(Sharding sharding) {
        double logits = LOGIT_BYTES * layers.tokens(sharding) * architecture.vocabulary() / sharding.tensor();
        Sharding kept = sharding.withRecompute(Layout.Recompute.NONE);
        return Math.max(logits, layers.activationBytes(kept))
                + stack.reserveBytes().value();
    }
}
