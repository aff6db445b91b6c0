package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of {@code diff} on plans of the shipped scenario. */
class DiffCommandTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
            .toString();

    @TempDir
    private static Path folder;

    private static String before;
    private static String after;

    @BeforeAll
    static void plan() {
        before = planned("before.json");
        after = planned("after.json", "--set", "pools.h100.rent=$1.60 /GPU/h");
    }

    private static String planned(String name, String... settings) {
        String file = folder.resolve(name).toString();
        List<String> arguments = new ArrayList<>(List.of("plan", SHIPPED, "-o", "json", "--out-file", file));
        arguments.addAll(List.of(settings));
        assertThat(Captured.run(arguments.toArray(String[]::new)).exitCode()).isEqualTo(ExitCodes.DONE);
        return file;
    }

    @Test
    void fleetCostAndPricesThatChangedAreListed() {
        Captured run = Captured.run("diff", before, after, "-o", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.get("format").stringValue()).isEqualTo("muster/diff/1");
        JsonNode price = change(json, "inputs.scenario.pools.h100.rentUsdPerGpuHour");
        assertThat(price.get("a").decimalValue()).isEqualByComparingTo("2.35");
        assertThat(price.get("b").decimalValue()).isEqualByComparingTo("1.6");
        assertThat(price.get("deltaPercent").doubleValue()).isCloseTo(100 * (1.6 - 2.35) / 2.35, within(1e-9));
        assertThat(change(json, "fleet.h800.nodes").get("b").intValue()).isZero();
        assertThat(change(json, "totals.usd").get("deltaPercent").doubleValue()).isNegative();
    }

    private static JsonNode change(JsonNode json, String path) {
        return json.get("changes")
                .valueStream()
                .filter(change -> change.get("path").stringValue().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No change of " + path));
    }

    @Test
    void everyFormHasTheChanges() {
        assertThat(Captured.run("diff", before, after).out())
                .startsWith("From ")
                .contains("Asked differently", "$2.35 /GPU/h  $1.60 /GPU/h  -31.91 %", "fleet.h800.nodes");
        assertThat(Captured.run("diff", before, after, "-o", "csv").out())
                .startsWith("path,a,b,unit,deltaPercent\r\n")
                .contains("fleet.h800.nodes,192,0,,-100\r\n");
        assertThat(Captured.run("diff", before, after, "-o", "md").out())
                .startsWith("# From ")
                .contains("| ---: |");
        assertThat(Captured.run("diff", before, after, "-o", "html").out())
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "fleet.h800.nodes");
    }

    @Test
    void samePlansDoNotDiffer() {
        assertThat(Captured.run("diff", before, before).out()).contains("Nothing changed");
    }

    @Test
    void bothFilesAreJudgedAtOnce() throws IOException {
        Path other = folder.resolve("other.json");
        Files.writeString(other, "{\n  \"format\": \"muster/frontier/1\"}");
        Captured run = Captured.run(
                "diff", other.toString(), folder.resolve("none.json").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(other + ":2:13: The format (muster/frontier/1) is not muster/plan/1", "jq '.points[0].plan'")
                .contains("none.json:1:1: The file does not exist.");
        assertThat(Captured.run("diff", SHIPPED, before).err()).contains("This is not JSON");
        assertThat(Captured.run("diff", before).exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    }

    @Test
    void aCutPlanNamesAllThatItLacks() throws IOException {
        Path cut = folder.resolve("cut.json");
        Files.writeString(cut, "{\"format\": \"muster/plan/1\", \"totals\": []}");
        assertThat(Captured.run("diff", cut.toString(), before).err())
                .contains("has no \"fleet\"", "has no \"limits\"", "\"totals\" must be an object, not a list");
    }

    @Test
    void aGuardSeesWhatChangedAndWhatDidNot() {
        Captured dearer = Captured.run("diff", after, before, "--fail-if", "changes.totals.usd.deltaPercent > 5 %");
        assertThat(dearer.exitCode()).isEqualTo(ExitCodes.THRESHOLD_MISSED);
        assertThat(dearer.err()).contains("changes.totals.usd.deltaPercent is 25.07");
        assertThat(dearer.out()).startsWith("From ");
        assertThat(Captured.run("diff", before, after, "--fail-if", "changes.totals.usd.deltaPercent > 5 %")
                        .exitCode())
                .isEqualTo(ExitCodes.DONE);
        assertThat(Captured.run("diff", before, before, "--fail-if", "changes.totals.usd.deltaPercent > 5 %")
                        .exitCode())
                .isEqualTo(ExitCodes.DONE);
        Captured misspelt = Captured.run("diff", before, before, "--fail-if", "changes.total.usd.deltaPercent > 5 %");
        assertThat(misspelt.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(misspelt.err()).contains("is not in the changes between these plans");
        assertThat(misspelt.out()).isEmpty();
    }
}
