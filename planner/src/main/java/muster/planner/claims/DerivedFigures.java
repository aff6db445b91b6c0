package muster.planner.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Stated;
import muster.planner.domain.Interval;

/** The figures that answers name, each where it follows, and of those the stated ones as stated. */
final class DerivedFigures {
    private static final double SECONDS_PER_DAY = 86_400;

    private final Map<String, Interval> derived = new LinkedHashMap<>();
    private final Map<String, Stated> stated = new LinkedHashMap<>();
    private final Derivation from;

    private DerivedFigures(Derivation from) {
        this.from = from;
    }

    static DerivedFigures of(Claim claim, Derivation from) {
        DerivedFigures figures = new DerivedFigures(from);
        figures.put("gpus", "gpus", 1);
        figures.put("gpuHours", "gpuHours", 1);
        figures.put("days", "days", 1 / SECONDS_PER_DAY);
        figures.put("usd", "cost", 1);
        figures.put("usdPerGpuHour", "price", 1);
        for (String key : List.of("flopPerToken", "flop", "flopFull", "flop6nd")) {
            figures.put(key, key, 1);
        }
        figures.put("tokensPerSecondPerGpu", claim.ratePath(), 1);
        for (Claim.MfuBasis basis : Claim.MfuBasis.values()) {
            figures.put(basis.variable(), basis.variable(), 1);
        }
        figures.flopsPerSecond();
        figures.put("capexUsd", "capex", 1);
        figures.put("opexUsd", "opex", 1);
        figures.put("usdPerYear", "costPerYear", 1);
        figures.put("powerWatts", "power", 1);
        return figures;
    }

    /** Further figures are added here. */
    Map<String, Interval> derived() {
        return derived;
    }

    Map<String, Stated> stated() {
        return stated;
    }

    private void flopsPerSecond() {
        Interval perToken = derived.get("flopPerToken");
        Interval tokens = derived.get("tokensPerSecondPerGpu");
        if (perToken != null && tokens != null) {
            derived.put("flopPerSecondPerGpu", perToken.times(tokens));
        }
    }

    private void put(String key, String variable, double factor) {
        Derivation.Value value = from.of(variable);
        if (value.interval().isAny() || value.interval().isEmpty()) {
            return;
        }
        derived.put(key, value.interval().times(factor));
        value.stated().ifPresent(found -> stated.put(key, new Stated(found.times(factor), value.fits())));
    }
}
