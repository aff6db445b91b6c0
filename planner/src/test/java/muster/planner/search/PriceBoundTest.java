package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.Accounting;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;
import muster.planner.oracle.ModelledScenarios;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TermScenarios;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever plan is found for three to six jobs, with chains, dates and every limit, no bound by prices is above it. */
class PriceBoundTest {
    private static final double DAY = 86_400;
    private static final long FIRST_SEED = 41_000_000;

    @Test
    void noBoundIsAboveAPlan() {
        compare(FIRST_SEED, 40, false);
    }

    /** With purchases, reservations, tranches and sites in every scenario. */
    @Test
    void noBoundIsAboveAProgram() {
        compare(FIRST_SEED + 500_000, 40, true);
    }

    /**
     * Each job alone is quickest per node on few nodes, owned ones; while one holds them the other rents few as well, at the
     * same rates. Whoever counts those as further nodes of the same fleet asks too much of it.
     */
    @Test
    void noBoundIsAboveJobsThatShareOwnedNodesAtModelledRates() {
        int found = 0;
        for (int own : new int[] {4, 8, 12}) {
            for (int hours : new int[] {34, 45, 60, 80}) {
                FleetProblem problem = FleetProblem.of(ModelledScenarios.twoAtOnce(own, hours));
                found += held(problem, own * 100L + hours) > 0 ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(8);
    }

    /** With spot nodes and spare nodes in most pools: the price bound knows little of evictions, so it is seldom close. */
    @Test
    void noBoundIsAboveAPlanWithSpotNodes() {
        int found = 0;
        int spot = 0;
        for (long seed = FIRST_SEED + 700_000; seed < FIRST_SEED + 700_000 + 40; seed++) {
            Scenario scenario = TermScenarios.withSpotAndSpares(scenario(seed, seed % 2 == 0), seed);
            FleetProblem problem = FleetProblem.of(scenario);
            found += held(problem, seed) > 0 ? 1 : 0;
            spot += problem.poolCount() > scenario.pools().size() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(10);
        assertThat(spot).isGreaterThan(20);
        int modelled = 0;
        for (int seed = 0; seed < 12; seed++) {
            Scenario scenario = ModelledScenarios.twoAtOnce(4 + seed % 3 * 4, 45 + seed % 4 * 15);
            modelled += held(FleetProblem.of(TermScenarios.withSpotAndSpares(scenario, seed)), seed) > 0 ? 1 : 0;
        }
        assertThat(modelled).isGreaterThan(6);
    }

    @Test
    @Tag("long")
    void noBoundIsAboveAPlanOfThousands() {
        compare(FIRST_SEED + 1_000_000, 5_000, false);
    }

    @Test
    @Tag("long")
    void noBoundIsAboveAProgramOfThousands() {
        compare(FIRST_SEED + 2_000_000, 3_000, true);
    }

    private static void compare(long firstSeed, int count, boolean programs) {
        int found = 0;
        int close = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            double share = held(FleetProblem.of(scenario(seed, programs)), seed);
            found += share > 0 ? 1 : 0;
            close += share > 0.95 ? 1 : 0;
        }
        System.out.printf(
                "From seed %d: %d of %d scenarios with a plan, %d bounds within 5 %% of it.%n",
                firstSeed, found, count, close);
        assertThat(found).isGreaterThan(count / 3);
        assertThat(close).isGreaterThan(found / 3);
    }

    /** {@return the bound's share of a plan, at most 1; 0 where none is found} */
    private static double held(FleetProblem problem, long seed) {
        Relaxation relaxation = new Relaxation(problem, () -> false);
        relaxation.tighten(40, Double.POSITIVE_INFINITY, 0);
        Optional<FleetChoice> plan = FleetNeighbourhoods.improve(
                        problem, relaxation.guide(), Optional.empty(), seed, 1, 150, Long.MIN_VALUE, () -> false)
                .choice();
        if (plan.isEmpty()) {
            return 0;
        }
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(plan.get().nodes(), plan.get().startMicros());
        double value = ledger.value(problem.criteria().getFirst());
        assertThat(relaxation.infeasible()).as("seed %d", seed).isFalse();
        assertThat(relaxation.value()).as("seed %d", seed).isLessThanOrEqualTo(value);
        relaxation.tighten(40, value, 0);
        assertThat(relaxation.value()).as("seed %d, with a plan", seed).isLessThanOrEqualTo(value);
        return relaxation.value() / value;
    }

    private static Scenario scenario(long seed, boolean program) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom ofProgram = new SplittableRandom(~seed);
        ScenarioSketch sketch = new ScenarioSketch();
        int pools = 2 + random.nextInt(3);
        double nodes = 0;
        double[] watts = new double[pools];
        for (int p = 0; p < pools; p++) {
            int most = 1 + random.nextInt(40);
            watts[p] = random.nextDouble(3_000, 12_000);
            ScenarioSketch.PoolSketch pool = sketch.pool("p" + p)
                    .max(most)
                    .watts(watts[p])
                    .granularity(random.nextInt(4) == 0 && most > 4 ? 4 : 1);
            if (random.nextInt(4) == 0) {
                pool.own(most);
            } else {
                pool.own(random.nextInt(most + 1)).rent(random.nextDouble(0.3, 4));
            }
            pool.energyPrice(random.nextDouble(0.01, 0.6)).carbon(random.nextDouble(0.05, 0.9));
            if (program) {
                extend(pool, most, watts[p], ofProgram);
            }
            nodes += most;
        }
        int jobs = 3 + random.nextInt(4);
        double days = 100;
        for (int j = 0; j < jobs; j++) {
            double share = random.nextDouble(0.05, 1.2) / jobs;
            ScenarioSketch.JobSketch job =
                    sketch.job("j" + j).tokens(Math.rint(nodes * 8 * 1_000 * days * DAY * share));
            int certain = random.nextInt(pools);
            for (int p = 0; p < pools; p++) {
                if (p == certain || random.nextInt(4) > 0) {
                    job.rate("p" + p, random.nextDouble(300, 2_500));
                }
            }
            if (random.nextInt(6) == 0) {
                job.onePool();
            }
            double release = random.nextInt(3) == 0 ? Math.rint(random.nextDouble(1, 60) * DAY) : 0;
            if (release > 0) {
                job.releaseSeconds(release);
            }
            if (random.nextInt(4) == 0) {
                job.deadlineSeconds(release + Math.rint(random.nextDouble(20, 200) * DAY));
            }
            if (j > 0 && random.nextInt(3) == 0) {
                job.after("j" + random.nextInt(j));
            }
        }
        if (random.nextInt(3) > 0) {
            sketch.deadlineSeconds(random.nextInt(60, 400) * DAY);
        }
        if (random.nextInt(3) == 0) {
            sketch.powerWatts(nodes * random.nextDouble(3_000, 12_000));
        }
        if (random.nextInt(3) == 0) {
            sketch.budgetUsd(Math.rint(nodes * 8 * 24 * days * random.nextDouble(0.3, 3)));
        }
        sketch.objectives(Objective.values()[random.nextInt(Objective.values().length)]);
        Scenario scenario = sketch.scenario("prices " + seed);
        return program && ofProgram.nextBoolean() ? scenario.withAccounting(Accounting.CASH) : scenario;
    }

    /** Adds ways to get nodes at prices around those of renting, dates at which they come, and what a site has room for. */
    private static void extend(ScenarioSketch.PoolSketch pool, int most, double watts, SplittableRandom random) {
        double lifeDays = random.nextDouble(30, 1_000);
        Supply.Purchase purchase = new Supply.Purchase(
                figure(Math.rint(lifeDays * 24 * 8 * random.nextDouble(0.1, 3)), BaseUnit.USD_PER_NODE),
                figure(lifeDays * DAY, BaseUnit.SECONDS),
                figure(random.nextBoolean() ? 0 : 0.2, BaseUnit.FRACTION),
                figure(random.nextBoolean() ? 0 : Math.rint(random.nextDouble(1, 90) * DAY), BaseUnit.SECONDS),
                figure(random.nextBoolean() ? 0 : 0.08, BaseUnit.FRACTION));
        Supply.Reservation reservation = new Supply.Reservation(
                figure(random.nextDouble(0.2, 3), BaseUnit.USD_PER_GPU_HOUR),
                figure(Math.rint(random.nextDouble(1, 200) * DAY), BaseUnit.SECONDS));
        int first = random.nextInt(most + 1);
        List<Supply.Tranche> tranches = first == 0 || first == most || random.nextBoolean()
                ? List.of()
                : List.of(
                        new Supply.Tranche(figure(0, BaseUnit.SECONDS), figure(first, BaseUnit.NODES)),
                        new Supply.Tranche(
                                figure(Math.rint(random.nextDouble(1, 60) * DAY), BaseUnit.SECONDS),
                                figure(most - first, BaseUnit.NODES)));
        pool.supply(new Supply(
                Optional.of(purchase).filter(terms -> random.nextBoolean()),
                Optional.of(reservation).filter(terms -> random.nextBoolean()),
                tranches));
        boolean racked = random.nextBoolean();
        pool.caps(new Site.Caps(
                Optional.of(figure(Math.rint(watts * 1.25 * (most + 1) * random.nextDouble(0.4, 1.2)), BaseUnit.WATTS))
                        .filter(power -> random.nextBoolean()),
                Optional.of(figure(1 + most / 4, BaseUnit.COUNT)).filter(racks -> racked),
                Optional.of(figure(watts * random.nextDouble(2, 5), BaseUnit.WATTS))
                        .filter(power -> racked)));
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("test", "2026-01-01", Confidence.LOW));
    }
}
