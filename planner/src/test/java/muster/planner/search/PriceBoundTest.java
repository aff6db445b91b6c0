package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.oracle.ScenarioSketch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever plan is found for three to six jobs, with chains, dates and every limit, no bound by prices is above it. */
class PriceBoundTest {
    private static final double DAY = 86_400;
    private static final long FIRST_SEED = 41_000_000;

    @Test
    void noBoundIsAboveAPlan() {
        compare(FIRST_SEED, 40);
    }

    @Test
    @Tag("long")
    void noBoundIsAboveAPlanOfThousands() {
        compare(FIRST_SEED + 1_000_000, 5_000);
    }

    private static void compare(long firstSeed, int count) {
        int found = 0;
        int close = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            FleetProblem problem = FleetProblem.of(scenario(seed));
            Relaxation relaxation = new Relaxation(problem, () -> false);
            relaxation.tighten(40, Double.POSITIVE_INFINITY, 0);
            Optional<FleetChoice> plan = FleetNeighbourhoods.improve(
                            problem, relaxation.guide(), Optional.empty(), seed, 1, 150, Long.MIN_VALUE, () -> false)
                    .choice();
            if (plan.isEmpty()) {
                continue;
            }
            found++;
            Ledger ledger = new Ledger(problem);
            ledger.evaluate(plan.get().nodes(), plan.get().startMicros());
            double value = ledger.value(problem.criteria().getFirst());
            assertThat(relaxation.infeasible()).as("seed %d", seed).isFalse();
            assertThat(relaxation.value()).as("seed %d", seed).isLessThanOrEqualTo(value);
            relaxation.tighten(40, value, 0);
            assertThat(relaxation.value()).as("seed %d, with a plan", seed).isLessThanOrEqualTo(value);
            close += relaxation.value() > 0.95 * value ? 1 : 0;
        }
        System.out.printf(
                "From seed %d: %d of %d scenarios with a plan, %d bounds within 5 %% of it.%n",
                firstSeed, found, count, close);
        assertThat(found).isGreaterThan(count / 3);
        assertThat(close).isGreaterThan(found / 3);
    }

    private static Scenario scenario(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ScenarioSketch sketch = new ScenarioSketch();
        int pools = 2 + random.nextInt(3);
        double nodes = 0;
        for (int p = 0; p < pools; p++) {
            int most = 1 + random.nextInt(40);
            ScenarioSketch.PoolSketch pool = sketch.pool("p" + p)
                    .max(most)
                    .watts(random.nextDouble(3_000, 12_000))
                    .granularity(random.nextInt(4) == 0 && most > 4 ? 4 : 1);
            if (random.nextInt(4) == 0) {
                pool.own(most);
            } else {
                pool.own(random.nextInt(most + 1)).rent(random.nextDouble(0.3, 4));
            }
            pool.energyPrice(random.nextDouble(0.01, 0.6)).carbon(random.nextDouble(0.05, 0.9));
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
        return sketch.scenario("prices " + seed);
    }
}
