package muster.planner.claims;

import static muster.planner.claims.ShippedClaims.check;
import static muster.planner.claims.ShippedClaims.checked;
import static muster.planner.claims.ShippedClaims.derived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.FleetShare;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Confidence;
import muster.planner.domain.Interval;
import muster.planner.profile.ClaimReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shipped claims against figures worked out by hand. */
class KnownAnswersTest {
    private static void assertPoint(ClaimAnswer answer, String key, double value, double tolerance) {
        assertThat(derived(answer, key).low()).as(key).isCloseTo(value, within(tolerance));
        assertThat(derived(answer, key).high()).as(key).isCloseTo(value, within(tolerance));
    }

    /** 2.664 M + 0.119 M + 0.005 M = 2.788 M hours; × $2 = $5.576 M; / 2,048 / 24 = 56.72 d. */
    @Test
    void deepSeekV3AddsUpOverAllPhases() {
        ClaimAnswer answer = checked("deepseek-v3");
        assertThat(derived(answer, "gpuHours")).isEqualTo(Interval.exactly(2_788_000));
        assertThat(derived(answer, "usd")).isEqualTo(Interval.exactly(5_576_000));
        assertPoint(answer, "days", 56.72, 0.005);
        assertThat(answer.basisPhase()).isEqualTo("pretrain");
        assertThat(answer.verdict()).isIn(Verdict.CONSISTENT, Verdict.TIGHT);
        assertThat(check(answer, "cost").verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(answer.clashes()).isEmpty();
    }

    /**
     * 250.45 GFLOP per token × 14.8 T / (2.664 M × 3600 s) = 386.5 TFLOP/s = 39.1 % of 989 TFLOP/s; 281.15 with the full
     * matrix, 43.9 %; 6 × 37 B, 34.6 %; over 1,979 TFLOP/s, 19.5 %.
     */
    @Test
    void deepSeekV3PretrainingReaches391Percent() {
        ClaimAnswer answer = checked("deepseek-v3");
        assertPoint(answer, "flopPerToken", 250.45e9, 0.01e9);
        assertPoint(answer, "flopPerSecondPerGpu", 386.5e12, 0.05e12);
        assertPoint(answer, "mfuPercentBf16", 39.1, 0.05);
        assertPoint(answer, "mfuPercentBf16Full", 43.9, 0.05);
        assertPoint(answer, "mfuPercent6nd", 34.6, 0.05);
        assertPoint(answer, "mfuPercentPeak", 19.5, 0.05);
    }

    @Test
    void deepSeekV3CostsMoreOrLessAtOtherPrices() {
        ClaimAnswer range =
                checked("deepseek-v3", "stated.price={low: $1.70 /GPU/h, high: $6.88 /GPU/h}", "stated.cost=~");
        assertThat(derived(range, "usd").low()).isCloseTo(4.74e6, within(0.01e6));
        assertThat(derived(range, "usd").high()).isCloseTo(19.18e6, within(0.01e6));
        ClaimAnswer shipped = checked("deepseek-v3");
        assertThat(shipped.atPrices())
                .anySatisfy(run -> assertThat(run.usd().high()).isCloseTo(19.18e6, within(0.01e6)));
        ClaimAnswer other = checked("deepseek-v3", "stated.price=$1.70 /GPU/h");
        assertThat(other.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertPoint(other, "usd", 4.7396e6, 100);
    }

    /** 256 nodes × 54.2 d (56.7 with all phases) at 2.34 to 6.50 per 1,000 node-days; 25 to 50 minutes each. */
    @Test
    void deepSeekV3MeetsAboutFiftyInterruptions() {
        ClaimAnswer answer = checked("deepseek-v3");
        assertThat(derived(answer, "interruptions").low()).isCloseTo(34, within(0.5));
        assertThat(derived(answer, "interruptions").high()).isCloseTo(94.4, within(0.5));
        assertThat(derived(answer, "lostPercent").low()).isCloseTo(1.0, within(0.1));
        assertThat(derived(answer, "lostPercent").high()).isCloseTo(5.8, within(0.1));
    }

    @Test
    void deepSeekR1IsHoursTimesTwoDollars() {
        ClaimAnswer answer = checked("deepseek-r1");
        assertThat(derived(answer, "gpuHours")).isEqualTo(Interval.exactly(147_000));
        assertThat(derived(answer, "usd")).isEqualTo(Interval.exactly(294_000));
        assertThat(answer.verdict()).isEqualTo(Verdict.CONSISTENT);
        // 512 × 198 h = 101,376, which is written 101 K.
        assertThat(check(answer, "days of r1-zero").verdict()).isEqualTo(Verdict.CONSISTENT);
    }

    /** 534,700 / (512 × 504 h) = 2.072. */
    @Test
    void miniMaxM1RentsAtTwoDollarsAndSeven() {
        ClaimAnswer answer = checked("minimax-m1");
        assertThat(derived(answer, "gpuHours")).isEqualTo(Interval.exactly(258_048));
        assertPoint(answer, "usdPerGpuHour", 2.07, 0.005);
    }

    /** 882,000 / 3.819 = 230.95 K hours; 6 × 28.8 B × 1 T / (hours × 3600 × 989 T) = 21.0 %. */
    @Test
    void antLingReachesAFifthOfThePeak() {
        ClaimAnswer answer = checked("ant-ling");
        assertPoint(answer, "gpuHours", 230_900, 100);
        assertPoint(answer, "mfuPercent6nd", 21.0, 0.05);
    }

    @Test
    void semiAnalysisSumsComeOut() {
        ClaimAnswer answer = checked("semianalysis-deepseek-fleet");
        assertPoint(answer, "capexUsd", 1_628e6, 1);
        assertPoint(answer, "opexUsd", 944e6, 1);
        assertPoint(answer, "powerWatts", 62.875e6, 1);
        FleetShare hoppers = share(answer, "Hoppers");
        assertThat(hoppers.derived().get("capexUsd").low()).isCloseTo(1_391e6, within(1.0));
        assertThat(hoppers.derived().get("opexUsd").low()).isCloseTo(787e6, within(1.0));
        assertThat(hoppers.derived().get("gpus")).isEqualTo(Interval.exactly(50_000));
        // (31,728 + 17,000) / 35,040 h
        assertThat(share(answer, "h800").derived().get("usdPerGpuHourOwned").low())
                .isCloseTo(1.39, within(0.005));
        // 1.39 / 2.00
        assertThat(share(answer, "h800")
                        .derived()
                        .get("breakEvenUtilisationPercent")
                        .low())
                .isCloseTo(69.5, within(0.1));
        assertThat(share(answer, "a100").derived().get("gpus")).isEqualTo(Interval.exactly(10_000));
        // 2.788 M h / 24 / 50,000
        assertThat(hoppers.derived().get("runDays").low()).isCloseTo(2.32, within(0.005));
        assertThat(check(answer, "capex").note()).contains("reconstructed");
        assertThat(check(answer, "cost per year of Hoppers").verdict()).isEqualTo(Verdict.CONSISTENT);
    }

    /** 944 M / 48 / 62,875 kW = 313; as one year's it would be 1,251. */
    @Test
    void semiAnalysisCostToOperateIsAFourYearSum() {
        ClaimAnswer answer = checked("semianalysis-deepseek-fleet");
        ClaimAnswer.Check period = check(answer, "period");
        assertThat(period.verdict()).isEqualTo(Verdict.CONSISTENT);
        assertPoint(answer, "opexUsdPerKwMonth", 313, 0.5);
        assertPoint(answer, "opexUsdPerKwMonthOneYear", 1_251, 0.5);
        assertThat(period.readings()).singleElement().satisfies(reading -> {
            assertThat(reading.derived().low()).isCloseTo(1_251, within(0.5));
            assertThat(reading.verdict()).isEqualTo(Verdict.CONTRADICTED);
        });
        ClaimAnswer oneYear = checked("semianalysis-deepseek-fleet", "stated.period=1 y");
        assertThat(check(oneYear, "period").verdict()).isEqualTo(Verdict.CONTRADICTED);
        ClaimAnswer unknown = checked("semianalysis-deepseek-fleet", "stated.period=~", "stated.costPerYear=~");
        assertThat(check(unknown, "period").verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(check(unknown, "period").readings())
                .anySatisfy(reading -> assertThat(reading.verdict()).isEqualTo(Verdict.CONTRADICTED))
                .anySatisfy(reading -> assertThat(reading.verdict()).isEqualTo(Verdict.CONSISTENT));
    }

    /** 148 of 419 is 35.3 %, printed 30.1; the six GPU rows are 268, 64.0 %, printed 58.7. */
    @Test
    void llamaFailureTableDoesNotAddUp() {
        ClaimAnswer answer = checked("llama-3.1-405b");
        assertThat(check(answer, "faulty GPU").verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(check(answer, "faulty GPU").derived().orElseThrow().low()).isCloseTo(35.32, within(0.01));
        assertThat(check(answer, "GPU rows together").derived().orElseThrow().low())
                .isCloseTo(63.96, within(0.01));
        assertThat(check(answer, "parts of unexpected").verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(answer.checks().stream().filter(check -> check.verdict() == Verdict.CONTRADICTED))
                .hasSize(2);
        assertThat(answer.clashes()).hasSize(2).allSatisfy(clash -> {
            assertThat(clash.figures()).hasSize(3);
            assertThat(clash.smallest()).isTrue();
        });
    }

    @Test
    void whereNothingIsPublishedNothingFollows() {
        ClaimAnswer answer = checked("o1");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(answer.derived()).isEmpty();
        assertThat(check(answer, "published").note()).contains("no figure");
    }

    static Stream<String> everyShippedClaimCanBeChecked() {
        return ClaimReader.names(ShippedClaims.CATALOGUE).stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyShippedClaimCanBeChecked(String name) {
        ClaimAnswer answer = checked(name);
        assertThat(answer.claim().source().date()).isNotBlank();
        assertThat(answer.checks())
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.sources()).isNotEmpty());
        boolean slipInASideTable = name.equals("llama-3.1-405b");
        assertThat(answer.verdict() == Verdict.CONTRADICTED).isEqualTo(slipInASideTable);
        if (Map.of("gpt-4", 1, "grok-3", 1).containsKey(name)) {
            assertThat(answer.claim().source().confidence()).isEqualTo(Confidence.LOW);
            assertThat(answer.claim().notes())
                    .anySatisfy(note -> assertThat(note).startsWith("RUMOUR"));
        }
    }

    private static FleetShare share(ClaimAnswer answer, String name) {
        return answer.fleet().stream()
                .filter(share -> share.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
