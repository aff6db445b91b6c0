package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shapes and points refuse. */
class LayoutDomainTest {
    static Stream<String> numbers() {
        return Arrays.stream(LayoutShape.class.getRecordComponents())
                .filter(component -> component.getType() == double.class)
                .map(RecordComponent::getName);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aComponentOutsideItsDomainIsRefusedByName(String component) {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1.0, 1e101}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with(component, wrong))
                    .withMessageContaining("%s (%s) of the layout shape".formatted(component, wrong));
        }
    }

    @Test
    void negativeZeroCountsAsZero() {
        assertThat(with("fixedSeconds", -0.0).fixedSeconds()).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0.0, -1.0, 1.5, 1e8})
    void aPointOutsideItsDomainIsRefusedWithItsPlace(double wrong) {
        String[] names = {"pipelineStages", "stageChunks", "dataRanks", "microbatches", "chunkLayers"};
        for (int c = 0; c < names.length; c++) {
            double[][] columns = new double[names.length][3];
            for (double[] column : columns) {
                Arrays.fill(column, 1.0);
            }
            columns[c][2] = wrong;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestShapes.points(columns))
                    .withMessageStartingWith("Column %s holds %s at index 2".formatted(names[c], wrong));
        }
    }

    @Test
    void columnsOfDifferentLengthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestShapes.points(new double[][] {{1, 1}, {1, 1}, {1}, {1, 1}, {1, 1}}))
                .withMessage("Column dataRanks has 1 elements where the first has 2.");
    }

    @Test
    void pointsKeepTheirOwnCopy() {
        double[] two = {2.0};
        LayoutPoints points = new LayoutPoints(two, two, two, two, two);
        two[0] = Double.NaN;
        assertThat(points.stages).containsExactly(2.0);
    }

    private static LayoutShape with(String component, double value) {
        return TestShapes.of(name -> name.equals(component)
                ? (Object) value
                : switch (name) {
                    case "optimizerSharded" -> false;
                    default -> 1.0;
                });
    }
}
