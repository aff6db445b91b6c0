package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of {@code plan}, {@code estimate} and {@code explain} for jobs that generate. */
class GenerationCommandTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/post-training.yaml")
            .toString();
    private static final String ALONE = """
            scenario: Rollouts
            jobs:
              - name: rollouts
                kind: generate
                model: llama-3.1-8b
                promptTokens: 512
                outputTokens: {mean: 2000 tokens, p99: 6000 tokens}
                samples: 1 M samples
                precision: bf16
                stack: megatron-core
            pools:
              - {name: h100, node: hgx-h100, max: 8 nodes, rent: $2 /GPU/h}
              - {name: a100, node: hgx-a100, max: 8 nodes, rent: $1.20 /GPU/h}
            limits: {deadline: 12 h}
            """;

    @TempDir
    private Path folder;

    @Test
    void anEstimateAgreesWithItsOwnArithmetic() {
        JsonNode answer = json("estimate", SHIPPED, "--job", "reasoning", "--pool", "h20", "--nodes", "8");
        assertThat(answer.get("format").stringValue()).isEqualTo("muster/estimate/1");
        assertThat(answer.get("best")).hasSize(5);
        double before = Double.POSITIVE_INFINITY;
        for (JsonNode best : answer.get("best")) {
            double step = best.get("stepSeconds").doubleValue();
            assertThat(sum(best.get("breakdown"))).isCloseTo(step, within(1e-9 * step));
            JsonNode generation = best.get("generation");
            assertThat(generation
                            .get("parts")
                            .valueStream()
                            .mapToDouble(part -> part.get("seconds").doubleValue())
                            .sum())
                    .isCloseTo(step, within(1e-9 * step));
            JsonNode layout = best.get("layout");
            assertThat(product(layout)).isEqualTo(64);
            assertThat(generation.get("replicas").intValue()
                            * generation.get("gpusPerReplica").intValue())
                    .isEqualTo(64);
            double rate = best.get("tokensPerSecond").doubleValue();
            assertThat(rate).isLessThanOrEqualTo(before);
            assertThat(best.get("tokensPerSecondPerGpu").doubleValue()).isCloseTo(rate / 64, within(1e-9 * rate));
            assertThat(best.get("band").get("low").doubleValue()).isLessThan(0.6 * step);
            assertThat(best.get("band").get("high").doubleValue()).isGreaterThan(1.4 * step);
            before = rate;
        }
        assertThat(answer.get("provenance")
                        .valueStream()
                        .map(row -> row.get("key").stringValue()))
                .contains(
                        "samples", "promptTokens", "outputTokens.mean", "outputTokens.p99", "gpus.h20.memoryBandwidth");
    }

    @Test
    void dimensionsOfReplicasCanBeFixed() {
        JsonNode answer = json(
                "estimate",
                SHIPPED,
                "--job",
                "rollouts",
                "--pool",
                "h800",
                "--nodes",
                "16",
                "--layout",
                "pp=1,ep=64,mbs=64");
        JsonNode best = answer.get("best").get(0);
        assertThat(best.get("layout").get("expert").intValue()).isEqualTo(64);
        assertThat(best.get("layout").get("data").intValue()).isEqualTo(128);
        assertThat(best.get("generation").get("replicas").intValue()).isEqualTo(2);
        assertThat(best.get("generation").get("sequencesPerReplica").intValue()).isEqualTo(64 * 64);
        assertThat(answer.get("inputs").get("fixed").get("microbatch").intValue())
                .isEqualTo(64);
    }

    @Test
    void whatDoesNotFitOrIsIllegalEndsWith3() {
        Captured lacking = Captured.run("estimate", SHIPPED, "--job", "rollouts", "--pool", "h800", "--nodes", "1");
        assertThat(lacking.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        assertThat(lacking.out()).contains("No layout fits in memory", "does not fit");
        Captured illegal = Captured.run(
                "estimate", SHIPPED, "--job", "rollouts", "--pool", "h800", "--nodes", "8", "--layout", "cp=2");
        assertThat(illegal.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        assertThat(illegal.out().replaceAll("\\s+", " ")).contains("No layout is legal", "vpp and cp are 1");
    }

    @Test
    void aPlanSaysHowReplicasRun() throws IOException {
        Path file = Files.writeString(folder.resolve("alone.yaml"), ALONE);
        JsonNode plan = json("plan", file.toString());
        assertThat(plan.get("status").stringValue()).isEqualTo("optimal");
        JsonNode job = plan.get("jobs").get(0);
        double rate = job.get("tokensPerSecond").doubleValue();
        assertThat(job.get("days").doubleValue()).isCloseTo(2e9 / rate / 86_400, within(1e-9));
        assertThat(job.get("mixingLossPercent").doubleValue()).isZero();
        assertThat(job.get("mfuBasis").stringValue()).contains("one forward pass over prompt and output");
        JsonNode pool = job.get("pools").get(0);
        assertThat(product(pool.get("layout"))).isEqualTo(pool.get("gpus").intValue());
        assertThat(pool.get("memoryBytesPerGpu").doubleValue())
                .isLessThanOrEqualTo(pool.get("memoryLimitBytesPerGpu").doubleValue());
        JsonNode generation = pool.get("generation");
        assertThat(generation.get("weightBytesPerGpu").doubleValue()
                        + generation.get("cacheBytesPerGpu").doubleValue()
                        + generation.get("workingBytesPerGpu").doubleValue())
                .isCloseTo(pool.get("memoryBytesPerGpu").doubleValue(), within(1.0));
        assertThat(plan.get("inputs")
                        .get("scenario")
                        .get("jobs")
                        .get(0)
                        .get("kind")
                        .stringValue())
                .isEqualTo("generate");
    }

    @Test
    void everyFormatHasTheReplicasAndAThresholdMayNameThem() throws IOException {
        Path file = Files.writeString(folder.resolve("alone.yaml"), ALONE);
        String text = Captured.run("plan", file.toString()).out();
        assertThat(text)
                .contains(
                        "Replicas that generate",
                        "Memory (per GPU that generates)",
                        "waits most for",
                        "attention over the cache");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
        assertThat(Captured.run("plan", file.toString(), "-o", "html").out())
                .contains("Replicas that generate", "attention over the cache");
        assertThat(Captured.run("plan", file.toString(), "-o", "csv").out())
                .contains("generation.sequencesPerReplica,");
        JsonNode used =
                json("plan", file.toString()).get("jobs").get(0).get("pools").get(0);
        String pool = used.get("pool").stringValue();
        assertThat(exitCode(file, "jobs.rollouts.tokensPerSecond < 1 tokens/s")).isZero();
        assertThat(exitCode(file, "jobs.rollouts.pools." + pool + ".generation.replicas < 1"))
                .isZero();
        assertThat(exitCode(file, "jobs.rollouts.pools." + pool + ".generation.replicas > 1"))
                .isEqualTo(ExitCodes.THRESHOLD_MISSED);
    }

    private static int exitCode(Path file, String condition) {
        return Captured.run("plan", file.toString(), "--fail-if", condition).exitCode();
    }

    /** The plan file is read again to explain it; samples are among what drives the cost. */
    @Test
    void aPlanThatGeneratesCanBeExplained() throws IOException {
        Path file = Files.writeString(folder.resolve("alone.yaml"), ALONE);
        Path plan = folder.resolve("plan.json");
        assertThat(Captured.run("plan", file.toString(), "-o", "json", "--out-file", plan.toString())
                        .exitCode())
                .isZero();
        JsonNode explained = json("explain", plan.toString());
        assertThat(explained
                        .get("drivers")
                        .valueStream()
                        .map(driver -> driver.get("path").stringValue()))
                .contains("jobs.rollouts.samples")
                .doesNotContain("jobs.rollouts.tokens");
    }

    private static int product(JsonNode layout) {
        return Stream.of("tensor", "pipeline", "data", "context")
                .mapToInt(key -> layout.get(key).intValue())
                .reduce(1, Math::multiplyExact);
    }

    private static double sum(JsonNode breakdown) {
        return breakdown.valueStream().mapToDouble(JsonNode::doubleValue).sum();
    }

    private static JsonNode json(String... args) {
        List<String> all =
                Stream.concat(Stream.of(args), Stream.of("-o", "json")).toList();
        Captured run = Captured.run(all.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }
}
