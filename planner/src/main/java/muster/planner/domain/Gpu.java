package muster.planner.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A GPU as its vendor and measurements describe it.
 *
 * @param generation the vendor's family, which stacks state their efficiencies for; its own name where it has none
 * @param flopsPerSecond dense matrix rates (not sparse) by precision, FLOP/s; a missing precision is not supported
 * @param memoryBytes device memory, B
 * @param memoryBytesPerSecond device memory bandwidth, B/s
 * @param linkBytesPerSecond scale-up link (NVLink) bandwidth per direction, B/s
 * @param boardPowerWatts board power limit, W
 * @param multiprocessors streaming multiprocessors, whose count decides how evenly work divides; empty where unknown
 * @param traits the generation as its file states it
 */
public record Gpu(
        String name,
        String label,
        String generation,
        Map<Precision, Figure> flopsPerSecond,
        Figure memoryBytes,
        Figure memoryBytesPerSecond,
        Figure linkBytesPerSecond,
        Figure boardPowerWatts,
        Optional<Figure> multiprocessors,
        Map<String, Trait> traits)
        implements CatalogueEntry {
    public Gpu {
        flopsPerSecond = Collections.unmodifiableMap(new EnumMap<>(flopsPerSecond));
        traits = Map.copyOf(traits);
    }

    public boolean supports(Precision precision) {
        return flopsPerSecond.containsKey(precision);
    }

    /** {@return the 16-bit format, which heads and routers stay in and model FLOP utilisation counts against} */
    public Precision wideFormat() {
        return supports(Precision.BF16) ? Precision.BF16 : Precision.FP16;
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        flopsPerSecond.forEach((precision, rate) -> figures.put("flops." + precision.key(), rate));
        figures.put("memory", memoryBytes);
        figures.put("memoryBandwidth", memoryBytesPerSecond);
        figures.put("linkBandwidth", linkBytesPerSecond);
        figures.put("boardPower", boardPowerWatts);
        multiprocessors.ifPresent(count -> figures.put("multiprocessors", count));
        return figures;
    }
}
