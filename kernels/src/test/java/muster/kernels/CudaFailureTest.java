package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver that fails at every call in turn: nothing stays taken, the processor takes over, or the failure is said. */
class CudaFailureTest {
    private static final FutureTable TABLE = BenchmarkFutures.table(4_200);
    private static final FutureFleets FLEETS = BenchmarkFutures.fleets(6);
    private static final FutureLimits LIMITS = new FutureLimits(5e6, 1e15);
    private static final FutureSums EXPECTED = Kernels.futures(KernelBackends.open("scalar"), TABLE, FLEETS, LIMITS);

    private final List<String> told = new ArrayList<>();
    private long leftBefore;

    @BeforeEach
    void listen() {
        CudaStandIn.load();
        leftBefore = CudaStandIn.left();
        KernelBackends.tellTo(told::add);
    }

    @AfterEach
    void repair() {
        if (CudaStandIn.isLoaded()) {
            CudaStandIn.fail(-1, 0, false);
            CudaStandIn.memory(-1);
        }
        KernelBackends.tellTo(line -> System.err.println("muster: " + line));
    }

    private static FutureSums computeAndGiveBack() {
        try (CudaDevice device = new CudaDevice(CudaDriver.open())) {
            FutureSums sums = new FutureSums(FLEETS.fleets(), TABLE);
            new CudaFutureKernels(device).reduce(TABLE, FLEETS, LIMITS, 0, TABLE.blocks(), sums);
            return sums;
        }
    }

    @Test
    void whatWasTakenIsGivenBack() {
        assertSameBits(computeAndGiveBack());
        assertThat(CudaStandIn.left()).isEqualTo(leftBefore);
    }

    /** 719: an exception on the GPU; 46: no device any more. */
    @ParameterizedTest
    @CsvSource({"719, CUDA_ERROR_LAUNCH_FAILED", "46, CUDA_ERROR_DEVICE_UNAVAILABLE"})
    void wheneverAGpuIsLostOneLineSaysSoAndNothingStaysTaken(int code, String name) {
        long calls = callsOf(CudaFailureTest::computeAndGiveBack);
        assertThat(calls).isGreaterThan(20);
        int refused = 0;
        for (long call = 0; call < calls; call++) {
            CudaStandIn.fail(call, code, false);
            try {
                assertSameBits(computeAndGiveBack());
                // The driver refused to take something back; all else was given back.
                assertThat(CudaStandIn.left() - leftBefore)
                        .as("after call %d failed", call)
                        .isBetween(0L, 1L);
                leftBefore = CudaStandIn.left();
            } catch (BackendUnavailableException e) {
                refused++;
                assertThat(e.getMessage())
                        .startsWith("The cuda back end cannot run here: cu")
                        .endsWith(" gave " + name + ".")
                        .hasLineCount(1);
                assertThat(CudaStandIn.left()).as("after call %d failed", call).isEqualTo(leftBefore);
            }
        }
        assertThat(refused).isGreaterThan(15);
    }

    /** What is lost for good refuses to take back too, and is not asked again. */
    @Test
    void aGpuLostForGoodIsNotUsedAgain() {
        CudaDevice device = new CudaDevice(CudaDriver.open());
        CudaFutureKernels kernels = new CudaFutureKernels(device);
        FutureSums sums = new FutureSums(FLEETS.fleets(), TABLE);
        kernels.reduce(TABLE, FLEETS, LIMITS, 0, TABLE.blocks(), sums);
        CudaStandIn.fail(2, 999, false);
        assertThatThrownBy(() -> kernels.reduce(TABLE, FLEETS, LIMITS, 0, TABLE.blocks(), sums))
                .isInstanceOf(BackendUnavailableException.class);
        CudaStandIn.fail(-1, 0, false);
        assertThatThrownBy(() -> new CudaLayoutKernels(device)
                        .layouts(
                                BenchmarkLattice.shapes().getFirst(),
                                new BenchmarkLattice(9).points,
                                new double[9],
                                new double[9]))
                .hasMessageContaining("CUDA_ERROR_UNKNOWN");
        assertThat(CudaStandIn.calls()).isZero();
        assertThat(CudaStandIn.left()).isEqualTo(leftBefore);
    }

