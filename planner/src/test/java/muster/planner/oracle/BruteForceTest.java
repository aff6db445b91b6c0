package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import org.junit.jupiter.api.Test;

/** Small enough to be solved in the head; rates are 1,000 tokens/s per node of 8 GPUs unless said otherwise. */
class BruteForceTest {
    private static final double PER_GPU = 125; // × 8 GPUs = 1,000 tokens/s a node
    private static final double NODE_HOUR = 3.6e6; // tokens of one node in one hour

    @Test
    void cheapestFleetOfOneJobIsWorkedByHand() {
        // 12 node-hours at 8 × $2 = $192 whatever the count, so cost ties; then fewer days are better: all 4 nodes.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(4).rent(2);
        sketch.job("train").tokens(12 * NODE_HOUR).rate("a", PER_GPU);
        assertThat(best(sketch)).contains(List.of(19_200L, 3 * 3_600_000L, 4L, -4L));
    }

    @Test
    void tiesGoToFewerNodesThenToEarlierPools() {
        // Pool b's nodes are half as fast and half as dear: cost ties. Four of a are as fast as 2 of a and 4 of b.
        ScenarioSketch fewer = new ScenarioSketch();
        fewer.pool("b").max(8).rent(1);
        fewer.pool("a").max(4).rent(2);
        fewer.job("train").tokens(8 * NODE_HOUR).rate("a", PER_GPU).rate("b", PER_GPU / 2);
        fewer.powerWatts(4 * 12_500.0); // 10 kW × PUE 1.25 a node
        assertThat(best(fewer)).contains(List.of(12_800L, 2 * 3_600_000L, 4L, 0L, -4L));

        // Two pools alike, power for 3 nodes: as many as possible from the pool that the file names first.
        ScenarioSketch earlier = new ScenarioSketch();
        earlier.pool("a").max(2).rent(2);
        earlier.pool("b").max(3).rent(2);
        earlier.job("train").tokens(6 * NODE_HOUR).rate("a", PER_GPU).rate("b", PER_GPU);
        earlier.powerWatts(3 * 12_500.0);
        assertThat(best(earlier)).contains(List.of(9_600L, 2 * 3_600_000L, 3L, -2L, -1L));
    }

    @Test
    void waitingForOwnedNodesBeatsRenting() {
        // Two jobs of 4 node-hours, nodes in pairs, one pair owned, energy free. At once one job would have to rent;
        // one after the other they cost nothing and take 2 h + 2 h.
        ScenarioSketch cost = twoJobsOnOwnedNodes();
        assertThat(best(cost)).contains(List.of(0L, 4 * 3_600_000L, 2L, -2L));
        FleetChoice choice =
                BruteForce.best(cost.scenario("cost")).orElseThrow().choice();
        assertThat(choice.startMicros()).containsExactlyInAnyOrder(0, 7_200_000_000L);

        // In a hurry both share the 4 nodes for 2 h (or each takes all for 1 h); 4 node-hours × 8 × $2 = $64 are
        // rented.
        ScenarioSketch days = twoJobsOnOwnedNodes().objectives(Objective.DAYS);
        assertThat(best(days)).contains(List.of(2 * 3_600_000L, 6_400L, 4L, -4L));

        // With 3 h the first takes all 4 nodes, renting 2 for 1 h = $32, and the second the owned pair for 2 h.
        ScenarioSketch threeHours = twoJobsOnOwnedNodes().deadlineSeconds(3 * 3600);
        assertThat(best(threeHours)).contains(List.of(3_200L, 3 * 3_600_000L, 4L, -4L));

        // A microsecond less and there is no time for that.
        ScenarioSketch shorter = twoJobsOnOwnedNodes().deadlineSeconds(3 * 3600 - 1e-6);
        assertThat(best(shorter)).contains(List.of(6_400L, 2 * 3_600_000L, 4L, -4L));
    }

