package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;
import muster.planner.oracle.ModelledScenarios;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TermScenarios;
import muster.planner.perf.RateBook;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Rates of nodes that are held: spare ones do not compute, spot ones are taken away, and no ceiling is too low for either. */
class HeldRatesTest {
    private static final Scenario MODELLED = ModelledScenarios.threePools(24);
    private static final RateBook BOOK = new RateBook();

    @Test
    void spareNodesDoNotCompute() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(100).rent(2).spareNodes(2);
        sketch.pool("b").max(100).rent(2).spareFraction(0.07);
        sketch.job("j").tokens(1e12).rate("a", 100).rate("b", 50);
        HeldRates rates = FleetProblem.of(sketch.scenario("spares")).rates(0);
        assertThat(rates.linear()).isFalse();
        assertThat(rates.tokensPerSecond(new int[] {2, 0})).isZero();
        assertThat(rates.tokensPerSecond(new int[] {5, 0})).isEqualTo(3 * 800.0);
        // 7 % of 100 nodes are 7, though 0.07 × 100 is a little more than that in binary; of 50 they are 3.5, so 4.
        assertThat(rates.tokensPerSecond(new int[] {0, 100})).isEqualTo(93 * 400.0);
        assertThat(rates.tokensPerSecond(new int[] {0, 50})).isEqualTo(46 * 400.0);
        // A job that holds a pool's spare nodes alone is no option, whatever else it has.
        assertThat(rates.tokensPerSecond(new int[] {5, 1})).isZero();
    }

    @Test
    void evictionsTakeTimeByYoungsFormula() {
        HeldRates rates = FleetProblem.of(spot(0.05, 60, 300)).rates(0);
        // 4 on demand and 16 spot nodes: λ = 16 × 5 %/h = 0.8/h; √(2 × 60 s × 0.8/h) + 0.8/h × 300 s = 0.2300.
        double overhead = Math.sqrt(2 * 60 * 0.8 / 3600) + 0.8 / 3600 * 300;
        assertThat(overhead).isCloseTo(0.2300, within(1e-4));
        assertThat(rates.tokensPerSecond(new int[] {4, 16})).isCloseTo(20 * 800 / (1 + overhead), within(1e-9));
        assertThat(rates.tokensPerSecond(new int[] {20, 0})).isEqualTo(20 * 800.0);
    }

    @Test
    void aFleetThatLosesMoreTimeThanItWorksIsNoOption() {
        // 2 %/h, δ = 450 s, R = 0: √(900 s × n × 0.02/3600 s) = 1 at n = 200.
        HeldRates rates = FleetProblem.of(spot(0.02, 450, 1e-9)).rates(0);
        assertThat(rates.mostNodes(1)).isEqualTo(199);
        assertThat(rates.tokensPerSecond(new int[] {0, 199})).isPositive();
        assertThat(rates.tokensPerSecond(new int[] {0, 201})).isZero();
    }

    private static Scenario spot(double perHour, double checkpointSeconds, double restartSeconds) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a")
                .max(400)
                .rent(2)
                .supply(Supply.ON_DEMAND.withSpot(Optional.of(new Supply.Spot(
                        figure(1, BaseUnit.USD_PER_GPU_HOUR),
                        figure(perHour, BaseUnit.PER_HOUR),
                        figure(checkpointSeconds, BaseUnit.SECONDS),
                        figure(restartSeconds, BaseUnit.SECONDS)))));
        sketch.job("j").tokens(1e12).rate("a", 100);
        return sketch.scenario("spot");
    }

    @Property(tries = 300)
    void noPointOfABoxIsFasterThanItsBounds(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        Random random = new Random(seed);
        FleetProblem problem = FleetProblem.of(TermScenarios.withSpotAndSpares(scenario(random), seed % 8), BOOK);
        HeldRates rates = problem.rates(0);
        int pools = problem.poolCount();
        int[] low = new int[pools];
        int[] high = new int[pools];
        int[] nodes = new int[pools];
        for (int p = 0; p < pools; p++) {
            low[p] = random.nextInt(13);
            high[p] = low[p] + random.nextInt(13 - low[p]);
            nodes[p] = low[p] + random.nextInt(high[p] - low[p] + 1);
        }
        double rate = rates.tokensPerSecond(nodes);
        double[] ceilings = new double[pools];
        rates.ceilings(low, high, ceilings);
        double sum = 0;
        for (int p = 0; p < pools; p++) {
            sum += nodes[p] * ceilings[p];
        }
        double exchange = rates.leastExchangeSecondsPerToken(low, high);
        assertThat(rate).isLessThanOrEqualTo((1 + 1e-12) / (1 / sum + exchange));
        assertThat(rate).isLessThanOrEqualTo(rates.mostTokensPerSecond(low, high) * (1 + 1e-12));
    }

    private static Scenario scenario(Random random) {
        if (random.nextBoolean()) {
            return MODELLED;
        }
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(24).rent(2);
        sketch.pool("b").max(24).rent(3);
        sketch.job("j").tokens(1e12).rate("a", 100).rate("b", 150);
        return sketch.scenario("stated");
    }

    @Test
    void choicesKeepTheirNodesOnTheWayToPlansAndBack() {
        FleetProblem problem = FleetProblem.of(spot(0.05, 60, 300));
        FleetChoice byLots = new FleetChoice(new int[][] {{4, 16}}, new long[] {7});
        FleetChoice planned = problem.lots().toPlan(byLots);
        assertThat(planned.nodes()).isEqualTo(new int[][] {{20}});
        assertThat(planned.spotNodes()).isEqualTo(new int[][] {{16}});
        assertThat(problem.lots().ofPlan(planned)).isEqualTo(byLots);
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("test", "2026-01-01", Confidence.LOW));
    }
}
