package muster.planner.check;

import java.math.BigDecimal;
import java.util.function.ToIntFunction;
import muster.planner.check.DerivedJob.Holding;
import muster.planner.domain.Accounting;
import muster.planner.domain.Supply;

/** What bought and reserved nodes cost, in micro-dollars: by pool, and as shares of jobs. */
final class TermCosts {
    private static final double MICROS_PER_HOUR = 3600e6;
    private static final double MICROS_PER_YEAR = 365 * 24 * MICROS_PER_HOUR;

    /** A price by the year is a dozen operations on doubles, which from 1e14 units on exceeds one of them. */
    private static final BigDecimal DOUBLES = new BigDecimal("1e-14");

    private TermCosts() {}

    /** {@return units by which a cost that was rounded {@code count} times may be off} */
    static int roundings(BigDecimal cost, int count) {
        return cost.signum() == 0 ? 0 : count + cost.multiply(DOUBLES).intValue();
    }

    /** {@return purchases of a pool: price less residual, whole or by the time from delivery to the last use} */
    static BigDecimal capexMicroUsd(Derivation derivation, int p) {
        int bought = derivation.most(p, Holding::boughtNodes);
        if (bought == 0) {
            return BigDecimal.ZERO;
        }
        PoolFacts pool = derivation.pools().get(p);
        Supply.Purchase terms = pool.pool().supply().buy().orElseThrow();
        long last = derivation.jobs().stream()
                .filter(job -> job.holdings().get(p).boughtNodes() > 0)
                .mapToLong(DerivedJob::endMicros)
                .max()
                .orElseThrow();
        double heldMicros = last - pool.leadMicros();
        double lifeMicros = terms.lifeSeconds().value() * 1e6;
        double price = terms.usdPerNode().value() * 1e6;
        double residual = price * terms.residualFraction().value();
        if (derivation.scenario().accounting() == Accounting.CASH) {
            double purchases = Math.max(1, Math.ceil(heldMicros / lifeMicros));
            return new BigDecimal((price - residual) * purchases * bought);
        }
        double interest = terms.financingFractionPerYear().value();
        double years = lifeMicros / MICROS_PER_YEAR;
        // An annuity: with interest it is i g / (g - 1) a year, g being what a dollar grows to; g - 1 in one step, as a
        // difference it would lose its digits.
        double grown = Math.expm1(years * Math.log1p(interest));
        double share = interest == 0 ? 1 / years : interest * (1 + grown) / grown;
        double perYear = (price - residual) * share + residual * interest;
        return new BigDecimal(bought * perYear * heldMicros / MICROS_PER_YEAR);
    }

    /** {@return reservations of a pool: from first to last use, the minimum at least} */
    static BigDecimal reserveMicroUsd(Derivation derivation, int p) {
        int reserved = derivation.most(p, Holding::reservedNodes);
        if (reserved == 0) {
            return BigDecimal.ZERO;
        }
        PoolFacts pool = derivation.pools().get(p);
        Supply.Reservation terms = pool.pool().supply().reserve().orElseThrow();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (DerivedJob job : derivation.jobs()) {
            if (job.holdings().get(p).reservedNodes() > 0) {
                first = Math.min(first, job.startMicros());
                last = Math.max(last, job.endMicros());
            }
        }
        long paidMicros =
                Math.max(last - first, Math.round(terms.minimumSeconds().value() * 1e6));
        long perGpuHour = Math.round(terms.usdPerGpuHour().value() * 1e6);
        return BigDecimal.valueOf(perGpuHour)
                .multiply(BigDecimal.valueOf((long) pool.gpusPerNode() * reserved))
                .multiply(BigDecimal.valueOf(paidMicros))
                .divide(BigDecimal.valueOf(3_600_000_000L), Derivation.PRECISION);
    }

    /** {@return a job's part of all purchases and reservations, by the node-hours that it holds of each} */
    static BigDecimal shareMicroUsd(Derivation derivation, DerivedJob job) {
        BigDecimal share = BigDecimal.ZERO;
        for (int p = 0; p < derivation.pools().size(); p++) {
            share = share.add(part(derivation, job, p, Holding::boughtNodes, capexMicroUsd(derivation, p)))
                    .add(part(derivation, job, p, Holding::reservedNodes, reserveMicroUsd(derivation, p)));
        }
        return share;
    }

    private static BigDecimal part(
            Derivation derivation, DerivedJob job, int p, ToIntFunction<Holding> nodes, BigDecimal cost) {
        if (cost.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal all = DerivedJob.sum(derivation.jobs().stream()
                .map(each -> nodeMicros(each, p, nodes))
                .toList());
        return cost.multiply(nodeMicros(job, p, nodes)).divide(all, Derivation.PRECISION);
    }

    private static BigDecimal nodeMicros(DerivedJob job, int p, ToIntFunction<Holding> nodes) {
        return BigDecimal.valueOf(job.endMicros() - job.startMicros())
                .multiply(BigDecimal.valueOf(nodes.applyAsInt(job.holdings().get(p))));
    }
}
