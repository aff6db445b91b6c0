package muster.planner.perf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import muster.planner.domain.Job;
import muster.planner.domain.Node;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.Work;

/** What one pool gives a job that generates, by node count: the fastest replicas, and as many as there is room for. */
final class ReplicaOptions {
    private final ReplicaEstimator estimator;
    private final ReplicaSearch.Candidate[] fastest;
    private final int[] replicas;
    private final double[] tokensPerSecond;
    private final RangeMaximum ceiling;
    private final int mostNodes;

    private record Packed(ReplicaSearch.Candidate candidate, ReplicaSearch.Packing packing) {}

    private ReplicaOptions(
            ReplicaEstimator estimator, ReplicaSearch.Candidate[] fastest, int[] replicas, double[] tokensPerSecond) {
        this.estimator = estimator;
        this.fastest = fastest;
        this.replicas = replicas;
        this.tokensPerSecond = tokensPerSecond;
        double[] perNode = new double[tokensPerSecond.length];
        int most = 0;
        for (int nodes = 1; nodes < perNode.length; nodes++) {
            perNode[nodes] = tokensPerSecond[nodes] / nodes;
            most = perNode[nodes] > 0 ? nodes : most;
        }
        this.ceiling = new RangeMaximum(perNode);
        this.mostNodes = most;
    }

    /** @param usable shape [nodes], up to {@value Job#MOST_MODELLED_NODES}: the node counts that are options */
    static ReplicaOptions of(Job job, Work.Generation work, Node node, boolean[] usable) {
        int most = usable.length - 1;
        ReplicaSearch search = new ReplicaSearch(job, work, node);
        List<Packed> packed = new ArrayList<>();
        for (ReplicaSearch.Found found : search.all(most)) {
            found.candidates().forEach(candidate -> packed.add(new Packed(candidate, found.packing())));
        }
        List<Packed> kept = undominated(packed);
        double tokens = work.tokens().value();
        ReplicaSearch.Candidate[] fastest = new ReplicaSearch.Candidate[most + 1];
        int[] replicas = new int[most + 1];
        double[] rates = new double[most + 1];
        for (int nodes = 1; nodes <= most; nodes++) {
            for (Packed each : usable[nodes] ? kept : List.<Packed>of()) {
                int count = each.packing().replicas(nodes);
                double rate = count == 0 ? 0 : each.candidate().tokensPerSecond(count, tokens);
                if (rate > rates[nodes]) {
                    rates[nodes] = rate;
                    replicas[nodes] = count;
                    fastest[nodes] = each.candidate();
                }
            }
        }
        return new ReplicaOptions(new ReplicaEstimator(job, work, node, search), fastest, replicas, rates);
    }

    /** {@return those that no other with as many nodes beats in rate, in the time of a sample and in the tail at once} */
    private static List<Packed> undominated(List<Packed> all) {
        List<Packed> kept = new ArrayList<>();
        all.stream()
                .sorted(Comparator.comparingDouble((Packed each) -> -perUnit(each)))
                .forEach(each -> {
                    if (kept.stream().noneMatch(better -> beats(better, each))) {
                        kept.add(each);
                    }
                });
        return kept;
    }

    private static double perUnit(Packed packed) {
        return packed.packing().replicas() * packed.candidate().tokensPerSecond();
    }

    private static boolean beats(Packed better, Packed other) {
        return better.packing().nodes() == other.packing().nodes()
                && perUnit(better) >= perUnit(other)
                && better.candidate().sampleSeconds() <= other.candidate().sampleSeconds()
                && better.candidate().tailSeconds() <= other.candidate().tailSeconds();
    }

    /** {@return the node count up to which options are known} */
    int examinedNodes() {
        return tokensPerSecond.length - 1;
    }

    /** {@return the largest node count with any replica; 0 where there is none} */
    int mostNodes() {
        return mostNodes;
    }

    /** {@return output tokens/s on so many nodes, of which some may be idle; 0 where no replica fits} */
    double tokensPerSecond(int nodes) {
        return nodes < tokensPerSecond.length ? tokensPerSecond[nodes] : 0;
    }

    /** {@return tokens/s per node that no count of the range exceeds} */
    double ceiling(int lowNodes, int highNodes) {
        int low = Math.max(lowNodes, 1);
        int high = Math.min(highNodes, mostNodes);
        return low > high ? 0 : ceiling.of(low, high);
    }

    /** {@return tokens/s that no count up to this one exceeds} */
    double mostTokensPerSecond(int highNodes) {
        double most = 0;
        int last = Math.min(highNodes, mostNodes);
        // More nodes never write less, so that the last count with an option has the most.
        for (int nodes = last; nodes > 0 && most == 0; nodes--) {
            most = tokensPerSecond[nodes];
        }
        return most;
    }

    /** {@return the replicas on so many nodes, written out; there are some} */
    ReplicaEstimate estimate(int nodes) {
        return estimator.estimate(fastest[nodes], replicas[nodes], nodes);
    }
}
