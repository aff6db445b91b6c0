package muster.planner.search;

import java.util.Arrays;

/**
 * A linear program: least Σ cost × value where every row's Σ coefficient × value + slack is its right side, all values and
 * slacks &ge; 0, right sides &ge; 0. Solved by the revised simplex method (Dantzig 1953) from the slacks on, with a dense inverse
 * of the basis. Columns may be added and their costs changed at any time; a solution goes on from the one before. Plain
 * doubles in a fixed order, so the same on every machine; a search may take it as a proposal, a proof may not.
 */
final class LinearProgram {
    private static final double PIVOT = 1e-9;
    private static final double REDUCED = 1e-9;
    private static final int PIVOTS_PER_INVERSE = 150;

    /** Right sides are lowered by up to this share, each by another: rows that are full at the same time hold pivots up. */
    private static final double SPREAD = 1e-7;

    private final int rows;
    private final double[] right;
    private final double[] slackCost;

    /** Shape [row]: the column that is basic there; ~row for that row's slack. */
    private final int[] basis;

    private final double[][] inverse;
    private final double[] basicValue;
    private final double[] price;
    private final double[] direction;
    private final int[] filled;

    private int columns;
    private int[][] columnRows = new int[256][];
    private double[][] columnValues = new double[256][];
    private double[] costs = new double[256];
    private int[] rowOf = new int[256];
    private boolean[] barred = new boolean[256];
    private int sinceInverse;
    private long pivots;

    /** Since the last report to a budget. */
    private long multiplications;

    /**
     * @param right shape [row], each &ge; 0
     * @param slackCost shape [row]: what a unit of a row's slack costs; much where a row must be met
     */
    LinearProgram(double[] right, double[] slackCost) {
        this.rows = right.length;
        this.right = right.clone();
        this.slackCost = slackCost.clone();
        this.basis = new int[rows];
        this.inverse = new double[rows][rows];
        this.basicValue = new double[rows];
        this.price = new double[rows];
        this.direction = new double[rows];
        this.filled = new int[rows];
        for (int i = 0; i < rows; i++) {
            this.right[i] *= 1 - SPREAD * ((i * 7919L + 13) % 1009) / 1009;
            basis[i] = ~i;
            inverse[i][i] = 1;
            basicValue[i] = this.right[i];
            price[i] = slackCost[i];
        }
    }

    /** {@return the number of the new column} */
    int add(double cost, int[] atRows, double[] coefficients) {
        if (columns == costs.length) {
            columnRows = Arrays.copyOf(columnRows, 2 * columns);
            columnValues = Arrays.copyOf(columnValues, 2 * columns);
            costs = Arrays.copyOf(costs, 2 * columns);
            rowOf = Arrays.copyOf(rowOf, 2 * columns);
            barred = Arrays.copyOf(barred, 2 * columns);
        }
        columnRows[columns] = atRows;
        columnValues[columns] = coefficients;
        costs[columns] = cost;
        rowOf[columns] = -1;
        return columns++;
    }

    /** Prices the column anew; {@link #solve} takes it from there. */
    void setCost(int column, double cost) {
        if (rowOf[column] >= 0) {
            double change = cost - costs[column];
            double[] row = inverse[rowOf[column]];
            for (int i = 0; i < rows; i++) {
                price[i] += change * row[i];
            }
        }
        costs[column] = cost;
    }

    /** Keeps a column out, or lets it in again; where it has a value it stays until others take its place. */
    void bar(int column, boolean out) {
        barred[column] = out;
    }

    double value(int column) {
        return rowOf[column] < 0 ? 0 : Math.max(0, basicValue[rowOf[column]]);
    }

    /** {@return what a unit more on the right side changes the least cost by} */
    double price(int row) {
        return price[row];
    }

