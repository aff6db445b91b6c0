package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Confidence;
import muster.planner.domain.DatedEvent;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Market;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Quote;
import muster.planner.domain.Site;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is shipped of hardware, places and prices against what such things can be. */
class ShippedHardwareTest {
    private static final Catalogue CATALOGUE = ShippedFiles.catalogue();
    private static CatalogueListing listing;

    @BeforeAll
    static void readEverything() {
        listing = CATALOGUE.list(List.of(Kind.values()));
    }

    /** What a generation's full-size parts can do: dense BF16 in FLOP/s and memory bandwidth in B/s, lowest and highest. */
    private record Band(double lowFlops, double highFlops, double lowMemory, double highMemory) {}

    private static final Map<String, Band> BANDS = Map.of(
            "ampere", new Band(300e12, 320e12, 1.5e12, 2.1e12),
            "hopper", new Band(140e12, 1000e12, 1.9e12, 4.9e12),
            "ada", new Band(100e12, 370e12, 0.8e12, 1e12),
            "blackwell", new Band(2200e12, 2600e12, 7.5e12, 8.1e12),
            "blackwell-ultra", new Band(2200e12, 2600e12, 7.5e12, 8.1e12),
            "cdna3", new Band(1200e12, 1400e12, 5e12, 6.1e12),
            "ascend-910", new Band(250e12, 800e12, 1.2e12, 3.3e12));

    @Test
    void nothingShippedHasAProblem() {
        assertThat(CATALOGUE.check(listing).problems()).isEmpty();
        assertThat(listing.found()).hasSize(listing.read());
    }

    @Test
    void theHardwareThatPlannersAskForIsThere() {
        assertThat(CATALOGUE.names(Kind.GPU))
                .contains("h800", "h100", "h100-pcie", "h20", "h20-141gb", "h200", "a100", "a100-40gb", "a100-pcie")
                .contains("a800", "b200", "b300", "gb200", "gb300", "gh200", "l40s", "mi300x", "mi325x")
                .contains("ascend-910b", "ascend-910c");
        assertThat(CATALOGUE.names(Kind.NODE))
                .contains("hgx-h800", "hgx-h100", "hgx-h20", "hgx-h200", "hgx-a100", "hgx-b200", "hgx-b300")
                .contains("gb200-nvl72", "gb300-nvl72", "gh200-4", "pcie-a100", "pcie-h100", "pcie-l40s");
    }

    /** Names as published measurements write them. */
    @ParameterizedTest
    @CsvSource({
        "H100-80GB, h100",
        "A100, a100",
        "A100-80GB, a100",
        "A100-40GB, a100-40gb",
        "A100-PCIe, a100-pcie",
        "GH200-96GB, gh200",
        "GB200, gb200",
        "GB300, gb300",
        "B200, b200",
        "B300, b300",
        "H800-80GB, h800",
        "A100 SXM4 80 GB, a100",
        "H20-96GB, h20",
        "H200-141GB, h200"
    })
    void measurementsFindTheirGpu(String written, String name) {
        assertThat(CATALOGUE.nameOf(Kind.GPU, written)).contains(name);
    }

    @Test
    void ratesAndBandwidthsAreThoseOfTheGeneration() {
        for (Gpu gpu : all(Gpu.class)) {
            Band band = BANDS.get(gpu.generation());
            assertThat(band)
                    .as("a band for generation %s of %s", gpu.generation(), gpu.name())
                    .isNotNull();
            assertThat(gpu.flopsPerSecond().get(Precision.BF16).value())
                    .as("BF16 of %s", gpu.name())
                    .isBetween(band.lowFlops(), band.highFlops());
            assertThat(gpu.memoryBytesPerSecond().value())
                    .as("memory bandwidth of %s", gpu.name())
                    .isBetween(band.lowMemory(), band.highMemory());
            assertThat(gpu.memoryBytes().value()).as(gpu.name()).isBetween(40e9, 300e9);
            assertThat(gpu.boardPowerWatts().value()).as(gpu.name()).isBetween(250.0, 1400.0);
            assertThat(gpu.linkBytesPerSecond().value()).as(gpu.name()).isBetween(30e9, 900e9);
        }
    }

