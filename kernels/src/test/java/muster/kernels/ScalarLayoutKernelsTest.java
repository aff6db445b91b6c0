package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalarLayoutKernelsTest extends LayoutKernelsContract {
    @Override
    KernelBackend backend() {
        return KernelBackends.open(KernelBackends.SCALAR);
    }

    @Test
    void itSaysSo() {
        assertThat(backend().choice()).isEqualTo(new KernelChoice("scalar", "asked for", 64));
    }
}