    double cost() {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += basicValue[i] * (basis[i] < 0 ? slackCost[~basis[i]] : costs[basis[i]]);
        }
        return sum;
    }

    int rows() {
        return rows;
    }

    long pivots() {
        return pivots;
    }

    /** Pivots until no column makes it cheaper; {@return whether that was reached} */
    boolean solve(int mostPivots, PivotBudget budget) {
        for (int pivot = 0; pivot < mostPivots; pivot++) {
            if (sinceInverse >= PIVOTS_PER_INVERSE) {
                invert();
            }
            int entering = entering();
            budget.spend(multiplications);
            multiplications = 0;
            if (entering == Integer.MIN_VALUE) {
                return true;
            }
            if (budget.getAsBoolean() || !pivot(entering)) {
                return false;
            }
        }
        return false;
    }

    /** {@return the column that lowers the cost most for a unit, ~row for a slack; the least integer where none does} */
    private int entering() {
        double least = -REDUCED;
        int best = Integer.MIN_VALUE;
        for (int i = 0; i < rows; i++) {
            double reduced = slackCost[i] - price[i];
            if (reduced < least) {
                least = reduced;
                best = ~i;
            }
        }
        for (int c = 0; c < columns; c++) {
            if (rowOf[c] < 0 && !barred[c]) {
                double reduced = costs[c];
                int[] at = columnRows[c];
                double[] by = columnValues[c];
                for (int i = 0; i < at.length; i++) {
                    reduced -= price[at[i]] * by[i];
                }
                multiplications += at.length;
                if (reduced < least) {
                    least = reduced;
                    best = c;
                }
            }
        }
        return best;
    }

    private double reducedCost(int column) {
        double reduced = column < 0 ? slackCost[~column] - price[~column] : costs[column];
        for (int i = 0; column >= 0 && i < columnRows[column].length; i++) {
            reduced -= price[columnRows[column][i]] * columnValues[column][i];
        }
        return reduced;
    }

    private void direct(int column) {
        for (int i = 0; i < rows; i++) {
            double[] row = inverse[i];
            if (column < 0) {
                direction[i] = row[~column];
                continue;
            }
            double sum = 0;
            int[] at = columnRows[column];
            double[] by = columnValues[column];
            for (int k = 0; k < at.length; k++) {
                sum += row[at[k]] * by[k];
            }
            direction[i] = sum;
        }
    }

    private boolean pivot(int entering) {
        double reduced = reducedCost(entering);
        direct(entering);
        int leaving = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            if (direction[i] > PIVOT) {
                double ratio = Math.max(0, basicValue[i]) / direction[i];
                if (ratio < least || ratio == least && direction[i] > direction[leaving]) {
                    least = ratio;
                    leaving = i;
                }
            }
        }
        if (leaving < 0) {
            return false;
        }
        for (int i = 0; i < rows; i++) {
            basicValue[i] -= least * direction[i];
        }
        basicValue[leaving] = least;
        eliminate(leaving);
        for (int i = 0; i < rows; i++) {
            price[i] += reduced * inverse[leaving][i];
        }
        enter(entering, leaving);
        pivots++;
        sinceInverse++;
        return true;
    }

    private void enter(int entering, int row) {
        if (basis[row] >= 0) {
            rowOf[basis[row]] = -1;
        }
        basis[row] = entering;
        if (entering >= 0) {
            rowOf[entering] = row;
        }
    }

    /** Makes the inverse that of the basis with {@link #direction}'s column at a row. */
    private void eliminate(int at) {
        double[] pivotRow = inverse[at];
        double scale = 1 / direction[at];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            if (pivotRow[i] != 0) {
                pivotRow[i] *= scale;
                filled[count++] = i;
            }
        }
        for (int i = 0; i < rows; i++) {
            double factor = direction[i];
            if (i != at && factor != 0) {
                double[] row = inverse[i];
                for (int k = 0; k < count; k++) {
                    row[filled[k]] -= factor * pivotRow[filled[k]];
                }
                multiplications += count;
            }
        }
    }

    /** Works inverse, values and prices out anew from the basis, so that errors do not add up. */
    void invert() {
        int[] basic =
                Arrays.stream(basis).filter(column -> column >= 0).sorted().toArray();
        boolean[] ofSlack = new boolean[rows];
        for (int column : basis) {
            if (column < 0) {
                ofSlack[~column] = true;
            }
        }
        for (int i = 0; i < rows; i++) {
            Arrays.fill(inverse[i], 0);
            inverse[i][i] = 1;
        }
        boolean[] taken = ofSlack.clone();
        for (int i = 0; i < rows; i++) {
            basis[i] = ~i;
        }
        for (int column : basic) {
            rowOf[column] = -1;
            direct(column);
            int row = -1;
            for (int i = 0; i < rows; i++) {
                if (!taken[i] && (row < 0 || Math.abs(direction[i]) > Math.abs(direction[row]))) {
                    row = i;
                }
            }
            if (row < 0 || Math.abs(direction[row]) < PIVOT) {
                // Too close to a mixture of others: its row's slack stands in for it.
                continue;
            }
            eliminate(row);
            enter(column, row);
            taken[row] = true;
        }
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int k = 0; k < rows; k++) {
                sum += inverse[i][k] * right[k];
            }
            basicValue[i] = sum;
        }
        Arrays.fill(price, 0);
        for (int i = 0; i < rows; i++) {
            double cost = basis[i] < 0 ? slackCost[~basis[i]] : costs[basis[i]];
            for (int k = 0; cost != 0 && k < rows; k++) {
                price[k] += cost * inverse[i][k];
            }
        }
        sinceInverse = 0;
    }
}