    /** A sparse rate in one format and a dense one in another show as a ratio of 1 or 4. */
    @Test
    void formatsOfHalfTheWidthAreTwiceAsFast() {
        for (Gpu gpu : all(Gpu.class)) {
            assertThat(ratio(gpu, Precision.FP16, Precision.BF16).orElse(1.0))
                    .as(gpu.name())
                    .isEqualTo(1);
            for (Optional<Double> doubled : List.of(
                    ratio(gpu, Precision.BF16, Precision.TF32),
                    ratio(gpu, Precision.FP8, Precision.BF16),
                    ratio(gpu, Precision.MXFP8, Precision.BF16))) {
                assertThat(doubled.orElse(2.0)).as(gpu.name()).isEqualTo(2, within(0.03));
            }
            // Blackwell Ultra does three times FP8 in NVFP4, Blackwell twice.
            assertThat(ratio(gpu, Precision.NVFP4, Precision.FP8).orElse(2.0))
                    .as(gpu.name())
                    .isBetween(1.99, 3.01);
        }
    }

    @Test
    void onlyPartsMadeForItDoFp8() {
        for (Gpu gpu : all(Gpu.class)) {
            boolean old = List.of("ampere", "ascend-910").contains(gpu.generation());
            assertThat(gpu.supports(Precision.FP8)).as(gpu.name()).isEqualTo(!old);
        }
    }

    @Test
    void disagreementsAreWithinReason() {
        List<String> disputed = new ArrayList<>();
        for (CatalogueListing.Found found : listing.found()) {
            found.entry()
                    .figures()
                    .forEach((key, figure) -> figure.disagreement().ifPresent(disagreement -> {
                        disputed.add(found.entry().name() + "." + key);
                        for (Figure other : disagreement.others()) {
                            assertThat(other.unit()).isEqualTo(figure.unit());
                            assertThat(other.value()).isNotEqualTo(figure.value());
                            assertThat(other.value() / figure.value()).isBetween(1 / 30.0, 30.0);
                        }
                        assertThat(disagreement.reason()).hasSizeGreaterThan(10);
                    }));
        }
        assertThat(disputed)
                .contains("h800.flops.fp64", "h800.flops.fp32", "h20.boardPower", "b300.flops.fp8", "b200.memory")
                .contains("ascend-910b.flops.fp16", "ascend-910c.flops.bf16", "hgx-h100.trainingPower");
    }

    @Test
    void exportHistoriesRunForward() {
        for (Gpu gpu : all(Gpu.class)) {
            List<LocalDate> days =
                    gpu.events().stream().map(event -> firstDay(event.date())).toList();
            assertThat(days).as(gpu.name()).isSorted();
        }
        assertThat(gpu("h800").events()).extracting(DatedEvent::date).contains("2023-03-21", "2023-10-17");
        assertThat(gpu("h20").events()).extracting(DatedEvent::date).contains("2025-04-09", "2025-08-09");
    }

    @Test
    void nodesDrawLessThanTheirNameplateAndMoreThanNothing() {
        for (Node node : all(Node.class)) {
            double boards =
                    node.gpusPerNode().value() * node.gpu().boardPowerWatts().value();
            double nameplate = node.nameplatePowerWatts().value();
            assertThat(nameplate).as(node.name()).isBetween(boards, 2.8 * boards);
            assertThat(node.trainingPowerWatts().value() / nameplate)
                    .as(node.name())
                    .isBetween(0.6, 0.95);
            assertThat(node.fabricBytesPerSecondPerGpu().value())
                    .as(node.name())
                    .isBetween(3e9, 100e9);
            assertThat(node.linkDomainGpus() % node.gpusPerNode().asInt())
                    .as(node.name())
                    .isZero();
        }
    }

