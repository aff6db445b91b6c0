package muster.planner.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import muster.planner.domain.FleetChoice;

/**
 * Who gets which nodes: jobs in order of start, then file order, each first owned ones, then bought, then reserved ones, as
 * many as the earlier jobs leave free. Spot nodes are chosen and come on top; the rest of a job's nodes is rented on demand. All have the shape [job][pool].
 */
record Tenure(int[][] owned, int[][] bought, int[][] reserved) {
    static Tenure of(List<PoolFacts> pools, FleetChoice choice, long[] ends) {
        int[][] nodes = choice.nodes();
        long[] starts = choice.startMicros();
        int jobs = starts.length;
        Tenure tenure =
                new Tenure(new int[jobs][pools.size()], new int[jobs][pools.size()], new int[jobs][pools.size()]);
        List<Integer> order = IntStream.range(0, jobs)
                .boxed()
                .sorted(Comparator.comparingLong((Integer j) -> starts[j]).thenComparingInt(j -> j))
                .toList();
        for (int turn = 0; turn < jobs; turn++) {
            int job = order.get(turn);
            // Whoever started earlier and still runs now keeps its nodes to its end.
            List<Integer> holding = order.subList(0, turn).stream()
                    .filter(earlier -> ends[earlier] > starts[job])
                    .toList();
            for (int p = 0; p < pools.size(); p++) {
                int wanted = nodes[job][p] - choice.spotNodes()[job][p];
                wanted -= take(tenure.owned, p, job, pools.get(p).ownNodes(), wanted, holding);
                int arrived = starts[job] >= pools.get(p).leadMicros() ? choice.boughtNodes()[p] : 0;
                wanted -= take(tenure.bought, p, job, arrived, wanted, holding);
                take(tenure.reserved, p, job, choice.reservedNodes()[p], wanted, holding);
            }
        }
        return tenure;
    }

    private static int take(int[][] taken, int p, int job, int all, int wanted, List<Integer> holding) {
        int free = all - holding.stream().mapToInt(earlier -> taken[earlier][p]).sum();
        taken[job][p] = Math.max(0, Math.min(wanted, free));
        return taken[job][p];
    }
}
