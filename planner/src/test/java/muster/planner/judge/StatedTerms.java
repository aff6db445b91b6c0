package muster.planner.judge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/** What a scenario states, in whole units: microseconds, milliwatts, micro-dollars per node-hour. */
final class StatedTerms {
    static final long NONE = Long.MAX_VALUE;

    final Scenario scenario;
    final int jobs;
    final int pools;

    StatedTerms(Scenario scenario) {
        this.scenario = scenario;
        this.jobs = scenario.jobs().size();
        this.pools = scenario.pools().size();
        for (Pool pool : scenario.pools()) {
            if (pool.supply().hasTerms()) {
                throw new IllegalArgumentException("The judge knows no purchases and reservations: " + pool.name());
            }
        }
        for (Job job : scenario.jobs()) {
            if (!job.modelled().isEmpty()) {
                throw new IllegalArgumentException("The judge knows stated rates only: " + job.name());
            }
        }
    }

    Job job(int j) {
        return scenario.jobs().get(j);
    }

    Pool pool(int p) {
        return scenario.pools().get(p);
    }

    int own(int p) {
        return pool(p).ownNodes().asInt();
    }

    /** All nodes of a pool that ever come. */
    int most(int p) {
        int max = pool(p).maxNodes().asInt();
        int tranches = pool(p).supply().available().stream()
                .mapToInt(tranche -> tranche.nodes().asInt())
                .sum();
        return pool(p).supply().available().isEmpty() ? max : Math.min(max, tranches);
    }

    boolean rentable(int p) {
        return pool(p).rentUsdPerGpuHour().isPresent();
    }

    double rentMicroUsdPerNodeHour(int p) {
        int gpus = pool(p).node().gpusPerNode().asInt();
        return pool(p).rentUsdPerGpuHour()
                .map(price -> (double) gpus * Math.round(price.value() * 1e6))
                .orElse(0.0);
    }

    long facilityMilliwatts(int p) {
        double watts = pool(p).node().trainingPowerWatts().value();
        return Math.round(watts * pool(p).powerUsageEffectiveness().value() * 1e3);
    }

    double energyMicroUsdPerNodeHour(int p) {
        double price =
                pool(p).site().flatMap(Site::usdPerKwh).map(Figure::value).orElse(0.0);
        return facilityMilliwatts(p) / 1e6 * price * 1e6;
    }

    /** Grams a node gives off in an hour; not a number where the grid is unknown. */
    double gramsPerNodeHour(int p) {
        double intensity =
                pool(p).site().flatMap(Site::kgPerKwh).map(Figure::value).orElse(Double.NaN);
        return facilityMilliwatts(p) / 1e6 * intensity * 1e3;
    }

    long releaseMicros(int j) {
        return job(j).releaseSeconds().map(StatedTerms::micros).orElse(0L);
    }

    /** The earlier of the job's own deadline and the plan's. */
    long deadlineMicros(int j) {
        long own = job(j).deadlineSeconds().map(StatedTerms::micros).orElse(NONE);
        return Math.min(
                own,
                scenario.limits().deadlineSeconds().map(StatedTerms::micros).orElse(NONE));
    }

    Optional<Long> budgetMicroUsd() {
        return scenario.limits().budgetUsd().map(usd -> Math.round(usd.value() * 1e6));
    }

    Optional<Long> powerMilliwatts() {
        return scenario.limits().powerWatts().map(watts -> Math.round(watts.value() * 1e3));
    }

    /** Jobs, by number, that must end before this one starts. */
    List<Integer> after(int j) {
        return IntStream.range(0, jobs)
                .filter(other -> job(j).after().contains(job(other).name()))
                .boxed()
                .toList();
    }

    /** Every date at which nodes of the pool come. */
    List<Long> dates(int p) {
        return pool(p).supply().available().stream()
                .map(tranche -> micros(tranche.fromSeconds()))
                .distinct()
                .toList();
    }

    /** The sites, and which pools stand there. */
    List<Integer> poolsAt(Site site) {
        return IntStream.range(0, pools)
                .filter(p -> pool(p).site().filter(site::equals).isPresent())
                .boxed()
                .toList();
    }

    /**
     * Every set of nodes that a job may hold and be done in time with, started at its release and alone, with every number of
     * owned ones among them.
     *
     * @param atMost where there are more, one more than that comes back
     */
    List<Holding> holdings(int j, int atMost) {
        List<Holding> all = new ArrayList<>();
        extend(j, 0, new int[pools], new int[pools], all, atMost);
        return all;
    }

    private void extend(int j, int p, int[] nodes, int[] owned, List<Holding> all, int atMost) {
        if (all.size() > atMost) {
            return;
        }
        if (p == pools) {
            Holding.of(this, j, nodes, owned)
                    .filter(holding -> releaseMicros(j) + holding.micros() <= deadlineMicros(j))
                    .ifPresent(all::add);
            return;
        }
        boolean runs = job(j).measured().containsKey(pool(p).name());
        boolean taken = IntStream.of(nodes).limit(p).anyMatch(count -> count > 0);
        boolean more = runs && !(taken && job(j).spread() == Job.Spread.ONE_POOL);
        int step = pool(p).granularityNodes().asInt();
        for (int count = 0; count <= (more ? most(p) : 0); count += step) {
            nodes[p] = count;
            // Free owned nodes are what is owned less what others hold of them, each the least of two such multiples.
            int unit = BigInteger.valueOf(step).gcd(BigInteger.valueOf(own(p))).intValueExact();
            // A pool without a rent has no nodes beyond those owned.
            for (int held = rentable(p) ? 0 : count; held <= Math.min(count, own(p)); held += unit) {
                owned[p] = held;
                extend(j, p + 1, nodes, owned, all, atMost);
            }
        }
        nodes[p] = 0;
        owned[p] = 0;
    }

    static long micros(Figure seconds) {
        return Math.round(seconds.value() * 1e6);
    }

    static long greatestCommonDivisor(LongStream numbers) {
        return numbers.mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .max(BigInteger.ONE)
                .longValueExact();
    }
}
