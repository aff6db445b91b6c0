package muster.planner.profile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.domain.Interval;
import muster.planner.domain.Origin;
import muster.planner.domain.StatedFigure;

/**
 * Reads figures as somebody stated them: a number ({@code $5.576 M}), a range ({@code {low: 30 d, high: 45 d}}) or a
 * bound, each with every value that would be written so.
 */
final class StatedFigures {
    private static final Pattern NUMBER = Pattern.compile(
            "(?<before>\\s*[$]?\\s*)(\\d+)(\\.(?<places>\\d+))?(?<exponent>[eE][+-]?\\d+)?(?<after>.*)");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final Problems problems;
    private final Figures figures;
    private final Sourcing sourcing;

    StatedFigures(Problems problems, CatalogueReading reading) {
        this.problems = problems;
        this.figures = reading.figures();
        this.sourcing = reading.sourcing();
    }

    Optional<StatedFigure> find(Section section, String key, Dimension dimension) {
        return section.find(key).flatMap(node -> read(node, section.pathOf(key), dimension));
    }

    Optional<StatedFigure> get(Section section, String key, Dimension dimension) {
        return section.get(key).flatMap(node -> read(node, section.pathOf(key), dimension));
    }

    Optional<StatedFigure> read(YamlNode node, String path, Dimension dimension) {
        if (node instanceof YamlNode.Mapping mapping
                && (mapping.find("low").isPresent() || mapping.find("high").isPresent())) {
            return Section.of(node, path, problems).flatMap(section -> {
                Optional<StatedFigure> range = range(section, node, dimension);
                section.finish();
                return range;
            });
        }
        return figures.stated(node, path, Figures.Direction.NOT_ASKED)
                .flatMap(stated ->
                        one(stated.value(), path, dimension).map(number -> number.figure(dimension, stated.origin())));
    }

    /** Reads the keys low and high, and source, date, confidence and note. */
    Optional<StatedFigure> range(Section section, YamlNode node, Dimension dimension) {
        int before = problems.count();
        Optional<Number> low = section.find("low").flatMap(value -> one(value, section.pathOf("low"), dimension));
        Optional<Number> high = section.find("high").flatMap(value -> one(value, section.pathOf("high"), dimension));
        Optional<Origin> origin = sourcing.of(section, node, section.path(), problems);
        section.findText("note");
        if (low.isPresent()
                && high.isPresent()
                && low.get().value() > high.get().value()) {
            section.refuse("low", "is more than high.", Optional.of("the other way round."));
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        Interval nominal = new Interval(
                low.map(Number::value).orElse(0.0), high.map(Number::value).orElse(Double.POSITIVE_INFINITY));
        Interval rounded = new Interval(
                low.map(number -> number.rounded().low()).orElse(0.0),
                high.map(number -> number.rounded().high()).orElse(Double.POSITIVE_INFINITY));
        String text = low.isEmpty()
                ? "up to " + high.orElseThrow().text()
                : high.isEmpty()
                        ? "at least " + low.get().text()
                        : low.get().text() + " to " + high.get().text();
        return Optional.of(new StatedFigure(nominal, rounded, dimension.baseUnit(), text, origin.orElseThrow()));
    }

    /** A number as written, and what rounds to it. */
    record Number(double value, Interval rounded, String text) {
        StatedFigure figure(Dimension dimension, Origin origin) {
            return new StatedFigure(Interval.exactly(value), rounded, dimension.baseUnit(), text, origin);
        }
    }

    Optional<Number> one(YamlNode node, String path, Dimension dimension) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(
                    node.place(),
                    "%s must be %s, not %s.".formatted(path, dimension.description(), node.shape()),
                    dimension.example() + ".");
            return Optional.empty();
        }
        try {
            double value = QuantityText.parse(scalar.text(), dimension);
            double half = halfUnit(scalar.text(), dimension);
            return Optional.of(new Number(
                    value,
                    new Interval(Math.max(0, value - half), value + half),
                    scalar.text().strip()));
        } catch (QuantityException e) {
            problems.add(scalar.place(), path + " " + e.getMessage(), e.maybe());
            return Optional.empty();
        }
    }

    /** {@return half of what one in the last written digit is; 0 for things counted one by one} */
    private static double halfUnit(String text, Dimension dimension) throws QuantityException {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        int places =
                Optional.ofNullable(matcher.group("places")).map(String::length).orElse(0);
        String one = places == 0 ? "1" : "0." + "0".repeat(places - 1) + "1";
        String exponent = Optional.ofNullable(matcher.group("exponent")).orElse("");
        BigDecimal unit =
                QuantityText.exact(matcher.group("before") + one + exponent + matcher.group("after"), dimension);
        boolean counted = COUNTED.contains(dimension) && unit.compareTo(BigDecimal.ONE) == 0;
        return counted ? 0 : unit.divide(TWO).doubleValue();
    }

    private static final List<Dimension> COUNTED = List.of(
            Dimension.GPU_TOTAL, Dimension.AMOUNT, Dimension.SEQUENCES, Dimension.SEQUENCE_TOKENS, Dimension.COUNT);
}
