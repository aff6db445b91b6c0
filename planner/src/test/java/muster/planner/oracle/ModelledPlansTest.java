package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.CapacityPlanner;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import org.junit.jupiter.api.Test;

/** Plans with modelled rates are the best of all fleets of their pools, by trying every one of them. */
class ModelledPlansTest {
    private static final int SCENARIOS = 60;
    private static final SearchSettings SETTINGS =
            new SearchSettings(1, OptionalLong.of(50), OptionalDouble.empty(), OptionalDouble.empty());

    @Test
    void thePlanIsTheBestOfAllFleets() {
        int infeasible = 0;
        int mixed = 0;
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario scenario = ModelledScenarios.random(seed, 9);
            PlanAnswer answer = CapacityPlanner.plan(scenario, SETTINGS, () -> false);
            FleetProblem problem = FleetProblem.of(scenario);
            Optional<long[]> best = bestByTrial(problem);
            infeasible += best.isEmpty() ? 1 : 0;
            mixed += answer.plan().isPresent()
                            && answer.plan().get().jobs().getFirst().pools().size() > 1
                    ? 1
                    : 0;
            assertThat(answer.status())
                    .as("seed %d", seed)
                    .isEqualTo(best.isEmpty() ? PlanAnswer.Status.INFEASIBLE : PlanAnswer.Status.OPTIMAL);
            answer.plan()
                    .ifPresent(plan -> assertThat(criteria(problem, plan.choice()))
                            .as("%s", plan.choice())
                            .isEqualTo(best.orElseThrow()));
        }
        System.out.printf("%d scenarios, %d infeasible, %d mixed%n", SCENARIOS, infeasible, mixed);
        assertThat(infeasible).isGreaterThan(SCENARIOS / 20);
        assertThat(mixed).isGreaterThan(SCENARIOS / 20);
    }

    /** The same for jobs that generate, whose rates rise by whole replicas and add up over pools. */
    @Test
    void thePlanIsTheBestOfAllFleetsThatGenerate() {
        int infeasible = 0;
        int mixed = 0;
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario scenario = ModelledScenarios.generating(seed, 6);
            PlanAnswer answer = CapacityPlanner.plan(scenario, SETTINGS, () -> false);
            FleetProblem problem = FleetProblem.of(scenario);
            Optional<long[]> best = bestByTrial(problem);
            infeasible += best.isEmpty() ? 1 : 0;
            mixed += answer.plan().isPresent()
                            && answer.plan().get().jobs().getFirst().pools().size() > 1
                    ? 1
                    : 0;
            assertThat(answer.status())
                    .as("seed %d", seed)
                    .isEqualTo(best.isEmpty() ? PlanAnswer.Status.INFEASIBLE : PlanAnswer.Status.OPTIMAL);
            answer.plan()
                    .ifPresent(plan -> assertThat(criteria(problem, plan.choice()))
                            .as("%s, %s", scenario.jobs(), plan.choice())
                            .isEqualTo(best.orElseThrow()));
        }
        System.out.printf("%d scenarios that generate, %d infeasible, %d mixed%n", SCENARIOS, infeasible, mixed);
        assertThat(infeasible).isGreaterThan(SCENARIOS / 20);
        assertThat(mixed).isGreaterThan(SCENARIOS / 20);
    }

    /** The search meets node counts that are worse than smaller ones; the checker judges what comes of it. */
    @Test
    void severalModelledJobsArePlanned() {
        for (long seed = 1; seed <= 3; seed++) {
            PlanAnswer answer = CapacityPlanner.plan(
                    ModelledScenarios.severalJobs(),
                    new SearchSettings(seed, OptionalLong.of(40), OptionalDouble.empty(), OptionalDouble.empty()),
                    () -> false);
            assertThat(answer.plan()).isPresent();
            assertThat(answer.plan().get().jobs())
                    .allSatisfy(job -> assertThat(job.step()).isPresent());
        }
    }

    @Test
    void aModelThatFitsNowhereIsAConflictOfThePool() {
        PlanAnswer answer = CapacityPlanner.plan(ModelledScenarios.tooFewNodes(), SETTINGS, () -> false);
        assertThat(answer.status()).isEqualTo(PlanAnswer.Status.INFEASIBLE);
        PlanAnswer.Conflict conflict = answer.conflict().orElseThrow();
        assertThat(conflict.limits()).containsExactly("pools.a.max");
        assertThat(conflict.relaxations())
                .singleElement()
                .satisfies(way -> assertThat(way.to()).isBetween(3.0, 64.0));
    }

    private static Optional<long[]> bestByTrial(FleetProblem problem) {
        long[] best = null;
        int[] nodes = new int[3];
        for (nodes[0] = 0; nodes[0] <= problem.maxNodes(0); nodes[0]++) {
            for (nodes[1] = 0; nodes[1] <= problem.maxNodes(1); nodes[1]++) {
                for (nodes[2] = 0; nodes[2] <= problem.maxNodes(2); nodes[2]++) {
                    long[] criteria = criteria(problem, new FleetChoice(new int[][] {nodes.clone()}, new long[1]));
                    if (criteria != null && (best == null || Arrays.compare(criteria, best) < 0)) {
                        best = criteria;
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static long[] criteria(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.feasible() ? ledger.criteria() : null;
    }
}
