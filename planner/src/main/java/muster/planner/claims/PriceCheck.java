package muster.planner.claims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/** A price per GPU-hour against those that others ask for the GPU. Outside of them it is unusual, not impossible. */
final class PriceCheck {
    private PriceCheck() {}

    static Optional<Check> check(Claim claim, Yardsticks yardsticks, Map<String, Interval> derived) {
        Interval price = claim.find("price")
                .map(StatedFigure::nominal)
                .orElse(derived.getOrDefault("usdPerGpuHour", Interval.ANY));
        if (price.isAny() || claim.gpu().isEmpty()) {
            return Optional.empty();
        }
        String key = "rents." + claim.gpu().get().name();
        return yardsticks.find(key).map(rents -> {
            derived.put("usdPerGpuHourRented", rents.nominal());
            Interval hours = derived.getOrDefault("gpuHours", Interval.ANY);
            if (hours.isKnown()) {
                derived.put("usdRented", hours.times(rents.nominal()));
            }
            boolean usual = price.meets(rents.nominal());
            return new Check(
                    "price",
                    Optional.of(price),
                    Optional.of(rents.nominal()),
                    BaseUnit.USD_PER_GPU_HOUR.symbol(),
                    usual ? Verdict.CONSISTENT : Verdict.TIGHT,
                    "price per GPU-hour, among those that others ask for the GPU",
                    List.of(EquationChecks.shown(rents.origin())),
                    usual
                            ? ""
                            : "outside of what others ask: another scope, such as amortised hardware, or another time");
        });
    }
}
