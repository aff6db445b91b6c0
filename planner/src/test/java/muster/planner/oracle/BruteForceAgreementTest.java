package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.CapacityPlanner;
import muster.planner.check.PlanChecker;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Conflict;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On tiny scenarios the planner finds the brute-force optimum, and proves infeasible exactly what is. */
class BruteForceAgreementTest {
    private static final long FIRST_SEED = 20_260_101;

    /** The long run's scenarios are all others than the short one's. */
    private static final long FIRST_LONG_SEED = 30_000_000;

    @Test
    void plannerAgreesOnAThousandScenarios() {
        agree(FIRST_SEED, 1_000);
    }

    @Test
    @Tag("long")
    void plannerAgreesOnTenThousandScenarios() {
        agree(FIRST_LONG_SEED, 10_000);
    }

    private static void agree(long firstSeed, int count) {
        int feasible = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            try {
                PlanAnswer answer = plan(scenario);
                if (best.isPresent()) {
                    feasible++;
                    requireOptimal(scenario, best.get(), answer);
                } else {
                    requireInfeasible(scenario, answer);
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed %d, brute force says %s of %s".formatted(seed, best, scenario), e);
            }
        }
        System.out.printf(
                "Planner and brute force agree on %d scenarios from seed %d: %d feasible, %d infeasible.%n",
                count, firstSeed, feasible, count - feasible);
    }

    private static PlanAnswer plan(Scenario scenario) {
        SearchSettings untilProved = new SearchSettings(
                scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        return CapacityPlanner.plan(scenario, untilProved, () -> false);
    }

    private static void requireOptimal(Scenario scenario, BruteForce.Best best, PlanAnswer answer) {
        assertThat(answer.status()).isEqualTo(Status.OPTIMAL);
        Plan plan = answer.plan().orElseThrow();
        assertThat(PlanChecker.violations(scenario, plan)).isEmpty();
        assertThat(BruteForce.criteria(scenario, plan.choice()))
                .as("criteria of %s", plan.choice())
                .contains(best.criteria());
        double value = plan.totals().value(scenario.objectives().getFirst()).orElseThrow();
        double bound = answer.bound().orElseThrow().value();
        assertThat(bound).as("bound").isLessThanOrEqualTo(value);
        // A plan is called optimal within this; see docs/model.md.
        assertThat(value - bound).as("gap").isLessThanOrEqualTo(Math.max(0.01, 1e-6 * Math.abs(value)));
        assertThat(answer.conflict()).isEmpty();
    }

    private static void requireInfeasible(Scenario scenario, PlanAnswer answer) {
        assertThat(answer.status()).isEqualTo(Status.INFEASIBLE);
        assertThat(answer.plan()).isEmpty();
        Conflict conflict = answer.conflict().orElseThrow();
        assertThat(conflict.limits()).isNotEmpty().doesNotHaveDuplicates();
        ConflictProof.check(scenario, conflict);
    }
}
