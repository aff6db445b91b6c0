package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import muster.planner.domain.PlanAnswer;
import muster.planner.report.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan judged here costs $4,733,405.130208, takes 46.467 d and draws 3.392 MW; its gap is 0.0719 %. */
class ThresholdTest {
    private final PlanAnswer answer = Answers.feasible();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gap > 0.05 %",
                "gap>0.05%",
                "bound.gapPercent <= 0.1 %",
                "totals.usd > $4.7 M",
                "totals.usd >= 4733405.130208 USD",
                "totals.days < 7 w",
                "totals.days < 1115.3 h",
                "totals.days > 1115.2 hours",
                "totals.energyKwh > 3.7 GWh",
                "totals.carbonKg < 1900 t",
                "limits.power.slack > -5 kW",
                "fleet.h800.nodes >= 256 nodes",
                "jobs.pretrain.tokensPerSecond > 3.6 M tokens/s",
                "totals.powerWatts > 3391 kW",
                "totals.powerWatts = 3.392 MW",
                "fleet.h800.nodes = 256",
                "fleet.h800.gpus != 2 k",
                "limits.budget.slack < $2M",
                "status = feasible",
                "status != optimal",
                "limits.power.binding == true"
            })
    void theseHold(String text) throws BadInput {
        assertThat(reason(text)).contains("holds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gap > 0.08 %",
                "totals.usd > $6 M",
                "totals.days > 60 d",
                "increment.h800.nodes > 192",
                "status = optimal",
                "status != feasible"
            })
    void theseDoNot(String text) throws BadInput {
        assertThat(reason(text)).isEmpty();
    }

    @Test
    void whatCannotBeJudgedFails() throws BadInput {
        Threshold carbon = Threshold.parse("totals.carbonKg > 9000 t");
        PlanAnswer unmetered = Answers.optimal("No grid intensity", "h800");
        carbon.check(unmetered.scenario());
        assertThat(carbon.reasonToFail(unmetered))
                .hasValueSatisfying(reason -> assertThat(reason).contains("cannot be judged"));
    }

    private String reason(String text) throws BadInput {
        Threshold threshold = Threshold.parse(text);
        threshold.check(answer.scenario());
        return threshold.reasonToFail(answer).orElse("");
    }
}
