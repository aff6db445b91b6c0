package muster.planner.domain;

/**
 * A figure as somebody stated it, in base units.
 *
 * @param nominal as written: a number, a range, or a bound
 * @param rounded every value that would be written so: half a unit of the last digit to either side
 * @param text as it stands in the file, for reports
 */
public record StatedFigure(Interval nominal, Interval rounded, BaseUnit unit, String text, Origin origin) {
    public StatedFigure {
        if (nominal.isEmpty() || rounded.isEmpty()) {
            throw new IllegalArgumentException("A stated figure (%s) must hold a value.".formatted(text));
        }
    }
}
