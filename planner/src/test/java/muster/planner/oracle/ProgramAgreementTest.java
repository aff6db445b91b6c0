package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import muster.planner.CapacityPlanner;
import muster.planner.bound.FleetBound;
import muster.planner.bound.Proof;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs, too, are planned as brute force plans them: the same criteria, and infeasible exactly where it says so. */
class ProgramAgreementTest {
    private static final long FIRST_SEED = 50_000_000;
    private static final double MOST_CHOICES = 150_000;
    private static final long FIRST_LONG_SEED = 60_000_000;
    private static final long FIRST_TERMS_SEED = 70_000_000;
    private static final long FIRST_LONG_TERMS_SEED = 80_000_000;

    @Test
    void plannerAgreesOnPrograms() {
        agree(TinyPrograms::scenario, FIRST_SEED, 100, 0);
    }

    @Test
    void plannerAgreesOnTerms() {
        agree(TinyTerms::scenario, FIRST_TERMS_SEED, 100, 5);
    }

    @Test
    @Tag("long")
    void plannerAgreesOnTenThousandPrograms() {
        agree(TinyPrograms::scenario, FIRST_LONG_SEED, 10_000, 0);
    }

    @Test
    @Tag("long")
    void plannerAgreesOnManyTerms() {
        agree(TinyTerms::scenario, FIRST_LONG_TERMS_SEED, 5_000, 250);
    }

    private static void agree(LongFunction<Scenario> draw, long firstSeed, int count, int leastEvicted) {
        int feasible = 0;
        int late = 0;
        int buying = 0;
        int reserving = 0;
        int evicted = 0;
        int judged = 0;
        for (long seed = firstSeed; judged < count; seed++) {
            Scenario scenario = draw.apply(seed);
            if (BruteForce.choices(scenario) > MOST_CHOICES) {
                continue; // minutes by brute force
            }
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            if (best.filter(found -> isBeyondTheHorizon(scenario, found)).isPresent()) {
                continue; // brute force counts on after 1,000 years, planners do not
            }
            judged++;
            try {
                PlanAnswer answer = CapacityPlanner.plan(
                        scenario,
                        new SearchSettings(
                                scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                        () -> false);
                if (best.isPresent()) {
                    feasible++;
                    late += best.get().choice().startMicros()[0] > 0 ? 1 : 0;
                    buying += Arrays.stream(best.get().choice().boughtNodes()).sum() > 0 ? 1 : 0;
                    reserving +=
                            Arrays.stream(best.get().choice().reservedNodes()).sum() > 0 ? 1 : 0;
                    evicted += Arrays.stream(best.get().choice().spotNodes())
                                            .flatMapToInt(Arrays::stream)
                                            .sum()
                                    > 0
                            ? 1
                            : 0;
                    requireOptimal(scenario, best.get().criteria(), answer);
                    requireRootBelow(scenario, best.get().criteria());
                } else {
                    assertThat(answer.status()).isEqualTo(Status.INFEASIBLE);
                    assertThat(answer.conflict().orElseThrow().limits()).isNotEmpty();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed %d, brute force says %s of %s".formatted(seed, best, scenario), e);
            }
        }
        System.out.printf(
                "Planner and brute force agree on %d programs from seed %d: %d feasible; %d start late, %d buy, %d reserve, %d hold"
                        + " spot nodes.%n",
                count, firstSeed, feasible, late, buying, reserving, evicted);
        if (leastEvicted == 0) {
            assertThat(Math.min(buying, reserving)).isGreaterThan(count / 50);
        }
        assertThat(evicted).isGreaterThanOrEqualTo(leastEvicted);
        assertThat(Math.min(feasible, count - feasible)).isGreaterThan(count / 10);
    }

    private static boolean isBeyondTheHorizon(Scenario scenario, BruteForce.Best best) {
        return new PlainArithmetic(scenario)
                        .outcome(best.choice())
                        .orElseThrow()
                        .finishMicros()
                > FleetProblem.HORIZON_MICROS;
    }

    /** Enumeration proves small programs, so the bound of larger ones is held against the optimum on its own. */
    private static void requireRootBelow(Scenario scenario, List<Long> criteria) {
        Objective first = scenario.objectives().getFirst();
        Proof root = FleetBound.root(FleetProblem.of(scenario), () -> false);
        assertThat(root.infeasible()).as("root says infeasible").isFalse();
        assertThat(root.value())
                .as("root bound by %s", root.method())
                .isLessThanOrEqualTo((criteria.getFirst() + 0.5) * Grid.stepSize(first));
    }

    private static void requireOptimal(Scenario scenario, List<Long> criteria, PlanAnswer answer) {
        assertThat(answer.status()).isEqualTo(Status.OPTIMAL);
        Plan plan = answer.plan().orElseThrow();
        assertThat(PlanChecker.violations(scenario, plan)).isEmpty();
        assertThat(BruteForce.criteria(scenario, plan.choice()))
                .as("criteria of %s", plan.choice())
                .contains(criteria);
        double value = plan.totals().value(scenario.objectives().getFirst()).orElseThrow();
        assertThat(answer.bound().orElseThrow().value()).as("bound").isLessThanOrEqualTo(value);
    }
}
