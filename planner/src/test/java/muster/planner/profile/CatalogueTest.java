package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Confidence;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    Path overlay;

    @Test
    void everyShippedEntryIsSoundAndSourced() throws ProfileException {
        Catalogue catalogue = ShippedFiles.catalogue();
        CheckReport report = catalogue.check();
        assertThat(report.problems()).isEmpty();
        int entries = 0;
        for (Kind kind : Kind.values()) {
            for (String name : catalogue.names(kind)) {
                CatalogueEntry entry = catalogue.find(kind, name);
                entries++;
                assertThat(entry.name()).isEqualTo(name);
                assertThat(entry.figures().values()).allSatisfy(figure -> {
                    assertThat(figure.origin().source()).isNotBlank();
                    assertThat(figure.origin().date()).matches("\\d{4}.*");
                });
                assertThat(entry.traits().values())
                        .allSatisfy(trait -> assertThat(trait.origin().date()).matches("\\d{4}.*"));
            }
        }
        assertThat(report.entries()).isEqualTo(entries);
        assertThat(catalogue.names(Kind.NODE))
                .contains("hgx-a100", "hgx-b200", "hgx-h100", "hgx-h20", "hgx-h200", "hgx-h800");
        assertThat(catalogue.names(Kind.MODEL))
                .contains(
                        "deepseek-v2",
                        "deepseek-v3",
                        "gpt-3-175b",
                        "llama-3.1-405b",
                        "llama-3.1-70b",
                        "llama-3.1-8b",
                        "mixtral-8x7b");
        assertThat(catalogue.names(Kind.STACK))
                .containsExactly(
                        "deepseek",
                        "fsdp",
                        "megascale",
                        "megatron-core",
                        "megatron-deepspeed",
                        "megatron-lm-2021",
                        "meta",
                        "nemo",
                        "zero3-2021");
    }

    /** Every node's nameplate × 6,849 / 10,200, in whole watts; only the H100 node's draw was measured. */
    @Test
    void derivedTrainingPowerFollowsTheMeasuredShare() throws ProfileException {
        for (String name : new String[] {"hgx-a100", "hgx-b200", "hgx-h200", "hgx-h800", "hgx-h20"}) {
            Node node = (Node) ShippedFiles.catalogue().find(Kind.NODE, name);
            assertThat(node.trainingPowerWatts().value())
                    .isEqualTo(Math.rint(node.nameplatePowerWatts().value() * 6849 / 10_200));
            assertThat(node.trainingPowerWatts().origin().source()).startsWith("derived:");
            assertThat(node.trainingPowerWatts().origin().confidence()).isNotEqualTo(Confidence.HIGH);
        }
    }

    @Test
    void anOverlayReplacesAnEntryWhole() throws ProfileException {
        write("gpus/h800.yaml", """
                source: me
                flops: {bf16: 900 TFLOP/s}
                memory: 80 GB
                memoryBandwidth: 3 TB/s
                linkBandwidth: {value: 200 GB/s, direction: one}
                boardPower: 700 W
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        Gpu gpu = (Gpu) ShippedFiles.catalogueUnder(overlay).find(Kind.GPU, "h800");
        assertThat(gpu.flopsPerSecond()).containsOnlyKeys(Precision.BF16);
        assertThat(gpu.label()).isEqualTo("h800");
        assertThat(gpu.generation()).isEqualTo("h800");
        assertThat(gpu.multiprocessors()).isEmpty();
        assertThat(ShippedFiles.catalogueUnder(overlay).fileOf(Kind.GPU, "h800"))
                .isEqualTo(overlay.resolve("gpus/h800.yaml"));
    }

    @Test
    void extendsChangesSingleKeysAndKeepsTheOtherSources() throws ProfileException {
        write("gpus/h800.yaml", """
                extends: h800
                boardPower: {value: 650 W, source: meter}
                flops: {fp8: {value: 1900 TFLOP/s, source: meter}}
                sources: {meter: {title: Our meter, date: 2026-11, confidence: high}}
                """);
        Gpu gpu = (Gpu) ShippedFiles.catalogueUnder(overlay).find(Kind.GPU, "h800");
        assertThat(gpu.boardPowerWatts().value()).isEqualTo(650);
        assertThat(gpu.boardPowerWatts().origin().source()).isEqualTo("Our meter");
        assertThat(gpu.flopsPerSecond().get(Precision.FP8).value()).isEqualTo(1900e12);
        assertThat(gpu.flopsPerSecond().get(Precision.BF16).value()).isEqualTo(989e12);
        assertThat(gpu.memoryBytes().origin().source()).startsWith("Epoch AI");
        Node node = (Node) ShippedFiles.catalogueUnder(overlay).find(Kind.NODE, "hgx-h800");
        assertThat(node.gpu().boardPowerWatts().value()).isEqualTo(650);
    }

    @Test
    void whatAnOverlayHoldsInVainIsReported() {
        write("gpus/README.md", "for people");
        write(".gitignore", "");
        write("README", "for people");
        write("claims/mine.yaml", "");
        assertThat(ShippedFiles.catalogueUnder(overlay).check().problems()).isEmpty();
        for (String stray :
                new String[] {"h800.yaml", "gpus/h800", "gpus/H800.YAML", "gpus/old/h800.yaml", "gpu/x.yaml"}) {
            write(stray, "");
        }
        assertThat(ShippedFiles.catalogueUnder(overlay).check().problems())
                .extracting(
                        problem -> overlay.relativize(Path.of(problem.file())).toString())
                .containsExactlyInAnyOrder("h800.yaml", "gpus/h800", "gpus/H800.YAML", "gpus/old", "gpu");
    }

    @Test
    void aBrokenOverlayEntryHidesNoOther() throws ProfileException {
        write("gpus/h800.yaml", "extends: h100\nmemory: 80 GB\nboardPowr: 700 W\n");
        write("gpus/bad.yaml", "flops: [\n");
        write("gpu/h20.yaml", "");
        write("nodes/mine.yml", "");
        Catalogue catalogue = ShippedFiles.catalogueUnder(overlay);

        assertThat(catalogue.find(Kind.GPU, "h100").name()).isEqualTo("h100");
        assertThat(catalogue.find(Kind.NODE, "hgx-h20").name()).isEqualTo("hgx-h20");
        String h800 = overlay.resolve("gpus/h800.yaml").toString();
        assertThat(messageOf(catalogue, Kind.GPU, "h800")).isEqualTo("""
                        %s:2:9: memory has no source.
                          Maybe {value: 80 GB, source: ID} with the ID listed under sources.
                        %s:3:1: The key (boardPowr) is unknown.
                          Maybe boardPower.""".formatted(h800, h800));
        assertThat(catalogue.check().problems())
                .extracting(Problem::message)
                .contains("memory has no source.", "The folder is not read.", "Only files that end in .yaml are read.")
                .anyMatch(message -> message.startsWith("This is not valid YAML"));
    }

    @Test
    void entriesThatExtendEachOtherAreRefused() {
        write("gpus/a.yaml", "extends: b\n");
        write("gpus/b.yaml", "extends: a\n");
        write("gpus/c.yaml", "extends: c\n");
        assertThat(messageOf(ShippedFiles.catalogueUnder(overlay), Kind.GPU, "a"))
                .contains("The entry extends itself");
        assertThat(messageOf(ShippedFiles.catalogueUnder(overlay), Kind.GPU, "c"))
                .contains("The entry extends itself");
    }

    @Test
    void sourcesMustBeListedAndComplete() {
        write("sites/here.yaml", """
                pue: {value: 1.2, source: metre}
                carbon: {value: 500 g/kWh, source: meter, confidence: sure}
                sources:
                  meter: {title: Our meter, date: yesterday}
                """);
        assertThat(messageOf(ShippedFiles.catalogueUnder(overlay), Kind.SITE, "here"))
                .contains(":1:27: pue.source (metre) is not listed under sources, and has no date and confidence")
                .contains(":2:55: carbon.confidence (sure) is not a confidence.\n  Maybe high, medium or low.")
                .contains(":4:10: sources.meter.confidence is missing.")
                .contains(":4:35: sources.meter.date (yesterday) is not a date.\n  Maybe 2024-12-27, 2024-12 or 2024.");
    }

    @Test
    void unknownNamesComeWithGuesses() {
        assertThat(messageOf(ShippedFiles.catalogue(), Kind.NODE, "hgx-h801"))
                .isEqualTo(
                        "catalogue:1:1: The catalogue has no node named (hgx-h801).\n  Maybe hgx-h800 or hgx-h100 or hgx-h20.");
        assertThat(messageOf(ShippedFiles.catalogue(), Kind.NODE, "../x")).contains("cannot be a catalogue name");
    }

    @Test
    void anOverlayThatDoesNotExistIsAProblem() {
        assertThat(messageOf(ShippedFiles.catalogueUnder(overlay.resolve("nowhere")), Kind.GPU, "h800"))
                .endsWith("nowhere:1:1: The catalogue folder does not exist.");
    }

    private void write(String name, String text) {
        ShippedFiles.write(overlay, name, text);
    }

    private static String messageOf(Catalogue catalogue, Kind kind, String name) {
        return catchThrowableOfType(ProfileException.class, () -> catalogue.find(kind, name))
                .getMessage();
    }
}
