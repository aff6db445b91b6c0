package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What claims are held against: ranges of failure rates and of what owning costs, by the keys of their file, such as
 * {@code failures.restart} and {@code owning.servers.h800}.
 */
public record Yardsticks(Map<String, StatedFigure> figures) {
    public Yardsticks {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    public Optional<StatedFigure> find(String key) {
        return Optional.ofNullable(figures.get(key));
    }

    /** {@return the range of a key that every such file must have} */
    public Interval range(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException("No yardstick (%s).".formatted(key)))
                .nominal();
    }

    public Origin origin(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException("No yardstick (%s).".formatted(key)))
                .origin();
    }
}
