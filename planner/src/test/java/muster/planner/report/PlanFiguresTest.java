package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFiguresTest {
    @ParameterizedTest
    @CsvSource({
        "totals.usd, 4733405.130208, USD",
        "totals.powerWatts, 3392000, W",
        "totals.carbonKg, 1891352.021, kg",
        "costs.energy, 51210.685764, USD",
        "limits.budget.limit, 6000000, USD",
        "limits.power.slack, 608000, W",
        "jobs.pretrain.pools.h20.nodes, 128, ''",
        "jobs.pretrain.tokensPerSecond, 3686400, tokens/s",
        "objective.value, 4733405.130208, USD"
    })
    void amountsAreFoundWithTheirUnits(String path, BigDecimal value, String unit) {
        assertThat(PlanFigures.find(Answers.feasible(), path)).contains(new PlanFigure.Amount(value, unit));
        assertThat(PlanFigures.expected(Answers.feasible().scenario(), path))
                .hasValueSatisfying(figure ->
                        assertThat(((PlanFigure.Amount) figure).unit()).isEqualTo(unit));
    }

    @Test
    void rowsOfOnePoolAddUp() {
        assertThat(PlanFigures.find(Answers.feasible(), "fleet.h800.nodes"))
                .contains(new PlanFigure.Amount(BigDecimal.valueOf(256), ""));
    }

    @Test
    void aPoolThatIsNotAddedCountsNothing() {
        // Nothing is planned at all, and still the path is known.
        assertThat(PlanFigures.find(Answers.infeasible(), "increment.h20.nodes"))
                .contains(new PlanFigure.Amount(BigDecimal.ZERO, ""));
    }

    @Test
    void gapIsShortForItsPath() {
        assertThat(PlanFigures.find(Answers.feasible(), "gap"))
                .isEqualTo(PlanFigures.find(Answers.feasible(), "bound.gapPercent"))
                .hasValueSatisfying(figure ->
                        assertThat(((PlanFigure.Amount) figure).unit()).isEqualTo("%"));
    }

    @Test
    void wordsAreWords() {
        assertThat(PlanFigures.find(Answers.feasible(), "status")).contains(new PlanFigure.Word("feasible"));
        assertThat(PlanFigures.find(Answers.feasible(), "limits.power.binding")).contains(new PlanFigure.Word("true"));
    }

    @Test
    void whatAPlanCannotSayIsUnstated() {
        assertThat(PlanFigures.find(Answers.optimal("Rented", "h800"), "totals.carbonKg"))
                .contains(new PlanFigure.Unstated("kg"));
    }

    @ParameterizedTest
    @CsvSource({"totals", "totals.euro", "fleet.h900.nodes", "limits.racks.value", "''", "totals."})
    void otherPathsAreUnknown(String path) {
        assertThat(PlanFigures.expected(Answers.feasible().scenario(), path)).isEmpty();
    }

    @Test
    void namesMayHoldDots() {
        assertThat(PlanFigures.find(Answers.optimal("Dotted", "h800.sxm"), "fleet.h800.sxm.gpus"))
                .contains(new PlanFigure.Amount(BigDecimal.valueOf(2_048), ""));
    }
}
