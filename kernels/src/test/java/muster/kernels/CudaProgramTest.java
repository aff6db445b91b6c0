package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The committed PTX is what the source says, and holds nothing that a driver's compiler may fuse. */
class CudaProgramTest {
    private static final String PTX = new String(CudaProgram.text(), StandardCharsets.UTF_8);

    @Test
    void thePtxWasMadeFromThisSource() throws Exception {
        String source = Files.readString(CudaStandIn.resource("kernels.cu")).replace("\r", "");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8)));
        assertThat(PTX)
                .as("kernels.cu has changed: run kernels/make-ptx.sh")
                .startsWith("// kernels.cu; source-sha256: " + hash + "; nvcc V");
    }

    @Test
    void driversFromR525OnForEveryGpuFromTuringOnTakeIt() {
        assertThat(PTX.lines()).contains(".version 8.0", ".target sm_75", ".address_size 64");
        assertThat(PTX).endsWith("\0");
    }

    @Test
    void itHasTheKernelsAndNoOthers() {
        assertThat(Pattern.compile("\\.visible \\.entry (\\w+)\\(")
                        .matcher(PTX)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(CudaProgram.KERNELS);
    }

    /** Without a rounding in its name, ptxas may fuse a product with a sum. */
    @Test
    void noProductOrSumMayBeFusedByTheDriver() {
        assertThat(fusable(PTX)).isEmpty();
        assertThat(fusable("mul.f64 \t%fd1, %fd2, %fd3;")).hasSize(1);
        assertThat(fusable("add.rn.f64 %fd1, %fd2, %fd3;")).isEmpty();
        assertThat(PTX).contains("fma.rn.f64", "div.rn.f64", "mul.rn.f64", "add.rn.f64");
    }

    private static List<String> fusable(String text) {
        return Pattern.compile("\\b(?:mul|add|sub|mad|fma)(?:\\.ftz|\\.sat)?\\.f(?:16|32|64)\\b")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Of floats there are none, since half the precision and flushed zeros would change bits. */
    @Test
    void itComputesInDoublesOnly() {
        assertThat(PTX).doesNotContain(".f32").doesNotContain(".ftz").doesNotContain(".approx");
    }

    @Test
    void theScriptLiesWhereTheMessageSays() throws IOException {
        assertThat(Files.readString(Path.of(System.getProperty("muster.home"), "kernels", "make-ptx.sh")))
                .contains("--fmad=false", "-arch=compute_75", ".version 8.0");
    }
}
