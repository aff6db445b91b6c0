package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import muster.planner.domain.Accounting;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;
import muster.planner.domain.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    @TempDir
    Path folder;

    /** 3 M samples of 2,000 tokens; prompts are not counted. */
    @Test
    void samplesBecomeOutputTokens() throws ProfileException {
        Path file = ShippedFiles.write(folder, "generating.yaml", ShippedFiles.GENERATING_SCENARIO);
        Job job = ScenarioReader.read(
                        file, List.of(Setting.parse("jobs.rollouts.samples=3 M")), ShippedFiles.catalogue())
                .jobs()
                .getFirst();
        assertThat(job.tokens().value()).isEqualTo(6e9);
        assertThat(job.modelled()).containsExactly("h800");
        assertThat(((Work.Generation) job.work()).longestContextTokens()).isEqualTo(9_024);
    }

    @Test
    void theShippedScenarioReadsInBaseUnits() throws ProfileException {
        Scenario scenario = ScenarioReader.read(ShippedFiles.SCENARIO, List.of(), ShippedFiles.catalogue());

        assertThat(scenario.title()).isEqualTo("DeepSeek-V3 official run");
        assertThat(scenario.pools()).extracting(Pool::name).containsExactly("h800", "h100", "h20");
        assertThat(scenario.objectives()).containsExactly(Objective.COST);
        assertThat(scenario.notes()).isEmpty();
        Job job = scenario.jobs().getFirst();
        assertThat(job.tokens().value()).isEqualTo(14.8e12);
        assertThat(job.measured()).isEmpty();
        assertThat(job.modelled()).containsExactly("h800", "h100", "h20");
        Pool h800 = scenario.pools().getFirst();
        assertThat(h800.rentUsdPerGpuHour().orElseThrow().value()).isEqualTo(2);
        assertThat(h800.node().trainingPowerWatts().value()).isEqualTo(6849);
        assertThat(h800.node().fabricBytesPerSecondPerGpu().value()).isEqualTo(50e9);
        assertThat(h800.node().gpu().linkBytesPerSecond().value()).isEqualTo(200e9);
        assertThat(h800.powerUsageEffectiveness().value()).isEqualTo(1.25);
        assertThat(scenario.limits().deadlineSeconds().orElseThrow().value()).isEqualTo(75 * 86_400.0);
    }

    /** 256 nodes × 8 GPUs × 1543 tokens/s, published; 14.8 T tokens / 3.16 M tokens/s = 54.2 d; × 2048 × 24 × $2 = $5.33 M. */
    @Test
    void theShippedScenarioIsFeasibleOnH800Alone() throws ProfileException {
        Scenario scenario = ScenarioReader.read(ShippedFiles.SCENARIO, List.of(), ShippedFiles.catalogue());
        Pool pool = scenario.pools().getFirst();
        Job job = scenario.jobs().getFirst();
        double gpus = pool.maxNodes().value() * pool.node().gpusPerNode().value();
        double seconds = job.tokens().value() / (gpus * 1543);
        double usd =
                gpus * seconds / 3600 * pool.rentUsdPerGpuHour().orElseThrow().value();
        double watts =
                pool.maxNodes().value() * pool.node().trainingPowerWatts().value() * 1.25;

        assertThat(seconds)
                .isLessThan(scenario.limits().deadlineSeconds().orElseThrow().value());
        assertThat(usd).isBetween(5.32e6, 5.34e6);
        assertThat(watts)
                .isLessThan(scenario.limits().powerWatts().orElseThrow().value());
    }

    @Test
    void valuesKnowWhereTheyStand() throws ProfileException {
        Scenario scenario = small("");
        String file = scenario.file();

        assertThat(scenario.limits().budgetUsd())
                .contains(new Figure(8e6, BaseUnit.USD, new Origin("scenario " + file + ":15", "", Confidence.HIGH)));
        assertThat(scenario.pools().getFirst().ownNodes().origin().source()).isEqualTo("default: docs/model.md#pools");
        assertThat(scenario.pools()
                        .getFirst()
                        .powerUsageEffectiveness()
                        .origin()
                        .source())
                .isEqualTo("default: docs/model.md#power");
    }

    @Test
    void spotSpareAndPriorityAreRead() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "terms.yaml",
                        ShippedFiles.SMALL_SCENARIO
                                .replace("precision: fp8", "precision: fp8\n    priority: 7")
                                .replace(
                                        "rent: $2.00 /GPU/h",
                                        "spare: 3 %, spot: {price: $1.20 /GPU/h, eviction: 12 %/d, restart: 5 min}")),
                List.of(),
                ShippedFiles.catalogue());

        assertThat(scenario.jobs().getFirst().priority()).isEqualTo(7);
        Pool pool = scenario.pools().getFirst();
        assertThat(pool.rentUsdPerGpuHour()).isEmpty();
        assertThat(pool.spareNodes(64)).isEqualTo(2);
        Supply.Spot spot = pool.supply().spot().orElseThrow();
        assertThat(spot.usdPerGpuHour().value()).isEqualTo(1.2);
        assertThat(spot.evictionsPerHour().value()).isEqualTo(0.005);
        assertThat(spot.restartSeconds().value()).isEqualTo(300);
        assertThat(spot.checkpointSeconds().value()).isEqualTo(40);
        assertThat(spot.checkpointSeconds().origin().source()).startsWith("default: docs/model.md#spot-nodes");
    }

    @Test
    void aValueMayNameItsSource() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "sourced.yaml",
                        ShippedFiles.SMALL_SCENARIO.replace(
                                "budget: $8 M",
                                "budget: {value: $8 M, source: the board, date: 2026-10, confidence: medium, note: n}")),
                List.of(),
                ShippedFiles.catalogue());

        assertThat(scenario.limits().budgetUsd().orElseThrow().origin())
                .isEqualTo(new Origin("the board", "2026-10", Confidence.MEDIUM));
    }

    @Test
    void datesCountFromTheStart() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "dated.yaml",
                        "start: 2027-01-01\n" + ShippedFiles.SMALL_SCENARIO.replace("75 d", "2027-03-01")),
                List.of(),
                ShippedFiles.catalogue());

        assertThat(scenario.start()).contains(LocalDate.of(2027, 1, 1));
        assertThat(scenario.limits().deadlineSeconds().orElseThrow().value()).isEqualTo(59 * 86_400.0);
    }

    @Test
    void everyShippedScenarioIsRead() throws IOException, ProfileException {
        try (Stream<Path> files = Files.list(ShippedFiles.CATALOGUE.resolve("scenarios"))) {
            for (Path file : files.toList()) {
                assertThat(ScenarioReader.read(file, List.of(), ShippedFiles.catalogue())
                                .jobs())
                        .as("%s", file)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void termsTranchesAndCapsAreKeptInBaseUnits() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "terms.yaml",
                        ShippedFiles.SMALL_SCENARIO.replace(
                                        ", rent: $2.00 /GPU/h",
                                        ", site: hall, buy: {price: $250 k/node, life: 4 y, residual: 20 %, lead: 90 d,"
                                                + " financing: 8 %}, reserve: {price: $1.60 /GPU/h, minimum: 365 d},"
                                                + " available: [{from: 0 d, nodes: 16}, {from: 90 d, nodes: 48 nodes}]")
                                + "sites: [{name: hall, power: 3 MW, racks: 80, rackPower: 40 kW}]\naccounting: cash\n"),
                List.of(Setting.parse("pools.h800.buy.lead=60 d")),
                ShippedFiles.catalogue());
        Pool pool = scenario.pools().getFirst();
        Supply.Purchase buy = pool.supply().buy().orElseThrow();
        assertThat(buy.usdPerNode().value()).isEqualTo(250_000);
        assertThat(buy.lifeSeconds().value()).isEqualTo(4 * 365 * 86_400.0);
        assertThat(buy.residualFraction().value()).isEqualTo(0.2);
        assertThat(buy.leadSeconds().value()).isEqualTo(60 * 86_400.0);
        assertThat(buy.financingFractionPerYear().value()).isEqualTo(0.08);
        assertThat(pool.supply().reserve().orElseThrow().usdPerGpuHour().value())
                .isEqualTo(1.6);
        assertThat(pool.supply().available())
                .extracting(tranche -> tranche.nodes().asInt())
                .containsExactly(16, 48);
        Site.Caps caps = pool.site().orElseThrow().caps();
        assertThat(caps.powerWatts().orElseThrow().value()).isEqualTo(3e6);
        assertThat(caps.racks().orElseThrow().asInt()).isEqualTo(80);
        assertThat(pool.site().orElseThrow().nodesPerRack(pool.node())).isEqualTo(5);
        assertThat(scenario.accounting()).isEqualTo(Accounting.CASH);
        assertThat(scenario.notes())
                .containsExactly("pools.h800.buy.financing is not charged: cash accounting pays at once");
    }

    @Test
    void aBatchInTokensIsDividedByTheSequence() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "tokens.yaml",
                        ShippedFiles.SMALL_SCENARIO.replace("15360 sequences", "62914560 tokens")),
                List.of(),
                ShippedFiles.catalogue());

        assertThat(scenario.jobs().getFirst().training().batchSequences().value())
                .isEqualTo(15360);
    }

    @Test
    void poolsThatCannotRunAJobAreNoted() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "noted.yaml",
                        ShippedFiles.SMALL_SCENARIO
                                .replace("measured: {h800:", "measured: {old: 900 tokens/s/GPU, h800:")
                                .replace("limits:", """
                                          - {name: h20, node: hgx-h20, max: 8 nodes, own: 8 nodes}
                                          - name: old
                                            own: 4 nodes
                                            max: 4 nodes
                                            node:
                                              extends: hgx-h100
                                              gpu:
                                                flops: {bf16: 312 TFLOP/s}
                                                memory: 80 GB
                                                memoryBandwidth: 2 TB/s
                                                linkBandwidth: {value: 600 GB/s, direction: both}
                                                boardPower: 400 W
                                        limits:""")),
                List.of(),
                ShippedFiles.catalogue());

        assertThat(scenario.notes()).containsExactly("pool old cannot run job pretrain: its GPU (old) lacks fp8");
        assertThat(scenario.jobs().getFirst().measured()).containsOnlyKeys("h800");
        assertThat(scenario.jobs().getFirst().modelled()).containsExactly("h20");
    }

    @Test
    void sitesOfTheScenarioComeFirst() throws ProfileException {
        Scenario scenario = ScenarioReader.read(
                ShippedFiles.write(
                        folder,
                        "sites.yaml",
                        ShippedFiles.SMALL_SCENARIO.replace("$2.00 /GPU/h", "$2.00 /GPU/h, site: north")
                                + "sites: [{name: north, pue: 1.1, energyPrice: $70 /MWh, carbon: 20 g/kWh}]\n"
                                + "objective: [carbon, cost]\nseed: 7\nfutures: none\naccounting: cash\n"),
                List.of(),
                ShippedFiles.catalogue());

        Pool pool = scenario.pools().getFirst();
        assertThat(pool.powerUsageEffectiveness().value()).isEqualTo(1.1);
        assertThat(pool.site().orElseThrow().usdPerKwh().orElseThrow().value()).isEqualTo(0.07);
        assertThat(scenario.objectives()).containsExactly(Objective.CARBON, Objective.COST);
        assertThat(scenario.seed()).isEqualTo(7);
    }

    private Scenario small(String more) throws ProfileException {
        return ScenarioReader.read(
                ShippedFiles.write(folder, "small.yaml", ShippedFiles.SMALL_SCENARIO + more),
                List.of(),
                ShippedFiles.catalogue());
    }
}
