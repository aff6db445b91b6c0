package muster.planner.domain;

/**
 * Something that happened to an entry, such as an export rule.
 *
 * @param date ISO date, year and month, or year
 * @param origin who says so
 */
public record DatedEvent(String date, String text, Origin origin) {}
