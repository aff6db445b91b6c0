package muster.planner.claims;

import static muster.planner.claims.ShippedClaims.check;
import static muster.planner.claims.ShippedClaims.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Gpu;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.YardstickReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims that physics or prices rule out although little is stated: contradicted, with formula and sources. */
class ImpossibleClaimsTest {
    @TempDir
    private Path folder;

    private ClaimAnswer claim(String subject, String stated) throws IOException {
        return checked(Files.writeString(folder.resolve("hostile.yaml"), """
                claim: Hostile
                source: {title: A post, date: 2025-01-01}
                subject: {%s}
                stated: {%s}
                """.formatted(subject, stated)));
    }

    private static Check contradicted(ClaimAnswer answer, String name) {
        Check check = check(answer, name);
        assertThat(check.verdict()).as(name).isEqualTo(Verdict.CONTRADICTED);
        assertThat(check.formula()).isNotBlank();
        assertThat(check.sources()).isNotEmpty();
        assertThat(answer.verdict()).isEqualTo(Verdict.CONTRADICTED);
        return check;
    }

    /** 6 × 36.6 B weights that multiply × 14.8 T / 1,979 TFLOP/s = 456 K hours, without any scores of attention. */
    @Test
    void oneHourIsTooFewWithoutASequence() throws IOException {
        ClaimAnswer answer =
                claim("model: deepseek-v3, precision: fp8", "gpu: h800, tokens: 14.8 T tokens, gpuHours: 1");
        Check peak = contradicted(answer, "peak");
        assertThat(peak.derived().orElseThrow().low()).isCloseTo(456_400, within(3_000.0));
        assertThat(peak.formula()).contains("no sequence is stated");
        assertThat(answer.clashes()).containsExactly(new Clash(List.of("tokens", "gpuHours"), true));
    }

    @Test
    void oneHourIsTooFewWithoutAGpuAndWithoutAModel() throws IOException {
        contradicted(claim("model: deepseek-v3", "tokens: 14.8 T tokens, gpuHours: 1"), "peak");
        ClaimAnswer bySize = claim("", "activeParameters: 37 B parameters, tokens: 14.8 T tokens, gpuHours: 1");
        // 6 × 36.5 B (which rounds to 37 B) × 14.75 T / 15 PFLOP/s
        assertThat(contradicted(bySize, "peak").derived().orElseThrow().low()).isCloseTo(59_819, within(50.0));
        assertThat(claim("", "activeParameters: 37 B parameters, tokens: 14.8 T tokens, gpuHours: 2.7 M")
                        .verdict())
                .isEqualTo(Verdict.UNDETERMINED);
    }

    /** Without a precision the fastest format of the GPU is the bound, which no format exceeds. */
    @Test
    void withoutAPrecisionTheFastestFormatBounds() throws IOException {
        double open = check(claim("model: deepseek-v3", "gpu: h800, tokens: 1 T tokens, gpuHours: 1"), "peak")
                .derived()
                .orElseThrow()
                .low();
        double wide = check(
                        claim("model: deepseek-v3, precision: bf16", "gpu: h800, tokens: 1 T tokens, gpuHours: 1"),
                        "peak")
                .derived()
                .orElseThrow()
                .low();
        assertThat(wide / open).isCloseTo(2, within(0.01));
    }

    @Test
    void aModelThatFitsInNoLayoutIsContradicted() throws IOException {
        ClaimAnswer answer = claim(
                "model: deepseek-v3, precision: fp8, stack: deepseek",
                "gpu: h800, gpus: 8, tokens: 14.8 T tokens, sequence: 4096, batch: 15360 sequences, gpuHours: 5 M");
        Check memory = contradicted(answer, "memory");
        assertThat(memory.unit()).isEqualTo("B");
        assertThat(memory.derived().orElseThrow().low())
                .isGreaterThan(memory.stated().orElseThrow().high());
        assertThat(check(answer, "physics").verdict()).isEqualTo(Verdict.UNDETERMINED);
    }

    /** 671 B weights of 2 B in 80 GB each: 16 GPUs at least, whatever the stack and the batch. */
    @Test
    void weightsThatDoNotFitNeedNoStack() throws IOException {
        Check memory = contradicted(
                claim("model: deepseek-v3, precision: bf16", "gpu: h800, gpus: 4, tokens: 1 T tokens"), "memory");
        assertThat(memory.derived().orElseThrow().low()).isEqualTo(16);
        assertThat(claim("model: deepseek-v3, precision: bf16", "gpu: h800, gpus: 2048, tokens: 1 T tokens")
                        .checks())
                .noneMatch(check -> check.name().equals("memory"));
    }

    @Test
    void aFormatThatTheGpuLacksIsContradicted() throws IOException {
        Check precision = contradicted(
                claim("model: deepseek-v3, precision: fp8", "gpu: a100, tokens: 14.8 T tokens, gpuHours: 5 M"),
                "precision");
        assertThat(precision.note()).contains("A100", "no fp8", "bf16");
    }

