package muster.planner.claims;

import static muster.planner.claims.ShippedClaims.check;
import static muster.planner.claims.ShippedClaims.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.ClaimAnswer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims that cannot be true: that is the finding, and nothing crashes. */
class OverstatedClaimsTest {
    @TempDir
    private Path folder;

    private Path claim(String stated) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), """
                claim: Mine
                subject: {model: deepseek-v3, precision: fp8, stack: deepseek}
                source: {title: A post, date: 2025-01-01}
                stated:
                """ + stated.indent(2));
    }

    /** 250.45 GFLOP × 14.75 T (which rounds to 14.8) at 1,979 TFLOP/s take 518.5 K hours. */
    @Test
    void fewerHoursThanThePeakAllowsAreContradicted() throws IOException {
        ClaimAnswer answer = checked(claim("""
                gpu: h800
                gpus: 2048
                tokens: 14.8 T tokens
                sequence: 4096
                batch: 15360 sequences
                gpuHours: 400 k"""));
        assertThat(answer.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(check(answer, "peak").verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(check(answer, "peak").derived().orElseThrow().low()).isCloseTo(518_519, within(10.0));
        assertThat(check(answer, "physics").verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(answer.derived().get("mfuPercentPeak").low()).isGreaterThan(100);
        assertThat(answer.clashes()).containsExactly(new Clash(List.of("tokens", "gpuHours"), true));
    }

    /** Below the peak's bound nothing is ruled out by arithmetic; the performance model still doubts it. */
    @Test
    void hoursBetweenThePeakAndTheModelAreContradictedByTheModelAlone() throws IOException {
        ClaimAnswer answer = checked(claim("""
                gpu: h800
                gpus: 2048
                tokens: 14.8 T tokens
                sequence: 4096
                batch: 15360 sequences
                gpuHours: 1.0 M"""));
        assertThat(check(answer, "peak").verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(check(answer, "physics").verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(answer.clashes()).isEmpty();
        ClaimAnswer tight = checked(claim("""
                gpu: h800
                gpus: 2048
                tokens: 14.8 T tokens
                sequence: 4096
                batch: 15360 sequences
                gpuHours: 2.2 M"""));
        assertThat(check(tight, "physics").verdict()).isEqualTo(Verdict.TIGHT);
        assertThat(tight.verdict()).isEqualTo(Verdict.TIGHT);
    }

    @Test
    void moneyHoursAndPriceThatDisagreeAreNamed() throws IOException {
        ClaimAnswer answer = checked(claim("""
                gpus: 2048
                days: 57 d
                price: $2.00 /GPU/h
                cost: $50 M"""));
        assertThat(answer.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(answer.clashes())
                .singleElement()
                .satisfies(clash ->
                        assertThat(clash.figures()).containsExactlyInAnyOrder("gpus", "days", "price", "cost"));
    }

    /** 386.5 TFLOP/s: 39.1 % of the 16-bit peak, 19.5 % of the 8-bit one; steps of 30 % would not do in these hours. */
    @Test
    void aStatedUtilisationIsHeldAgainstTheMeanByItsBasis() throws IOException {
        for (String basis : List.of("bf16", "dense bf16 peak, causal", "mfuPercentBf16", "fp8 peak", "peak")) {
            boolean wide = basis.toLowerCase(Locale.ROOT).contains("bf16");
            ClaimAnswer answer = checked(claim(UTILISATION.formatted(wide ? 39.1 : 19.5, basis)));
            assertThat(check(answer, "mfu").verdict()).as(basis).isEqualTo(Verdict.CONSISTENT);
            assertThat(check(answer, "mfu").note()).contains("no allowance for restarts");
            ClaimAnswer less = checked(claim(UTILISATION.formatted(wide ? 30.0 : 15.0, basis)));
            assertThat(check(less, "mfu").verdict()).as(basis).isEqualTo(Verdict.CONTRADICTED);
            assertThat(check(less, "mfu").note()).contains("exceeds what steps");
        }
        ClaimAnswer more = checked(claim(UTILISATION.formatted(48.0, "bf16")));
        assertThat(check(more, "mfu").note()).contains("explain 81 % of the hours");
    }

    private static final String UTILISATION = """
            gpu: h800
            tokens: 14.8 T tokens
            sequence: 4096
            gpuHours: 2.664 M
            mfu: {value: %.1f %%, basis: "%s"}""";

    @Test
    void roundingIsNoContradiction() throws IOException {
        ClaimAnswer answer = checked(claim("""
                gpus: 2048
                days: 57 d
                gpuHours: 2.788 M
                price: $2.00 /GPU/h
                cost: $5.6 M"""));
        assertThat(answer.verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(answer.clashes()).isEmpty();
    }

    @Test
    void aShareMayNotExceedItsWhole() throws IOException {
        ClaimAnswer answer = checked(claim("""
                figures:
                  - {name: faulty, value: 148, of: 419, percent: 30.1 %}
                  - {name: whole, value: 10, partsAddUp: true}
                  - {name: part, value: 11, of: whole}"""));
        assertThat(check(answer, "faulty").derived().orElseThrow().low()).isCloseTo(35.3, within(0.05));
        assertThat(check(answer, "parts of whole").verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(answer.clashes()).hasSize(2);
    }

    /** Any figures within the ranges that a file may state give an answer. */
    @Test
    void noFiguresCrashTheEngine() throws IOException {
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            StringBuilder stated = new StringBuilder("gpu: h800\n");
            line(stated, random, "gpus: %.0f", 1, 9);
            line(stated, random, "days: %.6f d", -5, 5);
            line(stated, random, "gpuHours: %.6f", -5, 14);
            line(stated, random, "price: $%.6f /GPU/h", -5, 5);
            line(stated, random, "cost: $%.2f", -1, 11);
            line(stated, random, "tokens: %.0f tokens", 1, 17);
            line(stated, random, "sequence: %.0f", 1, 7);
            line(stated, random, "flop: %.6e FLOP", 1, 34);
            line(stated, random, "capex: $%.2f", -1, 11);
            line(stated, random, "opex: $%.2f", -1, 11);
            line(stated, random, "period: %.3f y", -2, 2);
            line(stated, random, "power: %.3f W", -2, 11);
            line(stated, random, "mfu: {value: %.3f %%, basis: peak}", -2, 1.99);
            Path file = claim(stated.toString());
            assertThatCode(() -> checked(file)).as("seed %d, %s", seed, stated).doesNotThrowAnyException();
            ClaimAnswer answer = checked(file);
            boolean contradicted = answer.checks().stream().anyMatch(one -> one.verdict() == Verdict.CONTRADICTED);
            assertThat(Optional.of(answer.verdict())
                            .filter(Verdict.CONTRADICTED::equals)
                            .isPresent())
                    .isEqualTo(contradicted || !answer.clashes().isEmpty());
        }
    }

    private static void line(StringBuilder stated, Random random, String form, double least, double most) {
        if (random.nextInt(3) > 0) {
            double value = Math.pow(10, least + random.nextDouble() * (most - least));
            stated.append(String.format(Locale.ROOT, form, value)).append('\n');
        }
    }
}
