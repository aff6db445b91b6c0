package muster.planner.search;

import java.util.Arrays;

/** Rows and coefficients of a column of a {@link LinearProgram} while they are gathered. */
final class ColumnEntries {
    private final int[] rows;
    private final double[] values;
    private int count;

    ColumnEntries(int most) {
        rows = new int[most];
        values = new double[most];
    }

    void add(int row, double value) {
        rows[count] = row;
        values[count++] = value;
    }

    int[] rows() {
        return Arrays.copyOf(rows, count);
    }

    double[] values() {
        return Arrays.copyOf(values, count);
    }
}
