package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} refuses before any search. */
class PlanUsageTest {
    @TempDir
    private Path folder;

    private String scenario;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = folder.resolve("run.yaml").toString();
        Files.writeString(Path.of(scenario), Captured.run("init").out());
    }

    /** What the file states is taken away again; without a rent there is another way to nodes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pools.h800.own=4 nodes pools.h800.own=none",
                "jobs.pretrain.priority=3 jobs.pretrain.priority=none",
                "pools.h800.reserve.price=$1.50/GPU/h pools.h800.reserve.minimum=30d pools.h800.rent=none"
            })
    void noneTakesAValueAway(String settings) {
        List<String> arguments = new ArrayList<>(List.of("plan", scenario, "-o", "json"));
        for (String setting : settings.split(" (?=pools|jobs)")) {
            arguments.add("--set");
            arguments.add(setting);
        }
        Captured run = Captured.run(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--time      | 10               | has no unit",
                "--time      | soon             | does not start with a number",
                "--gap       | 1                | has no unit",
                "--gap       | 120%             | out of range",
                "--steps     | -1               | is negative",
                "--steps     | many             | --steps",
                "--seed      | 1.5              | --seed (1.5) is not a whole number from 0 on",
                "--seed      | -1               | --seed (-1) is not a whole number from 0 on",
                "--color     | red              | auto, always and never",
                "-o          | xml              | text and json",
                "--set       | limits.deadline  | path=value",
                "--set       | limits.dedline=4 d | limits.dedline",
                "--set       | limits.budget=.5 M | single quotes",
                "--catalog   | /no/such/folder  | does not exist",
                "--out-file  | /no/such/folder/f | does not exist",
                "--fail-if   | gap              | NAME OP VALUE",
                "--fail-if   | gap > 1          | (1) has no unit; expected a percentage",
                "--fail-if   | gap > 1 d        | (1 d) is a time; expected a percentage",
                "--fail-if   | totals.days > 60 | Maybe 60 d, or 60 h.",
                "--fail-if   | fleet.h800.nodes > 6 MW | (6 MW) is a power; expected a plain number",
                "--fail-if   | totals.usd > M   | single quotes",
                "--fail-if   | totals.eur > 1   | not in a plan",
                "--fail-if   | fleet.h100.nodes > 1 | not in a plan",
                "--fail-if   | status > feasible | orders words"
            })
    void aBadOptionIsRefused(String option, String value, String word) {
        Captured run = Captured.run("plan", scenario, option, value);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | file name given by SCENARIO is empty|not set",
                "run         | run:1:1: The file does not exist.|run.yaml.",
                "rum.yaml    | rum.yaml:1:1: The file does not exist.|run.yaml.",
                "other.yaml  | other.yaml:1:1: The file does not exist.|`muster init` writes one",
                "dangling    | The file is a symbolic link to (gone.yaml), which does not exist.|set it anew",
                "loop        | The file is a symbolic link that leads back to itself.|set the link anew"
            })
    void aScenarioThatCannotBeReadSaysWhy(String name, String reason, String maybe) throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("gone.yaml"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        Captured run =
                Captured.run("plan", name.isEmpty() ? "" : folder.resolve(name).toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains(reason).doesNotContain("java.").contains(maybe);
    }

    @Test
    void anOutputFileThatCannotBeWrittenSaysWhy() throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("gone.yaml"));
        assertThat(Captured.run("plan", scenario, "--out-file", "").err()).contains("given by --out-file is empty");
        assertThat(Captured.run(
                                "plan",
                                scenario,
                                "--out-file",
                                folder.resolve("dangling").toString())
                        .err())
                .contains("is a symbolic link to (gone.yaml), which does not exist.");
        assertThat(Captured.run("plan", scenario, "--out-file", scenario + "/plan")
                        .err())
                .contains("is no folder");
    }

    @Test
    void aFullDiskIsNoInternalError() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        Captured run = Captured.run("plan", scenario, "--out-file", "/dev/full");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INTERNAL_ERROR);
        assertThat(run.err())
                .startsWith("The output file (/dev/full) cannot be written: no space left on device.\n  Maybe ");
    }

    @Test
    void aFileIsNoCatalogue() {
        assertThat(Captured.run("plan", scenario, "--catalog", scenario).err())
                .contains("is a file, not a folder", "Maybe ");
        assertThat(Captured.run("plan", scenario, "--catalog", "").err()).contains("given by --catalog is empty");
    }

    @Test
    void aMissingFileIsBadInput() {
        Captured run = Captured.run("plan", folder.resolve("nope.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nope.yaml");
    }

    @Test
    void allProblemsOfAScenarioAreTold() throws IOException {
        String text = Files.readString(Path.of(scenario)).replace("75 d", "75").replace("hgx-h20", "hgx-h2O");
        Files.writeString(Path.of(scenario), text);
        Captured run = Captured.run("plan", scenario);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains("hgx-h2O", "(75)", "Maybe");
    }

    @Test
    void withoutAHomeThereIsNoCatalogue() {
        Captured run = Captured.run(Map.of(), Map.of(), "plan", scenario);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains("muster.home", "Maybe start Muster by ./muster");
    }

    @Test
    void topAndWithinAreChecked() {
        assertThat(Captured.run("plan", "x.yaml", "--top", "0").err()).contains("--top (0) must be from 1 to 100");
        assertThat(Captured.run("plan", "x.yaml", "--within", "5 %").err()).contains("--within goes with --top");
        assertThat(Captured.run("plan", "x.yaml", "--top", "3", "--within", "5 d")
                        .exitCode())
                .isEqualTo(ExitCodes.BAD_INPUT);
    }
}
