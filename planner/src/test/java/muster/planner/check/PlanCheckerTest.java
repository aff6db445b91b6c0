package muster.planner.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.oracle.BruteForce;
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
        Plan.PoolShare share = new Plan.PoolShare(h800, 256, 100, 3_160_064, 1);
        Plan.JobPlan job = new Plan.JobPlan(
                scenario.jobs().getFirst(),
                0,
                4_683_449_449_125L,
                3_160_064,
                2_664_362.353280046,
                rentMicroUsd,
                116_110_517_593L,
                List.of(share));
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
        Case mixed = new Case();
        long perturbed = checkPerturbations(official, officialPlan(official, 3_247_191_618_060L))
                + checkPerturbations(mixed.sketch.scenario("as asked"), mixed.sound())
                + LongStream.range(0, 60)
                        .map(PlanCheckerTest::checkPerturbations)
                        .sum();
        System.out.println(perturbed + " plans with one field changed, all refused");
        assertThat(perturbed).isGreaterThan(2_000);
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

    /** Pretrain on both pools beside a side job that fills the H20 pool; tuning follows pretraining. */
    private static final class Case {
        final ScenarioSketch sketch = new ScenarioSketch();
        final ScenarioSketch.PoolSketch h800 = sketch.pool("h800")
                .max(8)
                .own(3)
                .rent(2)
                .granularity(2)
                .energyPrice(0.07)
                .carbon(0.5);
        final ScenarioSketch.PoolSketch h20 =
                sketch.pool("h20").max(6).rent(1.10).carbon(0.6);
        final ScenarioSketch.JobSketch pretrain =
                sketch.job("pretrain").tokens(1e12).rate("h800", 1543).rate("h20", 400);
        final ScenarioSketch.JobSketch tune = sketch.job("tune")
                .tokens(1e11)
                .rate("h800", 1500)
                .rate("h20", 380)
                .after("pretrain");
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
            Scenario believed = new Case().sketch.scenario("as planned");
            Scenario scenario = sketch.scenario("as asked");
            return PlanChecker.violations(scenario, PlainPlans.planBelieving(believed, scenario, choice()));
        }
    }

    @Test
    void unchangedCaseIsSound() {
        assertThat(new Case().violations()).isEmpty();
    }

    @Test
    void capacityIsKeptAtEveryInstant() {
        Case asked = new Case();
        asked.h20.max(5);
        assertThat(asked.violations())
                .containsExactly("pool h20, capacity at 0 micros: 6 nodes busy (job pretrain, job side), max 5");
    }

    @Test
    void nodesComeInGranules() {
        Case asked = new Case();
        asked.h20.granularity(4);
        assertThat(asked.violations())
                .containsExactly("job pretrain, pool h20, granularity: stated 2 nodes, multiples of 4");
    }

    @Test
    void onePoolMeansOne() {
        Case asked = new Case();
        asked.pretrain.onePool();
        assertThat(asked.violations()).containsExactly("job pretrain, spread: stated 2 pools, allowed one-pool");
    }

    @Test
    void ownedNodesComeFirst() {
        Case asked = new Case();
        asked.h20.own(4);
        // In order of start, then file order: pretrain takes its 2, side gets the other 2 of 4.
        assertThat(asked.violations())
                .contains(
                        "job pretrain, pool h20, owned nodes first: stated 0, derived 2",
                        "job side, pool h20, owned nodes first: stated 0, derived 2");
    }

    @Test
    void releaseIsTheEarliestStart() {
        Case asked = new Case();
        asked.side.releaseSeconds(1);
        assertThat(asked.violations())
                .contains("job side, release: stated start 0 micros, release 1000000")
                .anySatisfy(sentence -> assertThat(sentence).startsWith("job side, start: stated 0 micros"));
    }

    @Test
    void startsAreReleasesOrEndsOfOthers() {
        Case asked = new Case();
        asked.pretrain.tokens(2e12);
        assertThat(asked.violations())
                .anySatisfy(
                        sentence -> assertThat(sentence).startsWith("job pretrain, duration (micros): stated 17928"));
        Scenario scenario = new Case().sketch.scenario("as asked");
        Case late = new Case();
        late.tune.releaseSeconds(20e6);
        FleetChoice choice = new FleetChoice(late.choice().nodes(), new long[] {0, 20_000_000_000_000L, 0});
        assertThat(PlanChecker.violations(
                        scenario, PlainPlans.planBelieving(late.sketch.scenario("late"), scenario, choice)))
                .containsExactly("job tune, start: stated 20000000000000 micros, possible its release 0 or the end of "
                        + "another job: 17928858290304, 22865853658537");
    }

    @Test
    void precedenceIsKept() {
        Case asked = new Case();
        asked.side.after("tune");
        assertThat(asked.violations())
                .containsExactly("job side, after tune: stated start 0 micros, earliest 22095524956971");
    }

    @Test
    void everyLimitIsKeptToTheUnit() {
        Plan plan = new Case().sound();
        long micros = plan.totals().finishMicros();
        long microUsd = plan.totals().microUsd();
        long milliwatts = plan.totals().peakMilliwatts();
        Case exact = new Case();
        exact.sketch.deadlineSeconds(micros / 1e6).budgetUsd(microUsd / 1e6).powerWatts(milliwatts / 1e3);
        assertThat(exact.violations()).isEmpty();
        Case asked = new Case();
        asked.sketch
                .deadlineSeconds((micros - 1) / 1e6)
                .budgetUsd((microUsd - 1) / 1e6)
                .powerWatts((milliwatts - 1) / 1e3);
        assertThat(asked.violations())
                .contains(
                        "limit deadline (micros): stated %d, limit %d".formatted(micros, micros - 1),
                        "limit budget (micro-dollars): stated %d, limit %d".formatted(microUsd, microUsd - 1),
                        "limit power (milliwatts): stated %d, limit %d".formatted(milliwatts, milliwatts - 1));
    }

    @Test
    void jobsKeepTheirOwnDeadlines() {
        Case asked = new Case();
        asked.pretrain.deadlineSeconds(17_928_858);
        assertThat(asked.violations())
                .contains("limit jobs.pretrain.deadline (micros): stated 17928858290304, limit 17928858000000");
    }

    @Test
    void nothingIsRentedWithoutAPrice() {
        ScenarioSketch priced = new ScenarioSketch();
        priced.pool("h800").max(4).own(2).rent(2);
        priced.job("pretrain").tokens(1e12).rate("h800", 1543);
        ScenarioSketch unpriced = new ScenarioSketch();
        unpriced.pool("h800").max(4).own(2);
        unpriced.job("pretrain").tokens(1e12).rate("h800", 1543);
        FleetChoice choice = new FleetChoice(new int[][] {{4}}, new long[] {0});
        Scenario scenario = unpriced.scenario("as asked");
        assertThat(PlanChecker.violations(
                        scenario, PlainPlans.planBelieving(priced.scenario("as planned"), scenario, choice)))
                .contains("job pretrain, pool h800, rent: 2 of 4 nodes would be rented, "
                        + "but the pool has no price to rent at");
    }

    @Test
    void aPoolWithoutARateIsOfNoUse() {
        ScenarioSketch rated = new ScenarioSketch();
        rated.pool("h800").max(4).rent(2);
        rated.job("pretrain").tokens(1e12).rate("h800", 1543);
        Scenario believed = rated.scenario("as planned");
        Plan plan = PlainPlans.plan(believed, new FleetChoice(new int[][] {{4}}, new long[] {0}))
                .orElseThrow();
        ScenarioSketch unrated = new ScenarioSketch();
        unrated.pool("h800").max(4).rent(2);
        unrated.job("pretrain").tokens(1e12);
        Scenario scenario = unrated.scenario("as asked");
        Plan.JobPlan job = plan.jobs().getFirst();
        Plan relabelled = new Plan(
                plan.choice(),
                List.of(new Plan.JobPlan(
                        scenario.jobs().getFirst(),
                        job.startMicros(),
                        job.durationMicros(),
                        job.tokensPerSecond(),
                        job.gpuHours(),
                        job.rentMicroUsd(),
                        job.energyMicroUsd(),
                        job.pools())),
                plan.fleet(),
                plan.totals());
        assertThat(PlanChecker.violations(scenario, relabelled))
                .containsExactly("job pretrain, pool h800, rate: stated 4 nodes, no rate there");
    }
}
