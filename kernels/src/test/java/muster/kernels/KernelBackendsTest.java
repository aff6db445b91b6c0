package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a back end, in JVMs started with and without what vectors need. */
class KernelBackendsTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String DIGEST = "digest " + BackendProbe.digest();

    @Test
    void withoutTheModuleTheAutomaticChoiceIsScalarAndNoVectorClassIsLoaded() throws Exception {
        assertThat(probe("auto", "-Xlog:class+load"))
                .contains("scalar 64 bit: the module jdk.incubator.vector is absent")
                .contains(DIGEST)
                .doesNotContain("muster.kernels.VectorLayoutKernels")
                .doesNotContain("muster.kernels.VectorWidth");
    }

    @Test
    void withoutTheModuleAForcedVectorBackEndIsRefused() throws Exception {
        assertThat(probe("vector"))
                .startsWith("The vector back end cannot run here: the module jdk.incubator.vector is absent")
                .contains("Maybe ")
                .doesNotContain("digest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
    void withoutTheOptimisingCompilerTheAutomaticChoiceIsScalar(String flag) throws Exception {
        assertThat(probe("auto", MODULE, flag))
                .contains("scalar 64 bit: the optimising compiler of the JVM is off")
                .contains(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void aWidthSetByTheUserIsUsed(int bits) throws Exception {
        assumeTrue(
                KernelBackends.listVectorWidths().contains(bits), () -> "no vectors of %d bits here".formatted(bits));
        assertThat(probe("auto", MODULE, "-Dmuster.vectorBits=" + bits))
                .contains("vector %d bit: width set by muster.vectorBits".formatted(bits))
                .contains(DIGEST);
    }

    @Test
    void aWidthThatIsNoneIsRefusedWhereVectorsAreForced() throws Exception {
        assertThat(probe("vector", MODULE, "-Dmuster.vectorBits=300"))
                .contains("muster.vectorBits (300) is none of [128, 256, 512]");
    }

    @Test
    void aProcessorWithoutFusedProductsIsKnownAsOne() throws Exception {
        assertThat(probe("fused", "-XX:-UseFMA")).contains("fused false");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> KernelBackends.open("abacus"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessage("There is no back end abacus.\nMaybe one of auto, scalar, vector, cuda.");
    }

    @Test
    void theBenchmarkMeasuresEveryBackEnd() {
        List<KernelBackend> backends = new ArrayList<>(List.of(KernelBackends.open("scalar")));
        KernelBackends.listVectorWidths().forEach(bits -> backends.add(KernelBackends.openVector(bits)));
        for (List<KernelSpeed> speeds : List.of(
                LayoutBenchmark.measure(backends, 1_021, 3),
                FutureBenchmark.measure(backends, 1_021, 3),
                PlacementBenchmark.measure(backends, 7, 1_021, 3))) {
            assertThat(speeds)
                    .hasSameSizeAs(backends)
                    .allMatch(speed -> speed.leastPerSecond() > 0.0
                            && speed.leastPerSecond() <= speed.perSecond()
                            && speed.perSecond() <= speed.mostPerSecond());
        }
    }

    private static String probe(String backend, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dmuster.cacheFolder=" + System.getProperty("muster.cacheFolder"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BackendProbe.class.getName(), backend));
        Process java = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        return output;
    }
}
