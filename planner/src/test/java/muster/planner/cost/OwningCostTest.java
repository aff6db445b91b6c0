package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import muster.planner.domain.Interval;
import org.junit.jupiter.api.Test;

class OwningCostTest {
    private static final double YEAR = 365 * 86_400.0;

    private static OwningCost.Terms terms(Interval servers, Interval life, Interval financing, Interval residual) {
        return new OwningCost.Terms(
                servers,
                Interval.exactly(4_390),
                Interval.exactly(500),
                1_275,
                8,
                Interval.exactly(200),
                Interval.exactly(0.08),
                Interval.exactly(1.25),
                Interval.exactly(0.75),
                Interval.exactly(0.03),
                Interval.exactly(20),
                Interval.exactly(100_000),
                financing,
                life,
                residual);
    }

    /** Every part by hand, for four years without interest or residual. */
    @Test
    void partsAddUpByHand() {
        Map<String, Interval> parts = OwningCost.usdPerGpuYear(
                terms(Interval.exactly(31_728), Interval.exactly(4 * YEAR), Interval.exactly(0), Interval.exactly(0)));
        assertPart(parts, "servers", 31_728 / 4.0);
        assertPart(parts, "network", 4_390 / 4.0);
        assertPart(parts, "storage", 500 / 4.0);
        assertPart(parts, "space", 200 * 1.275 * 12);
        assertPart(parts, "energy", 1.275 * 0.75 * 1.25 * 8_760 * 0.08);
        assertPart(parts, "spares", 0.03 * 31_728);
        assertPart(parts, "staff", 20 * 100_000 / 8_000.0);
        double year = 7_932 + 1_097.5 + 125 + 3_060 + 837.675 + 951.84 + 250;
        assertThat(OwningCost.usdPerGpuHour(parts, Interval.exactly(0.8)).low())
                .isCloseTo(year / (0.8 * 8_760), within(1e-9));
        // At the break-even share of the hours, owned and rented cost the same.
        double share = OwningCost.breakEvenFraction(parts, Interval.exactly(2)).low();
        assertThat(OwningCost.usdPerGpuHour(parts, Interval.exactly(share)).low())
                .isCloseTo(2, within(1e-9));
    }

    /** 1,000 at 10 % over 2 years, 200 of it left: 576.19 a year for each 1,000, so 460.95, and 20 on what is left. */
    @Test
    void purchasesArePaidOffWithInterest() {
        Map<String, Interval> parts = OwningCost.usdPerGpuYear(new OwningCost.Terms(
                Interval.exactly(1_000),
                Interval.exactly(0),
                Interval.exactly(0),
                1_000,
                8,
                Interval.exactly(0),
                Interval.exactly(0),
                Interval.exactly(1),
                Interval.exactly(1),
                Interval.exactly(0),
                Interval.exactly(0),
                Interval.exactly(0),
                Interval.exactly(0.1),
                Interval.exactly(2 * YEAR),
                Interval.exactly(0.2)));
        assertPart(parts, "servers", 800 * 0.1 / (1 - 1 / 1.21) + 20);
    }

    @Test
    void rangesHoldEverythingInside() {
        OwningCost.Terms wide = terms(
                new Interval(20_000, 40_000),
                new Interval(3 * YEAR, 6 * YEAR),
                new Interval(0.04, 0.14),
                new Interval(0, 0.3));
        Map<String, Interval> range = OwningCost.usdPerGpuYear(wide);
        for (double servers : new double[] {20_000, 30_000, 40_000}) {
            for (double life : new double[] {3, 4.5, 6}) {
                for (double rate : new double[] {0.04, 0.09, 0.14}) {
                    for (double residual : new double[] {0, 0.15, 0.3}) {
                        OwningCost.usdPerGpuYear(terms(
                                        Interval.exactly(servers),
                                        Interval.exactly(life * YEAR),
                                        Interval.exactly(rate),
                                        Interval.exactly(residual)))
                                .forEach((part, value) -> {
                                    assertThat(value.low())
                                            .as(part)
                                            .isGreaterThanOrEqualTo(
                                                    range.get(part).low() - 1e-6);
                                    assertThat(value.high())
                                            .as(part)
                                            .isLessThanOrEqualTo(range.get(part).high() + 1e-6);
                                });
                    }
                }
            }
        }
    }

    private static void assertPart(Map<String, Interval> parts, String part, double usd) {
        assertThat(parts.get(part).low()).as(part).isCloseTo(usd, within(1e-6));
        assertThat(parts.get(part).high()).as(part).isCloseTo(usd, within(1e-6));
    }
}
