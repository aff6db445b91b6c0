package muster.planner.oracle;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.domain.Accounting;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/** Random scenarios of three to six jobs with chains, dates and every limit: too many plans to try them all. */
public final class SeveralJobsScenarios {
    private static final double DAY = 86_400;

    private SeveralJobsScenarios() {}

    /**
     * {@return the scenario of that seed, the same on every machine}
     *
     * @param program whether there are purchases, reservations, tranches and sites
     */
    public static Scenario scenario(long seed, boolean program) {
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
