package muster.planner.check;

import java.util.List;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.oracle.PlainPlans;
import muster.planner.oracle.ScenarioSketch;

/** Pretrain on both pools beside a side job that fills the H20 pool; tuning follows pretraining. */
final class StricterCase {
    final ScenarioSketch sketch = new ScenarioSketch();
    final ScenarioSketch.PoolSketch h800 = sketch.pool("h800")
            .max(8)
            .own(3)
            .rent(2)
            .granularity(2)
            .energyPrice(0.07)
            .carbon(0.5);
    final ScenarioSketch.PoolSketch h20 = sketch.pool("h20").max(6).rent(1.10).carbon(0.6);
    final ScenarioSketch.JobSketch pretrain =
            sketch.job("pretrain").tokens(1e12).rate("h800", 1543).rate("h20", 400);
    final ScenarioSketch.JobSketch tune =
            sketch.job("tune").tokens(1e11).rate("h800", 1500).rate("h20", 380).after("pretrain");
    final ScenarioSketch.JobSketch side = sketch.job("side").tokens(3e11).rate("h20", 410);

    FleetChoice choice() {
        // pretrain: 4 × 8 × 1543 + 2 × 8 × 400 = 55,776 tokens/s, so 1e12 tokens take 17,928,858.29 s
        return new FleetChoice(new int[][] {{4, 2}, {2, 0}, {0, 4}}, new long[] {0, 17_928_858_290_304L, 0});
    }

    Plan sound() {
        return PlainPlans.plan(sketch.scenario("as asked"), choice()).orElseThrow();
    }

    /** What is said of the plan that was right before {@code this} case was made stricter. */
    List<String> violations() {
        Scenario believed = new StricterCase().sketch.scenario("as planned");
        Scenario scenario = sketch.scenario("as asked");
        return PlanChecker.violations(scenario, PlainPlans.planBelieving(believed, scenario, choice()));
    }
}
