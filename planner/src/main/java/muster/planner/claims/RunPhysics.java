package muster.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import muster.planner.domain.StatedFigure;

/**
 * How many GPU-hours the stated hardware can need: about as many as the best layout of the performance model takes, within
 * that model's error, if there is a layout that fits.
 */
final class RunPhysics {
    private final Claim claim;
    private final Map<String, Interval> narrowed;

    /** @param narrowed what every figure of the claim can be */
    RunPhysics(Claim claim, Map<String, Interval> narrowed) {
        this.claim = claim;
        this.narrowed = narrowed;
    }

    List<Check> checks(Map<String, Interval> derived) {
        if (claim.subject().model().isEmpty()) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        ModelledHours modelled = ModelledHours.of(claim, narrowed);
        modelled.band().ifPresent(band -> derived.put("gpuHoursModelled", band));
        modelled.tooLarge()
                .map(leanest -> MemoryCheck.noLayoutFits(
                        leanest, claim.node().orElseThrow().gpu()))
                .or(() -> MemoryCheck.weightsDoNotFit(claim, narrowed))
                .ifPresent(checks::add);
        checks.add(physics(modelled));
        return checks;
    }

    private Check physics(ModelledHours modelled) {
        Interval hours = narrowed.getOrDefault(claim.basisPath("gpuHours"), Interval.ANY);
        Optional<Interval> stated = claim.find(claim.basisPath("gpuHours")).map(StatedFigure::nominal);
        Verdict verdict = Verdict.UNDETERMINED;
        String note = modelled.how();
        boolean open = hours.high() == Double.POSITIVE_INFINITY;
        if (modelled.band().isPresent() && open) {
            note = "no GPU-hours are stated to hold against it, or no most of them; " + note;
        } else if (modelled.band().isPresent()) {
            boolean within = hours.high() >= modelled.band().get().low();
            if (hours.high() >= modelled.best()) {
                verdict = Verdict.CONSISTENT;
                note = "more hours than the best layout needs are always possible; " + note;
            } else if (within || modelled.sampled()) {
                verdict = Verdict.TIGHT;
                note = "faster than the best layout of the model, "
                        + (within ? "within its error; " : "but only the ends of what is stated were searched; ")
                        + note;
            } else {
                verdict = Verdict.CONTRADICTED;
                note = "faster than the model, with its error, thinks possible; " + note;
            }
        }
        return new Check(
                "physics",
                open ? stated : Optional.of(stated.orElse(hours)),
                modelled.band(),
                BaseUnit.GPU_HOURS.symbol(),
                verdict,
                "GPU-hours = tokens / tokens per step × step of the best layout × GPUs / 3600",
                modelled.sources().isEmpty() ? List.of("model: docs/claims.md#physics") : modelled.sources(),
                note);
    }
}
