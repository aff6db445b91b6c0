package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of {@code estimate}: reading, performance model and report together. */
class EstimateCommandTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
            .toString();
    private static final List<String> DEEPSEEK = List.of(
            "estimate",
            "--model",
            "deepseek-v3",
            "--node",
            "hgx-h800",
            "--nodes",
            "256",
            "--sequence",
            "4096",
            "--batch",
            "15360",
            "--precision",
            "fp8",
            "--stack",
            "deepseek");
    private static final String PUBLISHED = "tp=1,pp=16,ep=64";

    @TempDir
    private Path folder;

    /** 19.926 s per step on 2,048 H800: arXiv:2505.09343, table 4. */
    @Test
    void thePublishedLayoutComesNearItsMeasuredStep() {
        JsonNode answer = json(deepseek("--layout", PUBLISHED));
        JsonNode best = answer.get("best").get(0);
        double stepSeconds = best.get("stepSeconds").doubleValue();
        assertThat(stepSeconds).isCloseTo(19.926, within(0.15 * 19.926));
        assertThat(best.get("fits").booleanValue()).isTrue();
        assertThat(sum(best.get("breakdown"))).isCloseTo(stepSeconds, within(1e-9 * stepSeconds));
        assertThat(best.get("layout").get("pipeline").intValue()).isEqualTo(16);
        assertThat(best.get("layout").get("data").intValue()).isEqualTo(128);
        assertThat(best.get("layout").get("expert").intValue()).isEqualTo(64);
    }

    @Test
    void theBestLayoutsAgreeWithEachOtherAndTheirOwnArithmetic() {
        JsonNode answer = json(deepseek("--top", "20"));
        assertThat(answer.get("format").stringValue()).isEqualTo("muster/estimate/1");
        assertThat(answer.get("candidates").longValue())
                .isGreaterThan(answer.get("feasible").longValue());
        assertThat(answer.get("best")).hasSize(20);
        double before = 0;
        for (JsonNode best : answer.get("best")) {
            JsonNode layout = best.get("layout");
            double stepSeconds = best.get("stepSeconds").doubleValue();
            assertThat(stepSeconds).isGreaterThanOrEqualTo(before);
            assertThat(sum(best.get("breakdown"))).isCloseTo(stepSeconds, within(1e-9 * stepSeconds));
            assertThat(Stream.of("tensor", "pipeline", "data", "context")
                            .mapToInt(key -> layout.get(key).intValue())
                            .reduce(1, Math::multiplyExact))
                    .isEqualTo(2_048);
            assertThat(best.get("tokensPerSecond").doubleValue())
                    .isCloseTo(15_360.0 * 4_096 / stepSeconds, within(1e-3));
            assertThat(best.get("tokensPerSecondPerGpu").doubleValue())
                    .isCloseTo(best.get("tokensPerSecond").doubleValue() / 2_048, within(1e-6));
            assertThat(best.get("memoryBytesPerGpu").doubleValue())
                    .isLessThanOrEqualTo(best.get("memoryLimitBytesPerGpu").doubleValue());
            assertThat(best.get("mfuBasis").stringValue()).contains("bf16");
            before = stepSeconds;
        }
    }

    @Test
    void aBestLayoutFixedWholeIsEstimatedTheSame() {
        JsonNode free = json(deepseek("--top", "1")).get("best").get(0);
        JsonNode layout = free.get("layout");
        String fixed = "tp=%s,pp=%s,vpp=%s,dp=%s,ep=%s,cp=%s,mbs=%s,recompute=%s,zero=%s"
                .formatted(
                        layout.get("tensor"),
                        layout.get("pipeline"),
                        layout.get("virtualPipeline"),
                        layout.get("data"),
                        layout.get("expert"),
                        layout.get("context"),
                        layout.get("microbatch"),
                        layout.get("recompute").stringValue(),
                        layout.get("zero"));
        assertThat(json(deepseek("--layout", fixed)).get("best").get(0)).isEqualTo(free);
    }

    @Test
    void theBandComesFromLeftOutRunsAndWidensWithBorrowedEfficiencies() {
        JsonNode own = json(deepseek("--top", "1")).get("best").get(0);
        double step = own.get("stepSeconds").doubleValue();
        assertThat(own.get("band").get("low").doubleValue()).isBetween(0.7 * step, 0.99 * step);
        assertThat(own.get("band").get("high").doubleValue()).isBetween(1.01 * step, 1.3 * step);
        assertThat(own.get("band").get("basis").stringValue()).contains("left out of the fit");
        JsonNode answer = json(
                "estimate",
                "--model=llama-3.1-70b",
                "--node=hgx-a100",
                "--nodes=64 nodes",
                "--sequence=8192",
                "--batch=4194304 tokens",
                "--precision=bf16",
                "--stack=meta");
        JsonNode borrowed = answer.get("best").get(0);
        assertThat(answer.get("inputs").get("batch").intValue()).isEqualTo(512);
        assertThat(borrowed.get("band").get("high").doubleValue())
                .isCloseTo(1.35 * borrowed.get("stepSeconds").doubleValue(), within(1e-9));
        assertThat(answer.get("notes"))
                .anySatisfy(note -> assertThat(note.stringValue()).contains("stand in", "a100"));
    }

    @Test
    void theInputsAndTheirSourcesAreInTheAnswer() {
        JsonNode answer = json(deepseek("--layout", PUBLISHED));
        JsonNode inputs = answer.get("inputs");
        assertThat(inputs.get("model").stringValue()).isEqualTo("deepseek-v3");
        assertThat(inputs.get("gpus").intValue()).isEqualTo(2_048);
        assertThat(inputs.get("fixed").get("expert").intValue()).isEqualTo(64);
        List<String> keys = answer.get("provenance")
                .valueStream()
                .map(row -> row.get("key").stringValue())
                .toList();
        assertThat(keys)
                .doesNotHaveDuplicates()
                .contains(
                        "nodes.hgx-h800.fabric",
                        "gpus.h800.flops.fp8",
                        "gpus.h800.flops.bf16",
                        "stacks.deepseek.efficiency.hopper.matrix.fp8",
                        "models.deepseek-v3.layers");
        assertThat(answer.get("provenance"))
                .allSatisfy(row -> assertThat(row.get("source").stringValue()).isNotBlank());
    }

    @Test
    void aJobOnAPoolOfAScenarioIsThatQuestion() {
        JsonNode scenario = json("estimate", SHIPPED, "--job", "pretrain", "--pool", "h800");
        assertThat(scenario.get("best")).isEqualTo(json(deepseek()).get("best"));
        assertThat(scenario.get("inputs").get("pool").stringValue()).isEqualTo("h800");
        JsonNode measured =
                json("estimate", SHIPPED, "--pool", "h800", "--set", "jobs.pretrain.measured.h800=1543 tokens/s/GPU");
        assertThat(measured.get("best")).isEqualTo(scenario.get("best"));
        assertThat(measured.get("notes"))
                .anySatisfy(note -> assertThat(note.stringValue()).contains("1543 tokens/s/GPU"));
        JsonNode smaller = json(
                "estimate", SHIPPED, "--pool", "h800", "--nodes", "128", "--set", "jobs.pretrain.batch=7680 sequences");
        assertThat(smaller.get("inputs").get("gpus").intValue()).isEqualTo(1_024);
        assertThat(smaller.get("inputs").get("batch").intValue()).isEqualTo(7_680);
    }

    @Test
    void whereNothingFitsTheLeanestIsShown() {
        Captured run = run(deepseek("--layout", "pp=16,ep=1,zero=0", "-o", "json"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        JsonNode answer = new JsonMapper().readTree(run.out());
        assertThat(answer.get("feasible").intValue()).isZero();
        assertThat(answer.get("best")).hasSize(1);
        assertThat(answer.get("best").get(0).get("fits").booleanValue()).isFalse();
        assertThat(run(deepseek("--layout", "pp=16,ep=1,zero=0")).out())
                .contains("No layout fits in memory", "does not fit");
    }

    @Test
    void anIllegalLayoutNamesTheArithmetic() {
        Captured run = run(deepseek("--layout", "tp=1,pp=16,dp=7"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "No layout is legal on 2,048 GPUs with the dimensions that are fixed.",
                        "nodes × GPUs per node, 2,048 = 256 × 8; here what is fixed multiplies to 112, which breaks",
                        "must divide the batch, 15,360 sequences; here what is fixed multiplies to 7, which breaks");
        assertThat(run(deepseek("--layout", "pp=16,dp=64")).out().replaceAll("\\s+", " "))
                .contains("here what is fixed multiplies to 1,024, which breaks");
        Captured json = run(deepseek("--layout", "ep=3", "-o", "json"));
        assertThat(json.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        JsonNode answer = new JsonMapper().readTree(json.out());
        assertThat(answer.get("candidates").intValue()).isZero();
        assertThat(answer.get("best")).isEmpty();
        assertThat(answer.get("notes"))
                .anySatisfy(note -> assertThat(note.stringValue()).contains("ep must", "fixed to 3, which breaks"));
    }

    @Test
    void theTextAddsUpAsPrinted() {
        String text = run(deepseek("--layout", PUBLISHED)).out();
        assertThat(text).contains("2,048 = 1 × 16 × 128 × 1", "±", "left out of the fit", "MFU", "Sources");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        Matcher rows = Pattern.compile("(?m)^  (\\w.*?)  +([0-9.]+) +([0-9.]+) %$")
                .matcher(text.substring(text.indexOf("Where the step")));
        long millis = 0;
        long hundredths = 0;
        while (rows.find() && !rows.group(1).equals("step")) {
            millis += Math.round(Double.parseDouble(rows.group(2)) * 1e3);
            hundredths += Math.round(Double.parseDouble(rows.group(3)) * 1e2);
        }
        assertThat(millis).isPositive().isEqualTo(Math.round(Double.parseDouble(rows.group(2)) * 1e3));
        assertThat(hundredths).isEqualTo(10_000);
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        assertThat(run(deepseek("-o", "json")).out())
                .isEqualTo(run(deepseek("-o", "json")).out());
    }

    @Test
    void theAnswerCanGoToAFileAndTextCanCarryColour() throws IOException {
        Path file = folder.resolve("estimate.json");
        Captured run = run(deepseek("-o", "json", "--quiet", "--out-file", file.toString()));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file)).contains("muster/estimate/1");
        assertThat(run(deepseek("--color", "always")).out()).contains("\u001b[1;32m");
        assertThat(run(deepseek()).out()).doesNotContain("\u001b");
    }

    private static String[] deepseek(String... more) {
        return Stream.concat(DEEPSEEK.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static Captured run(String... args) {
        Captured run = Captured.run(args);
        assertThat(run.err()).isEmpty();
        return run;
    }

    private static JsonNode json(String... args) {
        Captured run =
                run(Stream.concat(Stream.of(args), Stream.of("-o", "json")).toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    private static double sum(JsonNode breakdown) {
        return breakdown.valueStream().mapToDouble(JsonNode::doubleValue).sum();
    }
}
