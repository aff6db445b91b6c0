package muster.kernels;

/**
 * Where a back end keeps one fleet's rates (13), spendings (14) and delays (19) for a run of futures, and the lanes of a
 * block.
 */
final class FutureRun {
    final double[] rate;
    final double[] spend;
    final double[] ready;
    final double[] microUsdLanes = new double[FutureKernels.LANES];
    final double[] finishLanes = new double[FutureKernels.LANES];

    FutureRun(int futures) {
        rate = new double[futures];
        spend = new double[futures];
        ready = new double[futures];
    }
}
