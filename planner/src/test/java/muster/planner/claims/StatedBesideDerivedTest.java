package muster.planner.claims;

import static muster.planner.claims.ShippedClaims.check;
import static muster.planner.claims.ShippedClaims.checked;
import static muster.planner.claims.ShippedClaims.derived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that are stated and follow from others too: what is told of both. */
class StatedBesideDerivedTest {
    @TempDir
    private Path folder;

    private ClaimAnswer claim(String stated) throws IOException {
        return checked(Files.writeString(folder.resolve("both.yaml"), """
                claim: Both
                source: {title: A post, date: 2025-01-01}
                stated: {%s}
                """.formatted(stated)));
    }

    /** 2,048 × 57 × 24 = 2,801,664 hours, but 57 stands for 56.5 to 57.5 days, which 2.788 M hours fit: 56.72 of them. */
    @Test
    void whatIsStatedStandsWhereItFits() throws IOException {
        ClaimAnswer answer = claim("gpus: 2048, days: 57 d, gpuHours: 2.788 M, price: $2.00 /GPU/h, cost: $5.576 M");
        assertThat(derived(answer, "gpuHours")).isEqualTo(Interval.exactly(2_788_000));
        assertThat(derived(answer, "usd")).isEqualTo(Interval.exactly(5_576_000));
        assertThat(derived(answer, "gpus")).isEqualTo(Interval.exactly(2_048));
        assertThat(derived(answer, "days").low()).isCloseTo(56.72, within(0.005));
        assertThat(answer.stated().get("days").nominal().low()).isEqualTo(57);
        assertThat(answer.stated().values()).allMatch(stated -> stated.fits());
    }

    @Test
    void rangesAndBoundsAreNarrowedByTheOthers() throws IOException {
        ClaimAnswer answer = claim("gpus: 1000, days: {low: 30 d, high: 45 d}, gpuHours: 960 k");
        assertThat(derived(answer, "days").low()).isCloseTo(40, within(1e-9));
        ClaimAnswer bound = claim("gpuHours: 1 M, price: {low: $1 /GPU/h, high: $3 /GPU/h}, cost: {low: $2 M}");
        assertThat(derived(bound, "usd")).isEqualTo(new Interval(2e6, 3e6));
    }

    /** Each is what the others make of it, and says that it is not what is stated. */
    @Test
    void whatDoesNotFitSaysSo() throws IOException {
        ClaimAnswer answer = claim("gpuHours: 2.788 M, price: $1.70 /GPU/h, cost: $5.576 M");
        assertThat(answer.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(derived(answer, "usd").low()).isCloseTo(4.7396e6, within(1.0));
        assertThat(answer.stated().get("usd").fits()).isFalse();
        assertThat(answer.stated().get("usd").nominal()).isEqualTo(Interval.exactly(5.576e6));
        assertThat(derived(answer, "usdPerGpuHour").low()).isCloseTo(2, within(1e-9));
        assertThat(answer.stated().get("usdPerGpuHour").fits()).isFalse();
        assertThat(check(answer, "cost").differencePercent().orElseThrow()).isCloseTo(-15, within(0.001));
    }

    /** 2,788 h × $2.00 = $5,576, which is written $5.6 k: 0.43 % off, within its rounding. */
    @Test
    void aCheckThatHoldsByRoundingShowsTheMargin() throws IOException {
        ClaimAnswer answer = claim("gpuHours: 2788, price: $2.00 /GPU/h, cost: $5.6 k");
        Check cost = check(answer, "cost");
        assertThat(cost.verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(cost.holdsByRounding()).isTrue();
        assertThat(cost.differencePercent().orElseThrow()).isCloseTo(-0.4286, within(0.001));
        assertThat(cost.rounding().orElseThrow().stated()).isEqualTo(new Interval(5_550, 5_650));
        assertThat(derived(answer, "usd")).isEqualTo(Interval.exactly(5_576));
        Check exact = check(claim("gpuHours: 2788, price: $2.00 /GPU/h, cost: $5576"), "cost");
        assertThat(exact.holdsByRounding()).isFalse();
        assertThat(exact.differencePercent()).contains(0.0);
    }

    /** SemiAnalysis prints $1.6 B for cells that come to $1.628 B: a year is 643 M, not (1.6 B + 0.944 B) / 4. */
    @Test
    void roundedInputsDoNotCarryTheirRoundingOn() {
        ClaimAnswer answer = checked("semianalysis-deepseek-fleet");
        assertThat(derived(answer, "usdPerYear").low()).isCloseTo(643e6, within(0.5e6));
        assertThat(derived(answer, "capexUsd")).isEqualTo(Interval.exactly(1_628e6));
        assertThat(answer.stated().get("capexUsd").nominal()).isEqualTo(Interval.exactly(1.6e9));
    }
}
