package muster.planner.perf;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.ReplicaEstimate.Memory;
import muster.planner.domain.ReplicaEstimate.Part;
import muster.planner.domain.ReplicaEstimate.PartKind;
import muster.planner.domain.ReplicaEstimate.WaitsFor;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;

/**
 * What one replica takes to write tokens: every part of a pass is the larger of its bytes over the memory's rate and its
 * FLOP over the arithmetic's, and what ranks exchange is added (docs/model.md, Generation, formulas (18) to (27)).
 */
final class ReplicaModel {
    /** Tokens of prompts that are computed in one pass, of one sample or several: Agrawal et al. 2023, arXiv:2308.16369. */
    static final int CHUNK_TOKENS = 8_192;

    /** Kernels for few rows work in tiles of 16: half of one is empty on average. */
    private static final double IDLE_ROWS = 8;

    /** Tensors of hidden size that norms and residuals of a layer read or write. */
    private static final double HIDDEN_PASSES = 10;

    /** Between kernels of one layer, recorded once and replayed as a graph; a judgement, since nothing was fitted. */
    private static final double REPLAY_SECONDS = 20e-6;

    /** Logits in FP32: written, read for their maximum, read for the draw. */
    private static final double LOGIT_PASSES = 3;

    private static final double LOGIT_BYTES = 4;

    private final Architecture architecture;
    private final Stack stack;
    private final Precision precision;
    private final Work.Generation work;
    private final Hardware hardware;
    private final LayerModel exchanges;
    private final double elementBytes;
    private final double weightBytes;
    private final double attentionFlopsPerSecond;
    private final double cachedKeys;

    ReplicaModel(Job job, Work.Generation work, Node node) {
        this.architecture = job.model().architecture();
        this.stack = job.stack();
        this.precision = job.precision();
        this.work = work;
        this.hardware = Hardware.of(node, stack, precision);
        // A pass of decoding is a microbatch of sequences of one token each.
        this.exchanges = new LayerModel(architecture, hardware, stack, precision, 1);
        this.elementBytes = exchanges.elementBytes();
        this.weightBytes = precision.weightBytes();
        this.attentionFlopsPerSecond = hardware.attentionFlopsPerSecond();
        this.cachedKeys = architecture.cachedKeys(work.meanContextTokens());
    }

    Hardware hardware() {
        return hardware;
    }

    // ---- seconds

    /** {@return seconds from token to token where each data rank has so many sequences in each of its passes} */
    double stepSeconds(ReplicaShape shape, int sequences) {
        return shape.stages() * slotSeconds(shape, sequences);
    }

    /** {@return seconds that a stage takes for one pass of each data rank} */
    double slotSeconds(ReplicaShape shape, int sequences) {
        double seconds = 0;
        for (Part part : slot(shape, sequences)) {
            seconds += part.seconds();
        }
        return seconds;
    }

    /** {@return the parts of a step, those without seconds left out} */
    List<Part> parts(ReplicaShape shape, int sequences) {
        return slot(shape, sequences).stream()
                .filter(part -> part.seconds() > 0)
                .map(part -> new Part(part.kind(), shape.stages() * part.seconds(), part.waitsFor()))
                .toList();
    }

    /** {@return seconds of a data rank's stage for the prompt of one sample, computed in full chunks} */
    double prefillSeconds(ReplicaShape shape) {
        Pass pass = new Pass(shape, CHUNK_TOKENS);
        double share = pass.exchanged ? hardware.computeFraction() : 1;
        double core = architecture.attentionCoreFlops(work.promptTokens().asInt(), Attention.Mask.CAUSAL);
        Attention attention = architecture.attention();
        double fill = fill((attention.queryKeySize() + attention.valueSize()) / 2.0);
        double arithmetic = (pass.matrices() + pass.shared() + pass.routed()) / share
                + CHUNK_TOKENS * core / shape.tensor() / (attentionFlopsPerSecond * fill) / share
                + pass.activations()
                + hardware.launchSeconds()
                + mixtureShare() * hardware.mixtureLaunchSeconds()
                + pass.tensor() * (1 - stack.overlap().tensor().value());
        double exchange = pass.exchange();
        double hidden = stack.overlap().expert().value() * Math.min(exchange, arithmetic);
        double send = sendSeconds(shape, CHUNK_TOKENS)
                * (1 - stack.overlap().pipeline().value());
        double chunk = stageLayers(shape) * (arithmetic + exchange - hidden) + send;
        return work.promptTokens().value() / CHUNK_TOKENS * chunk;
    }

    private List<Part> slot(ReplicaShape shape, int sequences) {
        Pass pass = new Pass(shape, sequences);
        double layers = stageLayers(shape);
        List<Part> parts = new ArrayList<>();
        pass.addMatrices(parts, layers);
        add(parts, PartKind.CACHE, layers, cacheSeconds(shape, sequences));
        add(parts, PartKind.HEAD, 1, headSeconds(shape, sequences));
        parts.add(new Part(PartKind.ACTIVATIONS, layers * pass.activations(), WaitsFor.MEMORY));
        parts.add(new Part(PartKind.TENSOR_PARALLEL, layers * pass.tensor(), WaitsFor.NETWORK));
        parts.add(new Part(PartKind.EXPERT_PARALLEL, layers * pass.exchange(), WaitsFor.NETWORK));
        parts.add(new Part(PartKind.PIPELINE_SEND, sendSeconds(shape, sequences), WaitsFor.NETWORK));
        parts.add(new Part(PartKind.LAUNCH, layers * REPLAY_SECONDS, WaitsFor.LAUNCH));
        return parts;
    }

