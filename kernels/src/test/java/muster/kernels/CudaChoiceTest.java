package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a GPU is used, and what is said, in JVMs of their own: without a driver, and with the stand-in as the driver. */
class CudaChoiceTest {
    private static final String DIGEST = "digest " + BackendProbe.digest();

    @TempDir
    private Path temporary;

    @Test
    void withoutADriverAForcedGpuIsRefusedInOneLine() throws Exception {
        assumeFalse(CudaLibrary.isDriverPresent(), "this machine has a driver");
        assertThat(probe("cuda", Map.of()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("The cuda back end cannot run here: no NVIDIA driver (libcuda.so.1");
        assertNothingIsLeft();
    }

    @Test
    void withoutADriverTheAutomaticChoiceLoadsNothingOfJCuda() throws Exception {
        assumeFalse(CudaLibrary.isDriverPresent(), "this machine has a driver");
        assertThat(probe("auto", Map.of(), "-Xlog:class+load"))
                .contains(DIGEST)
                .noneMatch(line -> line.contains("jcuda"))
                .noneMatch(line -> line.contains("CudaDriver") || line.contains("CudaOffload"));
    }

    @Test
    void aForcedGpuComputesTheSameBits() throws Exception {
        assertThat(probe("cuda", standIn()))
                .containsExactly(
                        "cuda 2048 bit: asked for; stand-in without a GPU, CUDA 12.6",
                        DIGEST,
                        "cuda 2048 bit: asked for; stand-in without a GPU, CUDA 12.6");
        assertNothingIsLeft();
    }

    @Test
    void aForcedGpuLostMidwayEndsInOneLine() throws Exception {
        Map<String, String> environment = new HashMap<>(standIn());
        environment.put("STANDIN_LOST", "40");
        assertThat(probe("cuda", environment))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("lost: The cuda back end cannot run here: cu")
                .endsWith(" gave CUDA_ERROR_LAUNCH_FAILED.");
    }

    /** JCuda by itself would load what lies there. */
    @Test
    void aLibraryPlantedInTheSharedTemporaryFolderIsNotLoaded() throws Exception {
        Path planted = temporary.resolve("libJCudaDriver-12.6.0-linux-x86_64.so");
        Files.writeString(planted, "no library at all");
        assertThat(probe("cuda", standIn())).contains(DIGEST);
        assertThat(Files.readString(planted)).isEqualTo("no library at all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STANDIN_DEVICES | 0     | the NVIDIA driver sees no GPU",
                "STANDIN_INIT    | 100   | cuInit gave CUDA_ERROR_NO_DEVICE",
                "STANDIN_INIT    | 999   | cuInit gave CUDA_ERROR_UNKNOWN",
                "STANDIN_VERSION | 11080 | the NVIDIA driver knows CUDA 11.8 and 12.0 is needed (driver 525 or later)",
                "STANDIN_MAJOR   | 7     | stand-in without a GPU has compute capability 7.0 and 7.5 is needed"
            })
    void whatTheDriverLacksIsSaidInOneLine(String setting, String value, String reason) throws Exception {
        Map<String, String> environment = new HashMap<>(standIn());
        environment.put(setting, value);
        assertThat(probe("cuda", environment)).containsExactly("The cuda back end cannot run here: " + reason + ".");
        List<String> automatic = probe("auto", environment);
        assertThat(automatic).contains(DIGEST);
        assertThat(automatic.getLast()).endsWith("; no GPU is used: " + reason);
        assertThat(Files.readString(errors()).lines().filter(line -> !line.contains("incubator modules")))
                .singleElement()
                .asString()
                .startsWith("muster: no GPU is used: " + reason + ". The processor computes on (");
    }

    /** Which of them is faster depends on the machine, so what was measured is replaced to see what follows from it. */
    @Test
    void aGpuIsMeasuredOnceAndGetsWhatItWon() throws Exception {
        List<String> said = probe("auto", standIn());
        assertThat(said).contains(DIGEST);
        assertThat(said.getFirst()).endsWith("; no batch was large enough for a GPU");
        assertThat(Files.readString(errors()))
                .contains("muster: stand-in without a GPU was measured against the processor, once: it gets ");
        String measured = Files.readString(keptFile());
        assertThat(measured).contains("stand-in without a GPU, CUDA 12.6");
        assertThat(withMeasured(measured, 30_018, 500_000))
                .startsWith(
                        "cuda 2048 bit: stand-in without a GPU gets batches of 30,018 futures or 500,000 layouts and more");
        assertThat(withMeasured(measured, 30_019, CudaThresholds.NEVER))
                .endsWith("; stand-in without a GPU would get batches of 30,019 futures and more");
        assertThat(withMeasured(measured, CudaThresholds.NEVER, CudaThresholds.NEVER))
                .endsWith("; stand-in without a GPU was slower in every batch measured");
    }

    /** {@return the choice after 30,018 futures, where these thresholds are kept} */
    private String withMeasured(String text, long futurePairs, long layoutPoints) throws Exception {
        String kept = text.replaceAll("futurePairs=.*", "futurePairs=" + futurePairs)
                .replaceAll("layoutPoints=.*", "layoutPoints=" + layoutPoints);
        Files.writeString(keptFile(), kept);
        List<String> said = probe("auto", standIn());
        assertThat(said).contains(DIGEST);
        assertThat(Files.readString(keptFile())).isEqualTo(kept);
        assertThat(Files.readString(errors())).doesNotContain("measured");
        return said.getLast();
    }

    @Test
    void whatWasMeasuredIsReadBackAndRubbishIsNot() throws Exception {
        Path file = temporary.resolve("folder/of/its/own/gpu.properties");
        CudaThresholds measured = new CudaThresholds(1 << 20, CudaThresholds.NEVER);
        measured.write(file, "key of a GPU");
        assertThat(CudaThresholds.read(file, "key of a GPU")).contains(measured);
        assertThat(CudaThresholds.read(file, "another key")).isEmpty();
        for (String rubbish : List.of("", "key=k", "key=k\nfuturePairs=x\nlayoutPoints=1", "\\u12")) {
            Files.writeString(file, rubbish);
            assertThat(CudaThresholds.read(file, "k")).isEmpty();
        }
        assertThat(CudaThresholds.read(temporary.resolve("absent"), "k")).isEmpty();
    }

    @Test
    void ourPtxCompilesForOldAndNewGpusAndABrokenOneDoesNot() throws Exception {
        assumeTrue(CudaLibrary.isSupported(), "JCuda has a compiler for Linux on x86-64 only");
        List<String> said = java(Map.of(), List.of(PtxCompilerProbe.class.getName(), "sm_75", "sm_80", "sm_90"));
        assertThat(said.subList(0, 4))
                .containsExactly("ptxas 12", "sm_75 compiles", "sm_80 compiles", "sm_90 compiles");
        assertThat(said.get(4)).startsWith("broken refused");
    }

    private Path errors() {
        return temporary.resolve("stderr");
    }

    private Path keptFile() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("cache"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("stderr");
        }
    }

    private static Map<String, String> standIn() {
        return Map.of("LD_LIBRARY_PATH", CudaStandIn.folder().toString());
    }

    private List<String> probe(String backend, Map<String, String> environment, String... flags) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(flags));
        words.addAll(List.of("--add-modules=jdk.incubator.vector", BackendProbe.class.getName(), backend));
        return java(environment, words);
    }

    /** {@return the lines of stdout} Unpacks into, and keeps measurements in, a folder of this test. */
    private List<String> java(Map<String, String> environment, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dmuster.cacheFolder=" + temporary.resolve("cache"),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors().toFile());
        builder.environment().remove("LD_LIBRARY_PATH");
        builder.environment().putAll(environment);
        Process java = builder.start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output + Files.readString(errors())).isZero();
        return output.lines().toList();
    }
}
