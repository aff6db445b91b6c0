package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CudaFutureKernelsTest extends FutureKernelsContract implements TestedCuda {
    private static final FutureLimits LIMITS = new FutureLimits(1e7, 1e13);

    @Test
    void aBatchThatFitsIsOneKernel() {
        FutureTable table = BenchmarkFutures.table(5_000);
        FutureFleets fleets = BenchmarkFutures.fleets(9);
        assertThat(TestedCuda.launchedBy(() -> Kernels.futures(backend(), table, fleets, LIMITS)))
                .isEqualTo(1);
    }

    /** More fleets and pools than fit into one batch of 4 MiB, on a short table. */
    @Test
    void batchesOfManyFleetsGiveTheReferencesBits() {
        Random random = new Random(7);
        FutureTable table = TestFutures.table(random, 40, 3);
        assertReferenceSums(table, TestFutures.fleets(random, 40, 5_001));
    }

    /** One group of fleets that needs more than a batch: 30,000 pools. */
    @Test
    void aFleetOverVeryManyPoolsGivesTheReferencesBits() {
        Random random = new Random(8);
        FutureTable table = TestFutures.table(random, 30_000, 2);
        assertReferenceSums(table, TestFutures.fleets(random, 30_000, 5));
    }

    /** More tables than stay on the GPU, each met twice. */
    @Test
    void tablesInTurnGiveTheReferencesBits() {
        FutureTable[] tables = new FutureTable[11];
        for (int t = 0; t < tables.length; t++) {
            tables[t] = TestFutures.table(new Random(t), 3, 100 + t);
        }
        for (int round = 0; round < 2; round++) {
            for (FutureTable table : tables) {
                assertReferenceSums(table, TestFutures.fleets(new Random(round), 3, 3));
            }
        }
    }

    private void assertReferenceSums(FutureTable table, FutureFleets fleets) {
        FutureSums expected = Kernels.futures(KernelBackends.open("scalar"), table, fleets, LIMITS);
        FutureSums sums = Kernels.futures(backend(), table, fleets, LIMITS);
        assertThat(sums.microUsd).isEqualTo(expected.microUsd);
        assertThat(sums.finishSeconds).isEqualTo(expected.finishSeconds);
        assertThat(sums.within).isEqualTo(expected.within);
    }
}
