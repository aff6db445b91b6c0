package muster.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.oracle.PlainPlans;
import muster.planner.oracle.ScenarioSketch;
import org.junit.jupiter.api.Test;

/** One rule broken at a time, by asking for more than the plan was made for. */
class PlanRulesTest {
    @Test
    void unchangedCaseIsSound() {
        assertThat(new StricterCase().violations()).isEmpty();
    }

    @Test
    void capacityIsKeptAtEveryInstant() {
        StricterCase asked = new StricterCase();
        asked.h20.max(5);
        assertThat(asked.violations())
                .containsExactly("pool h20, capacity at 0 micros: 6 nodes busy (job pretrain, job side), max 5");
    }

    @Test
    void nodesComeInGranules() {
        StricterCase asked = new StricterCase();
        asked.h20.granularity(4);
        assertThat(asked.violations())
                .containsExactly("job pretrain, pool h20, granularity: stated 2 nodes, multiples of 4");
    }

    @Test
    void onePoolMeansOne() {
        StricterCase asked = new StricterCase();
        asked.pretrain.onePool();
        assertThat(asked.violations()).containsExactly("job pretrain, spread: stated 2 pools, allowed one-pool");
    }

    @Test
    void ownedNodesComeFirst() {
        StricterCase asked = new StricterCase();
        asked.h20.own(4);
        // In order of start, then file order: pretrain takes its 2, side gets the other 2 of 4.
        assertThat(asked.violations())
                .contains(
                        "job pretrain, pool h20, owned nodes first: stated 0, derived 2",
                        "job side, pool h20, owned nodes first: stated 0, derived 2");
    }

    @Test
    void releaseIsTheEarliestStart() {
        StricterCase asked = new StricterCase();
        asked.side.releaseSeconds(1);
        assertThat(asked.violations())
                .contains("job side, release: stated start 0 micros, release 1000000")
                .anySatisfy(sentence -> assertThat(sentence).startsWith("job side, start: stated 0 micros"));
    }

    @Test
    void startsAreReleasesOrEndsOfOthers() {
        StricterCase asked = new StricterCase();
        asked.pretrain.tokens(2e12);
        assertThat(asked.violations())
                .anySatisfy(
                        sentence -> assertThat(sentence).startsWith("job pretrain, duration (micros): stated 17928"));
        Scenario scenario = new StricterCase().sketch.scenario("as asked");
        StricterCase late = new StricterCase();
        late.tune.releaseSeconds(20e6);
        FleetChoice choice = new FleetChoice(late.choice().nodes(), new long[] {0, 20_000_000_000_000L, 0});
        assertThat(PlanChecker.violations(
                        scenario, PlainPlans.planBelieving(late.sketch.scenario("late"), scenario, choice)))
                .containsExactly("job tune, start: stated 20000000000000 micros, possible its release 0 or the end of "
                        + "another job: 17928858290304, 22865853658537");
    }

    @Test
    void precedenceIsKept() {
        StricterCase asked = new StricterCase();
        asked.side.after("tune");
        assertThat(asked.violations())
                .containsExactly("job side, after tune: stated start 0 micros, earliest 22095524956971");
    }

    @Test
    void everyLimitIsKeptToTheUnit() {
        Plan plan = new StricterCase().sound();
        long micros = plan.totals().finishMicros();
        long microUsd = plan.totals().microUsd();
        long milliwatts = plan.totals().peakMilliwatts();
        StricterCase exact = new StricterCase();
        exact.sketch.deadlineSeconds(micros / 1e6).budgetUsd(microUsd / 1e6).powerWatts(milliwatts / 1e3);
        assertThat(exact.violations()).isEmpty();
        StricterCase asked = new StricterCase();
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
        StricterCase asked = new StricterCase();
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
                        job.pools(),
                        job.step())),
                plan.fleet(),
                plan.totals());
        assertThat(PlanChecker.violations(scenario, relabelled))
                .containsExactly("job pretrain, pool h800, rate: stated 4 nodes, no rate there");
    }
}
