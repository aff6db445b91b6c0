package muster.planner.profile;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;

/**
 * Reads points in time: days from the start, or dates where the scenario states its start.
 *
 * @param startStated whether the scenario has a start at all, even one that is no date
 */
record Times(Figures figures, Problems problems, Optional<LocalDate> start, boolean startStated) {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    Optional<Figure> read(YamlNode node, String path, Dimension dimension) {
        return figures.stated(node, path, Figures.Direction.NOT_ASKED)
                .flatMap(stated -> stated.value() instanceof YamlNode.Scalar scalar
                                && DATE.matcher(scalar.text()).matches()
                        ? fromStart(scalar, stated, path, dimension)
                        : figures.figure(stated, path, dimension));
    }

    private Optional<Figure> fromStart(
            YamlNode.Scalar scalar, Figures.Stated stated, String path, Dimension dimension) {
        LocalDate date;
        try {
            date = LocalDate.parse(scalar.text());
        } catch (DateTimeParseException e) {
            problems.add(scalar.place(), "%s (%s) is not a date of the calendar.".formatted(path, scalar.text()));
            return Optional.empty();
        }
        if (start.isEmpty()) {
            if (!startStated) {
                problems.add(
                        scalar.place(),
                        "%s (%s) is a date, but the scenario has no start.".formatted(path, scalar.text()),
                        "add start: 2027-01-01, or write days: 60 d.");
            }
            return Optional.empty();
        }
        double seconds = ChronoUnit.DAYS.between(start.get(), date) * 86_400.0;
        if (!dimension.range().holds(seconds)) {
            problems.add(
                    scalar.place(),
                    "%s (%s) is out of range, counted from the start (%s): %s."
                            .formatted(
                                    path,
                                    scalar.text(),
                                    start.get(),
                                    dimension.range().said()));
            return Optional.empty();
        }
        return Optional.of(new Figure(seconds, BaseUnit.SECONDS, stated.origin()));
    }
}
