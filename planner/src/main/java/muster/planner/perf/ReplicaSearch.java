package muster.planner.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import muster.planner.domain.Architecture;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutRules;
import muster.planner.domain.Node;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Work;

/** Every replica that may write a job's samples on one kind of node, with numbers of sequences that fit in memory. */
final class ReplicaSearch {
    /** Published units of decoding have up to 320 GPUs (DeepSeek-V3, arXiv:2412.19437, section 3.4.2). */
    static final int MOST_GPUS = 512;

    static final int MOST_STAGES = 16;

    /** In each pass of a data rank; engines schedule no more by default. */
    static final int MOST_SEQUENCES = 1_024;

    private static final int STEPS_TO_A_DOUBLING = 16;

    private final Job job;
    private final Work.Generation work;
    private final Node node;
    private final ReplicaModel model;
    private final int gpusPerNode;

    ReplicaSearch(Job job, Work.Generation work, Node node) {
        this.job = job;
        this.work = work;
        this.node = node;
        this.model = new ReplicaModel(job, work, node);
        this.gpusPerNode = node.gpusPerNode().asInt();
    }

    ReplicaModel model() {
        return model;
    }

    /**
     * {@return legal replicas on at most so many nodes, each with all numbers of sequences of the scale that fit; without
     * sequences where none fits}
     */
    List<Found> all(int mostNodes) {
        List<Found> found = new ArrayList<>();
        for (ReplicaShape shape : shapes()) {
            Packing packing = Packing.of(shape, gpusPerNode);
            if (packing.nodes() <= mostNodes) {
                found.add(new Found(shape, packing, candidates(shape)));
            }
        }
        return found;
    }

    /** @param candidates none where not even one sequence fits in memory */
    record Found(ReplicaShape shape, Packing packing, List<Candidate> candidates) {}

    private List<ReplicaShape> shapes() {
        Architecture architecture = job.model().architecture();
        boolean mixture = architecture.experts().count() > 0;
        List<ReplicaShape> shapes = new ArrayList<>();
        for (int tensor : powers(gpusPerNode, Parallelism.TENSOR)) {
            if (!LayoutRules.allowsTensor(architecture, gpusPerNode, tensor)) {
                continue;
            }
            for (int data : mixture ? powers(MOST_GPUS, Parallelism.EXPERT) : List.of(1)) {
                for (int stages : powers(MOST_STAGES, Parallelism.PIPELINE)) {
                    ReplicaShape shape = new ReplicaShape(tensor, data, stages);
                    if (isLegal(shape)) {
                        shapes.add(shape);
                    }
                }
            }
        }
        return shapes;
    }

    private boolean isLegal(ReplicaShape shape) {
        Architecture architecture = job.model().architecture();
        int expert = shape.expert(architecture, job.stack());
        return shape.gpus() <= MOST_GPUS
                && shape.stages() <= architecture.layers()
                && LayoutRules.allowsExpert(architecture, expert)
                && (expert == 1 || job.stack().parallelisms().contains(Parallelism.EXPERT));
    }

    /** {@return 1 where the stack cannot spread in that way, else powers of two} */
    private List<Integer> powers(int most, Parallelism kind) {
        IntPredicate allowed = ranks -> ranks == 1 || job.stack().parallelisms().contains(kind);
        return IntStream.iterate(1, power -> power <= most, power -> power * 2)
                .filter(allowed)
                .boxed()
                .toList();
    }

    /**
     * Every number up to 32, then 16 to a doubling. The scale is the same whatever fits, so that more memory only adds to it:
     * a batch that is full at the limit of one GPU may be the best on a larger one, too.
     */
    private static IntStream scale() {
        return IntStream.iterate(1, sequences -> sequences <= MOST_SEQUENCES, sequences -> sequences + step(sequences));
    }

    private static int step(int sequences) {
        return Math.max(1, Integer.highestOneBit(sequences) / STEPS_TO_A_DOUBLING);
    }

    private List<Candidate> candidates(ReplicaShape shape) {
        return scale().takeWhile(sequences -> fits(shape, sequences))
                .mapToObj(sequences -> candidate(shape, sequences))
                .toList();
    }

    /** {@return whether so many sequences in each pass of a data rank fit in memory} */
    boolean fits(ReplicaShape shape, int sequences) {
        return model.memory(shape, sequences).bytes() <= model.hardware().memoryBytes();
    }

    /** {@return what a replica does with so many sequences in each pass of a data rank} */
    Candidate candidate(ReplicaShape shape, int sequences) {
        double output = work.meanOutputTokens().value();
        double prefill = model.prefillSeconds(shape);
        double slot = model.slotSeconds(shape, sequences);
        double perSample = prefill + output * slot / sequences;
        double step = shape.stages() * slot;
        return new Candidate(
                shape,
                sequences,
                prefill,
                step,
                shape.data() * output / perSample,
                shape.stages() * prefill + output * step,
                work.tailTokens() * model.stepSeconds(shape, 1));
    }

    /**
     * A replica with a number of sequences.
     *
     * @param tokensPerSecond that it writes while its batch is full
     * @param sampleSeconds from the start of a mean sample's prompt to its last token
     * @param tailSeconds in which the longest sample writes on alone
     */
    record Candidate(
            ReplicaShape shape,
            int sequences,
            double prefillSeconds,
            double stepSeconds,
            double tokensPerSecond,
            double sampleSeconds,
            double tailSeconds) {
        /** {@return output tokens per second over the whole job: no batch ends sooner than one sample, then the tail} */
        double tokensPerSecond(int replicas, double tokens) {
            double full = tokens / (replicas * tokensPerSecond);
            return tokens / (Math.max(full, sampleSeconds) + tailSeconds);
        }
    }

    /** How replicas lie on nodes: several on each, or each over several. */
    record Packing(int nodes, int replicas) {
        static Packing of(ReplicaShape shape, int gpusPerNode) {
            int gpus = shape.gpus();
            return gpus <= gpusPerNode
                    ? new Packing(1, gpusPerNode / gpus)
                    : new Packing(Math.ceilDiv(gpus, gpusPerNode), 1);
        }

        /** {@return how many replicas so many nodes have room for} */
        int replicas(int onNodes) {
            return onNodes / nodes * replicas;
        }
    }
}
