package muster.planner.domain;

import java.util.List;
import java.util.Map;

/**
 * A place where GPUs are rented: a price list.
 *
 * @param quotes rents per GPU and hour, in file order
 */
public record Market(String name, String label, List<Quote> quotes) implements CatalogueEntry {
    public Market {
        quotes = List.copyOf(quotes);
    }

    @Override
    public Map<String, Figure> figures() {
        return Map.of();
    }
}
