package muster.planner.perf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.ModelFlopUtilisation;
import muster.planner.domain.Node;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.Work;

/** Evaluates every replica that may write a job's samples on a number of nodes and keeps the best. */
public final class ReplicaEstimator {
    private final Job job;
    private final Work.Generation work;
    private final Node node;
    private final ReplicaSearch search;

    public ReplicaEstimator(Job job, Work.Generation work, Node node) {
        this(job, work, node, new ReplicaSearch(job, work, node));
    }

    ReplicaEstimator(Job job, Work.Generation work, Node node, ReplicaSearch search) {
        this.job = job;
        this.work = work;
        this.node = node;
        this.search = search;
    }

    /** {@return the {@code top} fastest layouts on so many nodes, each with the number of sequences that is best for it} */
    public ReplicaEstimates best(int nodes, LayoutWish wish, int top) {
        List<ReplicaEstimate> fitting = new ArrayList<>();
        Optional<ReplicaEstimate> leanest = Optional.empty();
        long candidates = 0;
        for (ReplicaSearch.Found found : search.all(nodes)) {
            int replicas = found.packing().replicas(nodes);
            Layout layout = layout(found.shape(), replicas, wish.microbatch().orElse(1));
            if (!wanted(layout, wish)) {
                continue;
            }
            candidates++;
            Optional<ReplicaSearch.Candidate> fastest = fastest(found, replicas, wish);
            if (fastest.isPresent()) {
                fitting.add(estimate(fastest.get(), replicas, nodes));
            } else {
                ReplicaEstimate lacking =
                        estimate(search.candidate(found.shape(), layout.microbatch()), replicas, nodes);
                if (leanest.isEmpty()
                        || lacking.memoryBytesPerGpu() < leanest.get().memoryBytesPerGpu()) {
                    leanest = Optional.of(lacking);
                }
            }
        }
        List<ReplicaEstimate> best = fitting.stream()
                .sorted(Comparator.comparingDouble(ReplicaEstimate::tokensPerSecond)
                        .reversed())
                .limit(top)
                .toList();
        return new ReplicaEstimates(
                candidates, fitting.size(), best.isEmpty() ? leanest.stream().toList() : best);
    }

    private Optional<ReplicaSearch.Candidate> fastest(ReplicaSearch.Found found, int replicas, LayoutWish wish) {
        Comparator<ReplicaSearch.Candidate> byRate = Comparator.comparingDouble(
                candidate -> candidate.tokensPerSecond(replicas, work.tokens().value()));
        if (wish.microbatch().isEmpty()) {
            return found.candidates().stream().max(byRate);
        }
        int sequences = wish.microbatch().getAsInt();
        return search.fits(found.shape(), sequences)
                ? Optional.of(search.candidate(found.shape(), sequences))
                : Optional.empty();
    }

    private Layout layout(ReplicaShape shape, int replicas, int sequences) {
        return shape.layout(job.model().architecture(), job.stack(), replicas, sequences);
    }

    private static boolean wanted(Layout layout, LayoutWish wish) {
        return matches(wish.tensor(), layout.tensor())
                && matches(wish.pipeline(), layout.pipeline())
                && matches(wish.virtualPipeline(), layout.virtualPipeline())
                && matches(wish.data(), layout.data())
                && matches(wish.expert(), layout.expert())
                && matches(wish.context(), layout.context())
                && matches(wish.zero(), layout.zero())
                && wish.recompute().map(layout.recompute()::equals).orElse(true);
    }

    private static boolean matches(OptionalInt wished, int value) {
        return wished.isEmpty() || wished.getAsInt() == value;
    }

    /** {@return a candidate on nodes, written out; GPUs that no replica uses count in its rate per GPU} */
    ReplicaEstimate estimate(ReplicaSearch.Candidate candidate, int replicas, int nodes) {
        ReplicaModel model = search.model();
        double rate = candidate.tokensPerSecond(replicas, work.tokens().value());
        double perGpu = rate / ((double) nodes * node.gpusPerNode().asInt());
        return new ReplicaEstimate(
                layout(candidate.shape(), replicas, candidate.sequences()),
                replicas,
                candidate.stepSeconds(),
                candidate.prefillSeconds(),
                work.meanContextTokens(),
                candidate.tailSeconds(),
                rate,
                perGpu,
                ModelFlopUtilisation.percent(job, node.gpu(), perGpu),
                ModelFlopUtilisation.basis(job, node.gpu()),
                model.memory(candidate.shape(), candidate.sequences()),
                model.hardware().memoryBytes(),
                model.parts(candidate.shape(), candidate.sequences()));
    }
}
