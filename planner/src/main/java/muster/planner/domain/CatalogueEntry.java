package muster.planner.domain;

import java.util.Map;

/** One entry of the catalogue (or its inline twin in a scenario): a thing with a name and sourced figures. */
public sealed interface CatalogueEntry permits Gpu, Node, Model, Stack, Site {
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
}
