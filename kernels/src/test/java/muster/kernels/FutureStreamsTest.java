package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FutureStreamsTest {
    private final FutureStreams streams = new FutureStreams(1);

    /** Of n numbers, sorted, the j-th lies between the quantiles j / n and (j + 1) / n. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 1_021, 4_096})
    void everyPartOfTheDistributionIsDrawnOnce(int futures) {
        double[] sorted = streams.normals("gpu h100", futures);
        Arrays.sort(sorted);
        for (int j = 0; j < futures; j++) {
            if (j > 0) {
                assertThat(sorted[j]).isGreaterThanOrEqualTo(Transcendentals.inverseNormal((double) j / futures));
            }
            if (j + 1 < futures) {
                assertThat(sorted[j]).isLessThanOrEqualTo(Transcendentals.inverseNormal((j + 1.0) / futures));
            }
        }
    }

    @Test
    void aColumnDependsOnSeedNameAndLengthAlone() {
        double[] first = streams.normals("market a", 1_000);
        streams.normals("market b", 17);
        assertThat(streams.normals("market a", 1_000)).isEqualTo(first);
        assertThat(new FutureStreams(2).normals("market a", 1_000)).isNotEqualTo(first);
        // Golden bits, so that a plan of today is that of tomorrow on every machine.
        assertThat(Arrays.hashCode(first)).isEqualTo(-578789331);
    }

    @Test
    void columnsOfOtherNamesAreUncorrelated() {
        int futures = 4_096;
        double[] a = streams.normals("market a", futures);
        double[] b = streams.normals("market b", futures);
        double sum = 0;
        for (int f = 0; f < futures; f++) {
            sum += a[f] * b[f];
        }
        // The standard error of a correlation is 1/64.
        assertThat(sum / futures).isBetween(-5.0 / 64, 5.0 / 64);
    }

    @Test
    void factorsHaveTheirMedianOrMeanAtOne() {
        double[] median = streams.factorsOfMedianOne("stack", 4_096, 0.3);
        Arrays.sort(median);
        assertThat((median[2_047] + median[2_048]) / 2).isCloseTo(1, within(1e-3));
        double mean = Arrays.stream(streams.factorsOfMeanOne("stack", 4_096, 0.3))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1, within(1e-3));
        assertThat(streams.factorsOfMeanOne("stack", 100, 0.0)).containsOnly(1.0);
    }

    @Test
    void tooManyFuturesAndStrangeDeviationsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> streams.normals("x", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> streams.normals("x", FutureStreams.MAX_FUTURES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> streams.factorsOfMeanOne("x", 1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> streams.factorsOfMedianOne("x", 1, -1));
    }
}
