package muster.planner.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.CatalogueEntry;

/**
 * How old values are, counted from a given day and never from today's, so that the same catalogue gives the same
 * answer. A date without day or month counts as the first of it: a value is at most as old as said.
 */
public final class Ages {
    private Ages() {}

    /** {@return the first day of a date such as 2024, 2024-12 or 2024-12-27; readers have refused all others} */
    static LocalDate firstDay(String date) {
        return LocalDate.parse(date + "-01-01".substring(date.length() == 4 ? 0 : date.length() == 7 ? 3 : 6));
    }

    /** {@return the newest date of any value} */
    public static Optional<LocalDate> newest(List<CatalogueEntry> entries) {
        return entries.stream().flatMap(Ages::days).max(Comparator.naturalOrder());
    }

    /** {@return the dates of the values, oldest first; a year goes before its months, as it counts as its first day} */
    static List<String> dates(List<Statement> statements) {
        return statements.stream()
                .map(statement -> statement.origin().date())
                .filter(date -> !date.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    static long days(String date, LocalDate asOf) {
        return ChronoUnit.DAYS.between(firstDay(date), asOf);
    }

    private static Stream<LocalDate> days(CatalogueEntry entry) {
        return dates(Statement.of(entry)).stream().map(Ages::firstDay);
    }
}
