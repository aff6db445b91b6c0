package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Accounting;
import muster.planner.domain.Acquisition;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;
import muster.planner.oracle.ScenarioSketch;
import org.junit.jupiter.api.Test;

/** Two jobs of 4 node-hours each on a pool of 4 nodes of 8 GPUs, 12.5 kW and $1 of energy an hour. */
class TenureTest {
    private static final long HOUR = 3_600_000_000L;
    private static final long USD = 1_000_000;
    private static final double NO_RENT = 0;

    /** $8,760 over 8,760 h: a dollar an hour. */
    private static Supply.Purchase purchase(double residual, double leadHours, double financing) {
        return new Supply.Purchase(
                figure(8_760, BaseUnit.USD_PER_NODE),
                figure(8_760 * 3_600, BaseUnit.SECONDS),
                figure(residual, BaseUnit.FRACTION),
                figure(leadHours * 3_600, BaseUnit.SECONDS),
                figure(financing, BaseUnit.FRACTION));
    }

    /** $1 a GPU-hour, so $8 a node-hour. */
    private static Supply.Reservation reservation(double minimumHours) {
        return new Supply.Reservation(
                figure(1, BaseUnit.USD_PER_GPU_HOUR), figure(minimumHours * 3_600, BaseUnit.SECONDS));
    }

    private static Scenario scenario(double rent, Supply supply) {
        ScenarioSketch sketch = new ScenarioSketch();
        ScenarioSketch.PoolSketch pool =
                sketch.pool("a").max(4).energyPrice(0.08).supply(supply);
        if (rent != NO_RENT) {
            pool.rent(rent);
        }
        sketch.job("first").tokens(4 * 8 * 100 * 3_600).rate("a", 100);
        sketch.job("second").tokens(4 * 8 * 100 * 3_600).rate("a", 100);
        return sketch.scenario("tenure");
    }

    private static Ledger ledger(Scenario scenario, int first, int second, long firstStart, long secondStart) {
        Ledger ledger = new Ledger(FleetProblem.of(scenario));
        ledger.evaluate(new int[][] {{first}, {second}}, new long[] {firstStart, secondStart});
        return ledger;
    }

    private static Supply buying(Supply.Purchase purchase) {
        return new Supply(Optional.of(purchase), Optional.empty(), List.of());
    }

    private static Supply reserving(Supply.Reservation reservation) {
        return new Supply(Optional.empty(), Optional.of(reservation), List.of());
    }

    @Test
    void purchasesAreChargedByTheTimeHeldOverTheirLife() {
        // 2 nodes from delivery at 1 h to the second's end at 5 h: 2 × 4 h × $1 = $8, and 8 node-hours of energy.
        Ledger ledger = ledger(scenario(NO_RENT, buying(purchase(0, 1, 0))), 2, 2, HOUR, 3 * HOUR);
        assertThat(ledger.feasible()).isTrue();
        assertThat(ledger.terms().capexMicroUsd()).isEqualTo(8 * USD);
        assertThat(ledger.energyMicroUsd()).isEqualTo(8 * USD);
        assertThat(ledger.microUsd()).isEqualTo(16 * USD);
        assertThat(ledger.peak(Acquisition.BUY, 0)).isEqualTo(2);
        // Each has half of the node-hours.
        assertThat(ledger.amounts(0).sharedMicroUsd()).isEqualTo(4 * USD);
    }

    @Test
    void financingIsAnAnnuityWithInterestOnTheResidual() {
        // One year at 10 %: (8,760 − 1,752) × 0.1 / (1 − 1 / 1.1) + 1,752 × 0.1 = 7,708.80 + 175.20 = $7,884, so $0.90
        // an hour, for 2 nodes from 0 to 4 h.
        Ledger ledger = ledger(scenario(NO_RENT, buying(purchase(0.2, 0, 0.1))), 2, 2, 0, 2 * HOUR);
        assertThat(ledger.terms().capexMicroUsd()).isEqualTo(7_200_000);
    }

    @Test
    void interestNextToNothingCostsNextToNothing() {
        Ledger financed = ledger(scenario(NO_RENT, buying(purchase(0, 0, 1e-13))), 2, 2, 0, 2 * HOUR);
        Ledger free = ledger(scenario(NO_RENT, buying(purchase(0, 0, 0))), 2, 2, 0, 2 * HOUR);
        assertThat(financed.terms().capexMicroUsd())
                .isEqualTo(free.terms().capexMicroUsd())
                .isEqualTo(8 * USD);
    }

