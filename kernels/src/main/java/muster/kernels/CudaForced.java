package muster.kernels;

import java.util.function.Function;

/** A GPU that was asked for by name: nothing takes over from it, so its loss ends what it computes for. */
final class CudaForced {
    private CudaForced() {}

    /** The back end, its failures in the caller's words. */
    static KernelBackend of(KernelBackend backend, Function<String, ? extends RuntimeException> lost) {
        return new KernelBackend(
                backend.choice(),
                (shape, points, seconds, bytes) ->
                        run(() -> backend.layouts().layouts(shape, points, seconds, bytes), lost),
                new FutureKernels() {
                    @Override
                    public void reduce(
                            FutureTable table,
                            FutureFleets fleets,
                            FutureLimits limits,
                            int fromBlock,
                            int toBlock,
                            FutureSums sums) {
                        run(() -> backend.futures().reduce(table, fleets, limits, fromBlock, toBlock, sums), lost);
                    }

                    @Override
                    public void values(
                            FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish) {
                        run(() -> backend.futures().values(table, fleets, fleet, microUsd, finish), lost);
                    }
                },
                batch -> run(() -> backend.placements().placements(batch), lost));
    }

    private static void run(Runnable batch, Function<String, ? extends RuntimeException> lost) {
        try {
            batch.run();
        } catch (BackendUnavailableException e) {
            throw lost.apply(e.getMessage());
        }
    }
}
