package muster.planner.domain;

import java.util.List;
import java.util.Map;

/** One entry of the catalogue (or its inline twin in a scenario): a thing with a name and sourced figures. */
public sealed interface CatalogueEntry permits Gpu, Node, Model, Stack, Site, Market {
    /** The name that scenarios use: the file's stem, or the inline mapping's own name. */
    String name();

    /** What people call it, for reports. */
    String label();

    /** {@return every figure under its key of the file, in file order; nested keys are joined by dots} */
    Map<String, Figure> figures();

    /** {@return what the file says in words, under its key, in file order} */
    default Map<String, Trait> traits() {
        return Map.of();
    }

    /** {@return other names that it goes by} */
    default List<String> aliases() {
        return List.of();
    }

    /** {@return its history, oldest first} */
    default List<DatedEvent> events() {
        return List.of();
    }

    /** {@return prices of it, or of what is sold there} */
    default List<Quote> quotes() {
        return List.of();
    }
}
