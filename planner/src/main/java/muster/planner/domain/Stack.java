package muster.planner.domain;

import java.util.Map;
import java.util.Set;

/**
 * A training software stack.
 *
 * @param precisions the formats it trains in
 * @param origin where that is said
 */
public record Stack(String name, String label, Set<Precision> precisions, Origin origin) implements CatalogueEntry {
    public Stack {
        precisions = Set.copyOf(precisions);
    }

    @Override
    public Map<String, Figure> figures() {
        return Map.of();
    }
}
