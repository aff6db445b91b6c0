package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LinearProgramTest {
    private static final double CLOSE = 1e-5;

    @Test
    void solvesAnExampleFromABook() {
        // Most 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18: 36 at (2, 6). Hillier and Lieberman, Wyndor Glass.
        LinearProgram program = new LinearProgram(new double[] {4, 12, 18}, new double[3]);
        int x = program.add(-3, new int[] {0, 2}, new double[] {1, 3});
        int y = program.add(-5, new int[] {1, 2}, new double[] {2, 2});
        assertThat(program.solve(100, new PivotBudget(Long.MAX_VALUE, () -> false)))
                .isTrue();
        assertThat(program.cost()).isCloseTo(-36, within(CLOSE));
        assertThat(program.value(x)).isCloseTo(2, within(CLOSE));
        assertThat(program.value(y)).isCloseTo(6, within(CLOSE));
        assertThat(program.price(2)).isCloseTo(-1, within(CLOSE));
    }

    @Test
    void aBarredColumnGivesWayToTheNextBest() {
        LinearProgram program = new LinearProgram(new double[] {1}, new double[] {10});
        int cheap = program.add(1, new int[] {0}, new double[] {1});
        int dear = program.add(2, new int[] {0}, new double[] {1});
        assertThat(program.solve(10, new PivotBudget(Long.MAX_VALUE, () -> false)))
                .isTrue();
        assertThat(program.value(cheap)).isCloseTo(1, within(CLOSE));
        program.bar(cheap, true);
        program.setCost(cheap, 100);
        assertThat(program.solve(10, new PivotBudget(Long.MAX_VALUE, () -> false)))
                .isTrue();
        assertThat(program.value(cheap)).isZero();
        assertThat(program.value(dear)).isCloseTo(1, within(CLOSE));
    }

    /** What every row takes is there, no column could lower the cost, and prices add up to it: then none is cheaper. */
    @Property(tries = 300)
    void valuesAndPricesProveEachOther(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 1 + random.nextInt(12);
        int columns = 1 + random.nextInt(30);
        double[] right = new double[rows];
        double[] slackCost = new double[rows];
        for (int i = 0; i < rows; i++) {
            right[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble(0.1, 5);
            slackCost[i] = random.nextBoolean() ? 0 : random.nextDouble(10);
        }
        LinearProgram program = new LinearProgram(right, slackCost);
        double[][] dense = new double[columns][rows];
        double[] costs = new double[columns];
        for (int c = 0; c < columns; c++) {
            ColumnEntries entries = new ColumnEntries(rows);
            for (int i = 0; i < rows; i++) {
                if (i == c % rows || random.nextInt(3) == 0) {
                    dense[c][i] = random.nextDouble(0.1, 3);
                    entries.add(i, dense[c][i]);
                }
            }
            costs[c] = random.nextDouble(-2, 5);
            program.add(costs[c], entries.rows(), entries.values());
            if (c == columns / 2) {
                program.solve(1_000, new PivotBudget(Long.MAX_VALUE, () -> false));
            }
        }
        assertThat(program.solve(10_000, new PivotBudget(Long.MAX_VALUE, () -> false)))
                .isTrue();
        double byPrices = 0;
        for (int i = 0; i < rows; i++) {
            double taken = 0;
            for (int c = 0; c < columns; c++) {
                taken += dense[c][i] * program.value(c);
            }
            assertThat(taken).isLessThanOrEqualTo(right[i] + CLOSE);
            assertThat(program.price(i)).isLessThanOrEqualTo(slackCost[i] + CLOSE);
            byPrices += program.price(i) * right[i];
        }
        for (int c = 0; c < columns; c++) {
            double reduced = costs[c];
            for (int i = 0; i < rows; i++) {
                reduced -= program.price(i) * dense[c][i];
            }
            assertThat(reduced).isGreaterThanOrEqualTo(-CLOSE);
        }
        assertThat(program.cost()).isCloseTo(byPrices, within(1e-4 * (1 + Math.abs(byPrices))));
    }
}
