package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What tables, fleets and limits refuse. */
class FutureDomainTest {
    private static final double[] NEVER = {Double.NaN, Double.POSITIVE_INFINITY, -1.0};
    private static final FutureFleets.Work WORK = new FutureFleets.Work(1, 1, 1);

    @Test
    void aTableRefusesValuesByNameAndPlace() {
        for (double wrong : NEVER) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> table(wrong, 1, 1, 1))
                    .withMessageStartingWith("Column tokensPerSecond holds %s at index 1".formatted(wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> table(1, wrong, 1, 1))
                    .withMessageStartingWith("Column microUsdPerSecond");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> table(1, 1, wrong, 1))
                    .withMessageStartingWith("Column readySeconds");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> table(1, 1, 1, wrong))
                    .withMessageStartingWith("Column failureFactor");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> table(0, 1, 1, 1));
    }

    @Test
    void aTableKeepsItsOwnCopy() {
        double[][] two = {{2, 2}};
        FutureTable table = new FutureTable(two, two, two, new double[] {1, 1});
        two[0][0] = Double.NaN;
        assertThat(table.tokensPerSecond[0]).containsExactly(2, 2);
    }

    @Test
    void fleetsRefuseValuesOutsideTheirDomain() {
        for (double wrong : NEVER) {
            assertThatIllegalArgumentException().isThrownBy(() -> fleet(wrong, 1, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> fleet(1, wrong, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> fleet(1, 1, wrong, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> fleet(1, 1, 0, wrong));
            assertThatIllegalArgumentException().isThrownBy(() -> new FutureFleets.Work(wrong, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new FutureFleets.Work(1, wrong, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new FutureFleets.Work(1, 0, wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> fleet(1e-9, 1, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet(0, 1, 0, 0))
                .withMessage("Fleet 0 has no working nodes.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FutureFleets(
                        WORK, new double[][] {{1}}, new double[][] {{1, 2}}, new double[1], new double[1]))
                .withMessageContaining("paidNodes");
    }

    @Test
    void limitsMayBeInfiniteButNotNegative() {
        assertThat(new FutureLimits(Double.POSITIVE_INFINITY, -0.0).budgetMicroUsd())
                .isEqualTo(0.0);
        assertThatIllegalArgumentException().isThrownBy(() -> new FutureLimits(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FutureLimits(0, Double.NaN));
    }

    private static FutureTable table(double rate, double price, double ready, double factor) {
        return new FutureTable(
                new double[][] {{1, rate}}, new double[][] {{1, price}}, new double[][] {{1, ready}}, new double[] {
                    1, factor
                });
    }

    private static FutureFleets fleet(double working, double paid, double failures, double fixed) {
        return new FutureFleets(
                WORK, new double[][] {{working}}, new double[][] {{paid}}, new double[] {failures}, new double[] {fixed
                });
    }
}
