package muster.planner.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Pool;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/**
 * A pool's numbers as the plan's arithmetic uses them.
 *
 * @param facilityMilliwatts training power of one node times PUE, rounded to whole milliwatts
 * @param rentMicroUsdPerNodeHour price per GPU-hour rounded to micro-dollars, times GPUs; absent where nothing is rented
 * @param spotMicroUsdPerNodeHour likewise of a spot node
 * @param energyMicroUsdPerNodeHour of an owned node; absent where the site states no price
 * @param gramsPerNodeHour absent where the grid intensity is unknown
 */
record PoolFacts(
        Pool pool,
        int maxNodes,
        int ownNodes,
        int granularityNodes,
        int gpusPerNode,
        long facilityMilliwatts,
        Optional<BigDecimal> rentMicroUsdPerNodeHour,
        Optional<BigDecimal> spotMicroUsdPerNodeHour,
        Optional<BigDecimal> energyMicroUsdPerNodeHour,
        Optional<BigDecimal> gramsPerNodeHour) {
    static PoolFacts of(Pool pool) {
        int gpusPerNode = pool.node().gpusPerNode().asInt();
        // The milliwatt of a node is a definition, rounded in double like everywhere else; all that follows is exact.
        long facilityMilliwatts = Math.round(pool.node().trainingPowerWatts().value()
                * pool.powerUsageEffectiveness().value()
                * 1000);
        BigDecimal milliwatts = BigDecimal.valueOf(facilityMilliwatts);
        Optional<BigDecimal> rent = pool.rentUsdPerGpuHour().map(price -> microUsdPerNodeHour(price, gpusPerNode));
        Optional<BigDecimal> spot =
                pool.supply().spot().map(terms -> microUsdPerNodeHour(terms.usdPerGpuHour(), gpusPerNode));
        // mW × USD/kWh: 1e-6 kW per mW and 1e6 micro-dollars per dollar cancel.
        Optional<BigDecimal> energy =
                pool.site().flatMap(Site::usdPerKwh).map(price -> exact(price).multiply(milliwatts));
        // mW × kg/kWh: 1e-6 kW per mW, 1e3 g per kg.
        Optional<BigDecimal> carbon = pool.site()
                .flatMap(Site::kgPerKwh)
                .map(intensity -> exact(intensity).multiply(milliwatts).movePointLeft(3));
        return new PoolFacts(
                pool,
                pool.maxNodes().asInt(),
                pool.ownNodes().asInt(),
                pool.granularityNodes().asInt(),
                gpusPerNode,
                facilityMilliwatts,
                rent,
                spot,
                energy,
                carbon);
    }

    private static BigDecimal microUsdPerNodeHour(Figure usdPerGpuHour, int gpusPerNode) {
        return BigDecimal.valueOf(Math.round(usdPerGpuHour.value() * 1e6)).multiply(BigDecimal.valueOf(gpusPerNode));
    }

    /** {@return how many of a job's nodes do not compute: the stated count, or the stated part of them, rounded up} */
    int spareNodes(int held) {
        if (pool.spare().isEmpty()) {
            return 0;
        }
        Figure stated = pool.spare().get();
        return stated.unit() == BaseUnit.NODES
                ? Math.min(held, stated.asInt())
                // As it was written: 7 % of 100 nodes are 7, though the double nearest to 0.07 is above it.
                : BigDecimal.valueOf(stated.value())
                        .multiply(BigDecimal.valueOf(held))
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact();
    }

    /** {@return nodes that are there at that time: all of them, or the tranches that have come} */
    long nodesAt(long micros) {
        List<Supply.Tranche> tranches = pool.supply().available();
        if (tranches.isEmpty()) {
            return maxNodes;
        }
        long come = tranches.stream()
                .filter(tranche -> Math.round(tranche.fromSeconds().value() * 1e6) <= micros)
                .mapToLong(tranche -> tranche.nodes().asInt())
                .sum();
        return Math.min(maxNodes, come);
    }

    /** {@return from when on bought nodes are there} */
    long leadMicros() {
        return pool.supply()
                .buy()
                .map(terms -> Math.round(terms.leadSeconds().value() * 1e6))
                .orElse(0L);
    }

    /** {@return times at which nodes come: tranches, and what is bought} */
    List<Long> dates() {
        return Stream.concat(
                        pool.supply().available().stream().map(Supply.Tranche::fromSeconds),
                        pool.supply().buy().stream().map(Supply.Purchase::leadSeconds))
                .map(seconds -> Math.round(seconds.value() * 1e6))
                .toList();
    }

    String name() {
        return pool.name();
    }

    static BigDecimal exact(Figure figure) {
        return new BigDecimal(figure.value());
    }
}
