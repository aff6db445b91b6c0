package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of {@code frontier} on the shipped scenario. */
class FrontierCommandTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
            .toString();

    @TempDir
    private Path folder;

    private static ObjectNode json(String... arguments) {
        Captured run = Captured.run(arguments);
        assertThat(run.err()).isEmpty();
        return (ObjectNode) new JsonMapper().readTree(run.out());
    }

    @Test
    void theShippedScenariosFrontierEndsInItsOptima() throws IOException {
        ObjectNode frontier = json("frontier", SHIPPED, "--axes", "cost,days", "-o", "json");
        JsonNode points = frontier.get("points");
        assertThat(frontier.get("proved").booleanValue()).isTrue();
        assertThat(points.size()).isBetween(2, 20);
        for (int index = 1; index < points.size(); index++) {
            assertThat(points.get(index).get("usd").doubleValue())
                    .isGreaterThan(points.get(index - 1).get("usd").doubleValue());
            assertThat(points.get(index).get("days").doubleValue())
                    .isLessThan(points.get(index - 1).get("days").doubleValue());
        }
        JsonNode cheapest = json("plan", SHIPPED, "-o", "json").get("totals");
        JsonNode fastest = json("plan", SHIPPED, "--set", "objective=[days, cost]", "-o", "json")
                .get("totals");
        assertThat(points.get(0).get("usd")).isEqualTo(cheapest.get("usd"));
        assertThat(points.get(points.size() - 1).get("days")).isEqualTo(fastest.get("days"));
        // A point's plan is a plan file as any other.
        JsonNode plan = points.get(1).get("plan");
        assertThat(plan.get("totals").get("usd")).isEqualTo(points.get(1).get("usd"));
        Path first = Files.writeString(
                folder.resolve("first.json"), points.get(0).get("plan").toString());
        Path second = Files.writeString(folder.resolve("second.json"), plan.toString());
        assertThat(Captured.run("diff", first.toString(), second.toString()).out())
                .contains("totals.days", "limits.deadline.limit");
        ObjectNode explained = json("explain", second.toString(), "-o", "json");
        assertThat(explained.get("totals")).isEqualTo(plan.get("totals"));
    }

    @Test
    void theSameInputGivesTheSameBytesButForTheRun() {
        List<ObjectNode> runs = List.of(
                json("frontier", SHIPPED, "--points", "4", "-o", "json"),
                json("frontier", SHIPPED, "--points", "4", "-o", "json"));
        runs.forEach(run -> run.remove("run"));
        assertThat(runs.getFirst()).isEqualTo(runs.getLast());
        assertThat(runs.getFirst().get("complete").booleanValue()).isFalse();
    }

    @Test
    void everyFormHasThePoints() {
        assertThat(Captured.run("frontier", SHIPPED, "--points", "3").out())
                .startsWith("DeepSeek-V3 official run\n")
                .contains(
                        "3 plans on the frontier of cost and days, proved",
                        "a day costs",
                        "192 h800",
                        "raise --points");
        assertThat(Captured.run("frontier", SHIPPED, "--points", "3", "-o", "csv")
                        .out()
                        .lines())
                .hasSize(4)
                .first()
                .isEqualTo("point,usd,days,powerWatts,gpuHours,energyKwh,fleet,status");
        assertThat(Captured.run("frontier", SHIPPED, "--points", "3", "-o", "md")
                        .out())
                .contains("| 192 h800 |");
        assertThat(Captured.run("frontier", SHIPPED, "--axes", "cost,power", "--points", "3", "-o", "html")
                        .out())
                .contains("<svg", "<polyline", "a kW costs");
    }

    @Test
    void anInfeasibleScenarioHasNoFrontierAndSaysWhy() {
        Captured run = Captured.run("frontier", SHIPPED, "--set", "limits.deadline=20 d", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INFEASIBLE);
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.get("points")).isEmpty();
        assertThat(json.get("status").stringValue()).isEqualTo("infeasible");
        assertThat(json.get("conflict").get("limits").toString()).contains("deadline");
        assertThat(Captured.run("frontier", SHIPPED, "--set", "limits.deadline=20 d")
                        .out())
                .contains("Infeasible, proved", "Limits in conflict");
    }

    @Test
    void badUsageIsNamed() {
        assertThat(Captured.run("frontier", SHIPPED, "--axes", "cost,dayz").err())
                .isEqualTo("(dayz) given by --axes is no axis.\n  Maybe days.\n");
        assertThat(Captured.run("frontier", SHIPPED, "--axes", "cost").err()).contains("names one axis");
        assertThat(Captured.run("frontier", SHIPPED, "--axes", "cost,cost").err())
                .contains("names cost twice");
        assertThat(Captured.run("frontier", SHIPPED, "--points", "1").err()).contains("--points (1) must be");
        assertThat(Captured.run("frontier", SHIPPED, "--points", "1").exitCode())
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(Captured.run("frontier", "none.yaml").err()).contains("none.yaml:1:1: The file does not exist.");
    }
}