    @Test
    void aRackIsOneNvlinkDomainAndATrayAPartOfIt() {
        for (String chip : List.of("gb200", "gb300")) {
            assertThat(node(chip + "-nvl72").linkDomainGpus()).isEqualTo(72);
            assertThat(node(chip + "-tray").gpusPerNode().asInt()).isEqualTo(4);
            assertThat(node(chip + "-tray").linkDomainGpus()).isEqualTo(72);
        }
        assertThat(node("hgx-h800").linkDomainGpus()).isEqualTo(8);
    }

    @Test
    void pricesAreThoseOfSuchThings() {
        Map<String, Integer> quotesByGpu = new HashMap<>();
        for (Market market : all(Market.class)) {
            for (Quote quote : market.quotes()) {
                assertThat(quote.low().value()).as("%s", quote).isBetween(0.1, 15.0);
                assertThat(quote.high().value())
                        .as("%s", quote)
                        .isBetween(quote.low().value(), 15.0);
                assertThat(firstDay(quote.low().origin().date())).isAfter(LocalDate.of(2022, 1, 1));
                quotesByGpu.merge(quote.item(), 1, Integer::sum);
            }
        }
        assertThat(quotesByGpu.get("h100")).isGreaterThan(30);
        assertThat(quotesByGpu).containsKeys("h800", "h20", "h20-141gb", "ascend-910b", "b200", "gb200", "l40s");
        for (Node node : all(Node.class)) {
            for (Quote price : node.quotes()) {
                assertThat(price.low().value() / node.gpusPerNode().value())
                        .as("%s", price)
                        .isBetween(10_000.0, 90_000.0);
            }
        }
    }

    @Test
    void sitesAreOnThisEarth() {
        for (Site site : all(Site.class)) {
            assertThat(site.powerUsageEffectiveness().value()).isBetween(1.0, 2.0);
            site.usdPerKwh().ifPresent(price -> assertThat(price.value()).isBetween(0.02, 0.4));
            site.kgPerKwh().ifPresent(carbon -> assertThat(carbon.value()).isBetween(0.01, 1.0));
            site.usdPerKilowattMonth()
                    .ifPresent(rent -> assertThat(rent.value()).isBetween(80.0, 400.0));
        }
        assertThat(CATALOGUE.names(Kind.SITE)).contains("us", "china", "china-hubs", "us-hyperscaler", "world");
    }

    /** What was recalled or derived says so, and is no better than low or medium. */
    @Test
    void assumptionsAreNotSoldAsFacts() {
        for (CatalogueListing.Found found : listing.found()) {
            origins(found.entry()).forEach(origin -> {
                assertThat(origin.date()).as(origin.source()).matches("\\d{4}(-\\d{2}(-\\d{2})?)?");
                if (origin.source().matches("(?i).*\\b(recalled|assumption|derived)\\b.*")) {
                    assertThat(origin.confidence())
                            .as("%s: %s", found.entry().name(), origin.source())
                            .isNotEqualTo(Confidence.HIGH);
                }
            });
        }
    }

    private static Stream<Origin> origins(CatalogueEntry entry) {
        return Stream.of(
                        entry.figures().values().stream().map(Figure::origin),
                        entry.events().stream().map(DatedEvent::origin),
                        entry.quotes().stream().map(quote -> quote.low().origin()))
                .flatMap(origins -> origins);
    }

    private static Optional<Double> ratio(Gpu gpu, Precision over, Precision under) {
        return Optional.ofNullable(gpu.flopsPerSecond().get(over))
                .flatMap(top -> Optional.ofNullable(gpu.flopsPerSecond().get(under))
                        .map(bottom -> top.value() / bottom.value()));
    }

    private static LocalDate firstDay(String date) {
        return LocalDate.parse(date + "-01-01".substring(date.length() == 4 ? 0 : date.length() == 7 ? 3 : 6));
    }

    private static Gpu gpu(String name) {
        return all(Gpu.class).stream()
                .filter(gpu -> gpu.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node node(String name) {
        return all(Node.class).stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends CatalogueEntry> List<T> all(Class<T> kind) {
        return listing.found().stream()
                .map(CatalogueListing.Found::entry)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
