package muster.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Gpu;
import muster.planner.domain.Interval;
import muster.planner.domain.Precision;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/**
 * What no software changes: GPUs have the formats that they have, and exceed their peaks in none of them. Hours are always
 * held against the peak of a stated GPU; of the other bounds only those are told that are broken, as being far from them
 * says nothing for a claim.
 */
final class PeakChecks {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final String BEYOND = "no software makes a GPU exceed its peak";

    private final Claim claim;
    private final Map<String, Interval> narrowed;
    private final LeastArithmetic.Peak peak;

    /** @param narrowed what every figure of the claim can be */
    PeakChecks(Claim claim, Map<String, Interval> narrowed, Yardsticks yardsticks) {
        this.claim = claim;
        this.narrowed = narrowed;
        this.peak = LeastArithmetic.peak(claim, yardsticks);
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        hours().filter(check -> claim.gpu().isPresent() || isBroken(check)).ifPresent(checks::add);
        precision().ifPresent(checks::add);
        rate().filter(PeakChecks::isBroken).ifPresent(checks::add);
        utilisation().filter(PeakChecks::isBroken).ifPresent(checks::add);
        return checks;
    }

    private static boolean isBroken(Check check) {
        return check.verdict() == Verdict.CONTRADICTED;
    }

    /** FLOP over the peak: a bound that needs no model of a run's speed. */
    private Optional<Check> hours() {
        Interval hours = narrowed.getOrDefault(claim.basisPath("gpuHours"), Interval.ANY);
        Interval flop = narrowed.getOrDefault(ClaimEquations.LEAST_FLOP, Interval.ANY);
        // What has no most can be as much as it takes.
        if (flop.low() <= 0 || hours.high() == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        Interval least = Interval.atLeast(flop.low() / (peak.flopsPerSecond() * SECONDS_PER_HOUR));
        Optional<LeastArithmetic.PerToken> perToken = LeastArithmetic.perToken(claim);
        List<String> sources = new ArrayList<>(List.of(peak.source()));
        perToken.ifPresent(found -> sources.add(found.source()));
        return Optional.of(check(
                "peak",
                claim.find(claim.basisPath("gpuHours"))
                        .map(StatedFigure::nominal)
                        .orElse(hours),
                least,
                BaseUnit.GPU_HOURS.symbol(),
                hours.meets(least),
                "GPU-hours ≥ FLOP / (3600 × %s)".formatted(peak.name())
                        + perToken.map(found -> "; FLOP = " + found.formula()).orElse(""),
                sources));
    }

    private Optional<Check> rate() {
        Optional<StatedFigure> rate = claim.find(claim.ratePath());
        Optional<LeastArithmetic.PerToken> perToken = LeastArithmetic.perToken(claim);
        if (rate.isEmpty() || perToken.isEmpty()) {
            return Optional.empty();
        }
        Interval most = Interval.atMost(peak.flopsPerSecond() / perToken.get().flop());
        return Optional.of(check(
                "rate",
                rate.get().nominal(),
                most,
                rate.get().unit().symbol(),
                rate.get().rounded().meets(most),
                "tokens/s/GPU × FLOP per token ≤ %s; FLOP × tokens = %s"
                        .formatted(peak.name(), perToken.get().formula()),
                List.of(
                        EquationChecks.shown(rate.get().origin()),
                        peak.source(),
                        perToken.get().source())));
    }

    /** A utilisation counts against the 16-bit peak or the run's own; a run in a narrower format may exceed the former. */
    private Optional<Check> utilisation() {
        Optional<StatedFigure> stated = claim.find("mfu");
        Optional<Double> percent = claim.mfuBasis().flatMap(this::mostPercent);
        if (stated.isEmpty() || percent.isEmpty()) {
            return Optional.empty();
        }
        Interval most = Interval.atMost(percent.get());
        return Optional.of(check(
                "utilisation",
                stated.get().nominal(),
                most,
                "%",
                stated.get().rounded().meets(most),
                claim.mfuBasis().get() == Claim.MfuBasis.PEAK
                        ? "MFU ≤ 100 %"
                        : "MFU ≤ 100 %% × %s / dense 16-bit peak".formatted(peak.name()),
                List.of(EquationChecks.shown(stated.get().origin()), peak.source())));
    }

    private Optional<Double> mostPercent(Claim.MfuBasis basis) {
        if (basis == Claim.MfuBasis.PEAK) {
            return Optional.of(100.0);
        }
        return claim.gpu().filter(gpu -> gpu.supports(gpu.wideFormat())).map(gpu -> {
            double wide = gpu.flopsPerSecond().get(gpu.wideFormat()).value();
            return 100 * Math.max(1, peak.flopsPerSecond() / wide);
        });
    }

    /** A format that the GPU has no units for. */
    private Optional<Check> precision() {
        Optional<Gpu> gpu = claim.gpu();
        return claim.subject()
                .precision()
                .filter(format -> gpu.isPresent() && !gpu.get().supports(format))
                .map(format -> new Check(
                        "precision",
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Verdict.CONTRADICTED,
                        "the precision of a run is among the formats of its GPU",
                        List.of("gpus.%s.flops: %s"
                                .formatted(
                                        gpu.get().name(),
                                        EquationChecks.shown(gpu.get()
                                                .flopsPerSecond()
                                                .values()
                                                .iterator()
                                                .next()
                                                .origin()))),
                        "%s has no %s; it multiplies matrices in %s"
                                .formatted(
                                        gpu.get().label(),
                                        format.key(),
                                        String.join(
                                                ", ",
                                                gpu.get().flopsPerSecond().keySet().stream()
                                                        .map(Precision::key)
                                                        .toList()))));
    }

    private static Check check(
            String name,
            Interval stated,
            Interval derived,
            String unit,
            boolean possible,
            String formula,
            List<String> sources) {
        return new Check(
                name,
                Optional.of(stated),
                Optional.of(derived),
                unit,
                possible ? Verdict.CONSISTENT : Verdict.CONTRADICTED,
                formula,
                sources,
                possible ? "" : BEYOND);
    }
}
