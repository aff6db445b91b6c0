package muster.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** The GPU's program: {@code kernels.ptx}, made from {@code kernels.cu} beside it; drivers compile it for their GPU. */
final class CudaProgram {
    static final String LAYOUTS = "layouts";
    static final String FUTURES = "futures";
    static final String VALUES = "values";
    static final String PLACEMENTS = "placements";
    static final List<String> KERNELS = List.of(LAYOUTS, FUTURES, VALUES, PLACEMENTS);

    private CudaProgram() {}

    /** {@return the PTX, ended by a zero as drivers want it} */
    static byte[] text() {
        try (InputStream ptx = CudaProgram.class.getResourceAsStream("kernels.ptx")) {
            byte[] text = ptx.readAllBytes();
            return Arrays.copyOf(text, text.length + 1);
        } catch (IOException e) {
            throw new BackendUnavailableException(
                    "The cuda back end cannot run here: kernels.ptx cannot be read (%s).".formatted(e.getMessage()));
        }
    }
}
