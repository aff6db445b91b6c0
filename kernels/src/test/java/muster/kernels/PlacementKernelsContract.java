package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every back end of the placements kernel must do; one subclass per back end. */
abstract class PlacementKernelsContract implements TestedBackend {
    private static final double CANARY = -12_345.0;

    /** Around vectors, tiles of 16, and runs of 16 tiles. */
    static IntStream sizes() {
        return IntStream.of(
                0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 255, 256, 257, 1_023, 1_024, 1_025, 4_095, 4_097,
                20_011);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everySizeGivesTheReferencesBitsAndNothingBehindTheEnd(int fleets) {
        for (int pools : new int[] {1, 2, 7}) {
            assertReferenceBits(BenchmarkPlacements.batch(pools, fleets));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everySizeOfOneRoomGivesTheReferencesBits(int fleets) {
        PlacementBatch batch = new PlacementBatch(3);
        batch.clear(BenchmarkPlacements.job(3), BenchmarkPlacements.prices(3));
        batch.start(5e12, -7);
        batch.room(60e12, 1e9, new int[] {40, 30, 20}, new int[] {10, 30, 0});
        for (int i = 0; i < fleets; i++) {
            batch.add(new int[] {i % 43, i / 7 % 33, i / 3 % 21});
        }
        assertReferenceBits(batch);
    }

    @Test
    void randomBatchesGiveTheReferencesBitsWhenFilledAgainToo() {
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            PlacementBatch batch = new PlacementBatch(1 + random.nextInt(12));
            for (int filling = 0; filling < 3; filling++) {
                TestPlacements.fill(batch, random);
                assertReferenceBits(batch);
            }
        }
    }

    @Test
    void extremesOfTheDomainGiveTheReferencesBitsAndNoNumberThatIsNone() {
        double most = PlacementPrices.MOST;
        for (double work : new double[] {Double.MIN_VALUE, 1.0, most}) {
            for (double rate : new double[] {0.0, Double.MIN_VALUE, most}) {
                for (double price : new double[] {0.0, Double.MIN_VALUE, most}) {
                    double[] column = {price, price};
                    double[][] prices = {column, column};
                    PlacedJob job = new PlacedJob(
                            work, Optional.of(new double[] {rate, rate}), column, column, column, price, price, -price);
                    PlacementBatch batch = new PlacementBatch(2);
                    batch.clear(job, new PlacementPrices(new double[] {0.0, 1e20}, prices, prices));
                    for (double time : new double[] {0.0, 1e20, most}) {
                        batch.start(time, -price);
                        for (double watts : new double[] {0.0, Double.POSITIVE_INFINITY}) {
                            batch.room(most, watts, new int[] {Integer.MAX_VALUE, 0}, new int[] {1, 0});
                            batch.add(new int[] {0, 0});
                            batch.add(new int[] {Integer.MAX_VALUE, 0});
                            batch.add(new int[] {1, 1});
                        }
                    }
                    assertReferenceBits(batch);
                }
            }
        }
    }

    @Test
    void aFleetWorkedByHand() {
        // 3 nodes of 2/µs and 1 of 4/µs: 10/µs, so 1,000 take 100 µs, from 50 to 150. Of the 3 nodes 2 are owned at $1,
        // the other costs 5, the one of the second pool 7: 2 + 5 + 7 = 14 a µs, 1,400 in all.
        // Scarcity: node 0.5 until 100, 2 after: (0.5 * 50 + 2 * 50) * 3 = 375 for the first pool, nothing for the
        // second; an owned node 0.1 until 100 on top: 0.1 * 50 * 2 = 10.
        // Times: 9 for the start, 0.25 * 150 = 37.5 for the end, 3 * (150 - 120) = 90 for being late.
        PlacedJob job = new PlacedJob(
                1_000,
                Optional.of(new double[] {2, 4}),
                new double[] {1, 1},
                new double[] {5, 7},
                new double[] {100, 300},
                120,
                3,
                0.25);
        PlacementPrices prices = new PlacementPrices(
                new double[] {0, 100}, new double[][] {{0.5, 0}, {2, 0}}, new double[][] {{0.1, 0}, {0, 0}});
        PlacementBatch batch = new PlacementBatch(2);
        batch.clear(job, prices);
        batch.start(50, 9);
        batch.room(150, 600, new int[] {3, 1}, new int[] {2, 0});
        int fits = batch.add(new int[] {3, 1});
        int tooMany = batch.add(new int[] {4, 1});
        int tooLong = batch.add(new int[] {3, 0});
        batch.room(150, 599, new int[] {3, 1}, new int[] {2, 0});
        int tooMuchPower = batch.add(new int[] {3, 1});
        batch.room(149.99, 600, new int[] {3, 1}, new int[] {2, 0});
        int tooLate = batch.add(new int[] {3, 1});
        Kernels.placements(backend(), batch);
        assertThat(batch.endMicros(fits)).isEqualTo(150.0);
        assertThat(batch.cost(fits)).isCloseTo(1_400 + 375 + 10 + 9 + 37.5 + 90, within(1e-9));
        for (int slot : new int[] {tooMany, tooLong, tooMuchPower, tooLate}) {
            assertThat(batch.cost(slot)).isEqualTo(Double.POSITIVE_INFINITY);
        }
        assertThat(batch.room(tooLate)).isEqualTo(2);
        assertThat(batch.fleets()).isEqualTo(5);
        int[] nodes = new int[2];
        batch.nodes(tooMany, nodes);
        assertThat(nodes).containsExactly(4, 1);
    }

    @Test
    void aRateThatIsBroughtIsTaken() {
        double[] zero = {0};
        PlacementBatch batch = new PlacementBatch(1);
        batch.clear(
                new PlacedJob(100, Optional.empty(), zero, new double[] {2}, zero, 0, 0, 0),
                new PlacementPrices(new double[] {0}, new double[][] {zero}, new double[][] {zero}));
        batch.start(0, 0);
        batch.room(1e6, 0, new int[] {9}, new int[] {0});
        int slot = batch.add(new int[] {9}, 4);
        int stands = batch.add(new int[] {9}, 0);
        Kernels.placements(backend(), batch);
        assertThat(batch.endMicros(slot)).isEqualTo(25);
        assertThat(batch.cost(slot)).isEqualTo(9 * 2 * 25);
        assertThat(batch.cost(stands)).isEqualTo(Double.POSITIVE_INFINITY);
        batch.reject(slot);
        assertThat(batch.cost(slot)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void whatDoesNotFitTheDomainIsRefused() {
        PlacementBatch batch = new PlacementBatch(1);
        PlacedJob job = BenchmarkPlacements.job(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.clear(BenchmarkPlacements.job(2), BenchmarkPlacements.prices(1)));
        batch.clear(job, BenchmarkPlacements.prices(1));
        int[] one = {1};
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.room(1, 1, one, one));
        assertThatIllegalArgumentException().isThrownBy(() -> batch.start(Double.NaN, 0));
        batch.start(0, 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.add(one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.room(Double.POSITIVE_INFINITY, 1, one, one))
                .withMessageContaining("end of a room");
        assertThatIllegalArgumentException().isThrownBy(() -> batch.room(1, 1, new int[] {-1}, one));
        batch.room(1, 1, one, one);
        assertThatIllegalArgumentException().isThrownBy(() -> batch.add(new int[] {-1}));
        double[][] price = {{0}, {0}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementPrices(new double[] {0, 0}, price, price))
                .withMessageContaining("one after the other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementPrices(new double[] {1, 2}, price, price))
                .withMessageContaining("begin at 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementPrices(new double[] {0, 1}, new double[][] {{0}, {-1}}, price));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacedJob(
                        0, Optional.empty(), job.ownedPerMicro(), job.otherPerMicro(), job.wattsPerNode(), 0, 0, 0))
                .withMessageContaining("work");
    }

    private void assertReferenceBits(PlacementBatch batch) {
        double[][] expected = scored(KernelBackends.open(KernelBackends.SCALAR), batch);
        double[][] found = scored(backend(), batch);
        // Arrays.equals compares doubles by bits.
        assertThat(Arrays.equals(found[0], expected[0])).isTrue();
        assertThat(Arrays.equals(found[1], expected[1])).isTrue();
        assertThat(Arrays.stream(expected[1]).noneMatch(Double::isNaN)).isTrue();
    }

    /** Ends and costs of the fleets; behind the last tile nothing is written. */
    private static double[][] scored(KernelBackend backend, PlacementBatch batch) {
        Arrays.fill(batch.endMicros, CANARY);
        Arrays.fill(batch.cost, CANARY);
        Kernels.placements(backend, batch);
        for (double[] column : new double[][] {batch.endMicros, batch.cost}) {
            assertThat(IntStream.range(batch.slots(), column.length).allMatch(i -> column[i] == CANARY))
                    .isTrue();
        }
        int[] slots = IntStream.range(0, batch.slots()).filter(batch::holds).toArray();
        assertThat(slots).hasSize(batch.fleets());
        return new double[][] {
            Arrays.stream(slots).mapToDouble(batch::endMicros).toArray(),
            Arrays.stream(slots).mapToDouble(batch::cost).toArray()
        };
    }
}
