package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.ClaimAnswer.Owning;
import muster.planner.domain.ClaimAnswer.PricedRun;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/** Holds one claim against arithmetic, physics, failure rates and the cost of owning. */
public final class ClaimChecker {
    private static final double SECONDS_PER_DAY = 86_400;

    private ClaimChecker() {}

    /** {@return what adds up, what is possible and what is left out} */
    public static ClaimAnswer check(Claim claim, Yardsticks yardsticks) {
        ClaimEquations built = ClaimEquations.of(claim);
        StatedValues stated = new StatedValues(claim, built.fixed().containsKey("flopPerToken"));
        Map<String, Interval> given = StatedValues.with(built.fixedAndBounds(), stated.rounded(), Optional.empty());
        Optional<Map<String, Interval>> consistent = built.propagation().narrow(given);
        Map<String, Interval> written =
                built.propagation().derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.empty()));
        Map<String, Interval> narrowed = consistent.orElse(written);
        List<Clash> clashes = consistent.isPresent()
                ? List.of()
                : new ClashFinder(built.equations(), built.fixedAndBounds(), stated.rounded())
                        .find().stream()
                                .map(clash -> new Clash(
                                        clash.figures().stream()
                                                .map(stated::path)
                                                .toList(),
                                        clash.smallest()))
                                .toList();
        Derivation derivation = new Derivation(built, stated, written);
        Map<String, Interval> derived = derived(derivation);
        List<Check> checks = new ArrayList<>(new EquationChecks(claim, built, stated).all());
        StatedFlop.check(claim, derived).ifPresent(checks::add);
        checks.addAll(new RunPhysics(claim, narrowed).checks(derived));
        PriceCheck.check(claim, yardsticks, derived).ifPresent(checks::add);
        RunFailures.add(claim, yardsticks, derived);
        new PeriodCheck(claim, written, yardsticks).check(derived).ifPresent(checks::add);
        Optional<Owning> owning = RunOwning.add(claim, yardsticks, derived);
        if (checks.isEmpty()) {
            checks.add(nothingToHold(claim.figures().isEmpty()));
        }
        List<Verdict> verdicts =
                new ArrayList<>(checks.stream().map(Check::verdict).toList());
        if (!clashes.isEmpty()) {
            verdicts.add(Verdict.CONTRADICTED);
        }
        claim.compared().map(FleetShares::gpuHours).ifPresent(hours -> derived.put("comparedGpuHours", hours));
        return new ClaimAnswer(
                claim,
                Verdict.over(verdicts),
                checks,
                derived,
                claim.basisPhase().orElse(""),
                clashes,
                owning,
                atPrices(claim, derived),
                FleetShares.of(claim, derivation));
    }

    /** The figures that answers name, each where it follows. */
    private static Map<String, Interval> derived(Derivation from) {
        Map<String, Interval> derived = new LinkedHashMap<>();
        put(derived, "gpus", from, "gpus", 1);
        put(derived, "gpuHours", from, "gpuHours", 1);
        put(derived, "days", from, "days", 1 / SECONDS_PER_DAY);
        put(derived, "usd", from, "cost", 1);
        put(derived, "usdPerGpuHour", from, "price", 1);
        for (String key : List.of("flopPerToken", "flop", "flopFull", "flop6nd", "tokensPerSecondPerGpu")) {
            put(derived, key, from, key, 1);
        }
        for (Claim.MfuBasis basis : Claim.MfuBasis.values()) {
            put(derived, basis.variable(), from, basis.variable(), 1);
        }
        flopsPerSecond(derived);
        put(derived, "capexUsd", from, "capex", 1);
        put(derived, "opexUsd", from, "opex", 1);
        put(derived, "usdPerYear", from, "costPerYear", 1);
        put(derived, "powerWatts", from, "power", 1);
        return derived;
    }

    private static void flopsPerSecond(Map<String, Interval> derived) {
        Interval perToken = derived.get("flopPerToken");
        Interval tokens = derived.get("tokensPerSecondPerGpu");
        if (perToken != null && tokens != null) {
            derived.put("flopPerSecondPerGpu", perToken.times(tokens));
        }
    }

    private static void put(
            Map<String, Interval> derived, String key, Derivation from, String variable, double factor) {
        Interval value = from.of(variable);
        if (!value.isAny() && !value.isEmpty()) {
            derived.put(key, value.times(factor));
        }
    }

    private static List<PricedRun> atPrices(Claim claim, Map<String, Interval> derived) {
        Interval hours = derived.getOrDefault("gpuHours", Interval.ANY);
        if (!hours.isKnown()) {
            return List.of();
        }
        List<PricedRun> runs = new ArrayList<>();
        for (Claim.OtherPrice other : claim.prices()) {
            StatedFigure price = other.price();
            runs.add(
                    new PricedRun(other.name(), price.nominal(), price.nominal().times(hours), price.origin()));
        }
        if (!runs.isEmpty()) {
            derived.put(
                    "usdAtOtherPrices",
                    new Interval(
                            runs.stream()
                                    .mapToDouble(run -> run.usd().low())
                                    .min()
                                    .orElseThrow(),
                            runs.stream()
                                    .mapToDouble(run -> run.usd().high())
                                    .max()
                                    .orElseThrow()));
        }
        return runs;
    }

    private static Check nothingToHold(boolean nothingStated) {
        return new Check(
                "published",
                Optional.empty(),
                Optional.empty(),
                "",
                Verdict.UNDETERMINED,
                "a check needs a figure that is stated and follows from others too",
                List.of("definition: docs/claims.md#verdicts"),
                nothingStated ? "no figure is stated" : "each stated figure is needed to find the others",
                List.of());
    }
}
