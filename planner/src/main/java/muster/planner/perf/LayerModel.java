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
    /** Bytes of an activation that is not an input of an 8-bit matrix. */
    private static final double WIDE_BYTES = 2;

    /** Rows, columns and depth at which a matrix multiply reaches half of its rate: tiles are that coarse. */
    private static final double HALF_RATE_SIZE = 48;

    /** Tensors of hidden size that norms and residuals of a layer read or write, forward. */
    private static final double HIDDEN_PASSES = 10;

    /**
     * Work and traffic of the busiest expert rank over the mean, which all others wait for. An estimate for routing that
     * is balanced by a loss or a bias, not forced.
     */
    private static final double ROUTING_IMBALANCE = 1.15;

    /** The backward pass of fused attention does five multiplies for the forward pass's two (arXiv:2205.14135). */
    private static final double ATTENTION_BACKWARD = 2.5;

    /** Memory-bound parts move twice as much backward: they read the gradient beside the activation. */
    private static final double TRAFFIC_BACKWARD = 2;

    private final Architecture architecture;
    private final Hardware hardware;
    private final Stack stack;
    private final Precision precision;
    private final int sequenceTokens;

    LayerModel(Architecture architecture, Hardware hardware, Stack stack, Precision precision, int sequenceTokens) {
        this.architecture = architecture;
        this.hardware = hardware;
        this.stack = stack;
        this.precision = precision;
        this.sequenceTokens = sequenceTokens;
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
        double matrices = (attentionMatrices(sharding) + feedForward(sharding, mixture)) / share;
        double core = attentionCore(sharding) / share;
        double traffic = traffic(sharding, mixture);
        double launch = stack.launchSeconds().value();
        double tensor = tensorSeconds(sharding, exchanges);
        double forward = matrices + core + traffic + launch;
        double recompute = switch (sharding.recompute()) {
            case NONE -> 0;
            case SELECTIVE -> traffic / 2;
            case FULL -> forward + tensor;
        };
        double dispatch = exchanges ? exchangeSeconds(sharding, stack.exchange().dispatchBytes(precision)) : 0;
        double combine = exchanges ? exchangeSeconds(sharding, stack.exchange().combineBytes(precision)) : 0;
        return new LayerTime(
                forward,
                matrices + ATTENTION_BACKWARD * core + TRAFFIC_BACKWARD * traffic + launch,
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

    private double attentionCore(Sharding sharding) {
        double flops = architecture.attentionCoreFlops(sequenceTokens, Attention.Mask.CAUSAL) / sharding.tensor();
        return tokens(sharding) * flops / hardware.attentionFlopsPerSecond();
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
        double rows = ROUTING_IMBALANCE * tokens * experts.active() / (whole ? tensor : 1) / local;
        double routed = local * twoMultiplies(rows, (double) experts.size() / (whole ? 1 : tensor));
        double shared =
                experts.shared() == 0 ? 0 : twoMultiplies(tokens, (double) experts.shared() * experts.size() / tensor);
        double router = multiply(
                tokens / tensor, experts.count(), architecture.hiddenSize(), hardware.wideMatrixFlopsPerSecond());
        return routed + shared + router;
    }

    private double twoMultiplies(double rows, double inner) {
        int hidden = architecture.hiddenSize();
        double wide = architecture.gated() ? 2 * inner : inner;
        return multiply(rows, wide, hidden, hardware.matrixFlopsPerSecond())
                + multiply(rows, hidden, inner, hardware.matrixFlopsPerSecond());
    }

    /** 2 × rows × columns × depth FLOP at a rate that falls where one side is small. */
    private static double multiply(double rows, double columns, double depth, double flopsPerSecond) {
        double fill = rows
                / (rows + HALF_RATE_SIZE)
                * (columns / (columns + HALF_RATE_SIZE))
                * (depth / (depth + HALF_RATE_SIZE));
        return 2 * rows * columns * depth / (flopsPerSecond * fill);
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
        double perToken = WIDE_BYTES * (heads + (architecture.gated() ? 3 : 2) * inner);
        if (mixture) {
            perToken += WIDE_BYTES * 4 * experts.active() * hidden;
        }
        if (stack.savedBytes(precision) < WIDE_BYTES) {
            perToken += (WIDE_BYTES + 1) * (4 * hidden + inner);
        }
        double hiddenRanks = stack.sequenceParallel() ? sharding.tensor() : 1;
        double bytes = perToken / sharding.tensor() + WIDE_BYTES * HIDDEN_PASSES * hidden / hiddenRanks;
        return tokens(sharding) * bytes / hardware.memoryBytesPerSecond();
    }

    /**
     * Two all-reduces per pass, or as many bytes in gathers and scatters; one where experts take the tensor ranks, or where
     * attention and feed-forward part are summed up together.
     */
    private double tensorSeconds(Sharding sharding, boolean exchanges) {
        int ranks = sharding.tensor();
        double collectives = exchanges && stack.expertOverTensor() || architecture.parallelParts() ? 1 : 2;
        double bytes = 2.0 * (ranks - 1) / ranks * tokens(sharding) * architecture.hiddenSize() * WIDE_BYTES;
        return collectives * bytes / hardware.linkBytesPerSecond();
    }

    /** One way of a token to its experts: over the fabric once per node it needs, then over the link. */
    private double exchangeSeconds(Sharding sharding, double bytesPerElement) {
        int active = architecture.experts().active();
        int gpus = sharding.expert() * (stack.expertOverTensor() ? 1 : sharding.tensor());
        double nodes = Math.max(1, Math.ceil((double) gpus / hardware.gpusPerNode()));
        double reached = nodes * (1 - Math.pow(1 - 1 / nodes, active));
        double limit = stack.exchange().nodeLimit().value();
        double remote = (limit > 0 ? Math.min(reached, limit) : reached) * (1 - 1 / nodes);
        double inNode = Math.min(sharding.expert(), hardware.gpusPerNode());
        double local = active * (1 - 1 / inNode);
        double bytes = tokens(sharding) / sharding.tensor() * architecture.hiddenSize() * bytesPerElement;
        return ROUTING_IMBALANCE
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
        return (ranks - 1) * tokens(sharding) * elements * WIDE_BYTES / rate;
    }

    /** {@return bytes kept per layer and microbatch for the backward pass, on one GPU} */
    double activationBytes(Sharding sharding) {
        double denseShare = (double) architecture.denseLayers() / architecture.layers();
        double perToken = denseShare * activationBytesPerToken(sharding.recompute(), false)
                + (1 - denseShare) * activationBytesPerToken(sharding.recompute(), true);
        return tokens(sharding) * perToken / sharding.tensor();
    }

    private double activationBytesPerToken(Layout.Recompute recompute, boolean mixture) {
        double hidden = architecture.hiddenSize();
        if (recompute == Layout.Recompute.FULL) {
            return WIDE_BYTES * hidden;
        }
        Attention attention = architecture.attention();
        Architecture.Experts experts = architecture.experts();
        double saved = stack.savedBytes(precision);
        double values = (double) attention.heads() * attention.valueSize();
        double expanded = (double) attention.heads() * attention.queryKeySize()
                + (attention instanceof Attention.Latent latent
                        ? (double) latent.heads() * latent.queryKeySize() + values
                        : attention.keyValueElements());
        double copies = mixture ? experts.active() + (experts.shared() > 0 ? 1 : 0) : 1;
        double inner = mixture
                ? (double) (experts.active() + experts.shared()) * experts.size()
                : architecture.feedForwardSize();
        double wide = (architecture.gated() ? 2 : 1) * inner;
        if (recompute == Layout.Recompute.SELECTIVE) {
            double compressed = attention instanceof Attention.Latent latent
                    ? latent.queryRank() + (double) latent.keyValueElements()
                    : expanded;
            return WIDE_BYTES * (2 * hidden + compressed + values) + saved * (copies * hidden + wide);
        }
        return WIDE_BYTES * (2 * hidden + expanded + values + wide)
                + saved * (hidden + copies * hidden + inner)
                + (mixture ? WIDE_BYTES * experts.active() * hidden : 0);
    }
}
