package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import muster.planner.cost.FleetProblem;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.oracle.TinyPrograms;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** A lever turns its own input and no other. */
class LeverTest {
    private static final long FIRST_SEED = 90_000_000;
    private static final RecursiveComparisonConfiguration WHEREVER_FROM = RecursiveComparisonConfiguration.builder()
            .withIgnoredFieldsOfTypes(Origin.class)
            .build();

    @Test
    void turnedToWhatItIsALeverChangesNothing() {
        int withTerms = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 200; seed++) {
            Scenario scenario = TinyPrograms.scenario(seed);
            FleetProblem problem = FleetProblem.of(scenario);
            withTerms += problem.hasTerms() ? 1 : 0;
            for (Lever lever : Lever.of(scenario)) {
                Scenario same = lever.turned().apply(lever.value());
                String of = "seed %d, %s".formatted(seed, lever.path());
                assertThat(same.pools())
                        .as(of)
                        .extracting(Pool::supply)
                        .usingRecursiveFieldByFieldElementComparator(WHEREVER_FROM)
                        .isEqualTo(scenario.pools().stream().map(Pool::supply).toList());
                requireSame(of, problem, FleetProblem.of(same));
            }
        }
        assertThat(withTerms).isGreaterThan(50);
    }

    private static void requireSame(String of, FleetProblem problem, FleetProblem same) {
        assertThat(same.sites().count()).as(of).isEqualTo(problem.sites().count());
        assertThat(same.deadlineMicros()).as(of).isCloseTo(problem.deadlineMicros(), within(1L));
        assertThat(same.budgetMicroUsd()).as(of).isEqualTo(problem.budgetMicroUsd());
        for (int p = 0; p < problem.poolCount(); p++) {
            assertThat(same.reachableNodes(p)).as(of).isEqualTo(problem.reachableNodes(p));
            assertThat(same.facilityMilliwatts(p)).as(of).isEqualTo(problem.facilityMilliwatts(p));
            double least = problem.leastMicroUsdPerNodeHour(p);
            assertThat(same.leastMicroUsdPerNodeHour(p)).as(of).isCloseTo(least, within(1e-9 * least));
        }
    }
}
