package muster.planner.perf;

import muster.planner.domain.Efficiency;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;

/**
 * The rates that a stack reaches on a node, after efficiencies; base units.
 *
 * @param matrixFlopsPerSecond large matrix multiplies in the job's precision
 * @param wideMatrixFlopsPerSecond the same in 16 bits, where head and router stay
 * @param attentionFlopsPerSecond scores and weighted values
 * @param computeFraction share of the multiprocessors that communication leaves to arithmetic while experts exchange
 * @param linkBytesPerSecond scale-up link, one direction
 * @param fabricBytesPerSecond scale-out network per GPU, one direction
 */
record Hardware(
        int gpusPerNode,
        double memoryBytes,
        double matrixFlopsPerSecond,
        double wideMatrixFlopsPerSecond,
        double attentionFlopsPerSecond,
        double computeFraction,
        double memoryBytesPerSecond,
        double linkBytesPerSecond,
        double fabricBytesPerSecond) {
    /**
     * @throws IllegalArgumentException if the GPU or the stack lacks the precision; readers refuse such jobs
     */
    static Hardware of(Node node, Stack stack, Precision precision) {
        Gpu gpu = node.gpu();
        Efficiency efficiency = reached(stack, gpu, precision).efficiency();
        Precision wide = gpu.wideFormat();
        double wideEfficiency = stack.efficiencyOn(gpu, wide)
                .map(found -> found.matrix().value())
                .orElse(reached(stack, gpu, precision).matrix().value());
        double widePeak = gpu.flopsPerSecond().get(wide).value();
        double multiprocessors =
                gpu.multiprocessors().map(figure -> figure.value()).orElse(132.0);
        return new Hardware(
                node.gpusPerNode().asInt(),
                gpu.memoryBytes().value(),
                gpu.flopsPerSecond().get(precision).value()
                        * reached(stack, gpu, precision).matrix().value(),
                widePeak * wideEfficiency,
                widePeak * efficiency.attention().value(),
                1 - stack.exchange().multiprocessors().value() / multiprocessors,
                gpu.memoryBytesPerSecond().value() * efficiency.memory().value(),
                gpu.linkBytesPerSecond().value() * efficiency.link().value(),
                node.fabricBytesPerSecondPerGpu().value() * efficiency.fabric().value());
    }

    private static Stack.Reached reached(Stack stack, Gpu gpu, Precision precision) {
        return stack.efficiencyOn(gpu, precision)
                .filter(found -> gpu.supports(precision))
                .orElseThrow(() -> new IllegalArgumentException("Stack %s has no efficiency for %s on %s."
                        .formatted(stack.name(), precision.key(), gpu.name())));
    }
}
