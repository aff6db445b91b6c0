package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaPlacementKernelsTest extends PlacementKernelsContract implements TestedCuda {
    @Test
    void aBatchThatFitsIsOneKernelAndALargeOneIsSeveral() {
        assertThat(TestedCuda.launchedBy(() -> Kernels.placements(backend(), BenchmarkPlacements.batch(10, 4_096))))
                .isEqualTo(1);
        assertThat(TestedCuda.launchedBy(() -> Kernels.placements(backend(), BenchmarkPlacements.batch(10, 60_000))))
                .isEqualTo(4);
        assertThat(TestedCuda.launchedBy(() -> Kernels.placements(backend(), BenchmarkPlacements.batch(10, 0))))
                .isZero();
    }
}
