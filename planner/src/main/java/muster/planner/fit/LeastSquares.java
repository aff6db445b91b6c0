package muster.planner.fit;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Damped Gauss–Newton steps (Levenberg 1944, Marquardt 1963) on residuals whose weight falls with their size, so that
 * the sum of absolute values is what becomes small beyond {@code scale} (iteratively reweighted, Huber 1964). Each
 * parameter is drawn towards a prior. Deterministic.
 */
final class LeastSquares {
    private static final int MOST_STEPS = 60;
    private static final double DIFFERENCE = 1e-4;
    private static final double CONVERGED = 1e-7;

    private final Function<double[], double[]> residuals;
    private final double[] weights;
    private final double scale;
    private final double[] prior;
    private final double[] spread;

    /**
     * @param residuals of parameters, one per observation
     * @param weights one per observation
     * @param scale of a residual that is as good as none
     * @param prior where a parameter stays if nothing observed depends on it; {@code spread} says how firmly
     */
    LeastSquares(
            Function<double[], double[]> residuals, double[] weights, double scale, double[] prior, double[] spread) {
        this.residuals = residuals;
        this.weights = weights.clone();
        this.scale = scale;
        this.prior = prior.clone();
        this.spread = spread.clone();
    }

    double[] solve(double[] start) {
        double[] at = start.clone();
        double[] values = residuals.apply(at);
        double loss = loss(values, at);
        double damping = 1e-2;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] slopes = slopes(at, values);
            boolean improved = false;
            for (int attempt = 0; attempt < 8 && !improved; attempt++) {
                double[] next = move(at, values, slopes, damping);
                double[] nextValues = residuals.apply(next);
                double nextLoss = loss(nextValues, next);
                if (nextLoss < loss) {
                    boolean small = loss - nextLoss < CONVERGED * loss;
                    at = next;
                    values = nextValues;
                    loss = nextLoss;
                    damping = Math.max(1e-6, damping / 4);
                    improved = true;
                    if (small) {
                        return at;
                    }
                } else {
                    damping *= 4;
                }
            }
            if (!improved) {
                return at;
            }
        }
        return at;
    }

    private double loss(double[] values, double[] at) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double size = Math.abs(values[i]) / scale;
            sum += weights[i] * (size <= 1 ? size * size : 2 * size - 1);
        }
        for (int j = 0; j < at.length; j++) {
            double away = (at[j] - prior[j]) / spread[j];
            sum += away * away;
        }
        return sum;
    }

    private double[][] slopes(double[] at, double[] values) {
        double[][] slopes = new double[at.length][];
        for (int j = 0; j < at.length; j++) {
            double[] moved = at.clone();
            moved[j] += DIFFERENCE;
            double[] after = residuals.apply(moved);
            double[] slope = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                slope[i] = (after[i] - values[i]) / DIFFERENCE;
            }
            slopes[j] = slope;
        }
        return slopes;
    }

    /** Solves (JᵀWJ + P + damping) step = −(JᵀWr + P away) by elimination with pivots. */
    private double[] move(double[] at, double[] values, double[][] slopes, double damping) {
        int count = at.length;
        double[][] system = new double[count][count + 1];
        for (int i = 0; i < values.length; i++) {
            double size = Math.abs(values[i]) / scale;
            double weight = weights[i] / (scale * scale) / Math.max(1, size);
            for (int j = 0; j < count; j++) {
                double weighted = weight * slopes[j][i];
                if (weighted == 0) {
                    continue;
                }
                for (int k = 0; k < count; k++) {
                    system[j][k] += weighted * slopes[k][i];
                }
                system[j][count] -= weighted * values[i];
            }
        }
        for (int j = 0; j < count; j++) {
            double firm = 1 / (spread[j] * spread[j]);
            system[j][count] -= firm * (at[j] - prior[j]);
            system[j][j] += firm;
            system[j][j] *= 1 + damping;
        }
        double[] step = eliminated(system);
        double[] next = at.clone();
        for (int j = 0; j < count; j++) {
            next[j] += Math.clamp(step[j], -1, 1);
        }
        return next;
    }

    private static double[] eliminated(double[][] system) {
        int count = system.length;
        for (int column = 0; column < count; column++) {
            int pivot = column;
            for (int row = column + 1; row < count; row++) {
                if (Math.abs(system[row][column]) > Math.abs(system[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swapped = system[column];
            system[column] = system[pivot];
            system[pivot] = swapped;
            for (int row = column + 1; row < count; row++) {
                double factor = system[row][column] / system[column][column];
                for (int k = column; k <= count && factor != 0; k++) {
                    system[row][k] -= factor * system[column][k];
                }
            }
        }
        double[] solution = new double[count];
        for (int row = count - 1; row >= 0; row--) {
            double sum = system[row][count];
            for (int k = row + 1; k < count; k++) {
                sum -= system[row][k] * solution[k];
            }
            solution[row] = sum / system[row][row];
        }
        return Arrays.copyOf(solution, count);
    }
}
