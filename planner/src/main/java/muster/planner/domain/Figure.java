package muster.planner.domain;

/**
 * A number in base units together with where it comes from.
 *
 * @param value finite; readers refuse anything else
 */
public record Figure(double value, BaseUnit unit, Origin origin) {
    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A figure (%s %s) must be finite.".formatted(value, unit));
        }
    }

    /** The value as a whole number; for counts, which readers have already checked to be whole. */
    public int asInt() {
        return Math.toIntExact((long) value);
    }
}