    /** Seconds on memory and on arithmetic, of which the longer counts. */
    private record Roofline(double memorySeconds, double arithmeticSeconds) {
        double seconds() {
            return Math.max(memorySeconds, arithmeticSeconds);
        }

        Roofline plus(Roofline other, double times) {
            return new Roofline(
                    memorySeconds + times * other.memorySeconds, arithmeticSeconds + times * other.arithmeticSeconds);
        }
    }

    private static void add(List<Part> parts, PartKind kind, double times, Roofline roofline) {
        boolean memory = roofline.memorySeconds() >= roofline.arithmeticSeconds();
        parts.add(new Part(kind, times * roofline.seconds(), memory ? WaitsFor.MEMORY : WaitsFor.ARITHMETIC));
    }

    /** One layer, on average over dense and mixture layers, for so many tokens of each data rank. */
    private final class Pass {
        private final ReplicaShape shape;
        private final int tokens;
        private final Sharding sharding;
        private final boolean exchanged;

        Pass(ReplicaShape shape, int tokens) {
            this.shape = shape;
            this.tokens = tokens;
            int expert = shape.expert(architecture, stack);
            this.exchanged = expert > 1;
            this.sharding = new Sharding(
                    shape.tensor(),
                    1,
                    expert,
                    tokens,
                    Layout.Recompute.NONE,
                    0,
                    Schedule.ONE_FORWARD_ONE_BACKWARD,
                    Ends.TOGETHER);
        }

        void addMatrices(List<Part> parts, double layers) {
            add(parts, PartKind.PROJECTIONS, layers, projections());
            add(parts, PartKind.FEED_FORWARD, layers, feedForward());
            add(parts, PartKind.EXPERTS, layers, experts());
            add(parts, PartKind.ROUTER, layers, router());
        }

        double matrices() {
            return projections().seconds() + router().seconds();
        }

        double shared() {
            return feedForward().seconds();
        }

        double routed() {
            return experts().seconds();
        }

        private Roofline projections() {
            return matrix(tokens, architecture.attentionMatrixParameters() / shape.tensor());
        }

        /** Dense layers, and experts that every token goes to. */
        private Roofline feedForward() {
            double dense = architecture.denseFeedForwardFlops() / 2;
            double shared = architecture.experts().shared() * architecture.expertFlops() / 2;
            double weights = (1 - mixtureShare()) * dense + mixtureShare() * shared;
            return matrix(tokens, weights / shape.tensor());
        }

        /** Of experts that no token goes to, nothing is read; each of the others works on whole tiles of rows. */
        private Roofline experts() {
            Architecture.Experts experts = architecture.experts();
            if (experts.count() == 0) {
                return new Roofline(0, 0);
            }
            double together = (double) shape.data() * tokens;
            double touched =
                    experts.count() * (1 - Math.pow(1 - (double) experts.active() / experts.count(), together));
            double rows = together * experts.active() * stack.habits().imbalanceFactor() + IDLE_ROWS * touched;
            double weights = architecture.expertFlops() / 2 / (shape.data() * shape.tensor());
            double pace = mixtureShare() / hardware.mixturePace();
            return new Roofline(
                    pace * weightBytes * touched * weights / hardware.memoryBytesPerSecond(),
                    pace * 2 * rows * weights / hardware.matrixFlopsPerSecond());
        }

        /** In 16 bits, and on every rank. */
        private Roofline router() {
            double weights = mixtureShare()
                    * architecture.hiddenSize()
                    * architecture.experts().count();
            return wideMatrix(tokens, weights);
        }

        double activations() {
            Architecture.Experts experts = architecture.experts();
            Attention attention = architecture.attention();
            double heads = attention.heads() * 2.0 * (attention.queryKeySize() + attention.valueSize());
            double inner = (1 - mixtureShare()) * architecture.feedForwardSize()
                    + mixtureShare() * (experts.active() + experts.shared()) * experts.size();
            double numbers = HIDDEN_PASSES * architecture.hiddenSize() + (heads + 3 * inner) / shape.tensor();
            return tokens * elementBytes * numbers / hardware.memoryBytesPerSecond();
        }

        double tensor() {
            return (1 - mixtureShare()) * exchanges.tensorSeconds(sharding, false)
                    + mixtureShare() * exchanges.tensorSeconds(sharding, exchanged);
        }

        double exchange() {
            if (!exchanged) {
                return 0;
            }
            double dispatch =
                    exchanges.exchangeSeconds(sharding, stack.exchange().dispatchBytes(precision));
            double combine =
                    exchanges.exchangeSeconds(sharding, stack.exchange().combineBytes(precision));
            return mixtureShare() * (dispatch + combine) / hardware.mixturePace();
        }
    }

