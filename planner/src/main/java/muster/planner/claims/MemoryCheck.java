package muster.planner.claims;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Gpu;
import muster.planner.domain.Interval;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.Model;
import muster.planner.domain.Precision;

/**
 * Whether a model can be trained in the memory of the stated GPUs. States that are kept in the servers' own memory, or on
 * disks, are outside of it: who trains so says so.
 */
final class MemoryCheck {
    /** Labels count decimal gigabytes where chips hold binary ones (docs/model.md#memory). */
    private static final double LABEL = 1.074;

    /** Assumption: by so much the memory of a layout may be less than the performance model counts. */
    private static final double MEMORY_ERROR = 0.1;

    private static final String ELSEWHERE = "unless states are kept outside of the GPUs, which is not stated";

    private MemoryCheck() {}

    /** {@return the finding that no layout of the performance model fits; tight where its error may be why} */
    static Check noLayoutFits(LayoutEstimate leanest, Gpu gpu) {
        boolean nearly = leanest.memoryBytesPerGpu() * (1 - MEMORY_ERROR) <= leanest.memoryLimitBytesPerGpu();
        return new Check(
                "memory",
                Optional.of(Interval.exactly(leanest.memoryLimitBytesPerGpu())),
                Optional.of(Interval.atLeast(leanest.memoryBytesPerGpu())),
                BaseUnit.BYTES.symbol(),
                nearly ? Verdict.TIGHT : Verdict.CONTRADICTED,
                "memory of a GPU ≥ weights, gradients, optimizer states and activations of the leanest layout",
                List.of("model: docs/model.md#memory", memory(gpu)),
                nearly
                        ? "no layout of the performance model fits, by less than its memory may be wrong"
                        : "no layout fits, " + ELSEWHERE);
    }

    /**
     * {@return the finding that not even the weights fit} It needs neither stack nor batch, and is made only where it decides.
     *
     * @param narrowed what every figure of the claim can be
     */
    static Optional<Check> weightsDoNotFit(Claim claim, Map<String, Interval> narrowed) {
        Interval gpus = narrowed.getOrDefault("gpus", Interval.ANY);
        Optional<Model> model = claim.subject().model();
        if (model.isEmpty() || claim.gpu().isEmpty() || gpus.high() == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        Gpu gpu = claim.gpu().get();
        Precision format = claim.subject()
                .precision()
                .filter(gpu::supports)
                .orElseGet(() -> gpu.flopsPerSecond().keySet().stream()
                        .reduce((one, narrower) -> narrower)
                        .orElseThrow());
        double bytes = model.get().architecture().totalParameters() * bytesOfWeight(format);
        double least = Math.ceil(bytes / (gpu.memoryBytes().value() * LABEL));
        return gpus.high() >= least
                ? Optional.empty()
                : Optional.of(new Check(
                        "memory",
                        Optional.of(gpus),
                        Optional.of(Interval.atLeast(least)),
                        BaseUnit.COUNT.symbol(),
                        Verdict.CONTRADICTED,
                        String.format(
                                Locale.ROOT,
                                "GPUs × memory ≥ parameters × %s B of a weight in %s",
                                Reported.plain(bytesOfWeight(format)),
                                format.key()),
                        List.of("model: docs/model.md#parameters-and-flop-of-a-model", memory(gpu)),
                        "not even the weights fit, " + ELSEWHERE));
    }

    private static double bytesOfWeight(Precision format) {
        return switch (format) {
            case NVFP4 -> 0.5;
            case FP8, MXFP8 -> 1;
            case FP16, BF16 -> 2;
            case FP32, TF32 -> 4;
        };
    }

    private static String memory(Gpu gpu) {
        return "gpus.%s.memory: %s"
                .formatted(gpu.name(), EquationChecks.shown(gpu.memoryBytes().origin()));
    }
}
