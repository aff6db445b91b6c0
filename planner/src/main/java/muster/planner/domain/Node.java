package muster.planner.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server with GPUs.
 *
 * @param gpusPerNode GPUs in one node, at least 1
 * @param trainingPowerWatts what the node draws at the wall under training load, W (not its nameplate)
 * @param nameplatePowerWatts the vendor's rated maximum, W
 * @param fabricBytesPerSecondPerGpu scale-out network per GPU and direction, B/s
 */
public record Node(
        String name,
        String label,
        Gpu gpu,
        Figure gpusPerNode,
        Figure trainingPowerWatts,
        Figure nameplatePowerWatts,
        Figure fabricBytesPerSecondPerGpu)
        implements CatalogueEntry {
    /** {@return the same node on another scale-out network} */
    public Node withFabric(Figure bytesPerSecondPerGpu) {
        return new Node(name, label, gpu, gpusPerNode, trainingPowerWatts, nameplatePowerWatts, bytesPerSecondPerGpu);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("gpus", gpusPerNode);
        figures.put("trainingPower", trainingPowerWatts);
        figures.put("nameplatePower", nameplatePowerWatts);
        figures.put("fabric", fabricBytesPerSecondPerGpu);
        return figures;
    }
}
