package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract at one width, where this machine has it. */
abstract class VectorFutureKernelsContract extends FutureKernelsContract {
    private final int bits;

    VectorFutureKernelsContract(int bits) {
        this.bits = bits;
    }

    @BeforeEach
    void needsTheWidth() {
        assumeTrue(
                KernelBackends.listVectorWidths().contains(bits),
                () -> "no vectors of %d bits here, only %s".formatted(bits, KernelBackends.listVectorWidths()));
    }

    @Override
    KernelBackend backend() {
        return KernelBackends.openVector(bits);
    }

    @Test
    void itRunsOnTheWidthItNames() throws ReflectiveOperationException {
        FutureKernels kernels = backend().futures();
        assertThat(kernels.getClass().getDeclaredMethod("laneBits").invoke(kernels))
                .isEqualTo(bits);
    }
}
