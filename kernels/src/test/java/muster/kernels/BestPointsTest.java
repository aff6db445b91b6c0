package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BestPointsTest {
    private final double[] bestSeconds = new double[3];
    private final int[] bestIndex = new int[3];

    BestPointsTest() {
        Arrays.fill(bestSeconds, Double.POSITIVE_INFINITY);
        Arrays.fill(bestIndex, -1);
    }

    @Test
    void theFastestThatFitsIsKeptAndTheFirstOfEquals() {
        // Node count 0: 5 s fits exactly, 4 s does not fit; node count 1: 3 s twice; node count 2: nothing fits.
        Kernels.best(
                new int[] {0, 0, 1, 1, 1, 2},
                new double[] {5, 4, 9, 3, 3, 1},
                new double[] {80, 81, 10, 80, 20, 99},
                80.0,
                100,
                bestSeconds,
                bestIndex);
        assertThat(bestSeconds).containsExactly(5.0, 3.0, Double.POSITIVE_INFINITY);
        assertThat(bestIndex).containsExactly(100, 103, -1);
    }

    @Test
    void aLaterCallOnlyImproves() {
        int[] node = {0, 1};
        double[] bytes = {1, 1};
        Kernels.best(node, new double[] {5, 5}, bytes, 1.0, 0, bestSeconds, bestIndex);
        Kernels.best(node, new double[] {5, 4}, bytes, 1.0, 2, bestSeconds, bestIndex);
        assertThat(bestIndex).containsExactly(0, 3, -1);
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedBeforeAnythingIsWritten() {
        double[] ones = {1, 1};
        for (int wrong : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Kernels.best(new int[] {0, wrong}, ones, ones, 1.0, 0, bestSeconds, bestIndex))
                    .withMessageContaining("nodeIndex");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Kernels.best(new int[2], ones, ones, 1.0, Integer.MAX_VALUE - 1, bestSeconds, bestIndex));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.best(new int[2], ones, ones, Double.NaN, 0, bestSeconds, bestIndex));
        assertThat(bestIndex).containsOnly(-1);
    }
}
