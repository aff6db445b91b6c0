package muster.planner.domain;

/**
 * Where a figure comes from: a publication, {@code scenario FILE:LINE}, {@code command line}, or {@code default} or
 * {@code model} with its documentation section.
 *
 * @param source never empty
 * @param date ISO date (or year, or year and month) of the figure; empty where the source carries none
 */
public record Origin(String source, String date, Confidence confidence) {
    public Origin {
        if (source.isBlank()) {
            throw new IllegalArgumentException("An origin needs a source.");
        }
    }
}
