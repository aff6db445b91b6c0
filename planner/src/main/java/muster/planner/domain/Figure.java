package muster.planner.domain;

import java.util.Optional;

/**
 * A number in base units together with where it comes from.
 *
 * @param value finite; readers refuse anything else
 * @param note what a reader should know besides; empty where nothing
 * @param disagreement what other sources say, and why this value was chosen; empty where none was found
 */
public record Figure(double value, BaseUnit unit, Origin origin, String note, Optional<Disagreement> disagreement) {
    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A figure (%s %s) must be finite.".formatted(value, unit));
        }
    }

    /** A figure that nobody disputes and that needs no words. */
    public Figure(double value, BaseUnit unit, Origin origin) {
        this(value, unit, origin, "", Optional.empty());
    }

    /** The value as a whole number; for counts, which readers have already checked to be whole. */
    public int asInt() {
        return Math.toIntExact((long) value);
    }

    /** {@return the figure and its other values times this factor, with all their words} */
    public Figure times(double factor) {
        return new Figure(
                value * factor,
                unit,
                origin,
                note,
                disagreement.map(other -> new Disagreement(
                        other.others().stream()
                                .map(figure -> figure.times(factor))
                                .toList(),
                        other.reason())));
    }
}
