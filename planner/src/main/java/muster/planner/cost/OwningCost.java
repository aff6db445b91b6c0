package muster.planner.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import muster.planner.domain.Interval;

/**
 * What a GPU costs its owner in a year, in US dollars: servers, network and storage as an annuity over their life, and
 * space, energy, spares and staff (the terms of Cottier et al. 2024, arXiv:2405.21015, and of cluster price sheets). Ends
 * of ranges are taken together, all cheap or all dear, so that the result holds whatever goes with what.
 */
public final class OwningCost {
    private static final double HOURS_PER_YEAR = 8_760;
    private static final double SECONDS_PER_YEAR = 365 * 86_400.0;
    private static final double NODES = 1_000;

    private OwningCost() {}

    /**
     * @param serversUsd per GPU, its share of the server included; {@code networkUsd} and {@code storageUsd} likewise
     * @param wattsPerGpu rated power of the server over its GPUs
     * @param colocationUsdPerKilowattMonth space, cooling and feed for a rated kW
     * @param loadFraction drawn share of the rating
     * @param sparesFractionPerYear of the servers' price
     * @param staffPerThousandNodes people
     * @param financingFraction interest a year
     * @param residualFraction of the price, at the end of the life
     */
    public record Terms(
            Interval serversUsd,
            Interval networkUsd,
            Interval storageUsd,
            double wattsPerGpu,
            int gpusPerNode,
            Interval colocationUsdPerKilowattMonth,
            Interval usdPerKwh,
            Interval powerUsageEffectiveness,
            Interval loadFraction,
            Interval sparesFractionPerYear,
            Interval staffPerThousandNodes,
            Interval salaryUsdPerYear,
            Interval financingFraction,
            Interval lifeSeconds,
            Interval residualFraction) {}

    /** {@return US dollars per GPU and year, by part; parts at their low ends add up to the lowest total} */
    public static Map<String, Interval> usdPerGpuYear(Terms terms) {
        double kilowatts = terms.wattsPerGpu() / 1e3;
        Map<String, Interval> parts = new LinkedHashMap<>();
        parts.put("servers", payment(terms.serversUsd(), terms));
        parts.put("network", payment(terms.networkUsd(), terms));
        parts.put("storage", payment(terms.storageUsd(), terms));
        parts.put("space", terms.colocationUsdPerKilowattMonth().times(12 * kilowatts));
        parts.put(
                "energy",
                terms.usdPerKwh()
                        .times(terms.powerUsageEffectiveness())
                        .times(terms.loadFraction())
                        .times(kilowatts * HOURS_PER_YEAR));
        parts.put("spares", terms.serversUsd().times(terms.sparesFractionPerYear()));
        parts.put(
                "staff",
                terms.staffPerThousandNodes().times(terms.salaryUsdPerYear()).times(1 / (NODES * terms.gpusPerNode())));
        return Collections.unmodifiableMap(parts);
    }

    /** {@return US dollars per GPU-hour when a share of the hours is used} */
    public static Interval usdPerGpuHour(Map<String, Interval> usdPerGpuYear, Interval utilisationFraction) {
        return total(usdPerGpuYear).over(utilisationFraction.times(HOURS_PER_YEAR));
    }

    /** {@return the share of hours in use at which owning costs what rent does; above 1, rent is always cheaper} */
    public static Interval breakEvenFraction(Map<String, Interval> usdPerGpuYear, Interval rentUsdPerGpuHour) {
        return total(usdPerGpuYear).over(rentUsdPerGpuHour.times(HOURS_PER_YEAR));
    }

    private static Interval total(Map<String, Interval> parts) {
        Interval total = Interval.exactly(0);
        for (Interval part : parts.values()) {
            total = total.plus(part);
        }
        return total;
    }

    /**
     * Depreciation and interest together, which each alone does not have its ends where theirs are: more residual is less to
     * write off, but more to pay interest on.
     */
    private static Interval payment(Interval usd, Terms terms) {
        return new Interval(
                payment(
                        usd.low(),
                        terms.residualFraction().high(),
                        terms.financingFraction().low(),
                        years(terms.lifeSeconds().high())),
                payment(
                        usd.high(),
                        terms.residualFraction().low(),
                        terms.financingFraction().high(),
                        years(terms.lifeSeconds().low())));
    }

    /**
     * {@return equal yearly payments that leave the residual} {@code (C − R) × i/(1 − (1+i)^−L) + R × i}: the annuity on what
     * is written off, and interest on what is left.
     */
    static double payment(double usd, double residualFraction, double rate, double years) {
        double residual = usd * residualFraction;
        // 1 − (1+i)^−L without the digits that its difference loses where interest is next to nothing.
        double share = rate == 0 ? 1 / years : rate / -Math.expm1(-years * Math.log1p(rate));
        return (usd - residual) * share + residual * rate;
    }

    private static double years(double seconds) {
        return seconds / SECONDS_PER_YEAR;
    }
}