    @Test
    void cashChargesAPurchaseWholeLessTheResidual() {
        Scenario scenario = scenario(NO_RENT, buying(purchase(0.2, 0, 0.1))).withAccounting(Accounting.CASH);
        // 2 × $8,760 × 80 %, whoever uses them for how long.
        assertThat(ledger(scenario, 2, 2, 0, 2 * HOUR).terms().capexMicroUsd()).isEqualTo(14_016 * USD);
        // Side by side they need 4.
        assertThat(ledger(scenario, 2, 2, 0, 0).terms().capexMicroUsd()).isEqualTo(28_032 * USD);
    }

    @Test
    void whoStartsBeforeDeliveryHasNoBoughtNodes() {
        Ledger early = ledger(scenario(NO_RENT, buying(purchase(0, 1, 0))), 2, 2, 0, 2 * HOUR);
        assertThat(early.feasible()).isFalse();
        assertThat(early.tenure().boughtNodes(0, 0)).isZero();
        // With rent at $2 an hour and GPU the early one rents, 2 × 2 h × $16 = $64; the other's nodes are held 1 h to 4
        // h.
        Ledger rented = ledger(scenario(2, buying(purchase(0, 1, 0))), 2, 2, 0, 2 * HOUR);
        assertThat(rented.feasible()).isTrue();
        assertThat(rented.rentMicroUsd()).isEqualTo(64 * USD);
        assertThat(rented.terms().capexMicroUsd()).isEqualTo(6 * USD);
    }

    @Test
    void minimumTermsArePaidInFullAndGapsToo() {
        // 2 × $8 × 4 h from first to last use.
        assertThat(ledger(scenario(NO_RENT, reserving(reservation(1))), 2, 2, 0, 2 * HOUR)
                        .terms()
                        .reserveMicroUsd())
                .isEqualTo(64 * USD);
        // 2 × $8 × 10 h of minimum.
        assertThat(ledger(scenario(NO_RENT, reserving(reservation(10))), 2, 2, 0, 2 * HOUR)
                        .terms()
                        .reserveMicroUsd())
                .isEqualTo(160 * USD);
        // A gap from 2 h to 8 h: 2 × $8 × 10 h. Energy is in it.
        Ledger gap = ledger(scenario(NO_RENT, reserving(reservation(1))), 2, 2, 0, 8 * HOUR);
        assertThat(gap.terms().reserveMicroUsd()).isEqualTo(160 * USD);
        assertThat(gap.energyMicroUsd()).isZero();
    }

    @Test
    void onlyWhatIsCheaperIsReserved() {
        // Rent at $1.50 a GPU-hour is $12 a node-hour. Side by side for 2 h both jobs want 2 nodes each: 4 × $8 × 2 h =
        // $64
        // reserved, 4 × $12 × 2 h = $96 rented.
        assertThat(ledger(scenario(1.5, reserving(reservation(2))), 2, 2, 0, 0).microUsd())
                .isEqualTo(64 * USD);
        // With a minimum of 4 h nodes pay once they are used for 8/3 h: not here.
        assertThat(ledger(scenario(1.5, reserving(reservation(4))), 2, 2, 0, 0).microUsd())
                .isEqualTo(96 * USD);
        // One after the other they are used for the 4 h.
        assertThat(ledger(scenario(1.5, reserving(reservation(4))), 2, 2, 0, 2 * HOUR)
                        .microUsd())
                .isEqualTo(64 * USD);
    }

    @Test
    void whatCannotBeRentedIsReservedHoweverDear() {
        // $1 M a GPU-hour for 1,000 years: more than is counted, so over any budget, but never free.
        Supply.Reservation dear = new Supply.Reservation(
                figure(1e6, BaseUnit.USD_PER_GPU_HOUR), figure(1_000 * 365 * 86_400.0, BaseUnit.SECONDS));
        Ledger ledger = ledger(scenario(NO_RENT, reserving(dear)), 2, 2, 0, 2 * HOUR);
        assertThat(ledger.tenure().reservedNodes(0, 0)).isEqualTo(2);
        assertThat(ledger.feasible()).isFalse();
        assertThat(ledger.microUsd()).isGreaterThan(FleetProblem.MOST_MICRO_USD);
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("test", "2026-01-01", Confidence.LOW));
    }
}
