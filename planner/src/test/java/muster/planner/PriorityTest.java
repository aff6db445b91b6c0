package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.search.PriorityTiming;
import org.junit.jupiter.api.Test;

/** More important jobs start earlier where that costs nothing, and are given up last where not all can be done. */
class PriorityTest {
    private static final double PER_GPU = 125; // × 8 GPUs = 1,000 tokens/s a node
    private static final double NODE_HOUR = 3.6e6; // tokens of one node in one hour
    private static final long HOUR = 3_600_000_000L;

    /** Two owned nodes, each job takes both: only the order is open. */
    private static Scenario queue(int... priorities) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(2).own(2).granularity(2);
        for (int j = 0; j < priorities.length; j++) {
            sketch.job("job-" + j)
                    .tokens((4 + 2 * j) * NODE_HOUR)
                    .rate("a", PER_GPU)
                    .priority(priorities[j]);
        }
        return sketch.scenario("queue");
    }

    private static PlanAnswer plan(Scenario scenario) {
        return CapacityPlanner.plan(
                scenario,
                new SearchSettings(1, OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                () -> false);
    }

    @Test
    void theMoreImportantOfTwoJobsGoesFirst() {
        for (int[] priorities : new int[][] {{1, 2}, {2, 1}, {1, 5, 3}, {3, 1, 2}}) {
            PlanAnswer answer = plan(queue(priorities));
            assertThat(answer.status()).isEqualTo(Status.OPTIMAL);
            List<Integer> byStart = answer.plan().orElseThrow().jobs().stream()
                    .sorted((one, other) -> Long.compare(one.startMicros(), other.startMicros()))
                    .map(job -> job.job().priority())
                    .toList();
            assertThat(byStart).isSortedAccordingTo((one, other) -> other - one);
        }
    }

    @Test
    void noCriterionGetsWorseForIt() {
        // The less important job is due within its own two hours, so it stays first.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(2).own(2).granularity(2);
        sketch.job("due").tokens(4 * NODE_HOUR).rate("a", PER_GPU).deadlineSeconds(2 * 3_600);
        sketch.job("important").tokens(4 * NODE_HOUR).rate("a", PER_GPU).priority(2);
        PlanAnswer answer = plan(sketch.scenario("due"));
        assertThat(answer.plan().orElseThrow().jobs().getFirst().startMicros()).isZero();
        assertThat(answer.plan().orElseThrow().jobs().getLast().startMicros()).isEqualTo(2 * HOUR);
    }

    @Test
    void jobsThatMustWaitStillWait() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(2).own(2).granularity(2);
        sketch.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("other").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("important")
                .tokens(4 * NODE_HOUR)
                .rate("a", PER_GPU)
                .after("first")
                .priority(2);
        FleetProblem problem = FleetProblem.of(sketch.scenario("after"));
        FleetChoice late = new FleetChoice(new int[][] {{2}, {2}, {2}}, new long[] {2 * HOUR, 0, 4 * HOUR});
        FleetChoice timed = PriorityTiming.of(problem, late, () -> false);
        assertThat(timed.startMicros()).containsExactly(0, 4 * HOUR, 2 * HOUR);
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(timed.nodes(), timed.startMicros());
        assertThat(ledger.feasible()).isTrue();
    }

    @Test
    void withoutPrioritiesNothingMoves() {
        FleetProblem problem = FleetProblem.of(queue(1, 1));
        FleetChoice choice = new FleetChoice(new int[][] {{2}, {2}}, new long[] {3 * HOUR, 0});
        assertThat(PriorityTiming.of(problem, choice, () -> false)).isSameAs(choice);
    }

    @Test
    void theLeastImportantJobIsLeftOut() {
        // 2 h, 3 h and 4 h one after another; 7 h are enough for any two of them but the last two are the important
        // ones.
        PlanAnswer answer = plan(withDeadline(queue(1, 2, 3), 7));
        assertThat(answer.status()).isEqualTo(Status.INFEASIBLE);
        assertThat(answer.conflict().orElseThrow().leaveOut())
                .contains(new PlanAnswer.LeaveOut(List.of("job-0"), true));
        // In 4 h only one of them: the most important.
        assertThat(plan(withDeadline(queue(1, 2, 3), 4))
                        .conflict()
                        .orElseThrow()
                        .leaveOut())
                .contains(new PlanAnswer.LeaveOut(List.of("job-0", "job-1"), true));
        // 3 h are too short for the most important, not for the next.
        assertThat(plan(withDeadline(queue(1, 2, 3), 3))
                        .conflict()
                        .orElseThrow()
                        .leaveOut())
                .contains(new PlanAnswer.LeaveOut(List.of("job-0", "job-2"), true));
        // 1 h is too short for any, so there is nothing to say.
        assertThat(plan(withDeadline(queue(1, 2, 3), 1))
                        .conflict()
                        .orElseThrow()
                        .leaveOut())
                .isEmpty();
    }

    private static Scenario withDeadline(Scenario scenario, int hours) {
        return WhatIfs.capped(scenario, Long.MAX_VALUE, hours * HOUR, Long.MAX_VALUE);
    }

    @Test
    void whatComesAfterAJobIsLeftOutWithItAndMakesItImportant() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(2).own(2).granularity(2);
        sketch.job("base").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("other").tokens(4 * NODE_HOUR).rate("a", PER_GPU).priority(2);
        sketch.job("important")
                .tokens(4 * NODE_HOUR)
                .rate("a", PER_GPU)
                .after("base")
                .priority(3);
        assertThat(plan(withDeadline(sketch.scenario("after"), 4))
                        .conflict()
                        .orElseThrow()
                        .leaveOut())
                .contains(new PlanAnswer.LeaveOut(List.of("other"), true));
        assertThat(plan(withDeadline(sketch.scenario("after"), 2))
                        .conflict()
                        .orElseThrow()
                        .leaveOut())
                .contains(new PlanAnswer.LeaveOut(List.of("other", "important"), true));
    }
}
