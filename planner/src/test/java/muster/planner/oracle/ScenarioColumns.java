package muster.planner.oracle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/** A scenario's numbers, in the units that plans are counted in, over arrays [job] and [pool] in file order. */
final class ScenarioColumns {
    final Scenario scenario;
    final int jobs;
    final int pools;

    final int[] maxNodes;
    final int[] ownNodes;
    final List<Supply> supplies;
    final List<Optional<Figure>> spares;
    final List<Optional<Site>> sites;
    final int[] granularityNodes;
    final boolean[] rentable;
    final double[] rentMicroUsdPerNodeHour;
    final boolean[] spotOffered;
    final double[] spotMicroUsdPerNodeHour;
    final double[] energyMicroUsdPerNodeHour;
    final double[] kgPerKwh; // NaN where unknown
    final long[] facilityMilliwatts;
    final double[][] tokensPerSecondPerNode; // NaN where the job has no rate
    final double[] tokens;
    final boolean[] onePool;
    final boolean[][] after;
    final long[] releaseMicros;
    final long[] deadlineMicros; // the earlier of the job's own and the plan's
    final long budgetMicroUsd;
    final long powerMilliwatts;

    ScenarioColumns(Scenario scenario) {
        this.scenario = scenario;
        jobs = scenario.jobs().size();
        pools = scenario.pools().size();
        List<Pool> poolList = scenario.pools();
        maxNodes = poolList.stream().mapToInt(pool -> pool.maxNodes().asInt()).toArray();
        spares = poolList.stream().map(Pool::spare).toList();
        supplies = poolList.stream().map(Pool::supply).toList();
        sites = poolList.stream().map(Pool::site).toList();
        ownNodes = poolList.stream().mapToInt(pool -> pool.ownNodes().asInt()).toArray();
        granularityNodes = poolList.stream()
                .mapToInt(pool -> pool.granularityNodes().asInt())
                .toArray();
        rentable = new boolean[pools];
        rentMicroUsdPerNodeHour = new double[pools];
        spotOffered = new boolean[pools];
        spotMicroUsdPerNodeHour = new double[pools];
        energyMicroUsdPerNodeHour = new double[pools];
        kgPerKwh = new double[pools];
        facilityMilliwatts = new long[pools];
        for (int p = 0; p < pools; p++) {
            Pool pool = poolList.get(p);
            rentable[p] = pool.rentUsdPerGpuHour().isPresent();
            rentMicroUsdPerNodeHour[p] = pool.rentUsdPerGpuHour()
                    .map(price -> (double) pool.node().gpusPerNode().asInt() * Math.round(price.value() * 1e6))
                    .orElse(0.0);
            spotOffered[p] = pool.supply().spot().isPresent();
            spotMicroUsdPerNodeHour[p] = pool.supply()
                    .spot()
                    .map(terms -> (double) pool.node().gpusPerNode().asInt()
                            * Math.round(terms.usdPerGpuHour().value() * 1e6))
                    .orElse(0.0);
            facilityMilliwatts[p] = Math.round(pool.node().trainingPowerWatts().value()
                    * pool.powerUsageEffectiveness().value()
                    * 1000);
            energyMicroUsdPerNodeHour[p] = facilityMilliwatts[p]
                    / 1e6
                    * pool.site()
                            .flatMap(Site::usdPerKwh)
                            .map(price -> price.value())
                            .orElse(0.0)
                    * 1e6;
            kgPerKwh[p] = pool.site()
                    .flatMap(Site::kgPerKwh)
                    .map(intensity -> intensity.value())
                    .orElse(Double.NaN);
        }
        tokensPerSecondPerNode = new double[jobs][pools];
        tokens = new double[jobs];
        onePool = new boolean[jobs];
        after = new boolean[jobs][jobs];
        releaseMicros = new long[jobs];
        deadlineMicros = new long[jobs];
        long planDeadline = limit(scenario.limits().deadlineSeconds().map(seconds -> seconds.value() * 1e6));
        for (int j = 0; j < jobs; j++) {
            Job job = scenario.jobs().get(j);
            tokens[j] = job.tokens().value();
            onePool[j] = job.spread() == Job.Spread.ONE_POOL;
            releaseMicros[j] = job.releaseSeconds()
                    .map(seconds -> Math.round(seconds.value() * 1e6))
                    .orElse(0L);
            deadlineMicros[j] =
                    Math.min(planDeadline, limit(job.deadlineSeconds().map(seconds -> seconds.value() * 1e6)));
            for (int p = 0; p < pools; p++) {
                Pool pool = poolList.get(p);
                tokensPerSecondPerNode[j][p] = job.measured().containsKey(pool.name())
                        ? pool.node().gpusPerNode().asInt()
                                * job.measured().get(pool.name()).value()
                        : Double.NaN;
            }
            for (int k = 0; k < jobs; k++) {
                after[j][k] = job.after().contains(scenario.jobs().get(k).name());
            }
        }
        budgetMicroUsd = limit(scenario.limits().budgetUsd().map(usd -> usd.value() * 1e6));
        powerMilliwatts = limit(scenario.limits().powerWatts().map(watts -> watts.value() * 1000));
    }

    /** Nodes that compute of those that a job holds; a fraction is spare, rounded up. */
    int computing(int pool, int held) {
        if (spares.get(pool).isEmpty()) {
            return held;
        }
        Figure spare = spares.get(pool).get();
        int spared = 0;
        if (spare.unit() == BaseUnit.NODES) {
            spared = spare.asInt();
        } else {
            while (spared + 1e-9 < held * spare.value()) {
                spared++;
            }
        }
        return Math.max(0, held - spared);
    }

    /** Time that evictions cost over time worked: checkpoints and lost work, then restarts. */
    double overhead(int[] spotNodes) {
        double checks = 0;
        double restarts = 0;
        for (int p = 0; p < pools; p++) {
            if (spotNodes[p] > 0) {
                Supply.Spot terms = supplies.get(p).spot().orElseThrow();
                double perSecond = spotNodes[p] * terms.evictionsPerHour().value() / 3600;
                checks += 2 * terms.checkpointSeconds().value() * perSecond;
                restarts += perSecond * terms.restartSeconds().value();
            }
        }
        return Math.sqrt(checks) + restarts;
    }

    /** Nodes of the pool that are there at that time. */
    long nodesAt(int pool, long micros) {
        List<Supply.Tranche> tranches = supplies.get(pool).available();
        long come = 0;
        for (Supply.Tranche tranche : tranches) {
            come += micros(tranche.fromSeconds()) <= micros ? tranche.nodes().asInt() : 0;
        }
        return tranches.isEmpty() ? maxNodes[pool] : Math.min(come, maxNodes[pool]);
    }

    /** Times at which nodes of the pool come. */
    Set<Long> datesOf(int pool) {
        Set<Long> dates = new TreeSet<>();
        supplies.get(pool).available().forEach(tranche -> dates.add(micros(tranche.fromSeconds())));
        supplies.get(pool).buy().ifPresent(purchase -> dates.add(micros(purchase.leadSeconds())));
        return dates;
    }

    static long micros(Figure seconds) {
        return Math.round(seconds.value() * 1e6);
    }

    private static long limit(Optional<Double> units) {
        return units.map(Math::round).orElse(Long.MAX_VALUE);
    }
}
