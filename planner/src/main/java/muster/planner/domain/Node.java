package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server with GPUs, or a rack that is bought and used as one.
 *
 * @param gpusPerNode GPUs in one node, at least 1
 * @param trainingPowerWatts what the node draws at the wall under training load, W (not its nameplate)
 * @param nameplatePowerWatts the vendor's rated maximum, W
 * @param fabricBytesPerSecondPerGpu scale-out network per GPU and direction, B/s
 * @param particulars what no plan counts with yet
 */
public record Node(
        String name,
        String label,
        Gpu gpu,
        Figure gpusPerNode,
        Figure trainingPowerWatts,
        Figure nameplatePowerWatts,
        Figure fabricBytesPerSecondPerGpu,
        Particulars particulars)
        implements CatalogueEntry {
    /** A node of which no more is known. */
    public Node(
            String name,
            String label,
            Gpu gpu,
            Figure gpusPerNode,
            Figure trainingPowerWatts,
            Figure nameplatePowerWatts,
            Figure fabricBytesPerSecondPerGpu) {
        this(
                name,
                label,
                gpu,
                gpusPerNode,
                trainingPowerWatts,
                nameplatePowerWatts,
                fabricBytesPerSecondPerGpu,
                Particulars.NONE);
    }

    /**
     * What a planner wants to know of a node besides.
     *
     * @param aliases other names
     * @param linkDomain GPUs that one scale-up network joins, across nodes where it is more than the node has
     * @param host counts and sizes under their keys: network cards, processors, memory
     * @param traits what the file says in words: cards, processor, cooling
     * @param prices of one node
     */
    public record Particulars(
            List<String> aliases,
            Optional<Figure> linkDomain,
            Map<String, Figure> host,
            Map<String, Trait> traits,
            List<Quote> prices) {
        public static final Particulars NONE =
                new Particulars(List.of(), Optional.empty(), Map.of(), Map.of(), List.of());

        public Particulars {
            aliases = List.copyOf(aliases);
            host = Collections.unmodifiableMap(new LinkedHashMap<>(host));
            traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
            prices = List.copyOf(prices);
        }
    }

    /** GPUs that one scale-up network joins, this node's among them: 72 in a rack of trays that share NVLink. */
    public int linkDomainGpus() {
        return particulars.linkDomain().orElse(gpusPerNode).asInt();
    }

    /** {@return the same node on another scale-out network} */
    public Node withFabric(Figure bytesPerSecondPerGpu) {
        return new Node(
                name,
                label,
                gpu,
                gpusPerNode,
                trainingPowerWatts,
                nameplatePowerWatts,
                bytesPerSecondPerGpu,
                particulars);
    }

    /** {@return the same node that draws another power under load} */
    public Node withTrainingPower(Figure watts) {
        return new Node(
                name, label, gpu, gpusPerNode, watts, nameplatePowerWatts, fabricBytesPerSecondPerGpu, particulars);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("gpus", gpusPerNode);
        particulars.linkDomain().ifPresent(domain -> figures.put("linkDomain", domain));
        figures.put("trainingPower", trainingPowerWatts);
        figures.put("nameplatePower", nameplatePowerWatts);
        figures.put("fabric", fabricBytesPerSecondPerGpu);
        figures.putAll(particulars.host());
        return figures;
    }

    @Override
    public Map<String, Trait> traits() {
        return particulars.traits();
    }

    @Override
    public List<String> aliases() {
        return particulars.aliases();
    }

    @Override
    public List<Quote> quotes() {
        return particulars.prices();
    }
}
