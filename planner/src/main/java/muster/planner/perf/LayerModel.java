package muster.planner.perf;

import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Layout;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;

/**
 * What one layer takes in time: matrix multiplies by shape, the attention core, memory traffic, collectives. Equations
 * and sources stand in docs/model.md, Layers. All times are of one microbatch on one GPU.
 */
final class LayerModel {
    /** Columns and depth at which a matrix multiply reaches half of its rate: tiles are that coarse. */
    private static final double HALF_RATE_SIZE = 48;

    /** The same for the size of a head in fused attention. */
    static final double HALF_RATE_HEAD = 32;

    /** The same for rows, which are tokens: below, a multiply takes as long as reading its weights and starting up. */
    private static final double HALF_RATE_ROWS = 100;

    /** Elements of a result that one multiprocessor makes at a time. */
    private static final double TILE_ELEMENTS = 128 * 256;

    /** Of the last wave of tiles, half of the multiprocessors idle on average. */
    private static final double IDLE_WAVES = 0.5;

    /** Rate of multiplies whose rows do not begin at a multiple of 16 B, relative to aligned ones. */
    private static final double MISALIGNED_RATE = 0.1;

    private static final int ALIGNED_BYTES = 16;

    /** Tensors of hidden size that norms and residuals of a layer read or write, forward. */
    private static final double HIDDEN_PASSES = 10;

    /** The backward pass of fused attention does five multiplies for the forward pass's two (arXiv:2205.14135). */
    private static final double FUSED_BACKWARD = 2.5;

    /** Unfused, each multiply has two of its size. */
    private static final double UNFUSED_BACKWARD = 2;

    /** Memory-bound parts move twice as much backward: they read the gradient beside the activation. */
    private static final double TRAFFIC_BACKWARD = 2;

    /** The backward pass starts about twice as many kernels. */
    private static final double LAUNCH_BACKWARD = 2;

    /** Until a collective's first byte arrives, inside a node and between nodes. */
    static final double LINK_LATENCY_SECONDS = 12e-6;

    static final double FABRIC_LATENCY_SECONDS = 25e-6;

    private final Architecture architecture;
    private final Hardware hardware;
    private final Stack stack;
    private final Precision precision;
    private final int sequenceTokens;
    private final double elementBytes;

    LayerModel(Architecture architecture, Hardware hardware, Stack stack, Precision precision, int sequenceTokens) {
        this.architecture = architecture;
        this.hardware = hardware;
        this.stack = stack;
        this.precision = precision;
        this.sequenceTokens = sequenceTokens;
        this.elementBytes = Hardware.isWide(precision) ? 4 : 2;
    }

    /** {@return B of an activation that is not an input of an 8-bit matrix} */
    double elementBytes() {
        return elementBytes;
    }

    /** {@return the mean over dense and mixture layers} */
    LayerTime averageLayer(Sharding sharding) {
        double denseShare = (double) architecture.denseLayers() / architecture.layers();
        LayerTime dense = architecture.denseLayers() == 0 ? NOTHING : layer(sharding, false);
        LayerTime mixture = architecture.expertLayers() == 0 ? NOTHING : layer(sharding, true);
        return dense.times(denseShare).plus(mixture.times(1 - denseShare));
    }

    private static final LayerTime NOTHING = new LayerTime(0, 0, 0, 0, 0, 0, 0, 0);

    /** {@return embedding, head and further-token modules, forward and backward} */
    double edgeSeconds(Sharding sharding) {
        double tokens = tokens(sharding);
        double columns = (double) architecture.vocabulary() / sharding.tensor();
        double head = 3 * multiply(tokens, columns, architecture.hiddenSize(), hardware.wideMatrixFlopsPerSecond());
        // Logits in FP32: written, read for the loss, and their gradient written and read.
        double logits = 4 * 4 * tokens * columns / hardware.memoryBytesPerSecond();
        LayerTime layer = layer(sharding, architecture.expertLayers() > 0);
        double module = architecture.predictionLayers() * (layer.forward() + layer.backward() + head + logits);
        return head + logits + module;
    }

