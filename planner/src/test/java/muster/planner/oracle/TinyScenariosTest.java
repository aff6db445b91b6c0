package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import muster.planner.check.PlanChecker;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import org.junit.jupiter.api.Test;

class TinyScenariosTest {
    private static final int COUNT = 1_000;

    @Test
    void coverWhatTheSemanticsDistinguish() {
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = 0; seed < COUNT; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            count(counts, "feasible", best.isPresent());
            best.ifPresent(found -> count(counts, "mixes pools", mixesPools(found)));
            count(counts, "two jobs", scenario.jobs().size() == 2);
            count(counts, "two jobs, feasible", scenario.jobs().size() == 2 && best.isPresent());
            count(counts, "three pools", scenario.pools().size() == 3);
            count(counts, "after", anyJob(scenario, job -> !job.after().isEmpty()));
            count(
                    counts,
                    "release",
                    anyJob(scenario, job -> job.releaseSeconds().isPresent()));
            count(
                    counts,
                    "job deadline",
                    anyJob(scenario, job -> job.deadlineSeconds().isPresent()));
            count(counts, "one-pool", anyJob(scenario, job -> job.spread() == Job.Spread.ONE_POOL));
            count(
                    counts,
                    "rate missing",
                    anyJob(
                            scenario,
                            job -> job.measured().size() < scenario.pools().size()));
            count(
                    counts,
                    "granularity",
                    anyPool(scenario, pool -> pool.granularityNodes().asInt() > 1));
            count(
                    counts,
                    "some owned",
                    anyPool(scenario, pool -> pool.ownNodes().asInt() > 0));
            count(
                    counts,
                    "nothing for rent",
                    anyPool(scenario, pool -> pool.rentUsdPerGpuHour().isEmpty()));
            count(counts, "site", anyPool(scenario, pool -> pool.site().isPresent()));
            count(counts, "deadline", scenario.limits().deadlineSeconds().isPresent());
            count(counts, "budget", scenario.limits().budgetUsd().isPresent());
            count(counts, "power", scenario.limits().powerWatts().isPresent());
            count(counts, "several objectives", scenario.objectives().size() > 1);
            count(counts, "first " + scenario.objectives().getFirst().key(), true);
        }
        System.out.println(COUNT + " tiny scenarios: " + counts);
        assertThat(counts).hasSize(22);
        assertThat(counts.get("feasible")).isBetween(COUNT * 35 / 100, COUNT * 65 / 100);
        assertThat(counts.get("two jobs, feasible")).isGreaterThan(COUNT / 8);
        assertThat(counts.values()).as("%s", counts).allMatch(count -> count >= COUNT / 50);
    }

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(TinyScenarios.scenario(7)).isEqualTo(TinyScenarios.scenario(7));
    }

    @Test
    void bestFleetsByBruteForceAreSoundPlans() {
        LongStream.range(0, COUNT).forEach(seed -> {
            Scenario scenario = TinyScenarios.scenario(seed);
            BruteForce.best(scenario).ifPresent(best -> {
                Plan plan = PlainPlans.plan(scenario, best.choice()).orElseThrow();
                assertThat(PlanChecker.violations(scenario, plan))
                        .as("seed %d", seed)
                        .isEmpty();
            });
        });
    }

    @Test
    void checkerAcceptsExactlyTheFleetsThatKeepTheLimits() {
        int accepted = 0;
        int refused = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            ChoiceSpace space = new ChoiceSpace(new PlainArithmetic(scenario));
            SplittableRandom random = new SplittableRandom(seed);
            for (int draw = 0; draw < 5; draw++) {
                Optional<FleetChoice> choice = space.random(random);
                Optional<Plan> plan = choice.flatMap(drawn -> PlainPlans.plan(scenario, drawn));
                if (plan.isEmpty()) {
                    continue; // breaks a rule that no plan can be written down without
                }
                boolean keepsLimits =
                        BruteForce.criteria(scenario, choice.get()).isPresent();
                assertThat(PlanChecker.violations(scenario, plan.get()).isEmpty())
                        .as("seed %d, %s", seed, choice)
                        .isEqualTo(keepsLimits);
                accepted += keepsLimits ? 1 : 0;
                refused += keepsLimits ? 0 : 1;
            }
        }
        System.out.printf("Checker and oracle accept %d random fleets and refuse %d.%n", accepted, refused);
        assertThat(Math.min(accepted, refused)).isGreaterThan(COUNT / 4);
    }

    private static void count(Map<String, Integer> counts, String key, boolean holds) {
        counts.merge(key, holds ? 1 : 0, Integer::sum);
    }

    private static boolean anyJob(Scenario scenario, Predicate<Job> property) {
        return scenario.jobs().stream().anyMatch(property);
    }

    private static boolean anyPool(Scenario scenario, Predicate<Pool> property) {
        return scenario.pools().stream().anyMatch(property);
    }

    private static boolean mixesPools(BruteForce.Best best) {
        return Arrays.stream(best.choice().nodes())
                .anyMatch(
                        nodes -> Arrays.stream(nodes).filter(count -> count > 0).count() > 1);
    }
}
