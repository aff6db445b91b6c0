package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import muster.planner.domain.Objective;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void halvesOfACentAreRoundedUp() {
        assertThat(Grid.steps(Objective.COST, 0)).isZero();
        assertThat(Grid.steps(Objective.COST, 4_999)).isZero();
        assertThat(Grid.steps(Objective.COST, 5_000)).isEqualTo(1);
        assertThat(Grid.steps(Objective.COST, 14_999)).isEqualTo(1);
        assertThat(Grid.steps(Objective.COST, 15_000)).isEqualTo(2);
    }

    @Test
    void millisecondsWattHoursAndGramsHaveTheirBoundariesToo() {
        assertThat(Grid.steps(Objective.DAYS, 499)).isZero();
        assertThat(Grid.steps(Objective.DAYS, 500)).isEqualTo(1);
        assertThat(Grid.steps(Objective.ENERGY, 1_799)).isZero();
        assertThat(Grid.steps(Objective.ENERGY, 1_800)).isEqualTo(1);
        assertThat(Grid.steps(Objective.CARBON, 7)).isEqualTo(7);
    }

    @Test
    void largestValueHasTheLargestStep() {
        // 9,223,372,036,854,775,807 µ$ = $9,223,372,036,854.775807
        assertThat(Grid.steps(Objective.COST, Long.MAX_VALUE)).isEqualTo(922_337_203_685_478L);
        assertThat(Grid.steps(Objective.CARBON, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Property(tries = 2_000)
    void stepsAreTheNearestWholeOnesHalvesUp(
            @ForAll Objective objective, @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long units) {
        long expected = new BigDecimal(units)
                .divide(BigDecimal.valueOf(Grid.stepSize(objective)), 0, RoundingMode.HALF_UP)
                .longValueExact();
        assertThat(Grid.steps(objective, units)).isEqualTo(expected);
    }

    @Test
    void reportedUnitsAreDollarsDaysKilowattHoursKilograms() {
        assertThat(Grid.reported(Objective.COST, 2_500_000)).isEqualTo(2.5);
        assertThat(Grid.reported(Objective.DAYS, 129_600e6)).isEqualTo(1.5);
        assertThat(Grid.reported(Objective.ENERGY, 1.8e6)).isEqualTo(0.5);
        assertThat(Grid.reported(Objective.CARBON, 1_500)).isEqualTo(1.5);
    }
}
