package muster.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Reading;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import muster.planner.domain.Yardsticks;

/**
 * Over how many years a cost of operation can be a sum: space and energy for the fleet's rated power have a price, and so
 * have spares and staff; what is far off that for one period may be right for another.
 */
final class PeriodCheck {
    private static final String UNIT = "USD/kW/month";
    private static final double HOURS_PER_MONTH = 730;
    private static final double SECONDS_PER_YEAR = 365 * 86_400.0;
    private static final int MONTHS = 12;
    private static final int MOST_YEARS = 6;

    private final Claim claim;
    private final Map<String, Interval> narrowed;
    private final Yardsticks yardsticks;

    PeriodCheck(Claim claim, Map<String, Interval> narrowed, Yardsticks yardsticks) {
        this.claim = claim;
        this.narrowed = narrowed;
        this.yardsticks = yardsticks;
    }

    Optional<Check> check(Map<String, Interval> derived) {
        Interval opex = derived.getOrDefault("opexUsd", Interval.ANY);
        if (opex.isAny()) {
            return Optional.empty();
        }
        Interval watts = opex.isKnown() ? narrowed.getOrDefault("power", Interval.ANY) : Interval.ANY;
        Optional<Interval> period =
                claim.find("period").map(figure -> figure.nominal().times(1 / SECONDS_PER_YEAR));
        if (!watts.isKnown() || watts.low() == 0) {
            return Optional.of(check(
                    period,
                    Optional.empty(),
                    Verdict.UNDETERMINED,
                    "the cost to operate or the power of the fleet does not follow: state opex, and fleet or power",
                    List.of()));
        }
        Interval kilowatts = watts.times(1e-3);
        Interval plausible = plausible(kilowatts, derived);
        Interval years = opex.over(plausible.times(kilowatts).times(MONTHS));
        Interval oneYear = perKilowattMonth(opex, kilowatts, 1);
        derived.put("opexUsdPerKwMonthPlausible", plausible);
        derived.put("opexUsdPerKwMonthOneYear", oneYear);
        List<Reading> readings = new ArrayList<>();
        if (period.isEmpty()) {
            for (int count = 1; count <= MOST_YEARS; count++) {
                readings.add(reading(count, opex, kilowatts, plausible));
            }
            return Optional.of(
                    check(period, Optional.of(years), Verdict.UNDETERMINED, "the period is not stated", readings));
        }
        Interval stated = perKilowattMonth(opex, kilowatts, period.get().low());
        derived.put("opexUsdPerKwMonth", stated);
        if (period.get().low() != 1) {
            readings.add(reading(1, opex, kilowatts, plausible));
        }
        return Optional.of(check(
                period,
                Optional.of(years),
                period.get().meets(years) ? Verdict.CONSISTENT : Verdict.CONTRADICTED,
                "over %s years it is $%.0f per kW and month; $%.0f to $%.0f are plausible; over one year it would be $%,.0f, which is %s"
                        .formatted(
                                Reported.plain(period.get().low()),
                                stated.low(),
                                plausible.low(),
                                plausible.high(),
                                oneYear.low(),
                                oneYear.meets(plausible) ? "plausible too" : "ruled out"),
                readings));
    }

    private Check check(
            Optional<Interval> stated, Optional<Interval> years, Verdict verdict, String note, List<Reading> readings) {
        return new Check(
                "period",
                stated,
                years,
                "y",
                verdict,
                "years = opex / (kW × 12 × plausible price per kW and month)",
                List.of(
                        EquationChecks.shown(yardsticks.origin("owning.colocation")),
                        EquationChecks.shown(yardsticks.origin("owning.energyPrice")),
                        EquationChecks.shown(yardsticks.origin("owning.pue")),
                        EquationChecks.shown(yardsticks.origin("owning.sparesPerYear"))),
                note,
                readings,
                Optional.empty());
    }

    private static Reading reading(int years, Interval opex, Interval kilowatts, Interval plausible) {
        Interval price = perKilowattMonth(opex, kilowatts, years);
        return new Reading(
                years == 1 ? "a sum over one year" : "a sum over %d years".formatted(years),
                price,
                UNIT,
                price.meets(plausible) ? Verdict.CONSISTENT : Verdict.CONTRADICTED);
    }

    private static Interval perKilowattMonth(Interval opex, Interval kilowatts, double years) {
        return opex.over(kilowatts).times(1 / (MONTHS * years));
    }

    /**
     * Space plus energy at full load, from bare to generous; the generous end has spares as a share of the capex, where that
     * is known, and staff.
     */
    private Interval plausible(Interval kilowatts, Map<String, Interval> derived) {
        Interval bare = yardsticks
                .range("owning.colocation")
                .plus(yardsticks
                        .range("owning.energyPrice")
                        .times(yardsticks.range("owning.pue"))
                        .times(HOURS_PER_MONTH));
        Interval capex = derived.getOrDefault("capexUsd", Interval.ANY);
        double spares = capex.isKnown()
                ? capex.high() * yardsticks.range("owning.sparesPerYear").high() / 100 / MONTHS / kilowatts.low()
                : 0;
        double gpus = narrowed.getOrDefault("gpus", Interval.exactly(0)).high();
        double staff = gpus < Double.POSITIVE_INFINITY
                ? yardsticks.range("owning.staffPerThousandNodes").high()
                        * yardsticks.range("owning.salaryPerYear").high()
                        * gpus
                        / 8_000
                        / MONTHS
                        / kilowatts.low()
                : 0;
        return new Interval(bare.low(), bare.high() + spares + staff);
    }
}
