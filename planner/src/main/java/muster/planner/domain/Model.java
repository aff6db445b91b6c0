package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A language model.
 *
 * @param architecture its shape, which the performance model works with
 * @param figures the numbers of its file as they stand there, with their sources: parameters, layers and so on
 * @param traits what its file says in words: the kind of attention and what the matrices are like
 */
public record Model(
        String name, String label, Architecture architecture, Map<String, Figure> figures, Map<String, Trait> traits)
        implements CatalogueEntry {
    public Model {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    }

    @Override
    public List<String> aliases() {
        Trait aliases = traits.get("aliases");
        return aliases == null ? List.of() : aliases.words();
    }
}