    /** 50,000 × $28,750 = $1.44 B; a fifth of it is what used servers bring. */
    @Test
    void aFleetForNothingIsContradicted() throws IOException {
        Check nothing = contradicted(
                claim("", "fleet: [{gpu: h100, gpus: 50000}], capex: $1 M, period: 4 y"), "price of the fleet");
        assertThat(nothing.derived().orElseThrow().low()).isCloseTo(1_437.5e6, within(1.0));
        contradicted(claim("", "gpu: h100, gpus: 50000, capex: $280 M"), "price of the fleet");
        assertThat(check(claim("", "gpu: h100, gpus: 50000, capex: $900 M"), "price of the fleet")
                        .verdict())
                .isEqualTo(Verdict.TIGHT);
        assertThat(check(claim("", "gpu: h100, gpus: 50000, capex: $2 B"), "price of the fleet")
                        .verdict())
                .isEqualTo(Verdict.CONSISTENT);
        ClaimAnswer mixed = claim(
                "",
                "fleet: [{gpu: h100, gpus: 10000, capex: $1 M}, {gpu: h20, gpus: 10000, capex: $250 M}, {gpu: l40s, gpus: 8}]");
        contradicted(mixed, "price of h100");
        assertThat(check(mixed, "price of h20").verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(mixed.checks()).noneMatch(check -> check.name().equals("price of l40s"));
        // No yardstick knows MI300X, but one was sold for $25,734 without a server.
        Check alone = contradicted(claim("", "gpu: mi300x, gpus: 1000, capex: $4 M"), "price of the fleet");
        assertThat(alone.derived().orElseThrow().low()).isCloseTo(25.734e6, within(1e3));
    }

    /** A billion H100 servers' GPUs draw 854 GW at work; all data centres are foreseen to draw 108 GW in 2030. */
    @Test
    void moreGpusThanThereIsPowerForAreContradicted() throws IOException {
        Check power = contradicted(claim("", "gpu: h100, gpus: 1000000000"), "power of the world");
        assertThat(power.stated().orElseThrow().low()).isCloseTo(854e9, within(1e9));
        assertThat(check(claim("", "gpu: h100, gpus: 100 M"), "power of the world")
                        .verdict())
                .isEqualTo(Verdict.TIGHT);
        assertThat(claim("", "gpu: h100, gpus: 100000").checks())
                .noneMatch(check -> check.name().equals("power of the world"));
        // Nobody has counted GPUs of no kind, and what they draw is open.
        assertThat(claim("", "gpus: 1000000000").verdict()).isEqualTo(Verdict.UNDETERMINED);
    }

    /** 1,979 TFLOP/s / 219.7 GFLOP = 9,005 tokens/s. */
    @Test
    void ratesAboveThePeakAreContradicted() throws IOException {
        Check rate = contradicted(
                claim("model: deepseek-v3, precision: fp8", "gpu: h800, rate: 10000 tokens/s/GPU"), "rate");
        assertThat(rate.derived().orElseThrow().high()).isCloseTo(9_005, within(15.0));
        assertThat(rate.unit()).isEqualTo("tokens/s/GPU");
        ClaimAnswer possible = claim("model: deepseek-v3, precision: fp8", "gpu: h800, rate: 1543 tokens/s/GPU");
        assertThat(possible.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(possible.derived().get("tokensPerSecondPerGpu").low()).isEqualTo(1_543);
        // The rate, the tokens and the hours say the same thing thrice: 14.8 T / 2.664 M / 3,600 = 1,543.2.
        ClaimAnswer both = claim(
                "model: deepseek-v3", "gpu: h800, tokens: 14.8 T tokens, gpuHours: 2.664 M, rate: 1543 tokens/s/GPU");
        assertThat(check(both, "tokens per second").verdict()).isEqualTo(Verdict.CONSISTENT);
        contradicted(
                claim(
                        "model: deepseek-v3",
                        "gpu: h800, tokens: 14.8 T tokens, gpuHours: 2.664 M, rate: 3000 tokens/s/GPU"),
                "tokens per second");
    }

    @Test
    void utilisationAboveAllOfThePeakIsContradicted() throws IOException {
        contradicted(claim("precision: bf16", "gpu: h800, mfu: {value: 130 %, basis: bf16}"), "utilisation");
        contradicted(claim("", "mfu: {value: 100.4 %, basis: peak}"), "utilisation");
        contradicted(claim("precision: fp8", "gpu: h800, mfu: {value: 230 %, basis: 6nd}"), "utilisation");
        // 8-bit runs may exceed the 16-bit peak, and 100 % may be rounded up.
        assertThat(claim("precision: fp8", "gpu: h800, mfu: {value: 130 %, basis: bf16}")
                        .verdict())
                .isEqualTo(Verdict.UNDETERMINED);
        assertThat(claim("", "mfu: {value: 100 %, basis: peak}").verdict()).isEqualTo(Verdict.UNDETERMINED);
    }

    /** A bound is never held against itself: hours that nobody stated are not possible because they must be. */
    @Test
    void hoursThatAreNotStatedAreNotHeldAgainstAnything() throws IOException {
        ClaimAnswer answer = claim("model: deepseek-v3, precision: fp8", "gpu: h800, tokens: 14.8 T tokens");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(answer.checks()).noneMatch(check -> check.name().equals("peak"));
        assertThat(check(answer, "physics").stated()).isEmpty();
    }

    @Test
    void theFastestGpuOfTheYardsticksIsTheCataloguesFastest() throws ProfileException {
        double fastest = 0;
        for (String name : ShippedClaims.CATALOGUE.names(Catalogue.Kind.GPU)) {
            Gpu gpu = (Gpu) ShippedClaims.CATALOGUE.find(Catalogue.Kind.GPU, name);
            fastest = Math.max(
                    fastest,
                    gpu.flopsPerSecond().values().stream()
                            .mapToDouble(rate -> rate.value())
                            .max()
                            .orElseThrow());
        }
        assertThat(YardstickReader.read(ShippedClaims.CATALOGUE)
                        .range("limits.flopsPerSecondPerGpu")
                        .high())
                .isEqualTo(fastest);
    }
}
