package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Precision;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StacksTest {
    @TempDir
    Path overlay;

    @Test
    void everyShippedConstantIsInRange() throws ProfileException {
        for (String name : ShippedFiles.catalogue().names(Kind.STACK)) {
            for (Map.Entry<String, Figure> row : stack(name).figures().entrySet()) {
                double value = row.getValue().value();
                if (row.getKey().endsWith("aunch")) {
                    // Seconds of a layer's pass: above a kernel's start, below what anybody would put up with.
                    assertThat(value).as(name + " " + row.getKey()).isBetween(5e-6, 5e-3);
                } else if (row.getKey().endsWith(".scorePasses")) {
                    assertThat(value).as(name + " " + row.getKey()).isBetween(1.0, 40.0);
                } else if (row.getKey().startsWith("efficiency.")) {
                    // The fabric of 2021's ZeRO-3 is the lowest: its gathers reached a twelfth of the network.
                    assertThat(value)
                            .as(name + " " + row.getKey())
                            .isGreaterThan(0.05)
                            .isLessThanOrEqualTo(1);
                } else if (row.getKey().startsWith("paces.")) {
                    assertThat(value).as(name + " " + row.getKey()).isBetween(0.4, 1.6);
                } else if (row.getKey().startsWith("overlap.")) {
                    assertThat(value).as(name + " " + row.getKey()).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void deepSeekIsAsItsReportSays() throws ProfileException {
        Stack stack = stack("deepseek");
        assertThat(stack.precisions()).containsExactly(Precision.BF16, Precision.FP8);
        assertThat(stack.parallelisms()).containsExactly(Parallelism.PIPELINE, Parallelism.EXPERT);
        assertThat(stack.schedules()).contains(Schedule.DUAL_PIPE);
        assertThat(stack.zeroStages()).containsExactly(0, 1);
        assertThat(stack.exchange().nodeLimit().value()).isEqualTo(4);
        assertThat(stack.exchange().multiprocessors().value()).isEqualTo(20);
        assertThat(stack.exchange().dispatchBytes(Precision.FP8)).isEqualTo(1 + 4 / 128.0);
        assertThat(stack.exchange().combineBytes(Precision.FP8)).isEqualTo(2);
        assertThat(stack.stateBytes().optimizerBytes(Precision.FP8)).isEqualTo(4 + 2 + 2);
        // 160 of 200 GB/s
        Figure link = stack.efficiencyOn(gpu("h800"), Precision.FP8)
                .orElseThrow()
                .efficiency()
                .link();
        assertThat(link.value()).isEqualTo(0.8);
        assertThat(link.origin().confidence()).isEqualTo(Confidence.HIGH);
    }

    /** FP32 needs no second copy of the weights: 4 + 4 + 8. */
    @Test
    void wideFormatsKeepOneCopy() throws ProfileException {
        Stack.StateBytes bytes = stack("megatron-core").stateBytes();
        assertThat(bytes.weightBytes(Precision.FP32)).isEqualTo(4);
        assertThat(bytes.gradientBytes(Precision.TF32)).isEqualTo(4);
        assertThat(bytes.optimizerBytes(Precision.FP32)).isEqualTo(8);
        assertThat(bytes.weightBytes(Precision.BF16)).isEqualTo(2);
        assertThat(stack("fsdp").exchange().dispatchBytes(Precision.FP32)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek, h800, fp8, deepseek, hopper, true",
        "deepseek, h20, fp8, deepseek, h20, true",
        "deepseek, b200, fp8, megatron-core, blackwell, false",
        "zero3-2021, h100, fp16, megatron-core, hopper, false",
        "megascale, b200, bf16, megatron-core, blackwell, false",
        "megatron-core, a100, bf16, megatron-core, ampere, true"
    })
    void efficienciesComeFromTheNearestStatement(
            String stack, String gpu, String precision, String from, String key, boolean own) throws ProfileException {
        Stack.Reached found = stack(stack)
                .efficiencyOn(gpu(gpu), Precision.valueOf(precision.toUpperCase(Locale.ROOT)))
                .orElseThrow();
        assertThat(found.stack()).isEqualTo(from);
        assertThat(found.key()).isEqualTo(key);
        assertThat(found.own()).isEqualTo(own);
    }

    @Test
    void anUnknownGenerationBorrowsAndAnUnknownFormatHasNothing() throws ProfileException {
        write("gpus/new.yaml", "extends: h100\ngeneration: {value: other, source: me, date: 2026, confidence: low}\n");
        Gpu gpu = (Gpu) ShippedFiles.catalogueUnder(overlay).find(Kind.GPU, "new");
        assertThat(stack("deepseek")
                        .efficiencyOn(gpu, Precision.FP8)
                        .orElseThrow()
                        .key())
                .isEqualTo("hopper");
        assertThat(stack("deepseek")
                        .efficiencyOn(gpu, Precision.FP8)
                        .orElseThrow()
                        .own())
                .isFalse();
        assertThat(stack("deepseek").efficiencyOn(gpu, Precision.TF32)).isEmpty();
    }

    /** What a stack does not state is its basis's, with the basis's source; only efficiencies say that they are borrowed. */
    @Test
    void anUnknownStackBorrowsEverything() throws ProfileException {
        Stack generic = stack("generic");
        Stack basis = stack("megatron-core");
        assertThat(generic.efficiencies()).isEmpty();
        assertThat(generic.overlap()).isEqualTo(basis.overlap());
        assertThat(generic.stateBytes()).isEqualTo(basis.stateBytes());
        assertThat(generic.exchange().nodeLimit()).isEqualTo(basis.exchange().nodeLimit());
        assertThat(generic.launchSeconds()).isEqualTo(basis.launchSeconds());
        assertThat(generic.reserveBytes()).isEqualTo(basis.reserveBytes());
        assertThat(generic.precisions()).containsExactly(Precision.values());
        assertThat(generic.parallelisms()).containsExactly(Parallelism.values());
        Stack.Reached found = generic.efficiencyOn(gpu("h100"), Precision.BF16).orElseThrow();
        assertThat(found.stack()).isEqualTo("megatron-core");
        assertThat(found.own()).isFalse();
    }

    @Test
    void aStackWithoutBasisStatesItsConstants() {
        write("stacks/bare.yaml", "precisions: {value: [bf16], source: me, date: 2026, confidence: low}\n");
        assertThat(messageOf("bare"))
                .contains("overlap is missing")
                .contains("stateBytes is missing")
                .contains("reserve is missing");
    }

    /** As measurements name them. */
    @ParameterizedTest
    @CsvSource({
        "megatron-core, 25.09 25.11 26.02 26.02.01 26.04 26.04.01 26.06 26.08",
        "nemo, 24.03.01 24.09 24.11 25.04",
        "megatron-lm-2021, 2021-01 2021-04",
        "generic, ''"
    })
    void releasesAreListed(String name, String releases) throws ProfileException {
        assertThat(stack(name).releases().stream().map(Stack.Release::name))
                .containsExactly(releases.isEmpty() ? new String[0] : releases.split(" "));
        for (Stack.Release release : stack(name).releases()) {
            assertThat(release.origin().date()).matches("20\\d{2}-\\d{2}");
            assertThat(stack(name).traits().get("releases." + release.name()).words())
                    .containsExactly(release.origin().date());
        }
    }

    @Test
    void oddReleasesAreRefused() {
        write("stacks/odd.yaml", """
                extends: deepseek
                source: me
                releases: [V3, V3, {value: [1], source: me}, "a b"]
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        assertThat(messageOf("odd"))
                .contains("releases names (V3) twice.")
                .contains("releases a list cannot be a release")
                .contains("releases (a b) cannot be a release");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        write("stacks/odd.yaml", """
                extends: deepseek
                source: me
                efficiency: {hopper: {memory: 0, link: 1.2}}
                overlap: {data: 80 %}
                schedules: [1f1b, gpipe]
                zeroStages: 1
                sequenceParallel: maybe
                kernelLaunch: 5 min
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        assertThat(messageOf("odd"))
                .contains("efficiency.hopper.memory (0) is out of range: more than 0, at most 1")
                .contains("efficiency.hopper.link (1.2) is out of range")
                .contains("overlap.data")
                .contains("schedules (gpipe) is not known")
                .contains("zeroStages must be a list.\n  Maybe [0, 1, 2, 3].")
                .contains("sequenceParallel (maybe) is not known")
                .contains("kernelLaunch");
    }

    @Test
    void aStackIsNotBasedOnItself() {
        write("stacks/a.yaml", "extends: deepseek\nbasis: b\n");
        write("stacks/b.yaml", "extends: deepseek\nbasis: a\n");
        assertThat(messageOf("a")).contains("The stack (a) is based on itself.");
    }

    @Test
    void shapesThatDoNotHoldTogetherAreRefused() {
        write("models/odd.yaml", """
                extends: llama-3.1-8b
                source: me
                keyValueHeads: 5
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        write("models/short.yaml", """
                extends: llama-3.1-8b
                source: me
                layers: 16
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        assertThat(messageOf(Kind.MODEL, "odd")).contains("heads (32) must be a multiple of keyValueHeads (5).");
        assertThat(messageOf(Kind.MODEL, "short"))
                .contains("parameters (8,030,261,248) is not what the shape gives: 4,540,469,248.");
    }

    @Test
    void oddWordsOfAModelAreRefused() {
        write("models/odd.yaml", """
                extends: llama-3.1-8b
                source: me
                biases: [queryKeyValue, gate]
                queryKeyNorm: both
                counted: [embeddings]
                parallelParts: 1
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        write("models/windows.yaml", """
                extends: llama-3.1-8b
                source: me
                windowLayers: 33
                windowSize: 128
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        write("models/latent.yaml", """
                extends: deepseek-v3
                source: me
                queryKeyNorm: head
                sources: {me: {title: Me, date: 2026, confidence: low}}
                """);
        assertThat(messageOf(Kind.MODEL, "odd"))
                .contains("biases (gate) is not known")
                .contains("queryKeyNorm (both) is not known")
                .contains("counted (embeddings) is not known.\n  Maybe embedding")
                .contains("parallelParts (1) is not known");
        assertThat(messageOf(Kind.MODEL, "windows")).contains("must not exceed layers (32) together");
        assertThat(messageOf(Kind.MODEL, "latent")).contains("mla has neither queryKeyNorm nor attentionSinks");
    }

    private String messageOf(String stack) {
        return messageOf(Kind.STACK, stack);
    }

    private String messageOf(Kind kind, String name) {
        return catchThrowableOfType(
                        ProfileException.class,
                        () -> ShippedFiles.catalogueUnder(overlay).find(kind, name))
                .getMessage();
    }

    private static Stack stack(String name) throws ProfileException {
        return (Stack) ShippedFiles.catalogue().find(Kind.STACK, name);
    }

    private static Gpu gpu(String name) throws ProfileException {
        return (Gpu) ShippedFiles.catalogue().find(Kind.GPU, name);
    }

    private void write(String name, String text) {
        ShippedFiles.write(overlay, name, text);
    }
}
