package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every back end of the futures kernel must do; one subclass per back end. */
abstract class FutureKernelsContract implements TestedBackend {
    private static final double CANARY = -12_345.0;
    private static final FutureLimits NO_LIMITS = new FutureLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static IntStream sizes() {
        return IntStream.of(
                0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 512, 513, 1_021, 4_095, 4_096, 4_097, 8_191, 12_289, 40_009);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyNumberOfFuturesGivesTheReferencesBitsAndNothingBehindTheEnd(int futures) {
        assertReferenceBits(BenchmarkFutures.table(futures), BenchmarkFutures.fleets(5));
    }

    @Test
    void everyNumberOfFleetsAndPoolsGivesTheReferencesBits() {
        for (int seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            int pools = 1 + random.nextInt(15);
            assertReferenceBits(
                    TestFutures.table(random, pools, 1 + random.nextInt(1_500)),
                    TestFutures.fleets(random, pools, random.nextInt(10)));
        }
    }

    @Test
    void extremesOfTheDomainStayFiniteAndGiveTheReferencesBits() {
        for (double rate : new double[] {FutureTable.MIN_RATE, FutureTable.MAX_RATE}) {
            for (double price : new double[] {0.0, -0.0, Double.MIN_VALUE, FutureTable.MAX_RATE}) {
                for (double factor : new double[] {0.0, Double.MIN_VALUE, 1.0, FutureTable.MAX_FACTOR}) {
                    FutureTable table = TestFutures.constant(3, 700, rate, price, price, factor);
                    for (double nodes : new double[] {FutureFleets.MIN_NODES, FutureFleets.MAX_NODES}) {
                        for (double seconds : new double[] {0.0, FutureFleets.MAX_SECONDS}) {
                            double[][] working = {{nodes, 0, nodes}, {0, nodes, -0.0}};
                            assertReferenceBits(
                                    table,
                                    new FutureFleets(
                                            new FutureFleets.Work(FutureFleets.MAX_TOKENS, seconds, seconds),
                                            working,
                                            working,
                                            new double[] {0.0, 1.0},
                                            new double[] {FutureFleets.MAX_MICRO_USD, 0.0}));
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFleetWorkedByHand() {
        // Two pools: 2 nodes of 100 tokens/s and 3 $/s (paid: 4), 1 node of 50 tokens/s and 2 $/s: 250 tokens/s, 14
        // $/s.
        // D = 8 s, L = 1/100: pace = 2*8/100 = 0.16 and factor 4: 0.64, root 0.8; restart 5 s: 4 * 5/100 = 0.2.
        // seconds = 1000 * (1 + 0.8 + 0.2) / 250 = 8; cost = 14 * 8 + 10 = 122; ready at 7: finish 15.
        FutureTable table = new FutureTable(
                new double[][] {filled(100), filled(50)},
                new double[][] {filled(3), filled(2)},
                new double[][] {filled(7), filled(1)},
                filled(4));
        FutureFleets fleets = new FutureFleets(
                new FutureFleets.Work(1_000, 8, 5),
                new double[][] {{2, 1}},
                new double[][] {{4, 1}},
                new double[] {0.01},
                new double[] {10});
        FutureSums sums = Kernels.futures(backend(), table, fleets, new FutureLimits(15.001, 122.001));
        assertThat(sums.meanFinishSeconds(0)).isCloseTo(15, within(1e-12));
        assertThat(sums.meanMicroUsd(0)).isCloseTo(122, within(1e-10));
        assertThat(sums.within(0)).isEqualTo(1_100);
        assertThat(Kernels.futures(backend(), table, fleets, new FutureLimits(14.999, 1e9))
                        .within(0))
                .isZero();
        assertThat(Kernels.futures(backend(), table, fleets, new FutureLimits(1e9, 121.999))
                        .within(0))
                .isZero();
    }

    /** D = 100 s, a failure every 10 s: the best interval, sqrt(2 * 100 * 10) = 44.7 s, is shorter than a checkpoint. */
    @Test
    void theIntervalIsNeverShorterThanACheckpoint() {
        // At an interval of D: D/D + L D / 2 = 1 + 100/10/2 = 6: seconds = 1000 * (1 + 6) / 100 = 70.
        FutureTable table = TestFutures.constant(1, 600, 100, 0, 0, 1);
        FutureFleets fleets = new FutureFleets(
                new FutureFleets.Work(1_000, 100, 0),
                new double[][] {{1}},
                new double[][] {{1}},
                new double[] {0.1},
                new double[] {0});
        assertThat(Kernels.futures(backend(), table, fleets, NO_LIMITS).meanFinishSeconds(0))
                .isCloseTo(70, within(1e-12));
    }

    /** A limit met exactly is met: the counts are those of a plain comparison with stored values. */
    @Test
    void aLimitMetExactlyIsMet() {
        FutureTable table = BenchmarkFutures.table(3_001);
        FutureFleets fleets = BenchmarkFutures.fleets(3);
        double[][] values = new double[2][3_001];
        Kernels.futureValues(backend(), table, fleets, 1, values[0], values[1]);
        for (int f = 0; f < 3_001; f += 101) {
            FutureLimits limits = new FutureLimits(values[1][f], values[0][(f + 1_500) % 3_001]);
            long expected = IntStream.range(0, 3_001)
                    .filter(i -> values[1][i] <= limits.deadlineSeconds() && values[0][i] <= limits.budgetMicroUsd())
                    .count();
            assertThat(Kernels.futures(backend(), table, fleets, limits).within(1))
                    .isEqualTo(expected);
        }
    }

    @Test
    void futuresBelowAnIncumbentAreCounted() {
        FutureTable table = BenchmarkFutures.table(2_003);
        FutureFleets fleets = BenchmarkFutures.fleets(3);
        double[][] values = new double[2][2_003];
        Kernels.futureValues(backend(), table, fleets, 2, values[0], values[1]);
        for (int f = 0; f < 2_003; f += 97) {
            double incumbent = values[0][f];
            assertThat(Kernels.futuresBelow(backend(), table, fleets, incumbent)[2])
                    .isEqualTo(Arrays.stream(values[0])
                            .filter(microUsd -> microUsd < incumbent)
                            .count());
        }
        assertThat(Kernels.futuresBelow(backend(), table, fleets, 0.0)).containsOnly(0);
        assertThat(Kernels.futuresBelow(backend(), table, fleets, Double.POSITIVE_INFINITY))
                .containsOnly(2_003);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.futuresBelow(backend(), table, fleets, Double.NaN));
    }

    /** Blocks, lanes and trees, written down a second time from their description. */
    @ParameterizedTest
    @ValueSource(ints = {1, 300, 4_096, 5 * 4_096 + 77, 7 * 4_096})
    void meansAreAddedUpInTheOrderDescribed(int futures) {
        FutureTable table = BenchmarkFutures.table(futures);
        FutureFleets fleets = BenchmarkFutures.fleets(5);
        double[][] values = new double[2][futures];
        Kernels.futureValues(backend(), table, fleets, 4, values[0], values[1]);
        FutureSums sums = Kernels.futures(backend(), table, fleets, NO_LIMITS);
        assertThat(sums.meanMicroUsd(4)).isEqualTo(tree(blockSums(values[0])) / futures);
        assertThat(sums.meanFinishSeconds(4)).isEqualTo(tree(blockSums(values[1])) / futures);
    }

    private static List<Double> blockSums(double[] values) {
        List<Double> blocks = new ArrayList<>();
        for (int start = 0; start < values.length; start += 4_096) {
            double[] lanes = new double[256];
            for (int lane = 0; lane < 256; lane++) {
                for (int i = start + lane; i < Math.min(start + 4_096, values.length); i += 256) {
                    lanes[lane] += values[i];
                }
            }
            while (lanes.length > 1) {
                double[] half = new double[lanes.length / 2];
                double[] whole = lanes;
                Arrays.setAll(half, t -> whole[t] + whole[t + half.length]);
                lanes = half;
            }
            blocks.add(lanes[0]);
        }
        return blocks;
    }

    private static double tree(List<Double> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int left = 1;
        while (2 * left < parts.size()) {
            left *= 2;
        }
        return tree(parts.subList(0, left)) + tree(parts.subList(left, parts.size()));
    }

    @Test
    void anyRunOfBlocksMayBeComputedByItself() {
        FutureTable table = BenchmarkFutures.table(5 * FutureKernels.BLOCK + 77);
        FutureFleets fleets = BenchmarkFutures.fleets(6);
        FutureSums whole = Kernels.futures(backend(), table, fleets, NO_LIMITS);
        FutureSums parts = new FutureSums(6, table);
        for (int[] run : new int[][] {{4, 6}, {0, 1}, {1, 4}}) {
            backend().futures().reduce(table, fleets, NO_LIMITS, run[0], run[1], parts);
        }
        assertThat(parts.microUsd).isEqualTo(whole.microUsd);
        assertThat(parts.finishSeconds).isEqualTo(whole.finishSeconds);
        assertThat(parts.within).isEqualTo(whole.within);
    }

    @Test
    void theDoorRefusesWhatDoesNotFit() {
        FutureTable table = BenchmarkFutures.table(10);
        FutureFleets fleets = BenchmarkFutures.fleets(2);
        FutureTable other = TestFutures.constant(2, 10, 1, 1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.futures(backend(), other, fleets, NO_LIMITS))
                .withMessage("The fleets have 6 pools where the table has 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.futureValues(backend(), table, fleets, 0, new double[9], new double[10]))
                .withMessageContaining("microUsd");
        double[] same = new double[10];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.futureValues(backend(), table, fleets, 0, same, same))
                .withMessageContaining("same array");
    }

    private static double[] filled(double value) {
        double[] column = new double[1_100];
        Arrays.fill(column, value);
        return column;
    }

    private void assertReferenceBits(FutureTable table, FutureFleets fleets) {
        FutureKernels reference = new ScalarFutureKernels();
        FutureSums free = new FutureSums(fleets.fleets(), table);
        reference.reduce(table, fleets, NO_LIMITS, 0, table.blocks(), free);
        FutureLimits limits = fleets.fleets() == 0 || table.futures() == 0
                ? NO_LIMITS
                : new FutureLimits(free.meanFinishSeconds(0), free.meanMicroUsd(0));
        FutureSums expected = new FutureSums(fleets.fleets(), table);
        reference.reduce(table, fleets, limits, 0, table.blocks(), expected);
        FutureSums sums = Kernels.futures(backend(), table, fleets, limits);
        // Arrays.equals compares doubles by bits.
        assertThat(Arrays.equals(sums.microUsd, expected.microUsd)).isTrue();
        assertThat(Arrays.equals(sums.finishSeconds, expected.finishSeconds)).isTrue();
        assertThat(sums.within).isEqualTo(expected.within);
        assertThat(Arrays.stream(expected.microUsd).allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY))
                .isTrue();
        for (int fleet = 0; fleet < fleets.fleets(); fleet++) {
            double[][] stored = new double[4][table.futures() + 17];
            Arrays.stream(stored).forEach(column -> Arrays.fill(column, CANARY));
            reference.values(table, fleets, fleet, stored[0], stored[1]);
            Kernels.futureValues(backend(), table, fleets, fleet, stored[2], stored[3]);
            assertThat(Arrays.equals(stored[0], stored[2])).isTrue();
            assertThat(Arrays.equals(stored[1], stored[3])).isTrue();
            for (double[] column : List.of(stored[2], stored[3])) {
                assertThat(Arrays.copyOfRange(column, table.futures(), table.futures() + 17))
                        .containsOnly(CANARY);
            }
        }
    }
}
