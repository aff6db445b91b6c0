package muster.planner.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.HeldRates;

/** How fast one job is on any fleet, with a memory: rates of several modelled pools together take long to work out. */
final class JobFleets {
    private static final int MOST_REMEMBERED = 50_000;

    private final HeldRates rates;
    private final boolean linear;

    /** Shape [pool]: tokens/µs of a node at best; 0 where the job cannot use the pool. */
    final double[] nodeTokensPerMicro;

    /** Shape [pool]: the most nodes that the job can hold. */
    final int[] mostNodes;

    private final Map<Fleet, Double> known = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fleet, Double> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Nodes as a key; never changed once made. */
    private static final class Fleet {
        private final int[] nodes;
        private final int hash;

        Fleet(int[] nodes) {
            this.nodes = nodes;
            this.hash = Arrays.hashCode(nodes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fleet fleet && Arrays.equals(nodes, fleet.nodes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    JobFleets(FleetProblem problem, int job) {
        this.rates = problem.rates(job);
        this.linear = rates.linear();
        int pools = problem.poolCount();
        this.nodeTokensPerMicro = new double[pools];
        this.mostNodes = new int[pools];
        for (int p = 0; p < pools; p++) {
            mostNodes[p] = problem.mostUnits(job, p) * problem.granularityNodes(p);
            nodeTokensPerMicro[p] = mostNodes[p] > 0 ? rates.bestTokensPerSecondPerNode(p) / 1e6 : 0;
        }
    }

    /** {@return whether nodes add up at a rate each} */
    boolean linear() {
        return linear;
    }

    /** {@return whether the pool's rate is stated: its nodes add up, whatever other pools do} */
    boolean stated(int pool) {
        return linear || rates.stated(pool);
    }

    /** {@return whether the rate of these nodes takes long to work out} */
    boolean mixes(int[] nodes) {
        return !linear && rates.mixes(nodes);
    }

    /** {@return microseconds that no fleet of the job needs less than} */
    double leastMicros(double tokens) {
        return tokens / mostTokensPerMicro();
    }

    /** {@return what all nodes together do at best} */
    double mostTokensPerMicro() {
        double most = 0;
        for (int p = 0; p < mostNodes.length; p++) {
            most += mostNodes[p] * nodeTokensPerMicro[p];
        }
        return most;
    }

    /** {@return tokens/s; 0 where the job cannot run on exactly these nodes} */
    double tokensPerSecond(int[] nodes) {
        if (!mixes(nodes)) {
            return rates.tokensPerSecond(nodes);
        }
        Double remembered = known.get(new Fleet(nodes));
        if (remembered == null) {
            remembered = rates.tokensPerSecond(nodes);
            known.put(new Fleet(nodes.clone()), remembered);
        }
        return remembered;
    }
}
