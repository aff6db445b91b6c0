package muster.planner.domain;

import java.util.List;
import java.util.Map;

/**
 * What measured runs say of one stack's constants.
 *
 * @param rows runs that the constants were fitted to
 * @param constants fitted values by path, as {@link Stack#figures()} names them
 * @param fitted the stack with them, residuals included
 * @param errorPercent mean size of the fit's own errors of step time, over the rows that count
 * @param leftOut each row as it is predicted when all rows of its model and GPU are left out of the fit
 * @param withoutAnyPercent mean size of the errors when nothing of the stack was measured
 */
public record Calibration(
        Stack stack,
        int rows,
        Map<String, Double> constants,
        Stack fitted,
        double errorPercent,
        List<LeftOut> leftOut,
        double withoutAnyPercent) {
    /**
     * @param errorPercent of the time, slow is positive
     * @param insideBand whether the measured time lies in the band that the fit states
     */
    public record LeftOut(Measurement measurement, double errorPercent, boolean insideBand) {}

    public Calibration {
        leftOut = List.copyOf(leftOut);
    }

    /** {@return mean size of the errors of complete rows (all, where none is), each left out with its model and GPU} */
    public double leftOutPercent() {
        boolean anyComplete = leftOut.stream().anyMatch(row -> row.measurement().complete());
        return leftOut.stream()
                .filter(row -> row.measurement().complete() || !anyComplete)
                .mapToDouble(row -> Math.abs(row.errorPercent()))
                .average()
                .orElse(0);
    }
}
