package muster.planner.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GPU as its vendor and measurements describe it.
 *
 * @param flopsPerSecond dense matrix rates (not sparse) by precision, FLOP/s; a missing precision is not supported
 * @param memoryBytes device memory, B
 * @param memoryBytesPerSecond device memory bandwidth, B/s
 * @param linkBytesPerSecond scale-up link (NVLink) bandwidth per direction, B/s
 * @param boardPowerWatts board power limit, W
 */
public record Gpu(
        String name,
        String label,
        Map<Precision, Figure> flopsPerSecond,
        Figure memoryBytes,
        Figure memoryBytesPerSecond,
        Figure linkBytesPerSecond,
        Figure boardPowerWatts)
        implements CatalogueEntry {
    public Gpu {
        flopsPerSecond = Collections.unmodifiableMap(new EnumMap<>(flopsPerSecond));
    }

    public boolean supports(Precision precision) {
        return flopsPerSecond.containsKey(precision);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        flopsPerSecond.forEach((precision, rate) -> figures.put("flops." + precision.key(), rate));
        figures.put("memory", memoryBytes);
        figures.put("memoryBandwidth", memoryBytesPerSecond);
        figures.put("linkBandwidth", linkBytesPerSecond);
        figures.put("boardPower", boardPowerWatts);
        return figures;
    }
}
