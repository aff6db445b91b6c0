package muster.kernels;

/**
 * The specification of the placements kernel: when one job would end on each candidate fleet beside placed jobs, whether it
 * fits there, and what it costs under prices of scarce nodes. Letters: p pools, i candidates, s starts, r rooms (nodes that
 * stay free from a start until a time), k parts of time. What is asked stands in {@link PlacementBatch}, what scarce nodes
 * cost in {@link PlacementPrices}; formulas are numbered as in docs/kernels.md.
 *
 * <p>Arithmetic contract: float64; only + - * /, compare-and-select, and a fused multiply-add exactly where {@code fma} is
 * written; in the written order, sums over p in the order of the pools from +0. No contraction, no reduction over
 * candidates. {@code max(x, y)} is {@code x > y ? x : y} and {@code min(x, y)} is {@code x < y ? x : y}. Nodes, free nodes,
 * power, times and work are not negative, so bits of what is compared are ordered as integers are. A candidate without a
 * rate ends at infinity, fits nowhere, and so costs infinity; no other value of the domain gives infinity or NaN.
 *
 * <p>For every candidate i of a room r, which belongs to a start s:
 *
 * <pre>
 * rate    = sum over p of fma(nodes[p, i], workPerMicro[p], .); or given                     (22)
 * micros  = work / rate                                                                      (23)
 * end     = startMicros[s] + micros                                                          (24)
 * own[p]  = min(nodes[p, i], freeOwned[r, p])
 * spend   = sum over p of fma(own[p], ownedPerMicro[p], fma(nodes[p, i] - own[p], otherPerMicro[p], .))   (25)
 * watts   = sum over p of fma(nodes[p, i], wattsPerNode[p], .)                               (26)
 * k       = the last part with cutMicros[k] &lt;= end
 * slope   = sum over p of fma(own[p], ownedPrice[k, p], fma(nodes[p, i], nodePrice[k, p], .))
 * base    = sum over p of fma(own[p], ownedUpTo[k, p] - ownedBefore[s, p],
 *                             fma(nodes[p, i], nodeUpTo[k, p] - nodeBefore[s, p], .))
 * scarce  = fma(slope, end - cutMicros[k], base)                                             (27)
 * late    = max(end - finishMicros, 0)
 * times   = fma(endPrice, end, fma(latePrice, late, startCost[s]))                           (28)
 * cost    = fma(spend, micros, times) + scarce                                               (29)
 * fits    = nodes[p, i] &lt;= freeNodes[r, p] for every p, watts &lt;= freeWatts[r], end &lt;= untilMicros[r]      (30)
 * </pre>
 *
 * {@code cost} is infinite where the candidate does not fit. Once per start, {@code nodeBefore[s, p]} is
 * {@code fma(nodePrice[k, p], startMicros - cutMicros[k], nodeUpTo[k, p])} for the part k of the start, and
 * {@code ownedBefore} likewise. Without prices {@code scarce} is +0.
 */
interface PlacementKernels {
    /** Formulas (22) to (30) for every candidate of the batch, into its columns of ends and costs. */
    void placements(PlacementBatch batch);
}
