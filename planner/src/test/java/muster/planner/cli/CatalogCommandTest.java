package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theListNamesWhatScriptsRelyOn() {
        Captured run = Captured.run("catalog", "list");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("hgx-h800", "hgx-h100", "hgx-h20", "deepseek-v3", "megatron-core", "gpt-3-175b", "hgx-a100");
    }

    @Test
    void anEntryShowsEachValueWithItsSource() {
        JsonNode entry = json("catalog", "show", "h800").get("entries").get(0);
        assertThat(entry.get("figures"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.propertyNames())
                        .startsWith("key", "value", "unit", "source", "date", "confidence"));
        JsonNode doublePrecision = figure(entry, "flops.fp64");
        assertThat(doublePrecision.get("value").asDouble()).isEqualTo(1e12);
        assertThat(doublePrecision.get("others").get(0).get("value").asDouble()).isEqualTo(29.65e12);
        assertThat(doublePrecision.get("because").asString()).isNotBlank();
        assertThat(entry.get("exportControls").get(0).get("when").asString()).isEqualTo("2023-03-21");
        assertThat(entry.get("quotes").get(0).get("unit").asString()).isEqualTo("USD");
        assertThat(entry.get("aliases").get(0).asString()).isEqualTo("H800-80GB");
        assertThat(Captured.run("catalog", "show", "hgx-h800").out()).contains("trainingPower", "confidence ");
        assertThat(Captured.run("catalog", "show", "h800").out()).contains("not 29.65 TFLOP/s:", "because ");
    }

    @Test
    void otherNamesAreFound() {
        assertThat(Captured.run("catalog", "show", "H100-80GB").out()).startsWith("NVIDIA H100 SXM5 80GB (gpu h100)");
        assertThat(Captured.run("catalog", "show", "dgx h100").out()).contains("(node hgx-h100)");
    }

    @Test
    void theListIsFilteredByKindAndGpu() {
        JsonNode entries = json("catalog", "list", "--gpu", "H800-80GB").get("entries");
        assertThat(names(entries))
                .contains("h800", "hgx-h800", "china", "neoclouds")
                .doesNotContain("h100", "hgx-h100");
        assertThat(names(json("catalog", "list", "--gpu", "h800", "--kind", "gpu,node")
                        .get("entries")))
                .containsExactly("h800", "hgx-h800");
        assertThat(names(json("catalog", "list", "--kind", "gpu", "--conflicts").get("entries")))
                .contains("h800", "h20", "b300")
                .doesNotContain("h200");
        assertThat(names(json("catalog", "list", "--kind", "node", "--assumed").get("entries")))
                .contains("hgx-h20")
                .doesNotContain("hgx-x");
        assertThat(Captured.run("catalog", "list", "--kind", "gpus").err()).contains("no kind (gpus)", "Maybe gpu.");
        assertThat(Captured.run("catalog", "list", "--gpu", "h801").exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    }

    /** In us.yaml the colocation rent is of 2024-12, the energy price of 2025 and the PUE of 2024. */
    @Test
    void agesAreCountedFromTheDayGiven() {
        String[] command = {"catalog", "list", "--kind", "site", "--stale", "180d", "--as-of", "2025-05-31"};
        JsonNode us = named(json(command).get("entries"), "us");
        assertThat(us.get("stale"))
                .extracting(row ->
                        row.get("key").asString() + " " + row.get("ageDays").asInt())
                .contains("colocation 181", "pue 516")
                .noneMatch(row -> row.startsWith("energyPrice"));
        assertThat(Captured.run(command).out()).contains("older than 180 d on 2025-05-31.", "516 d");
    }

    @Test
    void withoutADayAgesCountFromTheNewestDateOfTheWholeCatalogue() {
        JsonNode sites = json("catalog", "list", "--kind", "site", "--stale", "1d");
        JsonNode all = json("catalog", "list", "--stale", "1d");
        assertThat(sites.get("asOf").asString())
                .isEqualTo(all.get("asOf").asString())
                .matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(names(sites.get("entries"))).contains("us");
        assertThat(json("catalog", "check", "--stale", "180d").get("stale")).isNotEmpty();
        assertThat(Captured.run("catalog", "check", "--stale", "180d").exitCode())
                .isZero();
    }

    @Test
    void agesAndDaysThatAreNoneAreRefused() {
        assertThat(Captured.run("catalog", "list", "--stale", "180").err()).contains("--stale (180)", "Maybe ");
        assertThat(Captured.run("catalog", "list", "--stale", "1d", "--as-of", "today")
                        .err())
                .contains("--as-of (today) is not a date.");
    }

    @Test
    void aBrokenReplacementIsSaidAndTheShippedEntryShown() throws IOException {
        Files.createDirectories(folder.resolve("gpus"));
        Files.writeString(folder.resolve("gpus/h800.yaml"), "extends: h800\nmemory: much\n");
        Captured list = Captured.run("catalog", "list", "--kind", "gpu", "--catalog", folder.toString());
        assertThat(list.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(list.err()).contains("h800.yaml:2:9: memory");
        assertThat(list.out()).contains("(shipped;", "h100");
        Captured show = Captured.run("catalog", "show", "h800", "--catalog", folder.toString());
        assertThat(show.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(show.out()).contains("as shipped, since ");
    }

    private static JsonNode json(String... command) {
        String[] asked = Arrays.copyOf(command, command.length + 2);
        asked[command.length] = "-o";
        asked[command.length + 1] = "json";
        return new JsonMapper().readTree(Captured.run(asked).out());
    }

    private static JsonNode figure(JsonNode entry, String key) {
        return stream(entry.get("figures"))
                .filter(figure -> figure.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode named(JsonNode entries, String name) {
        return stream(entries)
                .filter(entry -> entry.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode entries) {
        return stream(entries).map(entry -> entry.get("name").asString()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Test
    void aMistypedNameGetsASuggestion() {
        Captured run = Captured.run("catalog", "show", "hgx-h8oo");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no entry (hgx-h8oo)", "Maybe hgx-h800.");
    }

    @Test
    void aNameIsNoPath() {
        assertThat(Captured.run("catalog", "show", "../gpus/h800").exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    }

    @Test
    void theShippedCatalogueIsSound() {
        Captured run = Captured.run("catalog", "check");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("read, no problems.\n");
    }

    @Test
    void aBrokenEntryIsFound() throws IOException {
        Files.createDirectories(folder.resolve("gpus"));
        Files.writeString(folder.resolve("gpus/h900.yaml"), "gpu: {}\n");
        Captured text = Captured.run("catalog", "check", "--catalog", folder.toString());
        assertThat(text.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("h900.yaml:");
        Captured json = Captured.run("catalog", "check", "--catalog", folder.toString(), "-o", "json");
        assertThat(json.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(new JsonMapper().readTree(json.out()).get("problems")).isNotEmpty();
    }

    @Test
    void everyKindHasASchema() {
        for (String kind : new String[] {"scenario", "gpu", "node", "model", "stack", "site", "market"}) {
            assertThat(new JsonMapper()
                            .readTree(Captured.run("schema", kind).out())
                            .has("$schema"))
                    .as(kind)
                    .isTrue();
        }
        assertThat(Captured.run("schema").out())
                .isEqualTo(Captured.run("schema", "scenario").out());
        assertThat(Captured.run("schema", "fleet").exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    }
}
