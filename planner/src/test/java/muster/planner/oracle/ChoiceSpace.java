package muster.planner.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import muster.planner.domain.FleetChoice;
import muster.planner.oracle.Outcome.Holding;

/** Everything that can be chosen in a tiny scenario: nodes for every job, and what each job waits for. */
final class ChoiceSpace {
    /** In a start pattern: the job starts at its release, waiting for nobody. */
    static final int RELEASE = -1;

    private final PlainArithmetic arithmetic;
    private final ScenarioColumns columns;
    private final List<Long> dates;

    ChoiceSpace(PlainArithmetic arithmetic) {
        this.arithmetic = arithmetic;
        columns = arithmetic.columns;
        dates = IntStream.range(0, columns.pools)
                .boxed()
                .flatMap(pool -> columns.datesOf(pool).stream())
                .filter(date -> date > 0)
                .distinct()
                .toList();
    }

    /** {@return every set of nodes that the job may hold, counting up, the last pool fastest} */
    List<Holding> holdings(int job) {
        List<Holding> holdings = new ArrayList<>();
        int[] nodes = new int[columns.pools];
        int pool;
        do {
            addWithSpot(job, nodes, new int[columns.pools], 0, holdings);
            pool = columns.pools - 1;
            while (pool >= 0 && nodes[pool] == columns.maxNodes[pool]) {
                nodes[pool--] = 0;
            }
            if (pool >= 0) {
                nodes[pool]++;
            }
        } while (pool >= 0);
        return holdings;
    }

    /** Every number of spot nodes among those of each pool that offers them. */
    private void addWithSpot(int job, int[] nodes, int[] spot, int pool, List<Holding> holdings) {
        if (pool == columns.pools) {
            arithmetic.holding(job, nodes, spot).ifPresent(holdings::add);
            return;
        }
        for (int count = 0; count <= (columns.spotOffered[pool] ? nodes[pool] : 0); count++) {
            spot[pool] = count;
            addWithSpot(job, nodes, spot, pool + 1, holdings);
        }
        spot[pool] = 0;
    }

    /**
     * {@return for each job its release, the job at whose end it starts, or, counted on from the jobs, the date at which
     * nodes come; never in a circle}
     */
    List<int[]> startPatterns() {
        int jobs = columns.jobs;
        int events = jobs + dates.size();
        List<int[]> patterns = new ArrayList<>();
        int[] waitsFor = new int[jobs];
        Arrays.fill(waitsFor, RELEASE);
        int job;
        do {
            if (resolvable(waitsFor)) {
                patterns.add(waitsFor.clone());
            }
            job = jobs - 1;
            while (job >= 0 && waitsFor[job] == events - 1) {
                waitsFor[job--] = RELEASE;
            }
            if (job >= 0) {
                waitsFor[job]++;
            }
        } while (job >= 0);
        return patterns;
    }

    /** {@return one of all choices, each alike likely; it may still want more nodes at once than there are} */
    Optional<FleetChoice> random(SplittableRandom random) {
        Holding[] drawn = new Holding[columns.jobs];
        int[][] nodes = new int[columns.jobs][];
        int[][] spot = new int[columns.jobs][];
        for (int j = 0; j < columns.jobs; j++) {
            List<Holding> holdings = holdings(j);
            if (holdings.isEmpty()) {
                return Optional.empty();
            }
            drawn[j] = holdings.get(random.nextInt(holdings.size()));
            nodes[j] = drawn[j].nodes();
            spot[j] = drawn[j].spotNodes();
        }
        List<int[]> patterns = startPatterns();
        long[] starts = starts(patterns.get(random.nextInt(patterns.size())), drawn);
        return Optional.of(new FleetChoice(nodes, starts, new int[columns.pools], new int[columns.pools], spot));
    }

    long[] starts(int[] waitsFor, Holding[] holdings) {
        long[] starts = new long[waitsFor.length];
        for (int j = 0; j < starts.length; j++) {
            starts[j] = start(j, waitsFor, holdings);
        }
        return starts;
    }

    private long start(int job, int[] waitsFor, Holding[] holdings) {
        int other = waitsFor[job];
        if (other >= columns.jobs) {
            return dates.get(other - columns.jobs);
        }
        return other == RELEASE
                ? columns.releaseMicros[job]
                : start(other, waitsFor, holdings) + holdings[other].durationMicros();
    }

    private static boolean resolvable(int[] waitsFor) {
        for (int job = 0; job < waitsFor.length; job++) {
            int at = job;
            for (int step = 0; step <= waitsFor.length; step++) {
                at = at == RELEASE || at >= waitsFor.length ? RELEASE : waitsFor[at];
            }
            if (at != RELEASE) {
                return false; // still waiting after more steps than there are jobs
            }
        }
        return true;
    }
}
