package muster.kernels;

/**
 * The specification of the futures kernel: cost and finish of every fleet in every future, reduced per fleet. Letters: p
 * pools, f futures, g fleets. What a fleet has stands in {@link FutureFleets}, what a future brings in
 * {@link FutureTable}; formulas are numbered as in docs/kernels.md.
 *
 * <p>Arithmetic contract: float64; only + - * /, sqrt, compare-and-select, and a fused multiply-add exactly where
 * {@code fma} is written; in the written order, sums over p in the order of the pools from +0. No contraction, no reduction
 * over fleets. {@code max(x, y)} is {@code x > y ? x : y}. No value is negative, none overflows and no NaN arises on the
 * domain that the inputs' constructors check, so every back end returns the same bits; those of non-negative doubles are
 * ordered as integers are.
 *
 * <p>Once per fleet:
 *
 * <pre>
 * pace    = (2 * checkpointSeconds) * failuresPerSecond[g]
 * root    = sqrt(pace)
 * restart = failuresPerSecond[g] * restartSeconds
 * </pre>
 *
 * For every fleet and future, with {@code factor = failureFactor[f]} and {@code factorRoot = sqrt(factor)} from the table:
 *
 * <pre>
 * rate      = sum over p of fma(workingNodes[g, p], tokensPerSecond[p, f], .)               (13)
 * spend     = sum over p of fma(paidNodes[g, p], microUsdPerSecond[p, f], .)                (14)
 * checks    = factor * pace <= 4 ? factorRoot * root : fma(factor * pace, 0.25, 1)          (15)
 * overhead  = fma(factor, restart, checks)                                                  (16)
 * seconds   = fma(tokens, overhead, tokens) / rate                                          (17)
 * microUsd  = fma(spend, seconds, fixedMicroUsd[g])                                         (18)
 * ready     = max over p with workingNodes[g, p] > 0 of readySeconds[p, f], from +0         (19)
 * finish    = ready + seconds                                                               (20)
 * within    = finish <= deadlineSeconds and microUsd <= budgetMicroUsd                      (21)
 * </pre>
 *
 * (15) is the share of time that saving and losing work take at the best interval between checkpoints, sqrt(2 D L) for
 * checkpoints of D seconds and L failures per second (Young 1974, doi:10.1145/361147.361115; Daly 2006,
 * doi:10.1016/j.future.2004.11.016), or at the least possible interval D, 1 + D L / 2, where the best were shorter.
 *
 * <p>Reductions: futures are cut by index into blocks of {@value #BLOCK}. In a block lane t of {@value #LANES} adds up
 * futures t, t + 256, ... in this order from +0; a halving tree adds lane t + 128 to lane t, then t + 64 and so on to t + 1.
 * {@link FutureSums} adds up blocks by a binary tree over their index, whose left part is the largest power of two below
 * their count. Counts are integers and know no order. So any worker may compute any run of blocks.
 */
interface FutureKernels {
    /** Futures per block. */
    int BLOCK = 4_096;

    /** Lanes of a block's sum. */
    int LANES = 256;

    /**
     * Formulas (13) to (21) reduced per block, for the blocks from {@code fromBlock} to below {@code toBlock}.
     *
     * @param sums shape [fleets, blocks], output; other blocks stay as they are
     */
    void reduce(
            FutureTable table, FutureFleets fleets, FutureLimits limits, int fromBlock, int toBlock, FutureSums sums);

    /**
     * Formulas (13) to (20) for one fleet.
     *
     * @param microUsd shape [futures] or longer, output, micro-dollars; nothing is written behind the last future
     * @param finish shape [futures] or longer, output, s; nothing is written behind the last future
     */
    void values(FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish);
}
