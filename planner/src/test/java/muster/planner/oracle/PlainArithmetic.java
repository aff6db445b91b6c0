package muster.planner.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.oracle.Outcome.Holding;

/** The arithmetic of a plan as docs/model.md writes it, term by term, over arrays [job] and [pool] in file order. */
final class PlainArithmetic {
    final Scenario scenario;
    final int jobs;
    final int pools;

    private final int[] maxNodes;
    private final int[] ownNodes;
    private final int[] granularityNodes;
    private final boolean[] rentable;
    private final double[] rentMicroUsdPerNodeHour;
    private final double[] energyMicroUsdPerNodeHour;
    private final double[] kgPerKwh; // NaN where unknown
    private final long[] facilityMilliwatts;
    private final double[][] tokensPerSecondPerNode; // NaN where the job has no rate
    private final double[] tokens;
    private final boolean[] onePool;
    private final boolean[][] after;
    private final long[] releaseMicros;
    private final long[] deadlineMicros; // the earlier of the job's own and the plan's
    private final long budgetMicroUsd;
    private final long powerMilliwatts;

    PlainArithmetic(Scenario scenario) {
        this.scenario = scenario;
        jobs = scenario.jobs().size();
        pools = scenario.pools().size();
        List<Pool> poolList = scenario.pools();
        maxNodes = poolList.stream().mapToInt(pool -> pool.maxNodes().asInt()).toArray();
        ownNodes = poolList.stream().mapToInt(pool -> pool.ownNodes().asInt()).toArray();
        granularityNodes = poolList.stream()
                .mapToInt(pool -> pool.granularityNodes().asInt())
                .toArray();
        rentable = new boolean[pools];
        rentMicroUsdPerNodeHour = new double[pools];
        energyMicroUsdPerNodeHour = new double[pools];
        kgPerKwh = new double[pools];
        facilityMilliwatts = new long[pools];
        for (int p = 0; p < pools; p++) {
            Pool pool = poolList.get(p);
            rentable[p] = pool.rentUsdPerGpuHour().isPresent();
            rentMicroUsdPerNodeHour[p] = pool.rentUsdPerGpuHour()
                    .map(price -> (double) pool.node().gpusPerNode().asInt() * Math.round(price.value() * 1e6))
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

    private static long limit(Optional<Double> units) {
        return units.map(Math::round).orElse(Long.MAX_VALUE);
    }

    int maxNodes(int pool) {
        return maxNodes[pool];
    }

    long releaseMicros(int job) {
        return releaseMicros[job];
    }

    /** {@return what the job gets from these nodes; empty where it may not hold them at all} */
    Optional<Holding> holding(int job, int[] nodes) {
        double rate = 0;
        long milliwatts = 0;
        int poolsInUse = 0;
        for (int p = 0; p < pools; p++) {
            if (nodes[p] == 0) {
                continue;
            }
            if (nodes[p] < 0 || nodes[p] > maxNodes[p] || nodes[p] % granularityNodes[p] != 0) {
                return Optional.empty();
            }
            if (Double.isNaN(tokensPerSecondPerNode[job][p])) {
                return Optional.empty();
            }
            rate += nodes[p] * tokensPerSecondPerNode[job][p];
            milliwatts += nodes[p] * facilityMilliwatts[p];
            poolsInUse++;
        }
        if (!(rate > 0) || onePool[job] && poolsInUse > 1) {
            return Optional.empty();
        }
        return Optional.of(new Holding(nodes.clone(), rate, Math.round(tokens[job] / rate * 1e6), milliwatts));
    }

    /** Whether the job alone, started as early as can be, already breaks a limit: then every plan with it does. */
    boolean breaksLimitAlone(int job, Holding holding) {
        return releaseMicros[job] + holding.durationMicros() > deadlineMicros[job]
                || holding.milliwatts() > powerMilliwatts;
    }

    /** {@return what follows from the choice; empty where it breaks a rule other than the limits} */
    Optional<Outcome> outcome(FleetChoice choice) {
        Holding[] holdings = new Holding[jobs];
        int[][] nodes = choice.nodes();
        for (int j = 0; j < jobs; j++) {
            Optional<Holding> holding = holding(j, nodes[j]);
            if (holding.isEmpty()) {
                return Optional.empty();
            }
            holdings[j] = holding.get();
        }
        return outcome(holdings, choice.startMicros());
    }

    Optional<Outcome> outcome(Holding[] holdings, long[] starts) {
        long[] ends = new long[jobs];
        for (int j = 0; j < jobs; j++) {
            ends[j] = starts[j] + holdings[j].durationMicros();
        }
        for (int j = 0; j < jobs; j++) {
            if (!mayStart(j, starts[j], ends)) {
                return Optional.empty();
            }
        }
        int[] peakNodes = new int[pools];
        long peakMilliwatts = 0;
        for (long instant : starts) { // nothing but a start adds to what is busy
            long milliwatts = 0;
            int[] busy = new int[pools];
            for (int j = 0; j < jobs; j++) {
                if (starts[j] <= instant && instant < ends[j]) {
                    milliwatts += holdings[j].milliwatts();
                    for (int p = 0; p < pools; p++) {
                        busy[p] += holdings[j].nodes()[p];
                    }
                }
            }
            peakMilliwatts = Math.max(peakMilliwatts, milliwatts);
            for (int p = 0; p < pools; p++) {
                if (busy[p] > maxNodes[p]) {
                    return Optional.empty();
                }
                peakNodes[p] = Math.max(peakNodes[p], busy[p]);
            }
        }
        int[][] owned = ownedNodes(holdings, starts, ends);
        long[] rent = new long[jobs];
        long[] energy = new long[jobs];
        long joules = 0;
        long grams = 0;
        long finish = 0;
        for (int j = 0; j < jobs; j++) {
            double rentPerHour = 0;
            double energyPerHour = 0;
            double watts = 0;
            double gramsPerSecond = 0;
            for (int p = 0; p < pools; p++) {
                int nodes = holdings[j].nodes()[p];
                if (nodes == 0) {
                    continue;
                }
                int rented = nodes - owned[j][p];
                if (rented > 0 && !rentable[p]) {
                    return Optional.empty();
                }
                rentPerHour += rented * rentMicroUsdPerNodeHour[p];
                energyPerHour += owned[j][p] * energyMicroUsdPerNodeHour[p];
                watts += nodes * facilityMilliwatts[p] / 1000.0;
                gramsPerSecond += nodes * (facilityMilliwatts[p] / 1e6) * kgPerKwh[p] * 1000 / 3600; // NaN: unknown
            }
            double rate = holdings[j].tokensPerSecond();
            rent[j] = Math.round(rentPerHour / rate * tokens[j] / 3600);
            energy[j] = Math.round(energyPerHour / rate * tokens[j] / 3600);
            joules += Math.round(watts / rate * tokens[j]);
            grams = grams == Outcome.NO_CARBON || Double.isNaN(gramsPerSecond)
                    ? Outcome.NO_CARBON
                    : grams + Math.round(gramsPerSecond / rate * tokens[j]);
            finish = Math.max(finish, ends[j]);
        }
        return Optional.of(new Outcome(
                holdings.clone(),
                starts.clone(),
                ends,
                owned,
                rent,
                energy,
                finish,
                joules,
                grams,
                peakMilliwatts,
                peakNodes));
    }

    private boolean mayStart(int job, long start, long[] ends) {
        boolean atAnEnd = start == releaseMicros[job];
        for (int other = 0; other < jobs; other++) {
            if (other == job) {
                continue;
            }
            atAnEnd |= start == ends[other];
            if (after[job][other] && start < ends[other]) {
                return false;
            }
        }
        return atAnEnd && start >= releaseMicros[job];
    }

    /** Jobs in order of (start, file order) take what the running ones before them have left of the owned nodes. */
    private int[][] ownedNodes(Holding[] holdings, long[] starts, long[] ends) {
        int[][] owned = new int[jobs][pools];
        for (int j = 0; j < jobs; j++) {
            Arrays.fill(owned[j], -1); // not served yet
        }
        for (int turn = 0; turn < jobs; turn++) {
            int next = -1;
            for (int j = 0; j < jobs; j++) {
                if (owned[j][0] < 0 && (next < 0 || starts[j] < starts[next])) {
                    next = j;
                }
            }
            for (int p = 0; p < pools; p++) {
                int free = ownNodes[p];
                for (int earlier = 0; earlier < jobs; earlier++) {
                    if (earlier != next && owned[earlier][p] >= 0 && ends[earlier] > starts[next]) {
                        free -= owned[earlier][p];
                    }
                }
                owned[next][p] = Math.min(holdings[next].nodes()[p], free);
            }
        }
        return owned;
    }

    boolean keepsLimits(Outcome outcome) {
        for (int j = 0; j < jobs; j++) {
            if (outcome.endMicros()[j] > deadlineMicros[j]) {
                return false;
            }
        }
        return outcome.microUsd() <= budgetMicroUsd && outcome.peakMilliwatts() <= powerMilliwatts;
    }

    /** {@return what plans are compared by, smaller first, place by place} */
    long[] criteria(Outcome outcome) {
        long[] criteria = new long[scenario.objectives().size() + 3 + pools];
        int filled = 0;
        for (Objective objective : scenario.objectives()) {
            criteria[filled++] = onGrid(objective, outcome);
        }
        if (!scenario.objectives().contains(Objective.COST)) {
            criteria[filled++] = onGrid(Objective.COST, outcome);
        }
        if (!scenario.objectives().contains(Objective.DAYS)) {
            criteria[filled++] = onGrid(Objective.DAYS, outcome);
        }
        criteria[filled++] = Arrays.stream(outcome.peakNodes()).sum();
        for (int nodes : outcome.peakNodes()) {
            criteria[filled++] = -nodes; // more on earlier pools is better
        }
        return Arrays.copyOf(criteria, filled);
    }

    /** Whole cents, milliseconds, watt-hours and grams, halves rounded up. */
    static long onGrid(Objective objective, Outcome outcome) {
        return switch (objective) {
            case COST -> Math.floorDiv(outcome.microUsd() + 5_000, 10_000L);
            case DAYS -> Math.floorDiv(outcome.finishMicros() + 500, 1_000L);
            case ENERGY -> Math.floorDiv(outcome.energyJoules() + 1_800, 3_600L);
            case CARBON -> {
                if (outcome.carbonGrams() == Outcome.NO_CARBON) {
                    throw new IllegalArgumentException("carbon is minimised, but a pool in use states no intensity");
                }
                yield outcome.carbonGrams();
            }
        };
    }
}
