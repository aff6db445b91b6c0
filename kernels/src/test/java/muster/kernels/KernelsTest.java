package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door {@link Kernels} and, behind it, the arithmetic that every back end has to repeat. */
class KernelsTest {
    private static final double CANARY = -123.25;

    /** The eight columns of a run, four in and four out, in the order of the door. */
    private record Columns(double tokens, double[][] in, double[][] out) {
        static final List<String> INPUTS =
                List.of("tokensPerSecond", "rentMicroUsdPerHour", "energyMicroUsdPerHour", "watts");
        static final List<String> OUTPUTS = List.of("seconds", "rentMicroUsd", "energyMicroUsd", "joules");

        static Columns of(double tokens, double[]... in) {
            return new Columns(tokens, in, new double[4][in[0].length]);
        }

        static Columns random(int size, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] in = new double[4][size];
            for (int i = 0; i < size; i++) {
                in[0][i] = random.nextDouble(100, 1e7);
                in[1][i] = random.nextInt(4) == 0 ? 0 : random.nextDouble(1e12);
                in[2][i] = random.nextInt(4) == 0 ? 0 : random.nextDouble(1e10);
                in[3][i] = random.nextDouble(1e8);
            }
            return of(Math.rint(random.nextDouble(1e9, 1e14)), in);
        }

