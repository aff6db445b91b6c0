package muster.planner.domain;

import java.util.List;
import java.util.Optional;

/**
 * What the performance model says of replicas that write samples on a number of nodes (docs/model.md, Generation).
 *
 * @param layout over all GPUs in use: {@code data} counts the data ranks of all replicas, {@code microbatch} the sequences
 *     that a data rank writes a token of in one pass
 * @param replicas copies of the model, each of which writes samples of its own
 * @param stepSeconds in which every sequence in flight gets one more token
 * @param prefillSeconds that the prompt of one sample takes of a data rank
 * @param meanContextTokens tokens before the one being written, on average
 * @param tailSeconds that the longest samples write on at the end of the job, when all others are done
 * @param tokensPerSecond output tokens over the job's whole time, prompts and tail included
 * @param parts where the step's seconds go; they add up to it
 */
public record ReplicaEstimate(
        Layout layout,
        int replicas,
        double stepSeconds,
        double prefillSeconds,
        double meanContextTokens,
        double tailSeconds,
        double tokensPerSecond,
        double tokensPerSecondPerGpu,
        double mfuPercent,
        String mfuBasis,
        Memory memory,
        double memoryLimitBytesPerGpu,
        List<Part> parts)
        implements Plan.PoolRun {
    public ReplicaEstimate {
        parts = List.copyOf(parts);
    }

    /** {@return sequences in flight on one replica: every pipeline stage is busy with one pass of each data rank} */
    public long sequencesPerReplica() {
        return (long) layout.data() / replicas * layout.pipeline() * layout.microbatch();
    }

    public long gpusPerReplica() {
        return layout.gpus() / replicas;
    }

    public double memoryBytesPerGpu() {
        return memory.bytes();
    }

    public boolean fits() {
        return memory.bytes() <= memoryLimitBytesPerGpu;
    }

    /** {@return seconds of the step that wait for one thing} */
    public double seconds(WaitsFor what) {
        return parts.stream()
                .filter(part -> part.waitsFor() == what)
                .mapToDouble(Part::seconds)
                .sum();
    }

    /** {@return what the step waits for most of its time} */
    public WaitsFor bound() {
        WaitsFor most = WaitsFor.MEMORY;
        for (WaitsFor what : WaitsFor.values()) {
            most = seconds(what) > seconds(most) ? what : most;
        }
        return most;
    }

    /** {@return the part of that kind; absent where it takes no time} */
    public Optional<Part> find(PartKind kind) {
        return parts.stream().filter(part -> part.kind() == kind).findFirst();
    }

    /**
     * B on the GPU that holds most.
     *
     * @param cacheBytes keys, values and states of all sequences in flight, one of them as long as the longest
     * @param workingBytes activations of a chunk of prompts, logits, and what no tensor gets
     */
    public record Memory(double weightBytes, double cacheBytes, double workingBytes) {
        public double bytes() {
            return weightBytes + cacheBytes + workingBytes;
        }
    }

    /** Seconds of a step. */
    public record Part(PartKind kind, double seconds, WaitsFor waitsFor) {}

    /** What a part waits for. */
    public enum WaitsFor {
        MEMORY("memory"),
        ARITHMETIC("arithmetic"),
        NETWORK("network"),
        LAUNCH("launch");

        private final String key;

        WaitsFor(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** The parts of a step, by what is multiplied, moved or started. */
    public enum PartKind {
        PROJECTIONS("projections"),
        CACHE("cache"),
        FEED_FORWARD("feedForward"),
        EXPERTS("experts"),
        ROUTER("router"),
        HEAD("head"),
        ACTIVATIONS("activations"),
        TENSOR_PARALLEL("tensorParallel"),
        EXPERT_PARALLEL("expertParallel"),
        PIPELINE_SEND("pipelineSend"),
        LAUNCH("launch");

        private final String key;

        PartKind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }
}
