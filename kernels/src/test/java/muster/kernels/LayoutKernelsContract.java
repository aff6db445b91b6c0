package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every back end of the layout lattice must do; one subclass per back end. */
abstract class LayoutKernelsContract implements TestedBackend {
    private static final double CANARY = -12_345.0;

    static IntStream sizes() {
        return IntStream.of(
                0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 31, 127, 255, 256, 257, 511, 512, 513, 1_021, 2_047, 2_048, 2_049, 4_098,
                100_003);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everySizeGivesTheReferencesBitsAndNothingBehindTheEnd(int size) {
        for (LayoutShape shape : BenchmarkLattice.shapes()) {
            assertReferenceBits(shape, new BenchmarkLattice(size).points);
        }
    }

    @Test
    void randomShapesAndPointsGiveTheReferencesBits() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            LayoutShape shape = TestShapes.random(random);
            assertReferenceBits(shape, TestShapes.randomPoints(random, 67));
        }
    }

    @Test
    void pointsThatMeetManySchedulesInTurnGiveTheReferencesBits() {
        LayoutPoints points = TestShapes.randomPoints(new Random(3), 43);
        for (int round = 0; round < 2; round++) {
            for (int schedule = 0; schedule < 20; schedule++) {
                assertReferenceBits(
                        TestShapes.byHand()
                                .bubbleStages(1.0 + schedule % 2)
                                .coldStages(schedule % 3)
                                .inFlightExtra(schedule)
                                .build(),
                        points);
            }
        }
    }

    /** Factors of 1 and terms of 0 are where back ends take short cuts. */
    @Test
    void termsThatAShapeLacksGiveTheReferencesBits() {
        LayoutPoints points = new BenchmarkLattice(203).points;
        for (int lacking = 0; lacking < 64; lacking++) {
            double[] factors = new double[6];
            for (int f = 0; f < factors.length; f++) {
                factors[f] = lacking >> f & 1;
            }
            for (boolean sharded : new boolean[] {false, true}) {
                assertReferenceBits(
                        TestShapes.byHand()
                                .coldSeconds(0.3 * factors[0])
                                .coldStages(0.75 * factors[1])
                                .gatherSeconds(0.7 * factors[2])
                                .bubbleStages(0.5 + 0.5 * factors[3])
                                .expertReduceSeconds(1.1 * factors[4])
                                .expertOptimizerSeconds(1.3 * factors[4])
                                .expertShardedBytes(7.0 * factors[4])
                                .forwardSeconds(0.9 * factors[5])
                                .backwardSeconds(1.7 * factors[5])
                                .optimizerSharded(sharded)
                                .build(),
                        points);
            }
        }
    }

    @Test
    void extremesOfTheDomainStayFiniteAndGiveTheReferencesBits() {
        double[] ends = {1.0, LayoutShape.MAX_COUNT};
        int corners = 32;
        double[][] columns = new double[5][corners];
        for (int i = 0; i < corners; i++) {
            for (int c = 0; c < 5; c++) {
                columns[c][i] = ends[i >> c & 1];
            }
        }
        LayoutPoints points = new LayoutPoints(columns[0], columns[1], columns[2], columns[3], columns[4]);
        for (double amount : new double[] {0.0, -0.0, Double.MIN_VALUE, 1e-300, 1.0, LayoutShape.MAX_AMOUNT}) {
            for (double count : ends) {
                for (boolean sharded : new boolean[] {false, true}) {
                    assertReferenceBits(TestShapes.uniform(amount, count, sharded), points);
                }
            }
        }
    }

    @Test
    void aPointWorkedByHand() {
        // l = 2*1 = 2, ml = 4*2 = 8, layerPass = 1+2 = 3, modelPass = 4*3 + 2 = 14
        // compute = max(8*3, 4/2*14) = max(24, 28) = 28; bubble = 2*(2*1 - 1)*3 = 6
        // cold = min(8, 2*(2*1)) * 0.5 = 2; send = 4*1 * 0.25 = 1
        // share = 1/2 * 1/2 = 1/4; expertShare = 1/4 * 8/4 = 1/2
        // reduce = (2*4 + 8)*3/4 + 2*6*1/2 = 12 + 6 = 18; exposed = 18 - 8*(0.5*2) = 10
        // gather = 8*0.5*3/4 = 3; optimizer = (2*2 + 4)*1/4 + 2*3*1/2 = 2 + 3 = 5; fixed = 7
        // seconds = 28 + 6 + 2 + 1 + 10 + 3 + 5 + 7 = 62
        // inFlight = min(1*2 + 1*(2-1)/1 + 0.5, 4) = 3.5
        // bytes = 2*(10+20 + 40*1/4 + 60*1/2 + 8*3.5) + 16*1/4 + 3+5 = 2*98 + 4 + 8 = 208
        assertEveryLane(TestShapes.byHand().build(), new double[] {2, 1, 2, 4, 2}, 62.0, 208.0);
    }

    @Test
    void anUnshardedOptimizerIsPaidWhole() {
        // As by hand, but optimizer = 2*2 + 4 + 2*3 = 14 in place of 5: 62 + 9 = 71
        assertEveryLane(TestShapes.byHand().optimizerSharded(false).build(), new double[] {2, 1, 2, 4, 2}, 71.0, 208.0);
    }

    @Test
    void oneGpuHasNoCollectivesSendsOrBubble() {
        LayoutShape shape = TestShapes.byHand()
                .contextRanks(1.0)
                .expertRanks(1.0)
                .expertSpan(1.0)
                .build();
        // p = v = d = m = 1, k = 4: l = ml = 4, share = expertShare = 1
        // compute = max(4*3, 1*14) = 14; bubble, send, exposed, gather = 0
        // cold = min(4, 4*1)*0.5 = 2; optimizer = 4*2 + 4 + 4*3 = 24; fixed = 7: 47
        // inFlight = min(1 + 0 + 0.5, 1) = 1; bytes = 4*(30 + 40 + 60 + 8) + 16 + 8 = 576
        assertEveryLane(shape, new double[] {1, 1, 1, 1, 4}, 47.0, 576.0);
    }

    @Test
    void partsAddUpToTheBitsOfSeconds() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            LayoutShape shape = TestShapes.random(random);
            double[] n = TestShapes.randomPoint(random);
            LayoutParts parts = Kernels.layoutParts(shape, n[0], n[1], n[2], n[3], n[4]);
            double[] seconds = compute(shape, TestShapes.repeated(n, 19))[0];
            assertThat(seconds).as("seed %d", seed).containsOnly(parts.seconds());
        }
    }

    @Test
    void outputsThatAreTooShortAreRefused() {
        LayoutPoints points = new BenchmarkLattice(9).points;
        LayoutShape shape = BenchmarkLattice.shapes().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.layouts(backend(), shape, points, new double[8], new double[9]))
                .withMessage("Column seconds has room for 8 elements, 9 are needed.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.layouts(backend(), shape, points, new double[9], new double[8]))
                .withMessageContaining("bytes");
        double[] same = new double[9];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.layouts(backend(), shape, points, same, same))
                .withMessageContaining("same array");
    }

    private void assertEveryLane(LayoutShape shape, double[] point, double seconds, double bytes) {
        double[][] columns = compute(shape, TestShapes.repeated(point, 19));
        assertThat(columns[0]).containsOnly(seconds);
        assertThat(columns[1]).containsOnly(bytes);
    }

    private void assertReferenceBits(LayoutShape shape, LayoutPoints points) {
        double[] seconds = new double[points.count()];
        double[] bytes = new double[points.count()];
        new ScalarLayoutKernels().layouts(shape, points, seconds, bytes);
        for (double[] column : List.of(seconds, bytes)) {
            assertThat(Arrays.stream(column).allMatch(value -> value >= 0.0 && value < Double.POSITIVE_INFINITY))
                    .isTrue();
        }
        double[][] columns = compute(shape, points);
        // Arrays.equals compares doubles by bits.
        assertThat(Arrays.equals(columns[0], seconds))
                .as("seconds of %s", shape)
                .isTrue();
        assertThat(Arrays.equals(columns[1], bytes)).as("bytes of %s", shape).isTrue();
    }

    private double[][] compute(LayoutShape shape, LayoutPoints points) {
        int count = points.count();
        double[][] columns = new double[2][count + 17];
        Arrays.fill(columns[0], CANARY);
        Arrays.fill(columns[1], CANARY);
        Kernels.layouts(backend(), shape, points, columns[0], columns[1]);
        for (int c = 0; c < 2; c++) {
            assertThat(Arrays.copyOfRange(columns[c], count, count + 17)).containsOnly(CANARY);
            columns[c] = Arrays.copyOf(columns[c], count);
        }
        return columns;
    }
}
