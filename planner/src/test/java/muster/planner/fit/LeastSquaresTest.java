package muster.planner.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] X = {0, 1, 2, 3, 4, 5};

    /** Residuals of a line through points of 2 + 0.5 x. */
    private static double[] line(double[] at, double... shifts) {
        double[] residuals = new double[X.length];
        for (int i = 0; i < X.length; i++) {
            residuals[i] = at[0] + at[1] * X[i] - (2 + 0.5 * X[i]) - shifts[i];
        }
        return residuals;
    }

    private static LeastSquares squares(double spread, double... shifts) {
        double[] weights = new double[X.length];
        Arrays.fill(weights, 1);
        return new LeastSquares(
                at -> line(at, shifts), weights, 0.01, new double[] {0, 0}, new double[] {spread, spread});
    }

    @Test
    void aLineIsFound() {
        double[] found = squares(100, new double[6]).solve(new double[] {0, 0});
        assertThat(found[0]).isCloseTo(2, within(1e-3));
        assertThat(found[1]).isCloseTo(0.5, within(1e-3));
    }

    /** One point that is far off moves a least absolute fit little; a plain one of squares it would move by 10 / 6. */
    @Test
    void anOutlierHardlyMovesTheFit() {
        double[] found = squares(100, 0, 0, 10, 0, 0, 0).solve(new double[] {0, 0});
        assertThat(found[0]).isCloseTo(2, within(0.1));
        assertThat(found[1]).isCloseTo(0.5, within(0.1));
    }

    @Test
    void whatNothingDependsOnStaysAtItsPrior() {
        LeastSquares squares = new LeastSquares(
                at -> new double[] {at[0] - 3}, new double[] {1}, 0.01, new double[] {0, 7}, new double[] {10, 1});
        double[] found = squares.solve(new double[] {0, 5});
        assertThat(found[0]).isCloseTo(3, within(1e-2));
        assertThat(found[1]).isCloseTo(7, within(1e-6));
    }
}
