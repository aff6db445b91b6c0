package muster.planner.perf;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;

/** Nodes that differ from another in one figure. */
final class HardwareVariants {
    private HardwareVariants() {}

    static Node withGpu(Node node, UnaryOperator<Gpu> change) {
        return copy(node, change.apply(node.gpu()), node.gpusPerNode(), node.fabricBytesPerSecondPerGpu());
    }

    static Node withFabric(Node node, double factor) {
        return copy(node, node.gpu(), node.gpusPerNode(), times(node.fabricBytesPerSecondPerGpu(), factor));
    }

    static Node withGpusPerNode(Node node, int gpus) {
        Figure figure = node.gpusPerNode();
        return copy(
                node, node.gpu(), new Figure(gpus, figure.unit(), figure.origin()), node.fabricBytesPerSecondPerGpu());
    }

    static Gpu withRates(Gpu gpu, double factor) {
        Map<Precision, Figure> rates = new EnumMap<>(Precision.class);
        gpu.flopsPerSecond().forEach((precision, rate) -> rates.put(precision, times(rate, factor)));
        return copy(gpu, rates, gpu.memoryBytes(), gpu.memoryBytesPerSecond(), gpu.linkBytesPerSecond());
    }

    static Gpu withMemory(Gpu gpu, double factor) {
        return copy(
                gpu,
                gpu.flopsPerSecond(),
                times(gpu.memoryBytes(), factor),
                gpu.memoryBytesPerSecond(),
                gpu.linkBytesPerSecond());
    }

    static Gpu withMemoryBandwidth(Gpu gpu, double factor) {
        return copy(
                gpu,
                gpu.flopsPerSecond(),
                gpu.memoryBytes(),
                times(gpu.memoryBytesPerSecond(), factor),
                gpu.linkBytesPerSecond());
    }

    static Gpu withLink(Gpu gpu, double factor) {
        return copy(
                gpu,
                gpu.flopsPerSecond(),
                gpu.memoryBytes(),
                gpu.memoryBytesPerSecond(),
                times(gpu.linkBytesPerSecond(), factor));
    }

    private static Figure times(Figure figure, double factor) {
        return new Figure(figure.value() * factor, figure.unit(), figure.origin());
    }

    private static Node copy(Node node, Gpu gpu, Figure gpusPerNode, Figure fabric) {
        return new Node(
                node.name(),
                node.label(),
                gpu,
                gpusPerNode,
                node.trainingPowerWatts(),
                node.nameplatePowerWatts(),
                fabric);
    }

    private static Gpu copy(
            Gpu gpu, Map<Precision, Figure> rates, Figure memory, Figure memoryBandwidth, Figure linkBandwidth) {
        return new Gpu(
                gpu.name(),
                gpu.label(),
                gpu.generation(),
                rates,
                memory,
                memoryBandwidth,
                linkBandwidth,
                gpu.boardPowerWatts(),
                gpu.multiprocessors(),
                gpu.traits());
    }
}
