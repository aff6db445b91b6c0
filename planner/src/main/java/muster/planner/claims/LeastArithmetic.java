package muster.planner.claims;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Claim;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Precision;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/**
 * The arithmetic that a run cannot do without, and the rate that its GPUs cannot exceed, from whatever is stated of them:
 * without a sequence the scores of attention are left out, without a model six FLOP per active parameter and token stand
 * in, without a precision the GPU's fastest format counts, and without a GPU the fastest GPU of all.
 */
final class LeastArithmetic {
    private LeastArithmetic() {}

    /** @param flop FLOP per token of training */
    record PerToken(double flop, String formula, String source) {}

    /** The dense rate of one GPU, FLOP/s. */
    record Peak(double flopsPerSecond, String name, String source) {}

    /** {@return FLOP per token that no way of training goes without; empty where neither model nor size is known} */
    static Optional<PerToken> perToken(Claim claim) {
        Optional<Architecture> shape = claim.subject().model().map(model -> model.architecture());
        if (shape.isPresent()) {
            Optional<StatedFigure> sequence = claim.findOfBasis("sequence")
                    .filter(found -> found.nominal().isKnown());
            // Of a range the shorter sequence needs less.
            int tokens = sequence.map(found -> (int) found.nominal().low()).orElse(1);
            return Optional.of(new PerToken(
                    shape.get().trainingFlops(Math.max(1, tokens), Attention.Mask.CAUSAL),
                    sequence.isPresent()
                            ? "FLOP per token, causal, × tokens"
                            : "FLOP per token without the scores of attention, as no sequence is stated, × tokens",
                    ClaimEquations.FLOP_COUNT));
        }
        return claim.find("activeParameters")
                .filter(active -> active.nominal().low() > 0)
                .map(active -> new PerToken(
                        6 * active.rounded().low(),
                        "6 × active parameters × tokens",
                        EquationChecks.shown(active.origin())));
    }

    /** {@return the rate that nothing on these GPUs exceeds} */
    static Peak peak(Claim claim, Yardsticks yardsticks) {
        Optional<Gpu> gpu = claim.gpu();
        if (gpu.isEmpty()) {
            return new Peak(
                    yardsticks.range("limits.flopsPerSecondPerGpu").high(),
                    "peak of the fastest GPU",
                    "limits.flopsPerSecondPerGpu: "
                            + EquationChecks.shown(yardsticks.origin("limits.flopsPerSecondPerGpu")));
        }
        Map<Precision, Figure> rates = gpu.get().flopsPerSecond();
        Precision format = claim.subject()
                .precision()
                .filter(rates::containsKey)
                .orElseGet(() -> rates.entrySet().stream()
                        .max(Comparator.comparingDouble(rate -> rate.getValue().value()))
                        .orElseThrow()
                        .getKey());
        return new Peak(
                rates.get(format).value(),
                "dense %s peak".formatted(format.key()),
                "gpus.%s.flops.%s: %s"
                        .formatted(
                                gpu.get().name(),
                                format.key(),
                                EquationChecks.shown(rates.get(format).origin())));
    }
}
