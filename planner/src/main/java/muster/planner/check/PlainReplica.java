package muster.planner.check;

import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;
import muster.planner.perf.Hardware;

/**
 * Replicas that generate, worked out in plain code of its own from what a stack reaches of a node's rates (docs/model.md,
 * Generation, formulas (18) to (27)); it shares nothing with the performance model but these rates and the shapes' sums.
 *
 * @param tokensPerSecond of all replicas, over the job's whole time
 */
record PlainReplica(
        double stepSeconds,
        double prefillSeconds,
        double tailSeconds,
        double contextTokens,
        double tokensPerSecond,
        double weightBytes,
        double cacheBytes,
        double workingBytes,
        double memoryLimitBytes) {
    static PlainReplica of(Job job, Work.Generation work, Node node, Layout layout, int replicas) {
        Hardware rates = Hardware.of(job, node);
        double prompt = work.promptTokens().value();
        double mean = work.meanOutputTokens().value();
        double longest = work.tailOutputTokens().value();
        double samples = work.samples().value();
        // A shifted exponential: its 99th percentile lies (ln 100 - 1) deviations above its mean.
        double deviation = (longest - mean) / (Math.log(100) - 1);
        double context = prompt + (mean * mean + deviation * deviation) / (2 * mean);
        Stage stage = new Stage(job, rates, layout, layout.data() / replicas);
        int sequences = layout.microbatch();
        double slot = stage.decodeSeconds(sequences, context);
        double step = layout.pipeline() * slot;
        double alone = layout.pipeline() * stage.decodeSeconds(1, context);
        double prefill = stage.promptSeconds(work.promptTokens().asInt());
        double samplesPerSecond = layout.data() / (prefill + mean * slot / sequences);
        double tail = (longest - mean) * alone;
        double seconds = Math.max(samples / samplesPerSecond, layout.pipeline() * prefill + mean * step) + tail;
        double sequenceBytes = stage.sequenceBytes(context);
        double cache = stage.layers
                * (layout.pipeline() * sequences * sequenceBytes
                        + stage.sequenceBytes(prompt + longest)
                        - sequenceBytes);
        return new PlainReplica(
                step,
                prefill,
                tail,
                context,
                samples * mean / seconds,
                stage.weightBytes(),
                cache,
                stage.workingBytes(sequences),
                rates.memoryBytes());
    }

    /** What one GPU of a pipeline stage does: matrices, caches, exchanges. */
    private static final class Stage {
        private static final double CHUNK = 8192;

        private final Architecture shape;
        private final Attention attention;
        private final Architecture.Experts experts;
        private final Stack stack;
        private final Hardware rates;
        private final double tensor;
        private final double ranks;
        private final double stages;
        private final double expertRanks;
        private final double weight;
        private final double element;
        private final double mixtures;
        private final double dispatchBytes;
        private final double combineBytes;
        final double layers;

        Stage(Job job, Hardware rates, Layout layout, int ranks) {
            this.shape = job.model().architecture();
            this.attention = shape.attention();
            this.experts = shape.experts();
            this.stack = job.stack();
            this.rates = rates;
            this.tensor = layout.tensor();
            this.ranks = ranks;
            this.stages = layout.pipeline();
            this.expertRanks = layout.expert();
            this.weight = job.precision().weightBytes();
            this.element = weight > 2 ? 4 : 2;
            this.mixtures = (double) shape.expertLayers() / shape.layers();
            this.dispatchBytes = stack.exchange().dispatchBytes(job.precision());
            this.combineBytes = stack.exchange().combineBytes(job.precision());
            this.layers = Math.ceil(shape.layers() / stages);
        }

        double decodeSeconds(double sequences, double context) {
            double keys = shape.cachedKeys(context);
            double state = shape.stateElements() / tensor;
            double head = attention.cachedHeadSize();
            double cache = sequences
                    * Math.max(
                            element
                                    * (keys * attention.cachedElements((int) tensor) + 2 * state)
                                    / rates.memoryBytesPerSecond(),
                            (keys * attention.cachedKeyFlops() / tensor + 4 * state)
                                    / (rates.attentionFlopsPerSecond() * head / (head + 32)));
            double layer = matrixSeconds(sequences, 1)
                    + cache
                    + activationSeconds(sequences)
                    + tensorSeconds(sequences)
                    + exchangeSeconds(sequences)
                    + 20e-6;
            double vocabulary = shape.vocabulary() / tensor;
            double headWeights = vocabulary * shape.hiddenSize();
            double logits = Math.max(
                    (element * headWeights + 3 * 4 * sequences * vocabulary) / rates.memoryBytesPerSecond(),
                    2 * (sequences + 8) * headWeights / rates.wideMatrixFlopsPerSecond());
            return layers * layer + logits + sendSeconds(sequences);
        }

        double promptSeconds(int prompt) {
            double share = expertRanks > 1 ? rates.computeFraction() : 1;
            double head = (attention.queryKeySize() + attention.valueSize()) / 2.0;
            double core = CHUNK
                    * shape.attentionCoreFlops(prompt, Attention.Mask.CAUSAL)
                    / tensor
                    / (rates.attentionFlopsPerSecond() * head / (head + 32));
            double arithmetic = matrixSeconds(CHUNK, share)
                    + core / share
                    + activationSeconds(CHUNK)
                    + rates.launchSeconds()
                    + mixtures * rates.mixtureLaunchSeconds()
                    + tensorSeconds(CHUNK) * (1 - stack.overlap().tensor().value());
            double exchange = exchangeSeconds(CHUNK);
            double shown = exchange - stack.overlap().expert().value() * Math.min(exchange, arithmetic);
            double chunk = layers * (arithmetic + shown)
                    + sendSeconds(CHUNK) * (1 - stack.overlap().pipeline().value());
            return prompt * chunk / CHUNK;
        }

        /** Weights of each kind that some rows pass: the longer of reading and multiplying them. */
        private double matrixSeconds(double rows, double share) {
            double hidden = shape.hiddenSize();
            double widths = shape.gated() ? 3 : 2;
            double dense = (1 - mixtures) * widths * hidden * shape.feedForwardSize();
            double shared = mixtures * experts.shared() * widths * hidden * experts.size();
            double everywhere = (shape.attentionMatrixParameters() + dense + shared) / tensor;
            double plain = roofline(weight * everywhere, 2 * (rows + 8) * everywhere, rates.matrixFlopsPerSecond());
            double router = mixtures * hidden * experts.count();
            double routing = roofline(element * router, 2 * (rows + 8) * router, rates.wideMatrixFlopsPerSecond());
            return (plain + routing + expertSeconds(rows)) / share;
        }

        private double expertSeconds(double rows) {
            if (experts.count() == 0) {
                return 0;
            }
            double one = (shape.gated() ? 3 : 2) * (double) shape.hiddenSize() * experts.size() / (ranks * tensor);
            double missed = Math.pow(1 - (double) experts.active() / experts.count(), ranks * rows);
            double touched = experts.count() * (1 - missed);
            double pairs = ranks * rows * experts.active() * stack.habits().imbalanceFactor();
            return mixtures
                    * roofline(weight * touched * one, 2 * (pairs + 8 * touched) * one, rates.matrixFlopsPerSecond())
                    / rates.mixturePace();
        }

        private double roofline(double bytes, double flops, double flopsPerSecond) {
            return Math.max(bytes / rates.memoryBytesPerSecond(), flops / flopsPerSecond);
        }

        private double activationSeconds(double rows) {
            double heads = 2.0 * attention.heads() * (attention.queryKeySize() + attention.valueSize());
            double inner = (1 - mixtures) * shape.feedForwardSize()
                    + mixtures * (experts.active() + experts.shared()) * experts.size();
            double numbers = 10.0 * shape.hiddenSize() + (heads + 3 * inner) / tensor;
            return rows * element * numbers / rates.memoryBytesPerSecond();
        }

        private double tensorSeconds(double rows) {
            if (tensor == 1) {
                return 0;
            }
            double bytes = 2 * (tensor - 1) / tensor * rows * shape.hiddenSize() * element;
            boolean inside = tensor <= rates.gpusPerNode();
            double rate = inside
                    ? rates.linkBytesPerSecond()
                    : Math.min(rates.linkBytesPerSecond(), rates.fabricBytesPerSecond() * rates.gpusPerNode());
            double one = bytes / rate + (inside ? 12e-6 : 25e-6);
            double usual = shape.parallelParts() ? 1 : 2;
            double inMixtures = expertRanks > 1 && stack.expertOverTensor() ? 1 : usual;
            return ((1 - mixtures) * usual + mixtures * inMixtures) * one;
        }

        private double exchangeSeconds(double rows) {
            if (expertRanks == 1) {
                return 0;
            }
            return mixtures * (wayBytes(rows, dispatchBytes) + wayBytes(rows, combineBytes)) / rates.mixturePace();
        }

        /** One way of the rows to their experts, once per node over the fabric and once per expert over the link. */
        private double wayBytes(double rows, double bytesPerElement) {
            double gpus = ranks * tensor;
            double nodes = Math.max(1, Math.ceil(gpus / rates.gpusPerNode()));
            double reached = nodes * (1 - Math.pow(1 - 1 / nodes, experts.active()));
            double limit = stack.exchange().nodeLimit().value();
            double copies = (limit > 0 ? Math.min(limit, reached) : reached) * (1 - 1 / nodes);
            double inside = experts.active() * (1 - 1 / Math.min(expertRanks, rates.gpusPerNode()));
            double bytes = rows / tensor * shape.hiddenSize() * bytesPerElement;
            double slower = Math.max(
                    copies * bytes / rates.fabricBytesPerSecond(), inside * bytes / rates.linkBytesPerSecond());
            return (nodes > 1 ? 25e-6 : 12e-6) + stack.habits().imbalanceFactor() * slower;
        }

        private double sendSeconds(double rows) {
            if (stages == 1) {
                return 0;
            }
            boolean inside = tensor * ranks * stages <= rates.gpusPerNode();
            double bytes = rows * shape.hiddenSize() * element / tensor;
            return inside ? 12e-6 + bytes / rates.linkBytesPerSecond() : 25e-6 + bytes / rates.fabricBytesPerSecond();
        }

        double sequenceBytes(double context) {
            return element
                    * (shape.cachedKeys(context) * attention.cachedElements((int) tensor)
                            + shape.stateElements() / tensor);
        }

        double weightBytes() {
            double routed = (double) experts.count() * shape.expertParameters();
            double all = shape.totalParameters() - shape.otherParameters();
            double ends = shape.embeddingParameters() + shape.headParameters();
            double perLayer = (all - ends - shape.finalNormParameters()) / shape.layers();
            double whole = perLayer - mixtures * routed;
            double held = layers * (whole / tensor + mixtures * routed / (ranks * tensor)) * weight;
            double most = stages == 1 ? ends : Math.max(shape.embeddingParameters(), shape.headParameters());
            return held + most / tensor * element;
        }

        double workingBytes(double sequences) {
            double heads = attention.heads() * (2.0 * attention.queryKeySize() + attention.valueSize());
            double mixture = (double) (experts.active() + experts.shared()) * experts.size();
            double inner = 2 * Math.max(shape.feedForwardSize(), mixture);
            double chunk = CHUNK * element * (4.0 * shape.hiddenSize() + (heads + inner) / tensor);
            return chunk
                    + 4 * sequences * shape.vocabulary() / tensor
                    + stack.reserveBytes().value();
        }
    }
}
