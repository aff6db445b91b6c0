package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A language model's architecture.
 *
 * @param attention which kind of attention its layers use
 * @param figures its shape: parameters, activeParameters, layers, hiddenSize and so on, as the model files name them
 */
public record Model(String name, String label, Attention attention, Map<String, Figure> figures)
        implements CatalogueEntry {
    /** Multi-head, grouped-query, or multi-head latent attention. */
    public enum Attention {
        MHA,
        GQA,
        MLA
    }

    public Model {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
