package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of {@code plan}: reading, search, bound, check and report together. */
class PlanCommandTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
            .toString();

    private static final String MIXED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/mixed-fleet.yaml")
            .toString();

    @TempDir
    private Path folder;

    @Test
    void theShippedScenarioIsPlannedWithinItsLimits() {
        JsonNode plan = json("plan", SHIPPED, "-o", "json");
        assertThat(plan.get("feasible").booleanValue()).isTrue();
        assertThat(plan.get("bound").get("gapPercent").doubleValue()).isLessThanOrEqualTo(0.1);
        assertThat(plan.get("limits"))
                .isNotEmpty()
                .allSatisfy(
                        limit -> assertThat(limit.get("slack").doubleValue()).isNotNegative());
        assertThat(plan.get("costs").get("total").decimalValue())
                .isEqualByComparingTo(plan.get("totals").get("usd").decimalValue());
    }

    /** Without a stated rate the model's: the published 54.2 days within a fifth. With it, the published ones. */
    @Test
    void theShippedScenarioIsTheOfficialRun() {
        JsonNode modelled = json("plan", SHIPPED, "-o", "json");
        assertThat(modelled.get("totals").get("days").doubleValue()).isBetween(0.8 * 54.2, 1.2 * 54.2);
        JsonNode pool = modelled.get("jobs").get(0).get("pools").get(0);
        assertThat(pool.get("pool").stringValue()).isEqualTo("h800");
        assertThat(pool.get("memoryBytesPerGpu").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(pool.get("memoryLimitBytesPerGpu").doubleValue());
        JsonNode layout = pool.get("layout");
        assertThat(pool.get("gpus").intValue())
                .isEqualTo(layout.get("tensor").intValue()
                        * layout.get("pipeline").intValue()
                        * layout.get("data").intValue()
                        * layout.get("context").intValue());
        JsonNode measured = json(
                "plan",
                SHIPPED,
                "-o",
                "json",
                "--set",
                "jobs.pretrain.measured.h800=1543 tokens/s/GPU",
                "--set",
                "jobs.pretrain.spread=one-pool");
        assertThat(measured.get("jobs").get(0).get("pools").get(0).get("layout").isNull())
                .isTrue();
        assertThat(measured.get("totals").get("usd").doubleValue()).isBetween(5.32e6, 5.34e6);
    }

    @Test
    void theMixedFleetReallyMixesAndSaysWhy() {
        JsonNode plan = json("plan", MIXED, "-o", "json");
        assertThat(plan.get("bound").get("gapPercent").doubleValue()).isLessThanOrEqualTo(0.5);
        JsonNode job = plan.get("jobs").get(0);
        assertThat(job.get("pools")).hasSizeGreaterThan(1);
        double sum = 0;
        int sequences = 0;
        for (JsonNode pool : job.get("pools")) {
            sum += pool.get("tokensPerSecond").doubleValue();
            sequences += pool.get("sequencesPerStep").intValue();
            assertThat(pool.get("stepSeconds").doubleValue())
                    .isLessThanOrEqualTo(job.get("stepSeconds").doubleValue());
        }
        assertThat(sum).isCloseTo(job.get("tokensPerSecond").doubleValue(), within(1e-6 * sum));
        assertThat(sequences).isEqualTo(15_360);
        assertThat(job.get("exchangeSeconds").doubleValue()).isPositive();
        assertThat(job.get("mixingLossPercent").doubleValue()).isPositive();
        assertThat(plan.get("onePools"))
                .hasSize(3)
                .allSatisfy(
                        alone -> assertThat(alone.get("verdict").stringValue()).isEqualTo("breaks_limits"));
        assertThat(Captured.run("plan", MIXED).out())
                .contains("Why more than one pool", "Shares of a step", "Mixing costs", "1,024 = ");
        assertThat(Captured.run("plan", MIXED, "--set", "jobs.pretrain.spread=one-pool")
                        .exitCode())
                .isEqualTo(ExitCodes.INFEASIBLE);
    }

    @Test
    void theSameInputGivesTheSameBytesButForTheRun() {
        ObjectNode first = (ObjectNode) json("plan", SHIPPED, "-o", "json");
        ObjectNode second = (ObjectNode) json("plan", SHIPPED, "-o", "json");
        first.remove("run");
        second.remove("run");
        assertThat(first).isEqualTo(second);
    }

    @Test
    void theTextIsPlainUnlessColourIsAskedFor() {
        assertThat(Captured.run("plan", SHIPPED).out())
                .startsWith("DeepSeek-V3 official run\n")
                .doesNotContain("\u001b");
        assertThat(Captured.run("plan", SHIPPED, "--color", "always").out()).contains("\u001b[1;32m");
    }

    @Test
    void theObjectivesValueStandsBesideTheFirstOfThem() {
        assertThat(Captured.run("plan", SHIPPED, "--set", "objective=[days, cost]")
                        .out())
                .containsPattern("Objective: least days, [0-9.]+ d; then least cost\n");
    }

    @Test
    void colourFollowsTheTerminalAndNoColor() {
        Map<String, String> terminal =
                Map.of("muster.home", System.getProperty("muster.home"), "muster.stdout.terminal", "true");
        assertThat(Captured.run(Map.of(), terminal, "plan", SHIPPED).out()).contains("\u001b[");
        assertThat(Captured.run(Map.of("NO_COLOR", "1"), terminal, "plan", SHIPPED)
                        .out())
                .doesNotContain("\u001b");
        assertThat(Captured.run(Map.of("TERM", "dumb"), terminal, "plan", SHIPPED)
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void anInfeasibleScenarioIsAnAnswerWithItsOwnExitCode() {
        Captured run = Captured.run(
                "plan", SHIPPED, "--set", "limits.deadline=5 d", "--fail-if", "status = infeasible", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        JsonNode plan = new JsonMapper().readTree(run.out());
        assertThat(plan.get("status").stringValue()).isEqualTo("infeasible");
        assertThat(plan.get("conflict").get("limits")).isNotEmpty();
        assertThat(Captured.run("plan", SHIPPED, "--set", "limits.deadline=5 d").out())
                .contains("Infeasible, proved", "Limits in conflict");
    }

    @Test
    void aConditionThatHoldsFailsWithTheAnswerPrinted() {
        Captured run = Captured.run("plan", SHIPPED, "--fail-if", "totals.usd > $1 M");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.THRESHOLD_MISSED);
        assertThat(run.out()).isNotEmpty();
        assertThat(run.err()).contains("(totals.usd > $1 M)", "holds");
        assertThat(Captured.run("plan", SHIPPED, "--fail-if", "totals.usd > $1 B")
                        .exitCode())
                .isZero();
    }

    @Test
    void theAnswerCanGoToAFile() throws IOException {
        Path file = folder.resolve("plan.json");
        Captured run = Captured.run("plan", SHIPPED, "-o", "json", "--out-file", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(new JsonMapper().readTree(Files.readString(file)).has("totals"))
                .isTrue();
    }

    @Test
    void settingsChangeThePlanAndItsSources() {
        JsonNode plan = json("plan", SHIPPED, "-o", "json", "--set", "pools.h800.rent=$1.25 /GPU/h");
        assertThat(plan.get("provenance"))
                .filteredOn(row -> row.get("key").stringValue().equals("pools.h800.rent"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("value").doubleValue()).isEqualTo(1.25);
                    assertThat(row.get("source").stringValue()).isEqualTo("command line");
                });
    }

    @Test
    void theSeedOfTheCommandLineWins() {
        JsonNode asked = json("plan", SHIPPED, "-o", "json", "--seed", "7", "--set", "seed=3");
        JsonNode written = json("plan", SHIPPED, "-o", "json", "--set", "seed=7");
        assertThat(asked.get("run").get("seed").longValue()).isEqualTo(7);
        assertThat(asked.get("inputs").get("scenario").get("seed").longValue()).isEqualTo(7);
        for (String part : List.of("scenario", "catalogue", "hash")) {
            assertThat(asked.get("inputs").get(part))
                    .isEqualTo(written.get("inputs").get(part));
        }
    }

    @Test
    void theHashFollowsNeitherTheFilesNameNorItsLines() throws IOException {
        String text = Captured.run("init")
                .out()
                .replaceFirst("scenario: .*\n", "")
                .replaceFirst("node: hgx-h800", "node: {extends: hgx-h800, trainingPower: 7 kW}");
        String elsewhere = Files.createDirectory(folder.resolve("other")) + "/named.yaml";
        Files.writeString(Path.of(elsewhere), "# moved\n\n" + text);
        Files.writeString(folder.resolve("run.yaml"), text);
        JsonNode first = json("plan", folder.resolve("run.yaml").toString(), "-o", "json");
        JsonNode moved = json("plan", elsewhere, "-o", "json");
        assertThat(first.toString()).contains("\"scenario " + folder.resolve("run.yaml") + ":");
        assertThat(first.get("inputs").get("hash"))
                .isEqualTo(moved.get("inputs").get("hash"));
        JsonNode other = json("plan", elsewhere, "-o", "json", "--set", "pools.h800.node.trainingPower=7.1 kW");
        assertThat(other.get("inputs").get("hash"))
                .isNotEqualTo(moved.get("inputs").get("hash"));
        JsonNode same = json("plan", elsewhere, "-o", "json", "--set", "pools.h800.node.trainingPower=7000 W");
        assertThat(same.get("inputs").get("hash")).isEqualTo(moved.get("inputs").get("hash"));
    }

    @Test
    void whatInitWritesCanBePlanned() throws IOException {
        Path file = Files.writeString(
                folder.resolve("run.yaml"), Captured.run("init").out());
        assertThat(Captured.run("plan", file.toString()).exitCode()).isZero();
    }

    private static JsonNode json(String... args) {
        Captured run = Captured.run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    @Test
    void otherFleetsStandBesideTheBest() {
        JsonNode plan = json("plan", SHIPPED, "--top", "3", "--within", "20 %", "-o", "json");
        JsonNode others = plan.get("alternatives").get("plans");
        assertThat(others).hasSize(2);
        double best = plan.get("totals").get("usd").doubleValue();
        for (JsonNode other : others) {
            assertThat(other.get("totals").get("usd").doubleValue()).isBetween(best, 1.2 * best);
            assertThat(other.get("abovePercent").doubleValue()).isBetween(0.0, 20.0);
            assertThat(other.get("fleet")).isNotEqualTo(plan.get("fleet"));
        }
        assertThat(json("plan", SHIPPED, "-o", "json").has("alternatives")).isFalse();
        assertThat(Captured.run("plan", SHIPPED, "--top", "3", "--within", "20 %")
                        .out())
                .contains("Other fleets within 20 % of the best in cost", "above best");
        assertThat(Captured.run("plan", SHIPPED, "--top", "2", "-o", "html").out())
                .contains("Other fleets within 5 %");
    }
}