    @Test
    void wheneverItIsLostTheProcessorTakesOverAndOneLineSaysSo() {
        KernelBackend backend = new CudaOffload(
                        KernelBackends.open("scalar"),
                        () -> new CudaDevice(CudaDriver.open()),
                        device -> new CudaThresholds(1, 1))
                .backend();
        assertThat(backend.choice().reason()).endsWith("no batch was large enough for a GPU");
        assertSameBits(Kernels.futures(backend, TABLE, FLEETS, LIMITS));
        assertThat(told).isEmpty();
        assertThat(backend.choice().name()).isEqualTo("cuda");
        CudaStandIn.fail(3, 719, true);
        for (int again = 0; again < 3; again++) {
            assertSameBits(Kernels.futures(backend, TABLE, FLEETS, LIMITS));
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst())
                .startsWith("stand-in without a GPU was lost: cu")
                .endsWith("gave CUDA_ERROR_LAUNCH_FAILED. The processor computes on (scalar).");
        assertThat(backend.choice().name()).isEqualTo("scalar");
        assertThat(backend.choice().reason()).contains("was lost: cu");
    }

    @Test
    void aGpuAskedForByNameIsNeverReplaced() {
        KernelBackend backend = CudaForced.of(
                new KernelBackend(
                        new KernelChoice("cuda", "asked for", 2_048),
                        new CudaLayoutKernels(new CudaDevice(CudaDriver.open())),
                        new CudaFutureKernels(new CudaDevice(CudaDriver.open())),
                        new CudaPlacementKernels(new CudaDevice(CudaDriver.open()))),
                IllegalStateException::new);
        assertSameBits(Kernels.futures(backend, TABLE, FLEETS, LIMITS));
        CudaStandIn.fail(0, 719, true);
        LayoutPoints points = new BenchmarkLattice(3).points;
        assertThatThrownBy(() -> Kernels.futures(backend, TABLE, FLEETS, LIMITS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The cuda back end cannot run here: cuCtxSetCurrent gave CUDA_ERROR_LAUNCH_FAILED.");
        assertThatThrownBy(() -> Kernels.futureValues(backend, TABLE, FLEETS, 0, new double[4_200], new double[4_200]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Kernels.layouts(
                        backend, BenchmarkLattice.shapes().getFirst(), points, new double[3], new double[3]))
                .isInstanceOf(IllegalStateException.class);
        PlacementBatch batch = BenchmarkPlacements.batch(3, 5);
        assertThatThrownBy(() -> Kernels.placements(backend, batch)).isInstanceOf(IllegalStateException.class);
        assertThat(told).isEmpty();
    }

    /** As a native library does that was linked with -ffast-math. */
    @Test
    void aProcessorThatFlushesSmallNumbersToZeroIsRefused() {
        CudaStandIn.flushToZero(true);
        try {
            assertThatThrownBy(() -> KernelBackends.open("scalar"))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("flush small numbers to zero")
                    .message()
                    .hasLineCount(1);
            assertThatThrownBy(() -> CudaDriver.open()).isInstanceOf(BackendUnavailableException.class);
        } finally {
            CudaStandIn.flushToZero(false);
        }
        assertThat(CudaStandIn.left()).isEqualTo(leftBefore);
        assertThat(KernelBackends.open("scalar").choice().name()).isEqualTo("scalar");
    }

    private static long callsOf(Runnable batch) {
        CudaStandIn.fail(-1, 0, false);
        batch.run();
        return CudaStandIn.calls();
    }

    private static void assertSameBits(FutureSums sums) {
        assertThat(sums.microUsd).isEqualTo(EXPECTED.microUsd);
        assertThat(sums.finishSeconds).isEqualTo(EXPECTED.finishSeconds);
        assertThat(sums.within).isEqualTo(EXPECTED.within);
    }

    @Test
    void aFullGpuMakesRoomByDroppingTablesAndOtherwiseSaysSo() {
        long columns = 14L * 4_200 * Double.BYTES;
        try (CudaDevice device = new CudaDevice(CudaDriver.open())) {
            CudaFutureKernels kernels = new CudaFutureKernels(device);
            CudaStandIn.memory(5 * columns / 2);
            for (int t = 0; t < 5; t++) {
                FutureTable table = BenchmarkFutures.table(4_200);
                FutureSums sums = new FutureSums(FLEETS.fleets(), table);
                kernels.reduce(table, FLEETS, LIMITS, 0, table.blocks(), sums);
                assertSameBits(sums);
            }
            FutureTable large = BenchmarkFutures.table(42_000);
            assertThatThrownBy(() -> kernels.reduce(large, FLEETS, LIMITS, 0, large.blocks(), new FutureSums(6, large)))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageStartingWith("The cuda back end cannot run here: out of memory (cuMemAlloc of ");
        }
        assertThat(CudaStandIn.left()).isEqualTo(leftBefore);
    }
}
