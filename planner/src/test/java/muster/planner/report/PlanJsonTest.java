package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import muster.planner.domain.PlanAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PlanJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static JsonNode parsed(PlanAnswer answer) {
        return MAPPER.readTree(PlanJson.of(answer));
    }

    private static JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String key : path.split("/")) {
            node = key.equals("0") ? node.get(0) : key.isEmpty() ? node : node.get(key);
        }
        return node;
    }

    @Test
    void feasiblePlanIsAsKept() throws IOException {
        Golden.assertSame("feasible.json", PlanJson.of(Answers.feasible()));
    }

    @Test
    void infeasibleAnswerIsAsKept() throws IOException {
        Golden.assertSame("infeasible.json", PlanJson.of(Answers.infeasible()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/; format,scenario,feasible,status,objective,bound,totals,fleet,jobs,costs,accounting,limits,increment,onePools,notes,"
                        + "provenance,inputs,run",
                "objective; name,value,unit",
                "bound; value,gapPercent,method",
                "totals; usd,days,gpuHours,energyKwh,carbonKg,powerWatts",
                "fleet/0; pool,node,gpu,nodes,gpus,acquisition,usd",
                "jobs/0; job,startDay,days,tokensPerSecond,mfuPercent,mfuBasis,gpuHours,usd,mixingLossPercent,"
                        + "stepSeconds,exchangeSeconds,spot,pools",
                "jobs/0/pools/0; pool,nodes,ownedNodes,boughtNodes,reservedNodes,rentedNodes,spotNodes,spareNodes,gpus,tokensPerSecond,share,stepSeconds,mfuPercent,mfuBasis,"
                        + "memoryBytesPerGpu,memoryLimitBytesPerGpu,layout,schedule,sequencesPerStep,microbatches,breakdown",
                "costs; rent,spot,reserve,capex,energy,network,space,staff,total",
                "limits/0; name,limit,value,unit,slack,binding",
                "increment/0; pool,nodes,acquisition,usd",
                "provenance/0; key,value,unit,source,date,confidence",
                "inputs; scenario,catalogue,hash",
                "inputs/catalogue; gpus,nodes,models,stacks,sites",
                "run; version,backend,laneBits,seed,steps,seconds,moves,evaluations,boxes,reproducible,interrupted,"
                        + "stage"
            })
    void everyKeyOfTheContractStandsInItsOrder(String path, String keys) {
        assertThat(at(parsed(Answers.feasible()), path).propertyNames()).containsExactly(keys.split(","));
    }

    @Test
    void theSameKeysStandWhereThereIsNoPlan() {
        JsonNode tree = parsed(Answers.infeasible());
        List<String> keys = tree.propertyNames().stream()
                .filter(key -> !key.equals("conflict"))
                .toList();
        assertThat(keys)
                .containsExactlyElementsOf(
                        parsed(Answers.feasible()).propertyNames().stream().toList());
        assertThat(tree.get("conflict").propertyNames())
                .containsExactly("limits", "minimal", "relaxations", "leaveOut", "leaveOutMinimal");
        for (String path : List.of("totals/usd", "costs/total", "objective/value", "bound/value", "bound/gapPercent")) {
            assertThat(at(tree, path).isNull()).as(path).isTrue();
        }
        assertThat(tree.get("feasible").booleanValue()).isFalse();
    }

    @Test
    void moneyIsExactAndAddsUp() {
        JsonNode tree = parsed(Answers.feasible());
        BigDecimal rent = new BigDecimal("4682194.444444");
        BigDecimal energy = new BigDecimal("51210.685764");
        assertThat(PlanJson.of(Answers.feasible())).contains("\"rent\": 4682194.444444,", "\"energy\": 51210.685764,");
        assertThat(at(tree, "costs/total").decimalValue()).isEqualByComparingTo(rent.add(energy));
        assertThat(at(tree, "totals/usd").decimalValue()).isEqualByComparingTo(rent.add(energy));
    }

    @Test
    void theGapIsTheOneOfTheContract() {
        // 100 × (4,733,405.130208 − 4,730,000) / 4,733,405.130208
        assertThat(at(parsed(Answers.feasible()), "bound/gapPercent").doubleValue())
                .isEqualTo(100 * (4_733_405.130208 - 4_730_000) / 4_733_405.130208);
    }

    @Test
    void whatTheModelDoesNotKnowIsNull() {
        JsonNode tree = parsed(Answers.optimal("Rented", "h800"));
        for (String path : List.of("totals/carbonKg", "jobs/0/stepSeconds", "jobs/0/pools/0/layout")) {
            assertThat(at(tree, path).isNull()).as(path).isTrue();
        }
        assertThat(at(tree, "jobs/0/mixingLossPercent").intValue()).isZero();
    }

    @Test
    void theIncrementLeavesOutWhatIsOwned() {
        JsonNode increment = parsed(Answers.feasible()).get("increment");
        assertThat(increment.size()).isEqualTo(2);
        assertThat(at(increment, "0").get("nodes").intValue()).isEqualTo(192);
    }

    @Test
    void everyFigureHasASource() {
        JsonNode provenance = parsed(Answers.feasible()).get("provenance");
        assertThat(provenance)
                .allSatisfy(row -> assertThat(row.get("source").stringValue()).isNotBlank());
        assertThat(provenance)
                .extracting(row -> row.get("key").stringValue())
                .contains(
                        "limits.budget",
                        "jobs.pretrain.measured.h20",
                        "pools.h800.rent",
                        "nodes.hgx-h800.trainingPower",
                        "sites.hall.energyPrice")
                .doesNotHaveDuplicates();
    }

    @Test
    void theHashIsOverTheSortedInputs() throws Exception {
        JsonNode inputs = parsed(Answers.feasible()).get("inputs");
        ObjectNode both = MAPPER.createObjectNode();
        both.set("scenario", inputs.get("scenario"));
        both.set("catalogue", inputs.get("catalogue"));
        both.findParents("source").stream()
                .filter(row -> row.get("source").stringValue().startsWith("scenario run.yaml:"))
                .forEach(row -> ((ObjectNode) row).put("source", "scenario"));
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(JsonText.canonical(both).getBytes(StandardCharsets.UTF_8));
        assertThat(inputs.get("hash").stringValue())
                .isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
    }

    @Test
    void namesSurviveTheirEscapes() {
        String title = "a \"quoted\\\" \t\u0001\u001b[31m\u007f\u009b2J\u2028 训练 🚀";
        String json = PlanJson.of(Answers.optimal(title, "h\"8\n00"));
        assertThat(json.chars().filter(unit -> unit != '\n')).noneMatch(Character::isISOControl);
        JsonNode tree = MAPPER.readTree(json);
        assertThat(tree.get("scenario").stringValue()).isEqualTo(title);
        assertThat(at(tree, "fleet/0/pool").stringValue()).isEqualTo("h\"8\n00");
    }

    @Test
    void aLoneSurrogateStaysValidUtf8() {
        String json = PlanJson.of(Answers.optimal("half \ud83d pair", "h800"));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
        assertThat(json).contains("half \\ud83d pair");
    }

    @Test
    void theTextEndsInOneNewline() {
        assertThat(PlanJson.of(Answers.feasible())).endsWith("}\n").doesNotEndWith("\n\n");
    }
}
