package muster.kernels;

/**
 * The specification: one method per formula. Element i of every column belongs to candidate i; columns have equal
 * lengths; inputs are finite and inside the stated domain, so that no intermediate overflows.
 *
 * <p>Arithmetic contract: float64; only + - * / in the written order, no contraction, no reduction over candidates.
 * Every back end returns the same bits.
 */
interface RunKernels {
    /**
     * What one job costs in time, money and energy on each candidate fleet.
     *
     * <pre>
     * seconds[i]        = tokens / tokensPerSecond[i]
     * rentMicroUsd[i]   = (rentMicroUsdPerHour[i] / tokensPerSecond[i]) * tokens / 3600
     * energyMicroUsd[i] = (energyMicroUsdPerHour[i] / tokensPerSecond[i]) * tokens / 3600
     * joules[i]         = (watts[i] / tokensPerSecond[i]) * tokens
     * </pre>
     *
     * The quotient comes first: where rate and price are whole multiples of one node's, it is the same double for
     * every multiple, so fleets that cost the same per token compare as equal.
     *
     * @param tokens tokens to train on, &gt; 0
     * @param tokensPerSecond &gt; 0, tokens/s
     * @param rentMicroUsdPerHour &ge; 0, micro-dollars per hour
     * @param energyMicroUsdPerHour &ge; 0, micro-dollars per hour
     * @param watts &ge; 0, W
     */
    void run(
            double tokens,
            double[] tokensPerSecond,
            double[] rentMicroUsdPerHour,
            double[] energyMicroUsdPerHour,
            double[] watts,
            double[] seconds,
            double[] rentMicroUsd,
            double[] energyMicroUsd,
            double[] joules);
}
