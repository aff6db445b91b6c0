package muster.planner.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    /** Ranks 0 1 2 3 4 against 1 0 2 4 3: squared differences 1 1 0 1 1, so 1 - 6 x 4 / (5 x 24) = 0.8. */
    @Test
    void isOneLessSixTimesTheSquaresOverTheCube() {
        double[] first = {10, 20, 30, 40, 50};
        double[] second = {2, 1, 3, 9, 8};
        assertThat(RankCorrelation.spearman(first, second)).isCloseTo(0.8, within(1e-12));
    }

    /** Ranks 0 1.5 1.5 3 and 0 1 2 3: covariance 4.5, squares 4.5 and 5. */
    @Test
    void tiesShareTheMeanOfTheirRanks() {
        double[] tied = {1, 2, 2, 3};
        double[] plain = {1, 2, 3, 4};
        assertThat(RankCorrelation.spearman(tied, plain)).isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
        assertThat(RankCorrelation.spearman(new double[] {7, 7}, new double[] {1, 2}))
                .isZero();
    }

    @Property
    void onlyTheOrderCounts(@ForAll @Size(min = 2, max = 30) List<@IntRange(min = -9, max = 9) Integer> drawn) {
        double[] values = drawn.stream().mapToDouble(Integer::doubleValue).toArray();
        double[] raised = DoubleStream.of(values).map(Math::exp).toArray();
        double[] mirrored = DoubleStream.of(values).map(value -> -value).toArray();
        boolean oneValue = DoubleStream.of(values).distinct().count() == 1;
        assertThat(RankCorrelation.spearman(values, raised)).isCloseTo(oneValue ? 0 : 1, within(1e-12));
        assertThat(RankCorrelation.spearman(values, mirrored)).isCloseTo(oneValue ? 0 : -1, within(1e-12));
    }
}
