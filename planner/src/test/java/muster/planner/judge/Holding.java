package muster.planner.judge;

import java.util.Optional;
import muster.planner.domain.Figure;

/**
 * One set of nodes that a job could hold, and what follows from it alone.
 *
 * @param nodes shape [pool]
 * @param owned how many of them are owned, shape [pool]
 * @param micros tokens / Σ rates, to the microsecond
 * @param microUsd rent of those that are not owned, and energy of those that are
 * @param milliwatts at the facility
 * @param grams of carbon dioxide; negative where a grid is unknown
 */
record Holding(int[] nodes, int[] owned, long micros, long microUsd, long milliwatts, long joules, long grams) {
    /** Empty for no nodes at all. */
    static Optional<Holding> of(StatedTerms terms, int job, int[] nodes, int[] owned) {
        double tokensPerSecond = 0;
        double rentPerHour = 0;
        double energyPerHour = 0;
        double gramsPerHour = 0;
        long milliwatts = 0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                Figure rate = terms.job(job).measured().get(terms.pool(p).name());
                tokensPerSecond +=
                        nodes[p] * (terms.pool(p).node().gpusPerNode().asInt() * rate.value());
                rentPerHour += (nodes[p] - owned[p]) * terms.rentMicroUsdPerNodeHour(p);
                energyPerHour += owned[p] * terms.energyMicroUsdPerNodeHour(p);
                gramsPerHour += nodes[p] * terms.gramsPerNodeHour(p);
                milliwatts += nodes[p] * terms.facilityMilliwatts(p);
            }
        }
        if (tokensPerSecond == 0) {
            return Optional.empty();
        }
        double seconds = terms.job(job).tokens().value() / tokensPerSecond;
        return Optional.of(new Holding(
                nodes.clone(),
                owned.clone(),
                Math.max(1, Math.round(seconds * 1e6)),
                Math.round(rentPerHour * seconds / 3600) + Math.round(energyPerHour * seconds / 3600),
                milliwatts,
                Math.round(milliwatts / 1e3 * seconds),
                Double.isNaN(gramsPerHour) ? -1 : Math.round(gramsPerHour * seconds / 3600)));
    }
}
