package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of {@code explain}, from scenarios and from plan files. */
class ExplainCommandTest {
    private static final Path SCENARIOS = Path.of(System.getProperty("muster.home"), "cluster-profiles/scenarios");
    private static final String SHIPPED = SCENARIOS.resolve("deepseek-v3.yaml").toString();
    private static final JsonMapper MAPPER = new JsonMapper();

    private static String plan;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void plan() {
        plan = shared.resolve("plan.json").toString();
        assertThat(Captured.run("plan", SHIPPED, "-o", "json", "--out-file", plan)
                        .exitCode())
                .isEqualTo(ExitCodes.DONE);
    }

    private static ObjectNode json(String... arguments) {
        Captured run = Captured.run(arguments);
        assertThat(run.err()).isEmpty();
        ObjectNode json = (ObjectNode) MAPPER.readTree(run.out());
        json.remove("run");
        return json;
    }

    private static JsonNode named(JsonNode list, String key, String name) {
        return list.valueStream()
                .filter(row -> row.get(key).stringValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name));
    }

    @Test
    void theShippedScenarioIsExplained() {
        JsonNode explained = json("explain", SHIPPED, "-o", "json");
        assertThat(explained.get("format").stringValue()).isEqualTo("muster/explain/1");
        JsonNode deadline = named(explained.get("limits"), "name", "deadline");
        assertThat(deadline.get("binding").booleanValue()).isTrue();
        assertThat(deadline.get("worth").get("perUnit").stringValue()).isEqualTo("d");
        assertThat(deadline.get("worth").get("unit").stringValue()).isEqualTo("USD");
        JsonNode next = deadline.get("worth").get("next");
        // The next better plan can be had by typing its limit.
        JsonNode there = json(
                "plan",
                SHIPPED,
                "-o",
                "json",
                "--set",
                "limits.deadline=" + next.get("to").decimalValue().toPlainString() + " d");
        assertThat(there.get("totals").get("usd").doubleValue())
                .isLessThan(explained.get("totals").get("usd").doubleValue());
        JsonNode h20 = named(explained.get("breakEven"), "path", "pools.h20.rent");
        assertThat(h20.get("beats").toString()).isEqualTo("[\"h800\"]");
        double rent = h20.get("value").doubleValue();
        assertThat(fleet(rent - 1e-4)).contains("h20");
        assertThat(fleet(rent + 2e-4)).doesNotContain("h20");
        JsonNode tokens = named(explained.get("drivers"), "path", "jobs.pretrain.tokens");
        assertThat(tokens.get("usdLow").doubleValue())
                .isLessThan(tokens.get("usdHigh").doubleValue());
        assertThat(explained.has("conflict")).isFalse();
    }

    private static String fleet(double h20UsdPerGpuHour) {
        return json("plan", SHIPPED, "-o", "json", "--set", "pools.h20.rent=$%.4f /GPU/h".formatted(h20UsdPerGpuHour))
                .get("fleet")
                .toString();
    }

    @Test
    void everyFormExplains() {
        assertThat(Captured.run("explain", SHIPPED).out())
                .startsWith("DeepSeek-V3 official run\n")
                .contains(
                        "What limits are worth",
                        "next better plan",
                        "Break-even prices",
                        "wins below it",
                        "What drives the cost");
        assertThat(Captured.run("explain", SHIPPED, "-o", "csv").out())
                .startsWith("kind,path,stated,unit,binding,value,valueOf,usdLow,usdHigh,dual\r\n")
                .contains("\r\nbreakEven,pools.h20.rent,1.16,USD/GPU/h,");
        assertThat(Captured.run("explain", SHIPPED, "-o", "md").out()).contains("## Break-even prices");
        assertThat(Captured.run("explain", SHIPPED, "-o", "html").out()).contains("<svg", "a tenth lower");
    }

    @Test
    void anInfeasibleScenarioHasItsConflictOnly() {
        Captured run = Captured.run("explain", SHIPPED, "--set", "limits.deadline=20 d", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        JsonNode json = MAPPER.readTree(run.out());
        assertThat(json.get("conflict").get("minimal").booleanValue()).isTrue();
        assertThat(json.get("conflict").get("relaxations")).isNotEmpty();
        assertThat(json.get("limits")).isEmpty();
        assertThat(Captured.run("explain", SHIPPED, "--set", "limits.deadline=20 d")
                        .out())
                .contains("Least ways out");
    }

    /** Scenario, settings, the user's catalogue, which builds upon the shipped entry, and the seed: all stand in the plan. */
    @Test
    void aPlanFileAloneIsExplainedAsItsScenarioWas() throws IOException {
        Path catalogue = folder.resolve("own");
        Files.createDirectories(catalogue.resolve("nodes"));
        Files.writeString(catalogue.resolve("nodes/hgx-h800.yaml"), """
                extends: hgx-h800
                sources:
                  meter: {title: our meter, date: 2026-10-01, confidence: high}
                trainingPower: {value: 7.1 kW, source: meter}
                """);
        Path scenario = Files.copy(Path.of(SHIPPED), folder.resolve("run.yaml"));
        List<String> besides = List.of(
                "--catalog",
                catalogue.toString(),
                "--set",
                "pools.h800.own=32 nodes",
                "--set",
                "limits.power= 2.9 MW",
                "--seed",
                "7",
                "-o",
                "json");
        String ownPlan = folder.resolve("plan.json").toString();
        List<String> planned = new ArrayList<>(List.of("plan", scenario.toString(), "--out-file", ownPlan));
        planned.addAll(besides);
        assertThat(Captured.run(planned.toArray(String[]::new)).exitCode()).isEqualTo(ExitCodes.DONE);
        List<String> explained = new ArrayList<>(List.of("explain", scenario.toString()));
        explained.addAll(besides);
        ObjectNode before = json(explained.toArray(String[]::new));
        Files.delete(scenario);
        Files.delete(catalogue.resolve("nodes/hgx-h800.yaml"));
        assertThat(json("explain", ownPlan, "-o", "json")).isEqualTo(before);
    }

    @Test
    void aPlanStandsForItself() {
        Captured run = Captured.run("explain", plan, "--set", "limits.deadline=60 d");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains("A plan file is explained as it is", "Maybe give the scenario's YAML file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "value: $2.00 /GPU/h|value: $1.00 /GPU/h|do not have the file's hash",
                "tokens: 14.8 T tokens|tokens: fourteen|(fourteen) does not start with a number",
                "\"folder\": \"gpus\"|\"folder\": \"..\"|is none of a catalogue",
                "\"name\": \"h100\"|\"name\": \"../h100\"|is none of a catalogue",
                "\"own\": false,|\"own\": 1, \"file\": 3,|This is not JSON: Duplicate",
                "\"written\": {|\"written\": [], \"writtenElsewhere\": {|does not keep the files",
                "\"settings\": []|\"settings\": [3]|inputs.written.settings must hold texts, not a number.",
                "\"settings\": []|\"settings\": [\"nonsense\"]|is not of the form path=value",
                "\"settings\": []|\"settings\": [\"limits.deadline=60 d\"]|do not have the file's hash",
                "\"gpuNames\": []|\"gpuNames\": {}|inputs.written.gpuNames must be a list, not an object.",
            })
    void anEditedPlanIsRefused(String part, String edited, String message) throws IOException {
        String text = Files.readString(Path.of(plan));
        assertThat(text).contains(part);
        Path file = Files.writeString(folder.resolve("edited.json"), text.replace(part, edited));
        Captured run = Captured.run("explain", file.toString());
        assertThat(run.err()).contains(message).doesNotContain("Internal");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
    }

    /** JSON is YAML, too: what no plan is may still be a scenario. */
    @Test
    void aScenarioThatBeginsWithABraceIsAScenario() throws IOException {
        Path scenario = Files.writeString(folder.resolve("flow.yaml"), """
                {jobs: [{name: a, model: llama-3.1-8b, tokens: 1 T tokens, sequence: 4096, batch: 512 sequences,
                  precision: bf16, stack: megatron-core, measured: {h100: 1000 tokens/s/GPU}}],
                 pools: [{name: h100, node: hgx-h100, max: 64 nodes, rent: $2.00 /GPU/h}]}
                """);
        Captured run = Captured.run("explain", scenario.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("without it there is no plan");
        assertThat(Captured.run("explain", folder.resolve("none.json").toString())
                        .err())
                .contains("none.json:1:1: The file does not exist.");
        assertThat(Captured.run("explain", folder.resolve("none.yaml").toString())
                        .err())
                .contains("none.yaml:1:1: The file does not exist.");
    }

    /**
     * 277,778 GPU-hours; the cheap pool gives 80 GPUs &times; 24 h a day, the dear one costs a dollar an hour more: by hand
     * $1,920 for a day, and $11,520 for another cheap node over 60 days.
     */
    @Test
    void aLimitsPriceIsThatOfPartsOfNodes() throws IOException {
        Path scenario = Files.writeString(folder.resolve("two.yaml"), """
                jobs:
                  - name: run
                    model: llama-3.1-8b
                    tokens: 1 T tokens
                    sequence: 4096
                    batch: 512 sequences
                    precision: bf16
                    stack: megatron-core
                    measured: {cheap: 1000 tokens/s/GPU, dear: 1000 tokens/s/GPU}
                pools:
                  - {name: cheap, node: hgx-h100, max: 10 nodes, rent: $2.00 /GPU/h}
                  - {name: dear, node: hgx-h100, max: 100 nodes, rent: $3.00 /GPU/h}
                limits: {deadline: 60 d, power: 5 MW}
                """);
        JsonNode limits = json("explain", scenario.toString(), "-o", "json").get("limits");
        JsonNode day = named(limits, "name", "deadline").get("dual");
        assertThat(day.get("value").doubleValue()).isCloseTo(1_920, Percentage.withPercentage(2));
        assertThat(day.get("perUnit").stringValue()).isEqualTo("d");
        JsonNode node = named(limits, "name", "pools.cheap.max").get("dual");
        assertThat(node.get("value").doubleValue()).isCloseTo(11_520, Percentage.withPercentage(2));
        for (String idle : List.of("power", "pools.dear.max")) {
            assertThat(named(limits, "name", idle).get("dual").get("value").doubleValue())
                    .as(idle)
                    .isZero();
        }
    }

    @Test
    void aGuardReadsTheExplanation() {
        Captured run = Captured.run(
                "explain",
                plan,
                "--fail-if",
                "limits.deadline.binding = true",
                "--fail-if",
                "breakEven.pools.h20.rent.value < $0.10 /GPU/h");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.THRESHOLD_MISSED);
        assertThat(run.err().lines()).hasSize(1).first().asString().contains("limits.deadline.binding is true");
        assertThat(Captured.run("explain", plan, "--fail-if", "limits").err())
                .contains("not of the form NAME OP VALUE");
    }
}
