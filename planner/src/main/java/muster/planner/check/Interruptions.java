package muster.planner.check;

import java.math.BigDecimal;
import java.util.List;
import muster.planner.domain.Supply;

/**
 * What evictions of a job's spot nodes come to: each stops the job, which saves its state every so often (Young 1974,
 * doi:10.1145/361147.361115).
 *
 * @param perHour of any of the nodes
 * @param overhead time lost over time worked: √(2 Σ δ λ) + Σ λ R
 */
record Interruptions(BigDecimal perHour, BigDecimal overhead) {
    /** A job that loses more time than it works is no option. */
    static final BigDecimal MOST_OVERHEAD = BigDecimal.ONE;

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /** @param spot nodes of each pool that are spot nodes */
    static Interruptions of(List<PoolFacts> pools, int[] spot) {
        BigDecimal perHour = BigDecimal.ZERO;
        BigDecimal checks = BigDecimal.ZERO;
        BigDecimal restarts = BigDecimal.ZERO;
        for (int p = 0; p < spot.length; p++) {
            if (spot[p] != 0) {
                Supply.Spot terms = pools.get(p).pool().supply().spot().orElseThrow();
                BigDecimal ofPool = PoolFacts.exact(terms.evictionsPerHour()).multiply(BigDecimal.valueOf(spot[p]));
                BigDecimal perSecond = ofPool.divide(SECONDS_PER_HOUR, Derivation.PRECISION);
                perHour = perHour.add(ofPool);
                checks = checks.add(perSecond.multiply(PoolFacts.exact(terms.checkpointSeconds())));
                restarts = restarts.add(perSecond.multiply(PoolFacts.exact(terms.restartSeconds())));
            }
        }
        BigDecimal root = checks.multiply(BigDecimal.TWO).sqrt(Derivation.PRECISION);
        return new Interruptions(perHour, root.add(restarts));
    }

    /** By what factor they lengthen the job. */
    BigDecimal timeFactor() {
        return BigDecimal.ONE.add(overhead);
    }
}