    /** {@return tokens of a microbatch on one context rank} */
    double tokens(Sharding sharding) {
        return (double) sharding.microbatch() * sequenceTokens / sharding.context();
    }

    private LayerTime layer(Sharding sharding, boolean mixture) {
        boolean exchanges = mixture && sharding.expert() > 1;
        double share = exchanges ? hardware.computeFraction() : 1;
        double pace = mixture ? hardware.mixturePace() : 1;
        double matrices = (attentionMatrices(sharding) + feedForward(sharding, mixture)) / share;
        double core = attentionCore(sharding) / share;
        double scores = scoreTraffic(sharding);
        double traffic = traffic(sharding, mixture);
        double launch = hardware.launchSeconds() + (mixture ? hardware.mixtureLaunchSeconds() : 0);
        double tensor = tensorSeconds(sharding, exchanges);
        double forward = matrices + core + scores + traffic + launch;
        boolean fused = stack.habits().fusedAttention();
        double recompute = switch (sharding.recompute()) {
            case NONE -> 0;
            case SELECTIVE -> fused ? traffic / 2 : core + scores;
            case FULL -> forward + tensor;
        };
        double dispatch = exchanges ? exchangeSeconds(sharding, stack.exchange().dispatchBytes(precision)) / pace : 0;
        double combine = exchanges ? exchangeSeconds(sharding, stack.exchange().combineBytes(precision)) / pace : 0;
        return new LayerTime(
                forward,
                matrices
                        + (fused ? FUSED_BACKWARD : UNFUSED_BACKWARD) * core
                        + TRAFFIC_BACKWARD * (scores + traffic)
                        + LAUNCH_BACKWARD * launch,
                matrices,
                recompute,
                tensor,
                dispatch + combine,
                2 * combine,
                contextSeconds(sharding));
    }

    private double attentionMatrices(Sharding sharding) {
        int hidden = architecture.hiddenSize();
        double columns = architecture.attentionMatrixParameters() / hidden / sharding.tensor();
        return multiply(tokens(sharding), columns, hidden, hardware.matrixFlopsPerSecond());
    }

    /** Scores and weighted values: of half of the keys where a fused kernel skips the others, else of all. */
    private double attentionCore(Sharding sharding) {
        Attention attention = architecture.attention();
        boolean fused = stack.habits().fusedAttention();
        Attention.Mask mask = fused ? Attention.Mask.CAUSAL : Attention.Mask.FULL;
        double flops = architecture.attentionCoreFlops(sequenceTokens, mask) / sharding.tensor();
        double head = (attention.queryKeySize() + attention.valueSize()) / 2.0;
        double fill = head / (head + HALF_RATE_HEAD);
        boolean aligned = attention.queryKeySize() * elementBytes % ALIGNED_BYTES == 0;
        double rate = hardware.attentionFlopsPerSecond() * fill * (aligned || fused ? 1 : MISALIGNED_RATE);
        return tokens(sharding) * flops / rate;
    }

    /** Unfused attention writes and reads its scores. */
    private double scoreTraffic(Sharding sharding) {
        if (stack.habits().fusedAttention()) {
            return 0;
        }
        double scores =
                tokens(sharding) * sequenceTokens * architecture.attention().heads() / sharding.tensor();
        return hardware.scorePasses() * scores * elementBytes / hardware.memoryBytesPerSecond();
    }

    private double feedForward(Sharding sharding, boolean mixture) {
        double tokens = tokens(sharding);
        int tensor = sharding.tensor();
        if (!mixture) {
            return twoMultiplies(tokens, (double) architecture.feedForwardSize() / tensor);
        }
        Architecture.Experts experts = architecture.experts();
        boolean whole = stack.expertOverTensor();
        double local = (double) experts.count() / sharding.expert();
        double rows = stack.habits().imbalanceFactor() * tokens * experts.active() / (whole ? tensor : 1) / local;
        double routed = local * twoMultiplies(rows, (double) experts.size() / (whole ? 1 : tensor));
        double shared =
                experts.shared() == 0 ? 0 : twoMultiplies(tokens, (double) experts.shared() * experts.size() / tensor);
        double router = multiply(
                tokens / tensor, experts.count(), architecture.hiddenSize(), hardware.wideMatrixFlopsPerSecond());
        return routed / hardware.mixturePace() + shared + router;
    }

