package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.CapacityPlanner;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.report.PlanJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same program in other units gets the same plan, to the byte. */
class OtherUnitsTest {
    private static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home", ".."), "cluster-profiles"), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void theSamePlan() throws Exception {
        compare(1, 100);
    }

    @Test
    @Tag("long")
    void theSamePlanOfTenThousand() throws Exception {
        compare(1_000_000, 10_000);
    }

    private void compare(long firstSeed, int count) throws Exception {
        int planned = 0;
        int respelled = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            String one = SpelledPrograms.text(seed, 0);
            String other = SpelledPrograms.text(seed, seed + 1);
            respelled += one.equals(other) ? 0 : 1;
            PlanAnswer answer = plan(one);
            planned += answer.plan().isPresent() ? 1 : 0;
            assertThat(bytes(plan(other)))
                    .as("seed %d:%n%s%nand%n%s", seed, one, other)
                    .isEqualTo(bytes(answer));
        }
        System.out.printf(
                "%d programs from seed %d, %d of them spelled in other units, get the same plans; %d have one.%n",
                count, firstSeed, respelled, planned);
        assertThat(respelled).isGreaterThan(count * 9 / 10);
        assertThat(Math.min(planned, count - planned)).isGreaterThan(count / 10);
    }

    private PlanAnswer plan(String text) throws IOException, ProfileException {
        Scenario scenario =
                ScenarioReader.read(Files.writeString(folder.resolve("program.yaml"), text), List.of(), CATALOGUE);
        return CapacityPlanner.plan(
                scenario,
                new SearchSettings(
                        scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                () -> false);
    }

    /** What the clock says and the text as it was written do differ. */
    private static String bytes(PlanAnswer answer) {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(PlanJson.of(answer));
        tree.remove("run");
        ((ObjectNode) tree.get("inputs")).remove("written");
        return tree.toPrettyString();
    }
}
