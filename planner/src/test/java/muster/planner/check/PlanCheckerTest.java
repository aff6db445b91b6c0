package muster.planner.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.Acquisition;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Origin;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.ModelledScenarios;
import muster.planner.oracle.PlainPlans;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;

class PlanCheckerTest {
    /** DeepSeek-V3's official pre-training as published, on 256 H800 nodes of which 100 are owned. */
    private static Scenario officialRun() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("h800")
                .gpus(8)
                .watts(10_200)
                .max(256)
                .own(100)
                .rent(2.00)
                .energyPrice(0.07)
                .carbon(0.5);
        sketch.job("pretrain").tokens(14.8e12).rate("h800", 1543);
        return sketch.scenario("DeepSeek-V3 official run");
    }

    /**
     * Worked by hand. 256 nodes × 8 GPUs × 1,543 tokens/s = 3,160,064 tokens/s;
     * 14.8e12 tokens / 3,160,064 = 4,683,449.449125 s = 54.2 days = 1,300.958180 h; × 2,048 GPUs = 2,664,362.353280 GPU-h.
     * Rent of 156 nodes: 156 × 8 × $2 × 1,300.958180 h = $3,247,191.618060.
     * A node draws 10,200 W × 1.25 = 12.75 kW: 100 owned × 12.75 kW × $0.07 × 1,300.958180 h = $116,110.517593.
     * 256 × 12,750 W = 3.264 MW; × 4,683,449.449125 s = 15,286,779,001,944 J = 4,246,327.50 kWh; × 0.5 kg = 2,123,163,750 g.
     */
    private static Plan officialPlan(Scenario scenario, long rentMicroUsd) {
        Pool h800 = scenario.pools().getFirst();
        Plan.PoolShare share = new Plan.PoolShare(h800, 256, 100, 3_160_064, 1, Optional.empty());
        Plan.JobPlan job = new Plan.JobPlan(
                scenario.jobs().getFirst(),
                0,
                4_683_449_449_125L,
                3_160_064,
                2_664_362.353280046,
                rentMicroUsd,
                116_110_517_593L,
                List.of(share),
                Optional.empty());
        return new Plan(
                new FleetChoice(new int[][] {{256}}, new long[] {0}),
                List.of(job),
                List.of(
                        new Plan.FleetRow(h800, Acquisition.OWN, 100, 116_110.517593),
                        new Plan.FleetRow(h800, Acquisition.RENT, 156, 3_247_191.618060)),
                new Plan.Totals(
                        rentMicroUsd,
                        116_110_517_593L,
                        4_683_449_449_125L,
                        2_664_362.353280046,
                        15_286_779_001_944L,
                        OptionalLong.of(2_123_163_750L),
                        3_264_000_000L,
                        true));
    }

    @Test
    void handWorkedPlanIsSound() {
        Scenario scenario = officialRun();
        assertThat(PlanChecker.violations(scenario, officialPlan(scenario, 3_247_191_618_060L)))
                .isEmpty();
    }

    @Test
    void aDollarTooFewIsFoundAndNamed() {
        Scenario scenario = officialRun();
        Plan plan = officialPlan(scenario, 3_247_190_618_060L);
        assertThat(PlanChecker.violations(scenario, plan))
                .containsExactly(
                        "job pretrain, rent (micro-dollars): stated 3247190618060, " + "derived 3247191618060.0561676");
        assertThatThrownBy(() -> PlanChecker.requireSound(scenario, plan))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DeepSeek-V3 official run")
                .hasMessageContaining("job pretrain, rent");
    }

    @Test
    void everySingleFieldIsJudged() {
        Scenario official = officialRun();
        StricterCase mixed = new StricterCase();
        long perturbed = checkPerturbations(official, officialPlan(official, 3_247_191_618_060L))
                + checkPerturbations(mixed.sketch.scenario("as asked"), mixed.sound())
                + LongStream.range(0, 60)
                        .map(PlanCheckerTest::checkPerturbations)
                        .sum();
        System.out.println(perturbed + " plans with one field changed, all refused");
        assertThat(perturbed).isGreaterThan(2_000);
    }

    /**
     * Also where the performance model gives the rate, on one pool and on two. What pools would give alone, beside others,
     * only a search over their layouts can tell.
     */
    @Test
    void everySingleFieldOfAModelledPlanIsJudged() {
        Scenario scenario = ModelledScenarios.threePools(24);
        FleetProblem problem = FleetProblem.of(scenario);
        for (int[] nodes : new int[][] {{8, 0, 0}, {8, 5, 0}}) {
            Plan sound = PlanLedger.plan(scenario, problem, new FleetChoice(new int[][] {nodes}, new long[1]));
            assertThat(PlanChecker.violations(scenario, sound)).isEmpty();
            List<Perturbations.Perturbed> perturbations = Perturbations.of(sound).stream()
                    .filter(each -> nodes[1] == 0 || !each.path().endsWith("aloneTokensPerSecond"))
                    .toList();
            assertThat(perturbations).hasSizeGreaterThan(100);
            for (Perturbations.Perturbed perturbation : perturbations) {
                assertThat(PlanChecker.violations(scenario, (Plan) perturbation.value()))
                        .as(perturbation.path())
                        .isNotEmpty();
            }
        }
    }

    /** Owned, bought, reserved and rented nodes, tranches, and a site with caps. */
    @Test
    void everySingleFieldOfAProgramIsJudged() {
        Scenario scenario = programWithEverything();
        FleetProblem problem = FleetProblem.of(scenario);
        // The second job waits for the nodes that are bought; the first has but one owned node and rents the other.
        Plan sound = PlanLedger.plan(scenario, problem, new FleetChoice(new int[][] {{2, 0}, {3, 2}}, new long[] {
            0, 10 * 3_600_000_000L
        }));
        assertThat(sound.fleet().stream().map(Plan.FleetRow::acquisition))
                .containsExactly(Acquisition.OWN, Acquisition.BUY, Acquisition.RENT, Acquisition.RESERVE);
        assertThat(checkPerturbations(scenario, sound)).isGreaterThan(80);
    }

    /** Where rates are stated and where they are modelled: spot nodes among others, and spare ones. */
    @Test
    void everySingleFieldOfAPlanWithSpotAndSpareNodesIsJudged() {
        Supply.Spot spot = new Supply.Spot(
                figure(1, BaseUnit.USD_PER_GPU_HOUR),
                figure(0.05, BaseUnit.PER_HOUR),
                figure(60, BaseUnit.SECONDS),
                figure(300, BaseUnit.SECONDS));
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(6).own(1).rent(3).spareNodes(1).supply(Supply.ON_DEMAND.withSpot(Optional.of(spot)));
        sketch.job("first").tokens(8 * 100 * 3_600 * 16.0).rate("a", 100);
        Scenario stated = sketch.scenario("spot");
        Plan sound = PlanLedger.plan(stated, FleetProblem.of(stated), spotChoice(new int[] {5}, new int[] {3}));
        assertThat(sound.fleet().stream().map(Plan.FleetRow::acquisition))
                .containsExactly(Acquisition.OWN, Acquisition.RENT, Acquisition.SPOT);
        // λ = 3 × 5 %/h, √(2 × 60 s × λ) + 300 s × λ: 4 of 5 nodes compute, at that much less.
        double perSecond = 0.15 / 3600;
        double overhead = Math.sqrt(2 * 60 * perSecond) + 300 * perSecond;
        assertThat(sound.jobs().getFirst().tokensPerSecond()).isCloseTo(4 * 800 / (1 + overhead), within(1e-9));
        assertThat(checkPerturbations(stated, sound)).isGreaterThan(60);

        Scenario modelled = ModelledScenarios.threePools(24)
                .withPools(
                        pool -> true,
                        pool -> pool.withSpare(Optional.of(figure(0.1, BaseUnit.FRACTION)))
                                .withSupply(pool.supply().withSpot(Optional.of(spot))));
        Plan steps = PlanLedger.plan(
                modelled, FleetProblem.of(modelled), spotChoice(new int[] {9, 0, 0}, new int[] {4, 0, 0}));
        assertThat(steps.jobs().getFirst().pools().getFirst().computingGpus()).isEqualTo(8 * 8);
        assertThat(checkPerturbations(modelled, steps)).isGreaterThan(100);
    }

    private static FleetChoice spotChoice(int[] nodes, int[] spot) {
        int pools = nodes.length;
        return new FleetChoice(new int[][] {nodes}, new long[1], new int[pools], new int[pools], new int[][] {spot});
    }

    private static Scenario programWithEverything() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a")
                .max(4)
                .own(1)
                .rent(3)
                .energyPrice(0.08)
                .carbon(0.4)
                .caps(new Site.Caps(
                        Optional.of(figure(60_000, BaseUnit.WATTS)),
                        Optional.of(figure(2, BaseUnit.COUNT)),
                        Optional.of(figure(25_000, BaseUnit.WATTS))))
                .supply(new Supply(
                        Optional.of(new Supply.Purchase(
                                figure(8_760, BaseUnit.USD_PER_NODE),
                                figure(365 * 86_400, BaseUnit.SECONDS),
                                figure(0.2, BaseUnit.FRACTION),
                                figure(10 * 3_600, BaseUnit.SECONDS),
                                figure(0.1, BaseUnit.FRACTION))),
                        Optional.empty(),
                        List.of(
                                new Supply.Tranche(figure(0, BaseUnit.SECONDS), figure(3, BaseUnit.NODES)),
                                new Supply.Tranche(figure(3_600, BaseUnit.SECONDS), figure(1, BaseUnit.NODES)))));
        sketch.pool("b")
                .max(2)
                .carbon(0.1)
                .supply(new Supply(
                        Optional.empty(),
                        Optional.of(new Supply.Reservation(
                                figure(1, BaseUnit.USD_PER_GPU_HOUR), figure(30 * 3_600, BaseUnit.SECONDS))),
                        List.of()));
        sketch.job("first").tokens(8 * 100 * 3_600 * 16.0).rate("a", 100);
        sketch.job("second").tokens(8 * 100 * 3_600 * 50.0).rate("a", 100).rate("b", 100);
        return sketch.scenario("everything");
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("test", "2026-01-01", Confidence.LOW));
    }

    private static long checkPerturbations(long seed) {
        Scenario scenario = TinyScenarios.scenario(seed);
        Optional<Plan> plan = BruteForce.best(scenario).flatMap(best -> PlainPlans.plan(scenario, best.choice()));
        return plan.map(sound -> checkPerturbations(scenario, sound)).orElse(0L);
    }

    private static long checkPerturbations(Scenario scenario, Plan sound) {
        assertThat(PlanChecker.violations(scenario, sound)).isEmpty();
        List<Perturbations.Perturbed> perturbations = Perturbations.of(sound);
        for (Perturbations.Perturbed perturbation : perturbations) {
            assertThat(PlanChecker.violations(scenario, (Plan) perturbation.value()))
                    .as("%s: %s", scenario.title(), perturbation.path())
                    .isNotEmpty();
        }
        return perturbations.size();
    }
}
