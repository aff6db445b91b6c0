package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundedPartsTest {
    /** Three thirds of 100 round to 33.3 each; the tenth that is missing goes to one of them. */
    @Test
    void partsAddUpToTheRoundedSum() {
        assertThat(RoundedParts.of(List.of(100 / 3.0, 100 / 3.0, 100 / 3.0), 1))
                .containsExactlyInAnyOrder(new BigDecimal("33.4"), new BigDecimal("33.3"), new BigDecimal("33.3"));
    }

    @Test
    void whatNeedsNoRoundingStaysAsItIs() {
        assertThat(RoundedParts.of(List.of(0.5, 0.25), 2))
                .containsExactly(new BigDecimal("0.50"), new BigDecimal("0.25"));
    }

    @Test
    void aPartBelowZeroStillAddsUp() {
        assertThat(RoundedParts.of(List.of(1.26, -0.06), 1).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1.2");
    }
}
