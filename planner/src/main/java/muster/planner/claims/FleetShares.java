package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.FleetShare;
import muster.planner.domain.Interval;
import muster.planner.domain.Yardsticks;

/** What each kind of GPU in a fleet comes to, and each named part. */
final class FleetShares {
    private static final double HOURS_PER_DAY = 24;
    private static final double SECONDS_PER_HOUR = 3_600;

    private FleetShares() {}

    static List<FleetShare> of(Claim claim, Derivation written, Yardsticks yardsticks) {
        Interval run =
                claim.compared().map(other -> gpuHours(other, yardsticks)).orElse(Interval.ANY);
        List<FleetShare> shares = new ArrayList<>();
        claim.fleet().forEach(held -> {
            String name = held.gpu().name();
            Map<String, Interval> figures = figures("fleet." + name + ".", written, run);
            put(figures, "usdPerGpuHourOwned", written, Claim.fleetPath(name, "usdPerGpuHour"));
            breakEven(claim, name, figures);
            shares.add(new FleetShare(name, false, figures));
        });
        claim.parts()
                .forEach(part -> shares.add(
                        new FleetShare(part.name(), true, figures("parts." + part.name() + ".", written, run))));
        return shares;
    }

    /** Where the compared run rents the same GPU: the share of the hours above which the fleet's own is cheaper. */
    private static void breakEven(Claim claim, String gpu, Map<String, Interval> figures) {
        Interval owned = figures.getOrDefault("usdPerGpuHourOwned", Interval.ANY);
        claim.compared()
                .filter(run -> run.gpu().filter(used -> used.name().equals(gpu)).isPresent())
                .flatMap(run -> run.find("price"))
                .filter(price -> owned.isKnown() && price.nominal().low() > 0)
                .ifPresent(price -> figures.put(
                        "breakEvenUtilisationPercent", owned.times(100).over(price.nominal())));
    }

    private static Map<String, Interval> figures(String prefix, Derivation written, Interval runHours) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        put(figures, "gpus", written, prefix + "gpus");
        put(figures, "capexUsd", written, prefix + "capex");
        put(figures, "opexUsd", written, prefix + "opex");
        put(figures, "usdPerYear", written, prefix + "costPerYear");
        put(figures, "powerWatts", written, prefix + "power");
        Interval gpus = figures.get("gpus");
        if (gpus != null && gpus.low() > 0 && runHours.isKnown()) {
            figures.put("runDays", runHours.over(gpus.times(HOURS_PER_DAY)));
            Interval period = written.of("period").interval();
            if (period.isKnown()) {
                figures.put(
                        "runPercentOfPeriod",
                        runHours.times(100 * SECONDS_PER_HOUR).over(gpus.times(period)));
            }
        }
        return figures;
    }

    /** {@return the hours of the whole run, by its own equations} */
    static Interval gpuHours(Claim run, Yardsticks yardsticks) {
        ClaimEquations built = ClaimEquations.of(run, yardsticks);
        StatedValues stated = new StatedValues(run, built.fixed().containsKey("flopPerToken"));
        return built.propagation()
                .derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.empty()))
                .getOrDefault("gpuHours", Interval.ANY);
    }

    private static void put(Map<String, Interval> figures, String key, Derivation from, String variable) {
        Interval value = from.of(variable).interval();
        if (!value.isAny()) {
            figures.put(key, value);
        }
    }
}
