package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;

import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.oracle.ScenarioSketch;
import org.junit.jupiter.api.Test;

/**
 * Worked by hand. A node gives 8 × 125 = 1,000 tokens/s, draws 10 kW × PUE 1.25 = 12.5 kW, is rented for 8 × $2 an hour
 * and, where owned, pays 12.5 kW × $0.08 = $1 an hour for energy. Jobs are 4 node-hours long.
 */
class LedgerTest {
    private static final double PER_GPU = 125;
    private static final double NODE_HOUR = 3.6e6; // tokens of one node in one hour
    private static final long HOUR = 3_600_000_000L; // microseconds
    private static final long USD = 1_000_000; // micro-dollars

    /** A pool of 4 nodes, 2 of them owned, for two jobs. */
    private static ScenarioSketch twoJobs() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(4).own(2).rent(2).energyPrice(0.08).carbon(0.5);
        sketch.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        sketch.job("second").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        return sketch;
    }

    private static FleetProblem problem(ScenarioSketch sketch) {
        return FleetProblem.of(sketch.scenario("ledger"));
    }

    private static Ledger ledger(ScenarioSketch sketch, int[][] nodes, long... starts) {
        Ledger ledger = new Ledger(problem(sketch));
        ledger.evaluate(nodes, starts);
        return ledger;
    }

    @Test
    void jobsSideBySideShareTheOwnedNodesInFileOrder() {
        // 2 nodes each for 2 h: the first pays 2 × $1 × 2 h = $4 for energy, the second 2 × 8 × $2 × 2 h = $64 rent.
        // 4 × 12.5 kW = 50 kW; 50 kW × 2 h = 100 kWh = 360 MJ and 50 kg.
        Ledger ledger = ledger(twoJobs(), new int[][] {{2}, {2}}, 0, 0);
        assertThat(ledger.feasible()).isTrue();
        assertThat(ledger.durationMicros(0)).isEqualTo(2 * HOUR);
        assertThat(ledger.tenure().ownedNodes(0, 0)).isEqualTo(2);
        assertThat(ledger.tenure().ownedNodes(1, 0)).isZero();
        assertThat(ledger.amounts(0).energyMicroUsd()).isEqualTo(4 * USD);
        assertThat(ledger.amounts(0).rentMicroUsd()).isZero();
        assertThat(ledger.amounts(1).energyMicroUsd()).isZero();
        assertThat(ledger.amounts(1).rentMicroUsd()).isEqualTo(64 * USD);
        assertThat(ledger.value(Objective.COST)).isEqualTo(68 * USD);
        assertThat(ledger.value(Objective.DAYS)).isEqualTo(2 * HOUR);
        assertThat(ledger.value(Objective.ENERGY)).isEqualTo(360_000_000);
        assertThat(ledger.value(Objective.CARBON)).isEqualTo(50_000);
        assertThat(ledger.peakMilliwatts()).isEqualTo(50_000_000);
        assertThat(ledger.peakNodes(0)).isEqualTo(4);
        assertThat(ledger.peak(Acquisition.OWN, 0)).isEqualTo(2);
        assertThat(ledger.peak(Acquisition.RENT, 0)).isEqualTo(2);
        // Cents, milliseconds, nodes, minus the nodes of the pool.
        assertThat(ledger.criteria()).containsExactly(6_800, 2 * 3_600_000, 4, -4);
    }

    @Test
    void whoStartsFirstTakesTheOwnedNodesAndKeepsThem() {
        // The second runs from 0 to 2 h on the owned nodes, the first from 1 h to 3 h on rented ones, to its end.
        Ledger ledger = ledger(twoJobs(), new int[][] {{2}, {2}}, HOUR, 0);
        assertThat(ledger.tenure().ownedNodes(0, 0)).isZero();
        assertThat(ledger.tenure().ownedNodes(1, 0)).isEqualTo(2);
        assertThat(ledger.amounts(0).rentMicroUsd()).isEqualTo(64 * USD);
        assertThat(ledger.finishMicros()).isEqualTo(3 * HOUR);
        assertThat(ledger.peakNodes(0)).isEqualTo(4);
    }

    @Test
    void aJobThatStartsAtAnEndFindsTheNodesFree() {
        // One after the other: 2 × ($1 × 2 nodes × 2 h) = $8, never more than 2 nodes busy.
        Ledger after = ledger(twoJobs(), new int[][] {{2}, {2}}, 0, 2 * HOUR);
        assertThat(after.microUsd()).isEqualTo(8 * USD);
        assertThat(after.peakNodes(0)).isEqualTo(2);
        assertThat(after.peakMilliwatts()).isEqualTo(25_000_000);

        // A microsecond earlier both are busy for that microsecond, and the second has to rent.
        Ledger before = ledger(twoJobs(), new int[][] {{2}, {2}}, 0, 2 * HOUR - 1);
        assertThat(before.microUsd()).isEqualTo(68 * USD);
        assertThat(before.peakNodes(0)).isEqualTo(4);
        assertThat(before.peakMilliwatts()).isEqualTo(50_000_000);
    }

    @Test
    void aJobMayHoldOwnedAndRentedNodesOfOnePool() {
        // First takes 1 of 2 owned for 4 h ($4); the second 3 nodes for 4/3 h: 1 owned ($1 × 4/3), 2 rented (2 × $16
        // × 4/3 = $42.666667).
        Ledger ledger = ledger(twoJobs(), new int[][] {{1}, {3}}, 0, 0);
        assertThat(ledger.tenure().ownedNodes(1, 0)).isEqualTo(1);
        assertThat(ledger.amounts(0).energyMicroUsd()).isEqualTo(4 * USD);
        assertThat(ledger.amounts(1).energyMicroUsd()).isEqualTo(1_333_333);
        assertThat(ledger.amounts(1).rentMicroUsd()).isEqualTo(42_666_667);
        assertThat(ledger.peak(Acquisition.RENT, 0)).isEqualTo(2);
    }

    @Test
    void carbonIsUnknownOnceAPoolInUseStatesNoIntensity() {
        ScenarioSketch sketch = twoJobs();
        sketch.pool("b").max(4).rent(1);
        assertThat(ledger(sketch, new int[][] {{2, 0}, {2, 0}}, 0, 0).carbonGrams())
                .isEqualTo(50_000);
        sketch.job("third").tokens(NODE_HOUR).rate("b", PER_GPU);
        assertThat(ledger(sketch, new int[][] {{2, 0}, {2, 0}, {0, 1}}, 0, 0, 0).carbonGrams())
                .isNaN();
    }

    @Test
    void halfGramsAndHalfMicroDollarsAreRoundedUp() {
        // 14.4 kW × 0.5 kg/kWh × 1,000 g / 3,600 s = 2 g a second.
        assertThat(ledger(seconds(0.125), new int[][] {{1}}, 0).carbonGrams()).isZero();
        assertThat(ledger(seconds(0.25), new int[][] {{1}}, 0).carbonGrams()).isEqualTo(1);
        assertThat(ledger(seconds(1.25), new int[][] {{1}}, 0).carbonGrams()).isEqualTo(3);
        JobOptions options = JobOptions.of(problem(seconds(1.25)), 0);
        assertThat(options.least(Objective.CARBON, 0)).isEqualTo(3);
        // 8 GPUs at $0.000225 an hour are 1,800 µ$ an hour, 1 µ$ in 2 s: 1 s is half of it, 5 s are 2.5.
        ScenarioSketch cheap = new ScenarioSketch();
        cheap.pool("a").rent(0.000225);
        cheap.job("first").tokens(1_000).rate("a", PER_GPU);
        assertThat(ledger(cheap, new int[][] {{1}}, 0).microUsd()).isEqualTo(1);
        cheap = new ScenarioSketch();
        cheap.pool("a").rent(0.000225);
        cheap.job("first").tokens(5_000).rate("a", PER_GPU);
        assertThat(ledger(cheap, new int[][] {{1}}, 0).microUsd()).isEqualTo(3);
    }

    private static ScenarioSketch seconds(double seconds) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").rent(2).watts(14_400).pue(1).carbon(0.5);
        sketch.job("first").tokens(seconds * 1_024).rate("a", 128);
        return sketch;
    }

    @Test
    void everyLimitAndRuleIsHeldToTheUnitAndCountedInMillionths() {
        int[][] twoEach = {{2}, {2}};
        // 68 $ over 34 $ is one whole budget too much; 50 kW over 40 kW a quarter; 2 h over 1.6 h a quarter each job.
        excess(0, ledger(twoJobs().budgetUsd(68), twoEach, 0, 0));
        excess(1_000_000, ledger(twoJobs().budgetUsd(34), twoEach, 0, 0));
        excess(1, ledger(twoJobs().budgetUsd(67.999999), twoEach, 0, 0));
        excess(0, ledger(twoJobs().powerWatts(50_000), twoEach, 0, 0));
        excess(250_000, ledger(twoJobs().powerWatts(40_000), twoEach, 0, 0));
        excess(1, ledger(twoJobs().powerWatts(49_999.999), twoEach, 0, 0));
        excess(0, ledger(twoJobs().deadlineSeconds(7_200), twoEach, 0, 0));
        excess(2 * 250_000, ledger(twoJobs().deadlineSeconds(5_760), twoEach, 0, 0));
        excess(2, ledger(twoJobs().deadlineSeconds(7_199.999999), twoEach, 0, 0));
        // 3 + 3 nodes of 4: half the pool too much; none too many if one waits.
        excess(500_000, ledger(twoJobs(), new int[][] {{3}, {3}}, 0, 0));
        excess(0, ledger(twoJobs(), new int[][] {{3}, {3}}, 0, 4 * HOUR / 3 + 1));
    }

    @Test
    void everyOtherRuleIsCountedToo() {
        // Nothing for rent: 2 rented of 2 owned.
        ScenarioSketch owned = new ScenarioSketch();
        owned.pool("a").max(4).own(2);
        owned.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        excess(1_000_000, ledger(owned, new int[][] {{4}}, 0));
        excess(0, ledger(owned, new int[][] {{2}}, 0));

        ScenarioSketch pairs = new ScenarioSketch();
        pairs.pool("a").max(4).rent(2).granularity(2);
        pairs.job("first").tokens(4 * NODE_HOUR).rate("a", PER_GPU);
        excess(1_000_000, ledger(pairs, new int[][] {{3}}, 0));
        excess(0, ledger(pairs, new int[][] {{4}}, 0));

        // One pool only; and pool c gives the job nothing, one whole unit for each of its 2 nodes.
        ScenarioSketch spread = new ScenarioSketch();
        spread.pool("a").max(4).rent(2);
        spread.pool("b").max(4).rent(2);
        spread.pool("c").max(4).rent(2);
        spread.job("first")
                .tokens(4 * NODE_HOUR)
                .rate("a", PER_GPU)
                .rate("b", PER_GPU)
                .onePool();
        excess(0, ledger(spread, new int[][] {{1, 0, 0}}, 0));
        excess(1_000_000, ledger(spread, new int[][] {{1, 1, 0}}, 0));
        excess(3_000_000, ledger(spread, new int[][] {{1, 0, 2}}, 0));

        // An hour before its release, with a deadline of 10 h: a tenth. An hour before the other's end: a tenth too.
        ScenarioSketch release = twoJobs().deadlineSeconds(36_000);
        release.job("third").tokens(NODE_HOUR).rate("a", PER_GPU).releaseSeconds(3_600);
        excess(100_000, ledger(release, new int[][] {{1}, {1}, {1}}, 0, 0, 0));
        excess(0, ledger(release, new int[][] {{1}, {1}, {1}}, 0, 0, HOUR));
        ScenarioSketch after = twoJobs().deadlineSeconds(36_000);
        after.job("third").tokens(NODE_HOUR).rate("a", PER_GPU).after("first");
        excess(100_000, ledger(after, new int[][] {{2}, {1}, {1}}, 0, 0, HOUR));
        excess(0, ledger(after, new int[][] {{2}, {1}, {1}}, 0, 0, 2 * HOUR));

        // The job's own deadline counts where it is earlier than the plan's.
        ScenarioSketch own = twoJobs().deadlineSeconds(36_000);
        own.job("third").tokens(NODE_HOUR).rate("a", PER_GPU).deadlineSeconds(1_800);
        excess(1_000_000, ledger(own, new int[][] {{1}, {1}, {1}}, 0, 0, 0));
        excess(0, ledger(own, new int[][] {{1}, {1}, {2}}, 0, 0, 0));
    }

    private static void excess(long millionths, Ledger ledger) {
        assertThat(ledger.excess()).isEqualTo(millionths);
        assertThat(ledger.feasible()).isEqualTo(millionths == 0);
    }

    @Test
    void aJobWithoutNodesNeverEndsAndCostsNothing() {
        Ledger ledger = ledger(twoJobs(), new int[][] {{0}, {2}}, 0, 0);
        assertThat(ledger.feasible()).isFalse();
        assertThat(ledger.durationMicros(0)).isGreaterThan(FleetProblem.HORIZON_MICROS);
        assertThat(ledger.microUsd()).isEqualTo(4 * USD); // the other one's energy
    }

    @Test
    void sumsBeyondALongAreTheLargestLongAndRefused() {
        // 1e18 tokens on one GPU at 1 token/s: 1e18 s, 2.8e14 h at $1 = 2.8e20 µ$, four of them.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(8).own(4).gpus(1).rent(1).energyPrice(1);
        for (int j = 0; j < 4; j++) {
            sketch.job("job-" + j).tokens(1e18).rate("a", 1);
        }
        Ledger ledger = ledger(sketch, new int[][] {{2}, {2}, {2}, {2}}, 0, 0, 0, 0);
        assertThat(ledger.rentMicroUsd()).isEqualTo(Long.MAX_VALUE);
        assertThat(ledger.energyMicroUsd()).isEqualTo(Long.MAX_VALUE);
        assertThat(ledger.microUsd()).isEqualTo(Long.MAX_VALUE);
        assertThat(ledger.energyJoules()).isEqualTo(Long.MAX_VALUE);
        assertThat(ledger.feasible()).isFalse();
        assertThat(ledger.criteria()[0]).as("cost in cents").isPositive();
    }

    @Test
    void aTrillionDollarsIsCountedToTheMicroDollarAndFourAreTheMost() {
        // One node-hour at 8 × $125 billion = $1e12 = 1e18 µ$.
        assertThat(trillions(1).microUsd()).isEqualTo(1_000_000_000_000L * USD);
        assertThat(trillions(4).feasible()).isTrue();
        assertThat(trillions(5).microUsd()).isEqualTo(5_000_000_000_000L * USD);
        excess(250_000, trillions(5));
        assertThat(problem(new ScenarioSketch().budgetUsd(1e15)).budgetMicroUsd())
                .isEqualTo(FleetProblem.MOST_MICRO_USD);
    }

    private static Ledger trillions(int hours) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").rent(125e9);
        sketch.job("first").tokens(hours * NODE_HOUR).rate("a", PER_GPU);
        return ledger(sketch, new int[][] {{1}}, 0);
    }

    @Test
    void theFewestTokensTakeTheirTimeAndTheMostAreBeyondTheHorizon() {
        // One token at 1,000 tokens/s: 1 ms. 1e18 tokens at 8e6 × 1e6 tokens/s = 125,000 s.
        ScenarioSketch one = new ScenarioSketch();
        one.pool("a").rent(2);
        one.job("first").tokens(1).rate("a", PER_GPU);
        assertThat(ledger(one, new int[][] {{1}}, 0).finishMicros()).isEqualTo(1_000);
        ScenarioSketch many = new ScenarioSketch();
        many.pool("a").max(1_000_000).rent(2);
        many.job("first").tokens(1e18).rate("a", 1e6);
        assertThat(ledger(many, new int[][] {{1_000_000}}, 0).finishMicros()).isEqualTo(125_000_000_000L);
        assertThat(ledger(many, new int[][] {{1_000_000}}, 0).feasible()).isTrue();
        assertThat(ledger(many, new int[][] {{1}}, 0).feasible()).isFalse(); // 3,964 years
    }

    @Test
    void planStatesWhatTheLedgerCounted() {
        ScenarioSketch sketch = twoJobs();
        Plan plan = PlanLedger.plan(
                sketch.scenario("plan"), problem(sketch), new FleetChoice(new int[][] {{2}, {2}}, new long[] {0, 0}));
        assertThat(plan.totals().microUsd()).isEqualTo(68 * USD);
        assertThat(plan.totals().gpuHours()).isEqualTo(64); // 8 node-hours
        assertThat(plan.fleet()).extracting(Plan.FleetRow::nodes).containsExactly(2, 2);
        assertThat(plan.fleet()).extracting(Plan.FleetRow::usd).containsExactly(4.0, 64.0);
        assertThat(plan.totals().energyPriced()).isTrue();
    }
}
