package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        JsonNode entries = new JsonMapper()
                .readTree(Captured.run("catalog", "show", "hgx-h800", "-o", "json")
                        .out())
                .get("entries");
        assertThat(entries.get(0).get("figures"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.propertyNames())
                        .containsExactly("key", "value", "unit", "source", "date", "confidence"));
        assertThat(Captured.run("catalog", "show", "hgx-h800").out()).contains("trainingPower", "confidence ");
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
        for (String kind : new String[] {"scenario", "gpu", "node", "model", "stack", "site"}) {
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