        Columns run() {
            Kernels.run(tokens, in[0], in[1], in[2], in[3], out[0], out[1], out[2], out[3]);
            return this;
        }
    }

    @Test
    void oneNodeOverTwoHoursIsWorkedByHand() {
        // 7.2e6 tokens / 1,000 tokens/s = 7,200 s = 2 h. $16/h = $32; $1.25/h = $2.50; 12.5 kW × 7,200 s = 90 MJ.
        Columns columns = Columns.of(
                        7.2e6, new double[] {1_000}, new double[] {16e6}, new double[] {1.25e6}, new double[] {12_500})
                .run();
        assertThat(columns.out()).isDeepEqualTo(new double[][] {{7_200}, {32_000_000}, {2_500_000}, {90_000_000}});
    }

    @Test
    void deepSeeksFleetIsWorkedByHand() {
        // docs/model.md: 256 nodes of 8 at 1,543 tokens/s, $2 per GPU-hour, 12.75 kW a node; 14.8 T tokens take
        // 4,683,449.449125 s = 1,300.958180 h. All rented: 4,096 $/h × 1,300.958180 h = $5,328,724.71.
        // 100 nodes × 12.75 kW × $0.07 × 1,300.958180 h = $116,110.52; 3.264 MW × 4,683,449.449125 s = 15.29 TJ.
        Columns columns = Columns.of(
                        14.8e12,
                        new double[] {3_160_064},
                        new double[] {4_096e6},
                        new double[] {100 * 12.75 * 0.07 * 1e6},
                        new double[] {3.264e6})
                .run();
        assertThat(columns.out()[0][0]).isCloseTo(4_683_449.449125, within(1e-6));
        assertThat(columns.out()[1][0] / 1e6).isCloseTo(5_328_724.71, within(0.005));
        assertThat(columns.out()[2][0] / 1e6).isCloseTo(116_110.52, within(0.005));
        assertThat(columns.out()[3][0] / 3.6e6).isCloseTo(4_246_327.5, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 13, 61, 4_098})
    void everyCandidateOfEverySizeIsPricedByItsOwnRow(int size) {
        Columns columns = Columns.random(size, 17 + size).run();
        BigDecimal tokens = new BigDecimal(columns.tokens());
        for (int i = 0; i < size; i++) {
            BigDecimal rate = new BigDecimal(columns.in()[0][i]);
            BigDecimal seconds = tokens.divide(rate, MathContext.DECIMAL128);
            BigDecimal hours = seconds.divide(BigDecimal.valueOf(3600), MathContext.DECIMAL128);
            expect(columns, 0, i, seconds);
            expect(columns, 1, i, hours.multiply(new BigDecimal(columns.in()[1][i])));
            expect(columns, 2, i, hours.multiply(new BigDecimal(columns.in()[2][i])));
            expect(columns, 3, i, seconds.multiply(new BigDecimal(columns.in()[3][i])));
        }
    }

    private static void expect(Columns columns, int column, int index, BigDecimal exact) {
        double value = columns.out()[column][index];
        // Three operations, each off by 2^-53 of the value, which is at most one unit in its last place.
        assertThat(value)
                .as("%s[%d]", Columns.OUTPUTS.get(column), index)
                .isCloseTo(exact.doubleValue(), within(4 * Math.ulp(exact.doubleValue())));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 4_098})
    void resultsStopAtTheLastCandidateAndInputsStay(int size) {
        Columns columns = Columns.random(size, 5);
        double[][] inputs = Arrays.stream(columns.in()).map(double[]::clone).toArray(double[][]::new);
        double[][] longer = new double[4][size + 9];
        for (double[] column : longer) {
            Arrays.fill(column, CANARY);
        }
        new ScalarKernels()
                .run(
                        columns.tokens(),
                        columns.in()[0],
                        columns.in()[1],
                        columns.in()[2],
                        columns.in()[3],
                        longer[0],
                        longer[1],
                        longer[2],
                        longer[3]);
        columns.run();
        assertThat(columns.in()).isDeepEqualTo(inputs);
        for (int c = 0; c < 4; c++) {
            assertThat(Arrays.copyOf(longer[c], size)).isEqualTo(columns.out()[c]);
            assertThat(Arrays.copyOfRange(longer[c], size, size + 9)).containsOnly(CANARY);
        }
    }

    /** The quotient first: whole multiples of a fleet are the same fleet per token. */
    @Property(tries = 1_000)
    void multiplesOfAFleetCostTheSameBits(
            @ForAll @LongRange(min = 1, max = 1L << 40) long tokens,
            @ForAll @IntRange(min = 1, max = 1 << 24) int rate,
            @ForAll @LongRange(min = 0, max = 1L << 36) long rent,
            @ForAll @LongRange(min = 0, max = 1L << 36) long energy,
            @ForAll @IntRange(min = 0, max = 1 << 24) int watts,
            @ForAll @IntRange(min = 2, max = 4_098) int multiple) {
        // All products stay below 2^53, so both rows state whole multiples exactly.
        Columns columns = Columns.of(
                        tokens,
                        new double[] {rate, (double) rate * multiple},
                        new double[] {rent, (double) rent * multiple},
                        new double[] {energy, (double) energy * multiple},
                        new double[] {watts, (double) watts * multiple})
                .run();
        for (int c = 1; c < 4; c++) {
            assertThat(columns.out()[c][1]).as(Columns.OUTPUTS.get(c)).isEqualTo(columns.out()[c][0]);
        }
    }

    @Test
    void doorRefusesColumnsOfOtherLengthsByName() {
        for (int c = 0; c < 7; c++) {
            for (int size : new int[] {2, 4}) {
                Columns columns = Columns.random(3, 1);
                double[][] group = c < 3 ? columns.in() : columns.out();
                int place = c < 3 ? c + 1 : c - 3;
                group[place] = new double[size];
                String name = (c < 3 ? Columns.INPUTS : Columns.OUTPUTS).get(place);
                assertThatIllegalArgumentException()
                        .isThrownBy(columns::run)
                        .withMessage("Column %s has %d elements where the first has 3.", name, size);
            }
        }
    }

    @Test
    void doorRefusesValuesOutsideTheirDomainByColumnAndIndex() {
        double[] never = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -Double.MIN_VALUE};
        for (int c = 0; c < 4; c++) {
            for (int index : new int[] {0, 12}) {
                for (double value : never) {
                    refuses(c, index, value);
                }
            }
        }
        refuses(0, 5, 0.0);
        refuses(0, 5, -0.0);
    }

    private static void refuses(int column, int index, double value) {
        Columns columns = Columns.random(13, 2);
        columns.in()[column][index] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(columns::run)
                .withMessage(
                        "Column %s holds %s at index %d, outside its domain.",
                        Columns.INPUTS.get(column), value, index);
        assertThat(columns.out()).as("outputs").isDeepEqualTo(new double[4][13]);
    }

    @Test
    void doorRefusesTokensThatAreNoNumberOfTokens() {
        for (double tokens :
                new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Columns sound = Columns.random(1, 3);
            Columns columns = new Columns(tokens, sound.in(), sound.out());
            assertThatIllegalArgumentException()
                    .isThrownBy(columns::run)
                    .withMessage("tokens (%s) must be positive and finite.", tokens);
        }
    }

    @Test
    void freeNodesWithoutPowerAreInsideTheDomain() {
        Columns free = Columns.of(1, new double[] {1}, new double[1], new double[1], new double[1]);
        assertThatCode(free::run).doesNotThrowAnyException();
        assertThat(free.out()).isDeepEqualTo(new double[][] {{1}, {0}, {0}, {0}});
    }
}
