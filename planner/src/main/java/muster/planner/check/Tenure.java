package muster.planner.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who gets the owned nodes: jobs in order of start, then file order, each as many as the earlier ones leave free. */
final class Tenure {
    private Tenure() {}

    /** {@return owned nodes, shape [job][pool]; the rest of a job's nodes is rented} */
    static int[][] ownedNodes(List<PoolFacts> pools, int[][] nodes, long[] starts, long[] ends) {
        List<Integer> order = IntStream.range(0, starts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer j) -> starts[j]).thenComparingInt(j -> j))
                .toList();
        int[][] owned = new int[starts.length][pools.size()];
        for (int turn = 0; turn < order.size(); turn++) {
            int job = order.get(turn);
            for (int p = 0; p < pools.size(); p++) {
                int free = pools.get(p).ownNodes();
                for (int earlier : order.subList(0, turn)) {
                    // Whoever started earlier and still runs now keeps its owned nodes to its end.
                    if (ends[earlier] > starts[job]) {
                        free -= owned[earlier][p];
                    }
                }
                owned[job][p] = Math.min(nodes[job][p], free);
            }
        }
        return owned;
    }
}
