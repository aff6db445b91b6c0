package muster.planner.cost;

import muster.planner.domain.Accounting;
import muster.planner.domain.Pool;
import muster.planner.domain.Supply;

/**
 * What nodes of one pool cost that are bought, or rented for a term, in micro-dollars and microseconds (docs/model.md, 10
 * and 11).
 */
public final class NodeTerms {
    private static final double MICROS_PER_HOUR = 3600e6;
    private static final double MICROS_PER_YEAR = 365 * 86_400e6;

    private final boolean bought;
    private final long leadMicros;
    private final double lifeMicros;
    private final double microUsdAtOnce;
    private final double microUsdPerMicro;
    private final boolean reserved;
    private final double reservedMicroUsdPerMicro;
    private final long minimumMicros;

    NodeTerms(Pool pool, Accounting accounting) {
        Supply supply = pool.supply();
        this.bought = supply.buy().isPresent();
        this.reserved = supply.reserve().isPresent();
        boolean cash = accounting == Accounting.CASH;
        this.leadMicros = supply.buy()
                .map(terms -> FleetProblem.micros(terms.leadSeconds()))
                .orElse(0L);
        this.lifeMicros =
                supply.buy().map(terms -> terms.lifeSeconds().value() * 1e6).orElse(1.0);
        this.microUsdAtOnce =
                supply.buy().filter(terms -> cash).map(NodeTerms::written).orElse(0.0);
        this.microUsdPerMicro = supply.buy()
                .filter(terms -> !cash)
                .map(terms -> perYear(terms) / MICROS_PER_YEAR)
                .orElse(0.0);
        this.reservedMicroUsdPerMicro = supply.reserve()
                .map(terms -> pool.node().gpusPerNode().asInt()
                        * Math.round(terms.usdPerGpuHour().value() * 1e6)
                        / MICROS_PER_HOUR)
                .orElse(0.0);
        this.minimumMicros = supply.reserve()
                .map(terms -> FleetProblem.micros(terms.minimumSeconds()))
                .orElse(0L);
    }

    /** {@return what is written off of a node's price over its life} */
    private static double written(Supply.Purchase terms) {
        return terms.usdPerNode().value() * 1e6 * (1 - terms.residualFraction().value());
    }

    /** {@return equal yearly payments that write a node off and pay interest on what is bound in it} */
    private static double perYear(Supply.Purchase terms) {
        return OwningCost.payment(
                terms.usdPerNode().value() * 1e6,
                terms.residualFraction().value(),
                terms.financingFractionPerYear().value(),
                terms.lifeSeconds().value() * 1e6 / MICROS_PER_YEAR);
    }

    /** {@return whether nodes can be bought} */
    public boolean canBuy() {
        return bought;
    }

    /** {@return whether nodes can be rented for a term} */
    public boolean canReserve() {
        return reserved;
    }

    /** {@return whether there is any way but on-demand rent} */
    public boolean any() {
        return bought || reserved;
    }

    /** {@return from when on bought nodes are there} */
    public long leadMicros() {
        return leadMicros;
    }

    /** {@return micro-dollars of one bought node, by the accounting, that is in use until then; energy aside} */
    public double capexMicroUsd(long lastUseMicros) {
        double held = Math.max(0, lastUseMicros - leadMicros);
        // One that outlives its life is bought again.
        return microUsdAtOnce * Math.max(1, Math.ceil(held / lifeMicros)) + microUsdPerMicro * held;
    }

    /** {@return the part of {@link #capexMicroUsd} that grows evenly between two times after the lead} */
    public double amortisedMicroUsd(double fromMicros, double toMicros) {
        return microUsdPerMicro * (toMicros - fromMicros);
    }

    /** {@return how long a reserved node is paid for at least} */
    public long minimumMicros() {
        return minimumMicros;
    }

    /** {@return micro-dollars of one reserved node that is in use for so long, from first to last} */
    public double reserveMicroUsd(long usedMicros) {
        return reservedMicroUsdPerMicro * Math.max(usedMicros, minimumMicros);
    }

    /**
     * {@return micro-dollars an hour that a bought node costs at least while a job has it, energy aside; infinite where it
     * cannot be bought}
     *
     * @param firstMicros no job that has it starts earlier
     * @param lastMicros no job that has it ends later
     */
    double leastCapexPerHour(long firstMicros, long lastMicros) {
        double window = lastMicros - Math.max(firstMicros, leadMicros);
        return bought && window > 0
                ? (microUsdAtOnce / window + microUsdPerMicro) * MICROS_PER_HOUR
                : Double.POSITIVE_INFINITY;
    }

    /** {@return the same of a reserved node that is used for that long at most} */
    double leastReservePerHour(long mostMicros) {
        return reserved && mostMicros > 0
                ? reservedMicroUsdPerMicro * Math.max(1, minimumMicros / (double) mostMicros) * MICROS_PER_HOUR
                : Double.POSITIVE_INFINITY;
    }
}
