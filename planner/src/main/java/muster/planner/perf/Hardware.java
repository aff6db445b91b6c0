package muster.planner.perf;

import java.util.Optional;
import muster.planner.domain.Efficiency;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;

/**
 * The rates that a stack reaches on a node, after efficiencies and the pace of its release; base units.
 *
 * @param gpusPerNode GPUs that the scale-up link joins
 * @param matrixFlopsPerSecond large matrix multiplies in the job's precision
 * @param wideMatrixFlopsPerSecond the same in 16 bits, where head and router stay
 * @param attentionFlopsPerSecond scores and weighted values
 * @param computeFraction share of the multiprocessors that communication leaves to arithmetic while experts exchange
 * @param linkBytesPerSecond scale-up link, one direction
 * @param fabricBytesPerSecond scale-out network per GPU, one direction
 * @param launchSeconds of a layer's kernels in one pass
 * @param mixtureLaunchSeconds of a mixture's kernels in one pass, on top of it
 * @param mixturePace speed of this release's mixtures relative to the efficiencies
 * @param scorePasses how often unfused attention reads or writes its scores in a forward pass
 */
public record Hardware(
        int gpusPerNode,
        double memoryBytes,
        double multiprocessors,
        double matrixFlopsPerSecond,
        double wideMatrixFlopsPerSecond,
        double attentionFlopsPerSecond,
        double computeFraction,
        double memoryBytesPerSecond,
        double linkBytesPerSecond,
        double fabricBytesPerSecond,
        double launchSeconds,
        double mixtureLaunchSeconds,
        double mixturePace,
        double scorePasses) {
    /**
     * A GPU sold with 80 GB lets software have 81,559 MiB (H100, nvidia-smi), one with 141 GB 143,771 MiB: vendors count
     * in units of nearly 2^30 B.
     */
    private static final double BINARY_GIGABYTE = 1.068;

    /** Of scores, forward, where nothing was fitted: product, softmax, dropout, product. */
    private static final double DEFAULT_SCORE_PASSES = 6;

    /** {@return what a job's stack reaches of a node's rates} */
    public static Hardware of(Job job, Node node) {
        return of(node, job.stack(), job.precision());
    }

    /**
     * @throws IllegalArgumentException if the GPU or the stack lacks the precision; readers refuse such jobs
     */
    static Hardware of(Node node, Stack stack, Precision precision) {
        Gpu gpu = node.gpu();
        Stack.Reached reached = reached(stack, gpu, precision);
        Efficiency efficiency = reached.efficiency();
        Precision wide = wide(gpu, precision);
        double wideEfficiency = stack.efficiencyOn(gpu, wide)
                .map(found -> found.matrix().value())
                .orElse(reached.matrix().value());
        double pace = stack.pace(gpu).map(found -> found.layers().value()).orElse(1.0);
        double mixturePace =
                stack.pace(gpu).map(found -> found.mixtures().value()).orElse(1.0);
        double multiprocessors = gpu.multiprocessors().map(Figure::value).orElse(132.0);
        double widePeak = peak(gpu, stack, wide);
        return new Hardware(
                node.linkDomainGpus(),
                gpu.memoryBytes().value() * BINARY_GIGABYTE,
                multiprocessors,
                pace * peak(gpu, stack, precision) * reached.matrix().value(),
                pace * widePeak * wideEfficiency,
                pace * widePeak * efficiency.attention().value(),
                1 - stack.exchange().multiprocessors().value() / multiprocessors,
                pace * gpu.memoryBytesPerSecond().value() * efficiency.memory().value(),
                gpu.linkBytesPerSecond().value() * efficiency.link().value(),
                node.fabricBytesPerSecondPerGpu().value() * efficiency.fabric().value(),
                seconds(efficiency.launchSeconds().or(() -> Optional.of(stack.launchSeconds()))) / pace,
                seconds(efficiency.mixtureLaunchSeconds()) / (pace * mixturePace),
                mixturePace,
                efficiency.scorePasses().map(Figure::value).orElse(DEFAULT_SCORE_PASSES));
    }

    private static double seconds(Optional<Figure> figure) {
        return figure.map(Figure::value).orElse(0.0);
    }

    private static Stack.Reached reached(Stack stack, Gpu gpu, Precision precision) {
        return stack.efficiencyOn(gpu, precision)
                .filter(found -> gpu.supports(precision))
                .orElseThrow(() -> new IllegalArgumentException("Stack %s has no efficiency for %s on %s."
                        .formatted(stack.name(), precision.key(), gpu.name())));
    }

    private static double peak(Gpu gpu, Stack stack, Precision precision) {
        boolean rounded = precision == Precision.FP32 && stack.habits().tensorFloat() && gpu.supports(Precision.TF32);
        return gpu.flopsPerSecond().get(rounded ? Precision.TF32 : precision).value();
    }

    /** {@return what heads, routers and scores are computed in: 16 bits, or the job's own format where that is wider} */
    private static Precision wide(Gpu gpu, Precision precision) {
        return isWide(precision) ? precision : gpu.wideFormat();
    }

    static boolean isWide(Precision precision) {
        return precision == Precision.FP32 || precision == Precision.TF32;
    }

    static boolean isNarrow(Precision precision) {
        return precision == Precision.FP8 || precision == Precision.MXFP8 || precision == Precision.NVFP4;
    }
}
