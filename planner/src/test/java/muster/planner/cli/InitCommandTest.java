package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Scenario;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theScenarioCanBeRead() throws ProfileException {
        Path file = folder.resolve("2048");
        Captured run = Captured.run("init", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        Catalogue catalogue =
                Catalogue.open(Path.of(System.getProperty("muster.home"), "cluster-profiles"), Optional.empty());
        Scenario scenario = ScenarioReader.read(folder.resolve("2048.yaml"), List.of(), catalogue);
        assertThat(scenario.title()).isEqualTo("2048");
        assertThat(scenario.pools()).hasSize(2);
    }

    @Test
    void theHintCanBeRunAsPrinted() throws IOException {
        Path file = Files.createDirectory(folder.resolve("it's here")).resolve("run");
        Captured run = Captured.run(
                Map.of(),
                Map.of("muster.command", "../x/muster", "muster.home", System.getProperty("muster.home")),
                "init",
                file.toString());
        assertThat(run.err()).endsWith("Plan it: ../x/muster plan '" + folder + "/it'\\''s here/run.yaml'\n");
    }

    @Test
    void editorsFindTheSchemaFromWhereverTheFileIs() throws IOException {
        Path run = Files.createDirectories(folder.resolve("a/b")).resolve("run");
        assertThat(Captured.run("init", run.toString()).exitCode()).isZero();
        String head = Files.readAllLines(folder.resolve("a/b/run.yaml")).getFirst();
        assertThat(head)
                .startsWith("# yaml-language-server: $schema=")
                .endsWith("cluster-profiles/schemas/scenario.json");
        assertThat(folder.resolve("a/b").resolve(head.substring(head.indexOf('=') + 1)))
                .isRegularFile();
        String printed = Captured.run("init").out().lines().findFirst().orElseThrow();
        assertThat(Path.of(printed.substring(printed.indexOf('=') + 1))).isRegularFile();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");
        Captured run = Captured.run("init", folder.resolve("mine").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains("exists and is left as it is");
        assertThat(file).hasContent("mine");
    }

    @Test
    void withoutANameItGoesToStdout() {
        assertThat(Captured.run("init").out()).contains("scenario: 'My run'", "# sites:");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThat(Captured.run("init", folder.resolve("a: 'b").toString()).exitCode())
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(Captured.run("init", folder.resolve("none/x").toString()).exitCode())
                .isEqualTo(ExitCodes.BAD_INPUT);
    }
}