    private double twoMultiplies(double rows, double inner) {
        int hidden = architecture.hiddenSize();
        double wide = architecture.gated() ? 2 * inner : inner;
        return multiply(rows, wide, hidden, hardware.matrixFlopsPerSecond())
                + multiply(rows, hidden, inner, hardware.matrixFlopsPerSecond());
    }

    /** 2 × rows × columns × depth FLOP at a rate that falls where one side is small. */
    private double multiply(double rows, double columns, double depth, double flopsPerSecond) {
        double fill = rows
                / (rows + HALF_RATE_ROWS)
                * (columns / (columns + HALF_RATE_SIZE))
                * (depth / (depth + HALF_RATE_SIZE));
        double waves = rows * columns / (TILE_ELEMENTS * hardware.multiprocessors());
        double arithmetic = 2 * rows * columns * depth / (flopsPerSecond * fill) * (1 + IDLE_WAVES / waves);
        double inputBytes = Hardware.isNarrow(precision) ? 1 : elementBytes;
        double bytes = inputBytes * depth * (rows + columns) + elementBytes * rows * columns;
        return Math.max(arithmetic, bytes / hardware.memoryBytesPerSecond());
    }

    /** Norms, residuals, activation functions, rotations, permutations and casts, forward, over device memory. */
    private double traffic(Sharding sharding, boolean mixture) {
        double hidden = architecture.hiddenSize();
        Attention attention = architecture.attention();
        double heads = attention.heads() * (2.0 * attention.queryKeySize() + 2.0 * attention.valueSize());
        Architecture.Experts experts = architecture.experts();
        double inner = mixture
                ? (double) (experts.active() + experts.shared()) * experts.size()
                : architecture.feedForwardSize();
        double perToken = elementBytes * (heads + (architecture.gated() ? 3 : 2) * inner);
        if (mixture) {
            perToken += elementBytes * 4 * experts.active() * hidden;
        }
        if (Hardware.isNarrow(precision)) {
            perToken += (elementBytes + 1) * (4 * hidden + inner);
        }
        double hiddenRanks = stack.sequenceParallel() ? sharding.tensor() : 1;
        double bytes = perToken / sharding.tensor() + elementBytes * HIDDEN_PASSES * hidden / hiddenRanks;
        return tokens(sharding) * bytes / hardware.memoryBytesPerSecond();
    }

    /**
     * Two all-reduces per pass, or as many bytes in gathers and scatters; one where experts take the tensor ranks, or where
     * attention and feed-forward part are summed up together.
     */
    double tensorSeconds(Sharding sharding, boolean exchanges) {
        int ranks = sharding.tensor();
        double collectives = exchanges && stack.expertOverTensor() || architecture.parallelParts() ? 1 : 2;
        double bytes = 2.0 * (ranks - 1) / ranks * tokens(sharding) * architecture.hiddenSize() * elementBytes;
        boolean insideNode = ranks <= hardware.gpusPerNode();
        double rate = insideNode
                ? hardware.linkBytesPerSecond()
                : Math.min(hardware.linkBytesPerSecond(), hardware.fabricBytesPerSecond() * hardware.gpusPerNode());
        double latency = ranks == 1 ? 0 : insideNode ? LINK_LATENCY_SECONDS : FABRIC_LATENCY_SECONDS;
        return collectives * (bytes / rate + latency);
    }

