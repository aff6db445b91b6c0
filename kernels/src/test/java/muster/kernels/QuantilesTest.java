package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void aQuantileIsTheValueOfItsRank() {
        // Ranks: max(1, ceil(0 * 4)) = 1, ceil(0.25 * 4) = 1, ceil(0.26 * 4) = 2, 4.
        assertThat(Quantiles.of(new double[] {30, 10, 40, 20, -1}, 4, 0.0, 0.25, 0.26, 1.0))
                .containsExactly(10, 10, 20, 40);
    }

    @Test
    void manyValuesAreCountedInBinsOfTheirLeadingBits() {
        SplittableRandom random = new SplittableRandom(4);
        double[] values = random.doubles(100_003, 0.0, 1.0)
                .map(u -> u < 0.1 ? 0.0 : 1e6 * u * u)
                .toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] shares = {0.0, 0.05, 0.1, 0.5, 0.9, 0.99, 1.0};
        double[] quantiles = Quantiles.of(values, values.length, shares);
        for (int s = 0; s < shares.length; s++) {
            double exact = sorted[Math.max(1, (int) Math.ceil(shares[s] * values.length)) - 1];
            assertThat(quantiles[s]).isCloseTo(exact, within(exact / 2_048));
        }
    }

    @Test
    void theOrderOfValuesDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(5);
        double[] values = random.doubles(5_000, 0, 1e9).toArray();
        double[] reversed = new double[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        assertThat(Quantiles.of(reversed, 5_000, 0.1, 0.7)).isEqualTo(Quantiles.of(values, 5_000, 0.1, 0.7));
    }

    @Test
    void whatIsNoValueShareOrCountIsRefused() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(new double[] {1, wrong}, 2, 0.5));
            assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(new double[] {1}, 1, wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(new double[0], 0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(new double[1], 2, 0.5));
    }
}