    private Roofline matrix(double rows, double weights) {
        return new Roofline(
                weightBytes * weights / hardware.memoryBytesPerSecond(),
                2 * (rows + IDLE_ROWS) * weights / hardware.matrixFlopsPerSecond());
    }

    private Roofline wideMatrix(double rows, double weights) {
        return new Roofline(
                elementBytes * weights / hardware.memoryBytesPerSecond(),
                2 * (rows + IDLE_ROWS) * weights / hardware.wideMatrixFlopsPerSecond());
    }

    /** Every sequence reads its own keys and values, or its state, which it also writes. */
    private Roofline cacheSeconds(ReplicaShape shape, int sequences) {
        Attention attention = architecture.attention();
        double state = architecture.stateElements() / shape.tensor();
        double bytes = elementBytes * (cachedKeys * attention.cachedElements(shape.tensor()) + 2 * state);
        double flops = cachedKeys * attention.cachedKeyFlops() / shape.tensor() + 4 * state;
        double rate = attentionFlopsPerSecond * fill(attention.cachedHeadSize());
        return new Roofline(sequences * bytes / hardware.memoryBytesPerSecond(), sequences * flops / rate);
    }

    /** The same as in training: small heads do not fill a tile of the core. */
    private static double fill(double headSize) {
        return headSize / (headSize + LayerModel.HALF_RATE_HEAD);
    }

    private Roofline headSeconds(ReplicaShape shape, int sequences) {
        double columns = (double) architecture.vocabulary() / shape.tensor();
        double logits = LOGIT_PASSES * LOGIT_BYTES * sequences * columns / hardware.memoryBytesPerSecond();
        return wideMatrix(sequences, columns * architecture.hiddenSize()).plus(new Roofline(logits, 0), 1);
    }

    /** Between stages of one node over the link, else over the fabric. */
    private double sendSeconds(ReplicaShape shape, int tokens) {
        if (shape.stages() == 1) {
            return 0;
        }
        boolean inside = shape.gpus() <= hardware.gpusPerNode();
        double rate = inside ? hardware.linkBytesPerSecond() : hardware.fabricBytesPerSecond();
        double latency = inside ? LayerModel.LINK_LATENCY_SECONDS : LayerModel.FABRIC_LATENCY_SECONDS;
        return latency + tokens * architecture.hiddenSize() * elementBytes / shape.tensor() / rate;
    }

    // ---- bytes

    /** {@return what the GPU with most takes} */
    Memory memory(ReplicaShape shape, int sequences) {
        return new Memory(
                weightBytes(shape),
                stageLayers(shape)
                        * (shape.stages() * (double) sequences * cacheBytes(shape, work.meanContextTokens())
                                + cacheBytes(shape, work.longestContextTokens())
                                - cacheBytes(shape, work.meanContextTokens())),
                workingBytes(shape, sequences));
    }

    /** {@return what keys, values and states of one sequence take of a layer} */
    private double cacheBytes(ReplicaShape shape, double contextTokens) {
        return elementBytes
                * (architecture.cachedKeys(contextTokens)
                                * architecture.attention().cachedElements(shape.tensor())
                        + architecture.stateElements() / shape.tensor());
    }

    private double weightBytes(ReplicaShape shape) {
        double routed = (double) architecture.experts().count() * architecture.expertParameters();
        double whole = ((double) architecture.denseLayers() * architecture.denseLayerParameters()
                        + (double) architecture.expertLayers() * (architecture.expertLayerParameters() - routed)
                        + architecture.linearAttentionExcess())
                / architecture.layers();
        double layer = whole / shape.tensor() + mixtureShare() * routed / (shape.data() * shape.tensor());
        double embedding = architecture.embeddingParameters();
        double head = architecture.headParameters();
        // A model with tied weights needs a copy on the last stage, too.
        double ends = shape.stages() == 1 ? embedding + head : Math.max(embedding, head);
        return stageLayers(shape) * layer * weightBytes + ends / shape.tensor() * elementBytes;
    }

    /** A chunk of prompts passes one layer at a time; logits are of one pass. */
    private double workingBytes(ReplicaShape shape, int sequences) {
        Attention attention = architecture.attention();
        Architecture.Experts experts = architecture.experts();
        double heads = attention.heads() * (2.0 * attention.queryKeySize() + attention.valueSize());
        double inner = 2.0
                * Math.max(
                        architecture.feedForwardSize(),
                        (double) (experts.active() + experts.shared()) * experts.size());
        double chunk =
                CHUNK_TOKENS * elementBytes * (4.0 * architecture.hiddenSize() + (heads + inner) / shape.tensor());
        double logits = LOGIT_BYTES * sequences * architecture.vocabulary() / shape.tensor();
        return chunk + logits + stack.reserveBytes().value();
    }

    private double mixtureShare() {
        return (double) architecture.expertLayers() / architecture.layers();
    }

    private double stageLayers(ReplicaShape shape) {
        return Math.ceilDiv(architecture.layers(), shape.stages());
    }
}