    private static ScenarioSketch twoJobsOnOwnedNodes() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(4).own(2).rent(2).granularity(2);
        sketch.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("second").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        return sketch;
    }

    @Test
    void threeJobsFillTheOwnedNodesInTurn() {
        // 2 owned nodes, nothing for rent: 3 jobs of 4 node-hours need 6 h whatever the order.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(2).own(2);
        sketch.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU).after("third");
        sketch.job("second").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("third").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        assertThat(best(sketch)).contains(List.of(0L, 6 * 3_600_000L, 2L, -2L));
    }

    @Test
    void precedenceAndReleasePutJobsInOrder() {
        // Plenty of nodes, so both would start at once; after makes it 2 h + 2 h, a release at 3 h makes it 3 h + 2 h.
        ScenarioSketch after = new ScenarioSketch().objectives(Objective.DAYS);
        after.pool("a").max(4).rent(2);
        after.job("second").tokens(8 * NODE_HOUR).rate("a", PER_GPU).after("first");
        after.job("first").tokens(8 * NODE_HOUR).rate("a", PER_GPU);
        assertThat(best(after)).contains(List.of(4 * 3_600_000L, 25_600L, 4L, -4L));

        ScenarioSketch release = new ScenarioSketch().objectives(Objective.DAYS);
        release.pool("a").max(4).rent(2);
        release.job("second")
                .tokens(8 * NODE_HOUR)
                .rate("a", PER_GPU)
                .after("first")
                .releaseSeconds(3 * 3600);
        release.job("first").tokens(8 * NODE_HOUR).rate("a", PER_GPU);
        assertThat(best(release)).contains(List.of(5 * 3_600_000L, 25_600L, 4L, -4L));
    }

    @Test
    void limitsHoldToTheUnit() {
        // 4 node-hours cost $64 = 64,000,000 micro-dollars, on 4 nodes within 1 h = 3,600,000,000 micros, at 50 kW.
        assertThat(best(fourNodeHours().budgetUsd(64))).isPresent();
        assertThat(best(fourNodeHours().budgetUsd(63.999999))).isEmpty();
        assertThat(best(fourNodeHours().deadlineSeconds(3600))).isPresent();
        assertThat(best(fourNodeHours().deadlineSeconds(3599.999999))).isEmpty();
        assertThat(best(fourNodeHours().deadlineSeconds(3600).powerWatts(50_000)))
                .isPresent();
        assertThat(best(fourNodeHours().deadlineSeconds(3600).powerWatts(49_999.999)))
                .isEmpty();
    }

    private static ScenarioSketch fourNodeHours() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(4).rent(2);
        sketch.job("train").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        return sketch;
    }

    @Test
    void granularityAndSpreadShapeTheFleet() {
        // 7 of a in threes is 6; one pool only, so the 8 nodes of b win over 6 of a, though 14 would be faster.
        ScenarioSketch sketch = new ScenarioSketch().objectives(Objective.DAYS);
        sketch.pool("a").max(7).granularity(3).rent(2);
        sketch.pool("b").max(8).rent(2);
        sketch.job("train")
                .tokens(24 * NODE_HOUR)
                .rate("a", PER_GPU)
                .rate("b", PER_GPU)
                .onePool();
        assertThat(best(sketch)).contains(List.of(3 * 3_600_000L, 38_400L, 8L, 0L, -8L));
    }

    @Test
    void ownedNodesPayForEnergyAndEmitCarbon() {
        // 2 nodes × 12.5 kW × 2 h = 50 kWh; × $0.10 = $5, × 0.5 kg = 25 kg.
        ScenarioSketch sketch = new ScenarioSketch().objectives(Objective.ENERGY, Objective.CARBON);
        sketch.pool("a").max(2).own(2).energyPrice(0.10).carbon(0.5);
        sketch.job("train").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        assertThat(best(sketch)).contains(List.of(50_000L, 25_000L, 500L, 2 * 3_600_000L, 2L, -2L));
    }

    @Test
    void everyFleetOfTheLargestTinyScenarioIsTried() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(12).rent(2);
        sketch.pool("b").max(12).rent(2);
        sketch.pool("c").max(12).rent(2);
        ScenarioSketch.JobSketch job = sketch.job("train").tokens(36 * NODE_HOUR);
        job.rate("a", PER_GPU).rate("b", PER_GPU).rate("c", PER_GPU);
        ChoiceSpace space = new ChoiceSpace(new PlainArithmetic(sketch.scenario("largest")));
        assertThat(space.holdings(0)).hasSize(13 * 13 * 13 - 1); // every fleet but none
        assertThat(best(sketch)).contains(List.of(57_600L, 3_600_000L, 36L, -12L, -12L, -12L));
    }

    @Test
    void startPatternsNeverWaitInACircle() {
        assertThat(patterns(1)).isEqualTo(1);
        assertThat(patterns(2)).isEqualTo(3); // both at once, either after the other
        assertThat(patterns(3)).isEqualTo(16); // rooted forests on 3 labelled jobs: (3 + 1)^(3 − 1)
    }

    private static int patterns(int jobs) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(1).rent(2);
        for (int j = 0; j < jobs; j++) {
            sketch.job("job-" + j).rate("a", PER_GPU);
        }
        return new ChoiceSpace(new PlainArithmetic(sketch.scenario("patterns")))
                .startPatterns()
                .size();
    }

    /** {@return the criteria of the best plan, after asking for them once more by its choice} */
    private static Optional<List<Long>> best(ScenarioSketch sketch) {
        Scenario scenario = sketch.scenario("by hand");
        Optional<BruteForce.Best> best = BruteForce.best(scenario);
        best.ifPresent(found ->
                assertThat(BruteForce.criteria(scenario, found.choice())).contains(found.criteria()));
        return best.map(BruteForce.Best::criteria);
    }
}
