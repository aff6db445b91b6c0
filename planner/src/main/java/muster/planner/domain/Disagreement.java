package muster.planner.domain;

import java.util.List;

/**
 * Sources that state another value than the one chosen.
 *
 * @param others their values, in the unit of the chosen one; at least one
 * @param reason why the chosen one was chosen
 */
public record Disagreement(List<Figure> others, String reason) {
    public Disagreement {
        others = List.copyOf(others);
        if (others.isEmpty() || reason.isBlank()) {
            throw new IllegalArgumentException("A disagreement needs another value and a reason.");
        }
    }
}
