package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaLayoutKernelsTest extends LayoutKernelsContract implements TestedCuda {
    /** Of 262,144 points each. */
    @Test
    void manyPointsAreSeveralBatches() {
        int points = 600_000;
        LayoutShape shape = BenchmarkLattice.shapes().getFirst();
        LayoutPoints lattice = new BenchmarkLattice(points).points;
        double[][] results = new double[2][points];
        assertThat(TestedCuda.launchedBy(() -> Kernels.layouts(backend(), shape, lattice, results[0], results[1])))
                .isEqualTo(3);
    }
}
