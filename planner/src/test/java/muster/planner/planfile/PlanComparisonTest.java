package muster.planner.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import muster.planner.domain.PlanDifference;
import muster.planner.domain.PlanDifference.Change;
import muster.planner.domain.PlanDifference.Leaf;
import muster.planner.profile.ProfileException;
import muster.planner.report.Answers;
import muster.planner.report.PlanJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PlanComparisonTest {
    private static final int TRIES = 30;
    private static final JsonMapper MAPPER = new JsonMapper();

    private static ObjectNode plan() {
        return (ObjectNode) MAPPER.readTree(PlanJson.of(Answers.feasible()));
    }

    private static PlanDifference compare(JsonNode a, JsonNode b) throws ProfileException {
        return PlanComparison.compare(file(a, "a.json"), file(b, "b.json"));
    }

    private static PlanFile file(JsonNode tree, String name) throws ProfileException {
        return PlanFile.of(Path.of(name), JsonFile.parse(MAPPER.writeValueAsBytes(tree), name));
    }

    private static Optional<Leaf> amount(String value) {
        return Optional.of(new Leaf.Amount(new BigDecimal(value)));
    }

    @Test
    void aPlanDoesNotDifferFromItself() throws ProfileException {
        assertThat(compare(plan(), plan()).changes()).isEmpty();
    }

    /** 40 GPU-hours more than 100 is 40 %; the sign follows the second file, whatever the sign of the first. */
    @Test
    void aChangeSaysHowMuch() throws ProfileException {
        ObjectNode a = plan();
        ObjectNode b = plan();
        ((ObjectNode) a.get("totals")).put("gpuHours", 100);
        ((ObjectNode) b.get("totals")).put("gpuHours", 140);
        Change change = compare(a, b).changes().getFirst();
        assertThat(change).isEqualTo(new Change("totals.gpuHours", amount("100"), amount("140"), ""));
        assertThat(change.deltaPercent())
                .hasValueSatisfying(percent -> assertThat(percent).isEqualByComparingTo("40"));
        assertThat(compare(b, a).changes().getFirst().deltaPercent())
                .hasValueSatisfying(
                        percent -> assertThat(percent.doubleValue()).isCloseTo(-100 * 40 / 140.0, within(1e-9)));
        ((ObjectNode) a.get("totals")).put("gpuHours", 0);
        assertThat(compare(a, b).changes().getFirst().deltaPercent()).isEmpty();
    }

    @Test
    void itemsAreMatchedByNameWhateverTheirOrder() throws ProfileException {
        ObjectNode b = plan();
        for (String list : List.of("fleet", "limits", "provenance")) {
            reverse((ArrayNode) b.get(list));
        }
        reverse((ArrayNode) b.get("inputs").get("scenario").get("pools"));
        assertThat(compare(plan(), b).changes()).isEmpty();
    }

    private static void reverse(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>(list.valueStream().toList());
        list.removeAll();
        items.reversed().forEach(list::add);
    }

    /** The pool has a row of owned and one of rented nodes; without the rented ones 192 become 0. */
    @Test
    void aPoolUsedInTwoWaysHasTwoPaths() throws ProfileException {
        ObjectNode b = plan();
        ArrayNode fleet = (ArrayNode) b.get("fleet");
        assertThat(fleet.get(1).get("acquisition").stringValue()).isEqualTo("rent");
        fleet.remove(1);
        assertThat(compare(plan(), b).changes())
                .extracting(Change::path)
                .containsExactly("fleet.h800.rent.nodes", "fleet.h800.rent.gpus", "fleet.h800.rent.usd");
        assertThat(compare(plan(), b).changes())
                .allSatisfy(change -> assertThat(change.b()).isEqualTo(amount("0")));
    }

    @Test
    void pricesAreAmongTheInputs() throws ProfileException {
        ObjectNode b = plan();
        ObjectNode pool =
                (ObjectNode) b.get("inputs").get("scenario").get("pools").get(0);
        BigDecimal before = pool.get("rentUsdPerGpuHour").decimalValue();
        pool.put("rentUsdPerGpuHour", before.add(BigDecimal.ONE));
        assertThat(compare(plan(), b).changes())
                .containsExactly(new Change(
                        "inputs.scenario.pools.h800.rentUsdPerGpuHour",
                        amount(before.toPlainString()),
                        amount(before.add(BigDecimal.ONE).toPlainString()),
                        "USD/GPU/h"));
    }

    @Test
    void whereAValueWasWrittenIsNoChange() throws ProfileException {
        String moved = PlanJson.of(Answers.feasible()).replace("scenario run.yaml:", "scenario other.yaml:4");
        assertThat(compare(plan(), MAPPER.readTree(moved)).changes()).isEmpty();
    }

    /** Any one number changed is exactly one change, found in both directions. */
    @Test
    void everyChangedLeafIsFoundAndNothingElse() throws ProfileException {
        SplittableRandom random = new SplittableRandom(8);
        int tried = 0;
        for (int round = 0; round < TRIES; round++) {
            ObjectNode b = plan();
            List<Runnable> edits = numbers(b, "", new ArrayList<>());
            edits.get(random.nextInt(edits.size())).run();
            List<Change> there = compare(plan(), b).changes();
            List<Change> back = compare(b, plan()).changes();
            assertThat(there).hasSize(1);
            assertThat(back)
                    .containsExactly(new Change(
                            there.getFirst().path(),
                            there.getFirst().b(),
                            there.getFirst().a(),
                            there.getFirst().unit()));
            tried++;
        }
        assertThat(tried).isEqualTo(TRIES);
    }

    /** What adds 1 to each number that is compared. */
    private static List<Runnable> numbers(JsonNode node, String path, List<Runnable> edits) {
        if (node instanceof ObjectNode group) {
            for (String key : group.propertyNames()) {
                String inner = path.isEmpty() ? key : path + "." + key;
                if (Stream.of("run", "provenance").noneMatch(inner::equals)) {
                    if (group.get(key).isNumber()) {
                        edits.add(() ->
                                group.put(key, group.get(key).decimalValue().add(BigDecimal.ONE)));
                    }
                    numbers(group.get(key), inner, edits);
                }
            }
        } else if (node.isArray()) {
            node.forEach(item -> numbers(item, path + ".", edits));
        }
        return edits;
    }

    @Test
    void jsonBytesAreReadAsUtf8() throws ProfileException {
        byte[] bytes = "{\"format\": \"müster\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(((JsonValue.Group) JsonFile.parse(bytes, "a.json")).findText("format"))
                .contains("müster");
    }
}
