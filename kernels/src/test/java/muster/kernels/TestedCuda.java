package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The back end cuda, on a real GPU where one is required, else on the stand-in; skipped where neither is there. */
interface TestedCuda extends TestedBackend {
    @Override
    default KernelBackend backend() {
        return CudaStandIn.backend();
    }

    @BeforeEach
    default void needsADriver() {
        backend();
    }

    /** {@return how many kernels the stand-in runs for a batch} */
    static long launchedBy(Runnable batch) {
        assumeFalse(CudaStandIn.isRequired("gpu"), "a real GPU does not count its kernels");
        long before = CudaStandIn.launched();
        batch.run();
        return CudaStandIn.launched() - before;
    }

    @Test
    default void itNamesTheDriverItRunsOn() {
        KernelChoice choice = backend().choice();
        assertThat(choice.name()).isEqualTo("cuda");
        assertThat(choice.laneBits()).isEqualTo(2_048);
        assertThat(backend().layouts()).isExactlyInstanceOf(CudaLayoutKernels.class);
        assertThat(backend().futures()).isExactlyInstanceOf(CudaFutureKernels.class);
        assertThat(backend().placements()).isExactlyInstanceOf(CudaPlacementKernels.class);
        assumeFalse(CudaStandIn.isRequired("gpu"), "a real GPU has a name of its own");
        assertThat(choice.reason()).isEqualTo("asked for; stand-in without a GPU, CUDA 12.6");
    }
}
