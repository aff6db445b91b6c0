package muster.planner.claims;

import static muster.planner.claims.ShippedClaims.check;
import static muster.planner.claims.ShippedClaims.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims with ranges, some values of which are true: these are never contradicted. */
class PossibleClaimsTest {
    private static final String RUN =
            "gpu: h100, gpus: 1024, gpuHours: 31000, tokens: 1.00 T tokens, sequence: 8192, batch: 1024 sequences";

    @TempDir
    private Path folder;

    private ClaimAnswer claim(String stated) throws IOException {
        return checked(Files.writeString(folder.resolve("possible.yaml"), """
                claim: Possible
                source: {title: A post, date: 2025-01-01}
                subject: {model: llama-3.1-8b, precision: bf16, stack: megatron-core}
                stated: {%s}
                """.formatted(stated)));
    }

    private static Check physics(ClaimAnswer answer) {
        return check(answer, "physics");
    }

    @Test
    void fewerTokensTakeFewerHours() throws IOException {
        Check one = physics(claim(RUN));
        ClaimAnswer range = claim(RUN.replace("1.00 T tokens", "{low: 1.00 T tokens, high: 15.0 T tokens}"));
        assertThat(range.verdict()).isEqualTo(one.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        assertThat(physics(range).derived().orElseThrow().low())
                .isCloseTo(one.derived().orElseThrow().low(), within(1e-6));
        assertThat(physics(range).derived().orElseThrow().high())
                .isCloseTo(15.05 / 1.005 * one.derived().orElseThrow().high(), within(1.0));
    }

    /** Fewer GPUs are busier; between the ends of a range there may be better counts yet, which were not searched. */
    @Test
    void bothEndsOfARangeOfGpusAreSearched() throws IOException {
        String range = RUN.replace("gpus: 1024", "gpus: {low: 64, high: 8192}");
        assertThat(physics(claim(range)).verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        Check few = physics(claim(RUN.replace("gpus: 1024", "gpus: 64")));
        Check many = physics(claim(RUN.replace("gpus: 1024", "gpus: 8192")));
        Check both = physics(claim(range));
        assertThat(both.derived().orElseThrow().low())
                .isEqualTo(few.derived().orElseThrow().low());
        assertThat(both.derived().orElseThrow().high())
                .isEqualTo(many.derived().orElseThrow().high());
        Check quick = physics(claim(range.replace("31000", "22000")));
        assertThat(quick.verdict()).isEqualTo(Verdict.TIGHT);
        assertThat(quick.note()).contains("only the ends of what is stated were searched");
        assertThat(physics(claim(RUN.replace("31000", "22000"))).verdict()).isEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void shorterSequencesTakeLessArithmetic() throws IOException {
        String range = RUN.replace("sequence: 8192", "sequence: {low: 4096, high: 131072}")
                + ", mfu: {value: 46.0 %, basis: bf16}";
        ClaimAnswer answer = claim(range);
        assertThat(answer.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        assertThat(answer.clashes()).isEmpty();
        double shortest = claim(RUN.replace("sequence: 8192", "sequence: 4096"))
                .derived()
                .get("flopPerToken")
                .low();
        assertThat(answer.derived().get("flopPerToken").low()).isEqualTo(shortest);
        assertThat(answer.derived().get("flopPerToken").high()).isGreaterThan(2 * shortest);
    }

    /** 16,384 H100 are rated for 20.9 MW, their boards for 11.5 MW; sites with cooling draw up to 30.5 MW. */
    @Test
    void aStatedPowerMayBeOfBoardsServersOrSites() throws IOException {
        for (String fleet : new String[] {"gpu: h100, gpus: 16384", "fleet: [{gpu: h100, gpus: 16384}]"}) {
            for (String power : new String[] {"8.0 MW", "11.5 MW", "15 MW", "20.9 MW", "30 MW"}) {
                assertThat(check(claim("%s, power: %s".formatted(fleet, power)), "power")
                                .verdict())
                        .as("%s at %s", fleet, power)
                        .isEqualTo(Verdict.CONSISTENT);
            }
            for (String power : new String[] {"5.0 MW", "35 MW"}) {
                assertThat(claim("%s, power: %s".formatted(fleet, power)).verdict())
                        .as("%s at %s", fleet, power)
                        .isEqualTo(Verdict.CONTRADICTED);
            }
            assertThat(claim(fleet).derived().get("powerWatts").low()).isCloseTo(20.89e6, within(1e4));
        }
    }
}