    /** One way of a token to its experts: over the fabric once per node it needs, then over the link. */
    double exchangeSeconds(Sharding sharding, double bytesPerElement) {
        int active = architecture.experts().active();
        int gpus = sharding.expert() * (stack.expertOverTensor() ? 1 : sharding.tensor());
        double nodes = Math.max(1, Math.ceil((double) gpus / hardware.gpusPerNode()));
        double reached = nodes * (1 - Math.pow(1 - 1 / nodes, active));
        double limit = stack.exchange().nodeLimit().value();
        double remote = (limit > 0 ? Math.min(reached, limit) : reached) * (1 - 1 / nodes);
        double inNode = Math.min(sharding.expert(), hardware.gpusPerNode());
        double local = active * (1 - 1 / inNode);
        double bytes = tokens(sharding) / sharding.tensor() * architecture.hiddenSize() * bytesPerElement;
        double latency = nodes > 1 ? FABRIC_LATENCY_SECONDS : LINK_LATENCY_SECONDS;
        return latency
                + stack.habits().imbalanceFactor()
                        * Math.max(
                                remote * bytes / hardware.fabricBytesPerSecond(),
                                local * bytes / hardware.linkBytesPerSecond());
    }

    /** Keys and values of every other context rank pass by once (ring attention, arXiv:2310.01889). */
    private double contextSeconds(Sharding sharding) {
        int ranks = sharding.context();
        boolean insideNode = sharding.tensor() * ranks <= hardware.gpusPerNode();
        double rate = insideNode ? hardware.linkBytesPerSecond() : hardware.fabricBytesPerSecond();
        double elements = architecture.keyValueElements() / sharding.tensor();
        return (ranks - 1) * tokens(sharding) * elements * elementBytes / rate;
    }

    /** {@return bytes kept per layer and microbatch for the backward pass, on one GPU} */
    double activationBytes(Sharding sharding) {
        double denseShare = (double) architecture.denseLayers() / architecture.layers();
        double perToken = denseShare * activationBytesPerToken(sharding, false)
                + (1 - denseShare) * activationBytesPerToken(sharding, true);
        return tokens(sharding) * perToken;
    }

    /** What is kept of hidden size is whole on every tensor rank, unless the stack spreads sequences over them. */
    private double activationBytesPerToken(Sharding sharding, boolean mixture) {
        double tensor = sharding.tensor();
        double hidden = architecture.hiddenSize() / (stack.sequenceParallel() ? tensor : 1);
        if (sharding.recompute() == Layout.Recompute.FULL) {
            return elementBytes * hidden;
        }
        Attention attention = architecture.attention();
        Architecture.Experts experts = architecture.experts();
        double saved = Math.max(stack.savedBytes(precision), Hardware.isNarrow(precision) ? 0 : elementBytes);
        double values = attention.heads() * attention.valueSize() / tensor;
        double expanded = attention.heads() * attention.queryKeySize() / tensor
                + (attention instanceof Attention.Latent latent
                        ? latent.heads() * latent.queryKeySize() / tensor + values
                        : attention.keyValueElements() / tensor);
        double copies = mixture ? experts.active() + (experts.shared() > 0 ? 1 : 0) : 1;
        double inner = (mixture
                        ? (double) (experts.active() + experts.shared()) * experts.size()
                        : architecture.feedForwardSize())
                / tensor;
        double wide = (architecture.gated() ? 2 : 1) * inner;
        boolean unfused = !stack.habits().fusedAttention();
        boolean selective = sharding.recompute() == Layout.Recompute.SELECTIVE;
        double scores = unfused && !selective ? elementBytes * attention.heads() * sequenceTokens / tensor : 0;
        if (selective) {
            double compressed = attention instanceof Attention.Latent latent
                    ? (latent.queryRank() + (double) latent.keyValueElements()) / tensor
                    : expanded;
            return elementBytes * (2 * hidden + compressed + values) + saved * (copies * hidden + wide);
        }
        return elementBytes * (2 * hidden + expanded + values + wide)
                + saved * (hidden + copies * hidden + inner)
                + (mixture ? elementBytes * experts.active() * hidden : 0)
                + scores;
    }
}
