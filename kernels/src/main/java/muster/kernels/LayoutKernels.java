package muster.kernels;

/**
 * The specification of the layout lattice: step time and memory of every point of a lattice, for one shape. Element i of
 * every column belongs to point i. The shape's components are written by name, the point's by letter: p pipeline stages,
 * v chunks per stage, d data ranks, m microbatches, k layers per chunk.
 *
 * <p>Arithmetic contract: float64; only + - * / and compare-and-select, in the written order with the written brackets
 * (otherwise from the left, products before sums), no contraction, no reduction over points. {@code max(x, y)} is
 * {@code x > y ? x : y} and {@code min(x, y)} is {@code x < y ? x : y}. Every back end returns the same bits on the domain
 * that {@link LayoutShape} and {@link LayoutPoints} check, where nothing overflows and no NaN arises.
 *
 * <p>Once per point, in {@link LayoutPoints}, so that no division is left in the loop:
 *
 * <pre>
 * l      = k * v                       layers per stage
 * ip     = 1 / p
 * id     = 1 / d
 * fill   = (p - 1) / v
 * sends  = p > 1 ? m * v : 0           chunk boundaries crossed per step
 * </pre>
 *
 * Once per shape:
 *
 * <pre>
 * layerPass   = forwardSeconds + backwardSeconds
 * modelPass   = layers * layerPass + edgeSeconds
 * ic          = 1 / contextRanks
 * expertRatio = expertRanks / expertSpan
 * hiding      = reduceOverlapFraction * backwardSeconds
 * layerBytes  = denseStaticBytes + expertStaticBytes
 * stageBytes  = edgeStaticBytes + transientBytes
 * </pre>
 *
 * For every point:
 *
 * <pre>
 * pace      = max(l * layerPass, modelPass * ip)                                             (1)
 * compute   = m * pace                                                                       (2)
 * bubble    = max(bubbleStages * p - 1, 0) * (k * bubbleSeconds)                             (3)
 * cold      = min(m, coldStages * p) * l * coldSeconds                                       (4)
 * send      = sends * sendSeconds                                                            (5)
 * share     = id * ic                           1 / data ranks of the dense weights
 * expertShare = min(share * expertRatio, 1)     1 / data ranks of the experts
 * reduce    = (l * denseReduceSeconds + edgeReduceSeconds) * (1 - share)
 *             + l * expertReduceSeconds * (1 - expertShare)                                  (6)
 * exposed   = max(reduce - m * l * hiding, 0)                                                (7)
 * gather    = m * l * gatherSeconds * (1 - share)                                            (8)
 * optimizer = (l * denseOptimizerSeconds + edgeOptimizerSeconds) * (optimizerSharded ? share : 1)
 *             + l * expertOptimizerSeconds * (optimizerSharded ? expertShare : 1)            (9)
 * seconds   = compute + bubble + cold + send + exposed + gather + optimizer + fixedSeconds   (10)
 * inFlight  = min(inFlightStages * p + inFlightChunks * fill + inFlightExtra, m)             (11)
 * bytes     = l * (layerBytes + denseShardedBytes * share + expertShardedBytes * expertShare
 *                  + activationBytes * inFlight)
 *             + edgeShardedBytes * share + stageBytes                                        (12)
 * </pre>
 *
 * (1) is the slowest stage: l layers, or an even share of the whole model with its edges, since the end stages are given
 * fewer layers. (3) counts k layers per slot because the bubble of an interleaved pipeline shrinks with v. (6) applies the
 * ring's factor (n - 1) / n.
 */
interface LayoutKernels {
    /**
     * Formulas (1) to (12).
     *
     * @param shape checked by its constructor
     * @param points checked by its constructor
     * @param seconds shape [points] or longer, output, s; nothing is written behind the last point
     * @param bytes shape [points] or longer, output, B; nothing is written behind the last point
     */
    void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes);
}
