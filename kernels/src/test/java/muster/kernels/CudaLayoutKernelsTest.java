package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CudaLayoutKernelsTest extends LayoutKernelsContract {
    @Override
    KernelBackend backend() {
        return CudaStandIn.backend();
    }

    @BeforeEach
    void needsADriver() {
        backend();
    }

    @Test
    void itRunsOnTheDriverItNames() {
        KernelBackend backend = backend();
        assertThat(backend.choice().name()).isEqualTo("cuda");
        assertThat(backend.choice().laneBits()).isEqualTo(2_048);
        assumeFalse(CudaStandIn.isRequired("gpu"), "a real GPU does not count its kernels");
        assertThat(backend.choice().reason()).isEqualTo("asked for; stand-in without a GPU, CUDA 12.6");
        long before = CudaStandIn.launched();
        int points = 600_000;
        Kernels.layouts(
                backend,
                BenchmarkLattice.shapes().getFirst(),
                new BenchmarkLattice(points).points,
                new double[points],
                new double[points]);
        // Batches of 262,144 points.
        assertThat(CudaStandIn.launched() - before).isEqualTo(3);
    }
}
