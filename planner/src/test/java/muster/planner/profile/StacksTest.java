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
