package muster.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioBoundTest {
    private static final long SEED = 11;
    private static final int COUNT = 3_000;

    @Test
    void cheapestPoolPerRateBoundsWhatHasNoConstant() {
        // Pool 0: 16 per 1,000 tokens/s, pool 1: 8 per 400: 0.016 and 0.02.
        RatioBound ratio = new RatioBound(new double[] {1_000, 400});
        System.arraycopy(new double[] {16, 8}, 0, ratio.perUnit(), 0, 2);
        assertThat(ratio.bound(new Box(new int[2], new int[] {4, 4}), 0, 0)).isCloseTo(0.016, within(1e-14));
        // At least two nodes of pool 1 and at most one of pool 0: (16 + 16) / 1,800.
        assertThat(ratio.bound(new Box(new int[] {0, 2}, new int[] {1, 4}), 0, 0))
                .isCloseTo(32.0 / 1_800, within(1e-14));
    }

    @Test
    void sideConstraintShutsOutTheCheapPool() {
        // 1 and 3 per unit of equal rate, at most 2 units of the cheap one in 4 needed: (2 + 6) / 4 = 2 at the least
        // where the rate has to be 4; without the constraint 1.
        RatioBound ratio = new RatioBound(new double[] {1, 1});
        System.arraycopy(new double[] {1, 3}, 0, ratio.perUnit(), 0, 2);
        System.arraycopy(new double[] {1, 0}, 0, ratio.side(), 0, 2);
        Box box = new Box(new int[] {0, 2}, new int[] {4, 2});
        assertThat(ratio.bound(box, 0, 4)).isCloseTo(10.0 / 6, within(1e-12)); // 4 cheap, 2 dear
        double bound = ratio.boundWithSide(2);
        assertThat(bound).isBetween(1.9999, 2 + 1e-12);
    }

    @Test
    void noLatticePointIsBelowTheBound() {
        SplittableRandom random = new SplittableRandom(SEED);
        int finite = 0;
        int sharper = 0;
        for (int i = 0; i < COUNT; i++) {
            int pools = 1 + random.nextInt(4);
            double[] rate = new double[pools];
            Box box = new Box(new int[pools], new int[pools]);
            RatioBound ratio = new RatioBound(rate);
            boolean signed = random.nextInt(3) == 0;
            for (int p = 0; p < pools; p++) {
                rate[p] = p > 0 && random.nextInt(6) == 0 ? 0 : random.nextDouble(10, 20_000);
                ratio.perUnit()[p] = random.nextInt(6) == 0 ? 0 : random.nextDouble(signed ? -5 : 0, 50);
                ratio.side()[p] = random.nextDouble(random.nextBoolean() ? 0 : -10, 10);
                box.low[p] = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
                box.high[p] = box.low[p] + random.nextInt(6) + (p == 0 ? 1 : 0);
            }
            double constant = random.nextInt(3) == 0 ? 0 : random.nextDouble(signed ? -100 : 0, 100);
            double leastRate = random.nextBoolean() ? 0 : random.nextDouble(rate[0] * box.high[0]);
            double limit = side(ratio, Lattice.points(box).get(random.nextInt((int) box.points(100_000))));
            double bound = ratio.bound(box, constant, leastRate);
            double withSide = ratio.boundWithSide(limit);
            finite += bound > Double.NEGATIVE_INFINITY ? 1 : 0;
            sharper += withSide > bound + 1e-9 ? 1 : 0;
            for (int[] units : Lattice.points(box)) {
                double pointRate = dot(rate, units);
                if (pointRate <= 0 || pointRate < leastRate) {
                    continue;
                }
                double value = (constant + dot(ratio.perUnit(), units)) / pointRate;
                double tolerance = 1e-12 * (Math.abs(constant) + 50.0 * 4 * 10) / pointRate;
                assertThat(bound)
                        .as("seed %d, box %d, %s", SEED, i, Arrays.toString(units))
                        .isLessThanOrEqualTo(value + tolerance);
                if (side(ratio, units) <= limit) {
                    assertThat(withSide)
                            .as("seed %d, box %d, side, %s", SEED, i, Arrays.toString(units))
                            .isLessThanOrEqualTo(value + tolerance);
                }
            }
        }
        System.out.printf(
                "Of %d ratio bounds %d are finite, %d gain by the side constraint.%n", COUNT, finite, sharper);
        assertThat(finite).isGreaterThan(COUNT * 9 / 10);
        assertThat(sharper).isGreaterThan(COUNT / 5);
    }

    @Test
    void boundOfASinglePointIsItsRatio() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            double[] rate = {random.nextDouble(1, 1e4), random.nextDouble(1, 1e4), random.nextDouble(1, 1e4)};
            int[] point = {1 + random.nextInt(9), random.nextInt(9), random.nextInt(9)};
            RatioBound ratio = new RatioBound(rate);
            for (int p = 0; p < 3; p++) {
                ratio.perUnit()[p] = random.nextDouble(100);
            }
            double constant = random.nextDouble(1e3);
            double value = (constant + dot(ratio.perUnit(), point)) / dot(rate, point);
            assertThat(ratio.bound(new Box(point, point), constant, 0))
                    .as("seed %d, point %d", SEED, i)
                    .isCloseTo(value, within(1e-12 * value));
        }
    }

    private static double side(RatioBound ratio, int[] units) {
        return dot(ratio.side(), units);
    }

    private static double dot(double[] perUnit, int[] units) {
        double sum = 0;
        for (int p = 0; p < units.length; p++) {
            sum += perUnit[p] * units[p];
        }
        return sum;
    }
}
