package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.SearchState;
import muster.planner.oracle.TinyPrograms;
import org.junit.jupiter.api.Test;

/** Whoever watches a search is told what holds of its answer. */
class SearchWatchTest {
    private static final double GRID = 1e-2;

    @Test
    void statesCloseInOnTheAnswer() {
        int told = 0;
        int withPlan = 0;
        for (long seed = 95_000_000; seed < 95_000_060; seed++) {
            Scenario scenario = TinyPrograms.scenario(seed);
            SearchSettings settings = new SearchSettings(
                    scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
            List<SearchState> states = new ArrayList<>();
            PlanAnswer answer = CapacityPlanner.plan(scenario, settings, states::add, () -> false);
            if (answer.plan().isEmpty()) {
                continue;
            }
            double value = answer.plan()
                    .get()
                    .totals()
                    .value(scenario.objectives().getFirst())
                    .orElseThrow();
            double before = Double.POSITIVE_INFINITY;
            for (SearchState state : states) {
                told++;
                assertThat(state.bound()).as("seed %d", seed).isLessThanOrEqualTo(value + GRID);
                if (state.value().isPresent()) {
                    withPlan++;
                    double now = state.value().getAsDouble();
                    assertThat(now).as("seed %d", seed).isBetween(value - GRID, before + GRID);
                    before = now;
                }
            }
        }
        assertThat(told).isGreaterThan(20);
        assertThat(withPlan).isGreaterThan(10);
    }
}
