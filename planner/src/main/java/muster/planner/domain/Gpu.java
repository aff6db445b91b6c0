package muster.planner.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param traits the generation and form as its file states them
 * @param particulars what no plan counts with yet
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
        Map<String, Trait> traits,
        Particulars particulars)
        implements CatalogueEntry {
    public Gpu {
        flopsPerSecond = Collections.unmodifiableMap(new EnumMap<>(flopsPerSecond));
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    }

    /** A GPU of which no more is known. */
    public Gpu(
            String name,
            String label,
            String generation,
            Map<Precision, Figure> flopsPerSecond,
            Figure memoryBytes,
            Figure memoryBytesPerSecond,
            Figure linkBytesPerSecond,
            Figure boardPowerWatts,
            Optional<Figure> multiprocessors,
            Map<String, Trait> traits) {
        this(
                name,
                label,
                generation,
                flopsPerSecond,
                memoryBytes,
                memoryBytesPerSecond,
                linkBytesPerSecond,
                boardPowerWatts,
                multiprocessors,
                traits,
                Particulars.NONE);
    }

    /**
     * What a planner wants to know of a GPU besides.
     *
     * @param aliases other names, as measurements and price lists use them
     * @param otherFlopsPerSecond rates that no training job asks for, such as {@code fp64}, FLOP/s
     * @param hostBytesPerSecond link to the host per direction (PCIe, NVLink-C2C), B/s
     * @param bridgeBytesPerSecond bridge to one neighbour per direction, B/s
     * @param exportControls what rules have said about its export, oldest first
     * @param prices of one GPU
     */
    public record Particulars(
            List<String> aliases,
            Map<String, Figure> otherFlopsPerSecond,
            Optional<Figure> hostBytesPerSecond,
            Optional<Figure> bridgeBytesPerSecond,
            List<DatedEvent> exportControls,
            List<Quote> prices) {
        public static final Particulars NONE =
                new Particulars(List.of(), Map.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

        public Particulars {
            aliases = List.copyOf(aliases);
            otherFlopsPerSecond = Collections.unmodifiableMap(new LinkedHashMap<>(otherFlopsPerSecond));
            exportControls = List.copyOf(exportControls);
            prices = List.copyOf(prices);
        }
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
        particulars.otherFlopsPerSecond().forEach((format, rate) -> figures.put("flops." + format, rate));
        figures.put("memory", memoryBytes);
        figures.put("memoryBandwidth", memoryBytesPerSecond);
        figures.put("linkBandwidth", linkBytesPerSecond);
        particulars.bridgeBytesPerSecond().ifPresent(bridge -> figures.put("bridgeBandwidth", bridge));
        particulars.hostBytesPerSecond().ifPresent(host -> figures.put("hostBandwidth", host));
        figures.put("boardPower", boardPowerWatts);
        multiprocessors.ifPresent(count -> figures.put("multiprocessors", count));
        return figures;
    }

    @Override
    public List<String> aliases() {
        return particulars.aliases();
    }

    @Override
    public List<DatedEvent> events() {
        return particulars.exportControls();
    }

    @Override
    public List<Quote> quotes() {
        return particulars.prices();
    }
}
