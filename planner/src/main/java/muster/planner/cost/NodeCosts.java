package muster.planner.cost;

import java.util.Optional;
import muster.planner.domain.Accounting;
import muster.planner.domain.Figure;
import muster.planner.domain.Pool;
import muster.planner.domain.Supply;

/** What one node of a pool, or of its spot nodes, costs by each way to come by it, draws and emits. */
final class NodeCosts {
    private static final double MICROS_PER_HOUR = 3600e6;

    /** Whether it can be had by the hour, on demand or as a spot node. */
    final boolean rentable;

    final long rentMicroUsdPerHour;

    /** What an owned node pays; 0 where its site states no price. */
    final double energyMicroUsdPerHour;

    /** Training power times PUE. */
    final long facilityMilliwatts;

    /** NaN where the grid's intensity is unknown. */
    final double carbonGramsPerSecond;

    /** How it can be bought or rented for a term; spot nodes cannot. */
    final NodeTerms terms;

    NodeCosts(Pool pool, boolean spot, Accounting accounting) {
        long gpus = pool.node().gpusPerNode().asInt();
        Optional<Figure> rent = spot ? pool.supply().spot().map(Supply.Spot::usdPerGpuHour) : pool.rentUsdPerGpuHour();
        rentable = rent.isPresent();
        rentMicroUsdPerHour = rent.map(usd -> Math.multiplyExact(gpus, Math.round(usd.value() * 1e6)))
                .orElse(0L);
        facilityMilliwatts = Math.round(pool.node().trainingPowerWatts().value()
                * pool.powerUsageEffectiveness().value()
                * 1e3);
        double kilowatts = facilityMilliwatts / 1e6;
        energyMicroUsdPerHour = pool.site()
                .flatMap(site -> site.usdPerKwh())
                .map(price -> kilowatts * price.value() * 1e6)
                .orElse(0.0);
        carbonGramsPerSecond = pool.site()
                .flatMap(site -> site.kgPerKwh())
                .map(intensity -> kilowatts * intensity.value() * 1e3 / 3600)
                .orElse(Double.NaN);
        terms = new NodeTerms(spot ? pool.withSupply(Supply.ON_DEMAND) : pool, accounting);
    }

    /** {@return whether there is a way to get nodes beyond those owned} */
    boolean canGrow() {
        return rentable || terms.any();
    }

    /**
     * {@return micro-dollars that a node that is not owned costs a job in an hour at least: rent, or its part of a purchase or a
     * reservation if jobs used it all the time, energy included; 0 where there is no way to get one}
     *
     * @param firstMicros no job that has the node starts earlier
     * @param lastMicros no job that has the node ends later
     */
    double leastMicroUsdPerHour(long firstMicros, long lastMicros) {
        double rent = rentable ? rentMicroUsdPerHour : Double.POSITIVE_INFINITY;
        double bought = terms.leastCapexPerHour(firstMicros, lastMicros) + energyMicroUsdPerHour;
        double reserved = terms.leastReservePerHour(lastMicros - firstMicros);
        return orNothing(Math.min(rent, Math.min(bought, reserved)));
    }

    /**
     * {@return micro-dollars that a node that is not owned costs the only job at least, started at that time and running that
     * long; 0 where there is no way to get one}
     *
     * @param hours how long at least
     */
    double leastMicroUsd(long startMicros, double hours) {
        double rent = rentable ? rentMicroUsdPerHour * hours : Double.POSITIVE_INFINITY;
        long micros = (long) Math.min(hours * MICROS_PER_HOUR, FleetProblem.HORIZON_MICROS);
        double bought = terms.canBuy() && startMicros >= terms.leadMicros()
                ? terms.capexMicroUsd(startMicros + micros) + energyMicroUsdPerHour * hours
                : Double.POSITIVE_INFINITY;
        double reserved = terms.canReserve() ? terms.reserveMicroUsd(micros) : Double.POSITIVE_INFINITY;
        return orNothing(Math.min(rent, Math.min(bought, reserved)));
    }

    private static double orNothing(double least) {
        return least == Double.POSITIVE_INFINITY ? 0 : least;
    }
}
