package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The reference. */
interface TestedScalars extends TestedBackend {
    @Override
    default KernelBackend backend() {
        return KernelBackends.open(KernelBackends.SCALAR);
    }

    @Test
    default void itIsTheReferenceAndSaysSo() {
        assertThat(backend().choice()).isEqualTo(new KernelChoice("scalar", "asked for", 64));
        assertThat(backend().layouts()).isExactlyInstanceOf(ScalarLayoutKernels.class);
        assertThat(backend().futures()).isExactlyInstanceOf(ScalarFutureKernels.class);
        assertThat(backend().placements()).isExactlyInstanceOf(ScalarPlacementKernels.class);
    }
}
