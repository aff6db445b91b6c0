package muster.planner.claims;

import java.util.ArrayList;
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
    private ClaimChecker() {}

    /** {@return what adds up, what is possible and what is left out} */
    public static ClaimAnswer check(Claim claim, Yardsticks yardsticks) {
        ClaimEquations built = ClaimEquations.of(claim, yardsticks);
        StatedValues stated = new StatedValues(claim, built.fixed().containsKey("flopPerToken"));
        Map<String, Interval> given = StatedValues.with(built.fixedAndBounds(), stated.rounded(), Optional.empty());
        Optional<Map<String, Interval>> consistent = built.propagation().narrow(given);
        Map<String, Interval> written =
                built.propagation().derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.empty()));
        // Without the bounds, which would hold whatever they are held against.
        Map<String, Interval> narrowed = built.propagation()
                .narrow(StatedValues.with(built.fixed(), stated.rounded(), Optional.empty()))
                .orElse(written);
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
        DerivedFigures figures = DerivedFigures.of(claim, derivation);
        Map<String, Interval> derived = figures.derived();
        List<Check> checks = new ArrayList<>(new EquationChecks(claim, built, stated).all());
        StatedFlop.check(claim, derived).ifPresent(checks::add);
        checks.addAll(new PeakChecks(claim, narrowed, yardsticks).all());
        checks.addAll(new RunPhysics(claim, narrowed).checks(derived));
        checks.addAll(new FleetLimits(claim, narrowed, yardsticks).all());
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
        claim.compared()
                .map(run -> FleetShares.gpuHours(run, yardsticks))
                .ifPresent(hours -> derived.put("comparedGpuHours", hours));
        return new ClaimAnswer(
                claim,
                Verdict.over(verdicts),
                checks,
                derived,
                figures.stated(),
                claim.basisPhase().orElse(""),
                clashes,
                owning,
                atPrices(claim, derived),
                FleetShares.of(claim, derivation, yardsticks));
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
                nothingStated ? "no figure is stated" : "each stated figure is needed to find the others");
    }
}
