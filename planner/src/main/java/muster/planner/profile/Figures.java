package muster.planner.profile;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;

/**
 * Reads quantities with their origin: plain ({@code 80 GB}), or as a mapping with the keys value, source, date,
 * confidence and note.
 */
final class Figures {
    private final Problems problems;
    private final Sourcing sourcing;

    Figures(Problems problems, Sourcing sourcing) {
        this.problems = problems;
        this.sourcing = sourcing;
    }

    /** A value that is not yet a number, with its origin. */
    record Stated(YamlNode value, Origin origin, Optional<String> direction) {}

    /** A bandwidth says what it counts; everything else must not. */
    enum Direction {
        NOT_ASKED,
        OPTIONAL,
        REQUIRED
    }

    Optional<Figure> find(Section section, String key, Dimension dimension) {
        return section.find(key).flatMap(node -> read(node, section.pathOf(key), dimension));
    }

    Optional<Figure> get(Section section, String key, Dimension dimension) {
        return section.get(key).flatMap(node -> read(node, section.pathOf(key), dimension));
    }

    Optional<Figure> read(YamlNode node, String path, Dimension dimension) {
        return stated(node, path, Direction.NOT_ASKED).flatMap(stated -> figure(stated, path, dimension));
    }

    /** {@return bytes per second of one direction} */
    Optional<Figure> bandwidth(Section section, String key, Direction direction) {
        String path = section.pathOf(key);
        return section.get(key)
                .flatMap(node -> stated(node, path, direction))
                .flatMap(stated -> figure(stated, path, Dimension.BYTES_PER_SECOND)
                        .map(figure -> stated.direction().filter("both"::equals).isPresent()
                                ? new Figure(figure.value() / 2, figure.unit(), figure.origin())
                                : figure));
    }

    Optional<Stated> stated(YamlNode node, String path, Direction direction) {
        if (!(node instanceof YamlNode.Mapping)) {
            if (direction == Direction.REQUIRED) {
                problems.add(
                        node.place(),
                        "%s %s does not say what it counts.".formatted(path, node.shape()),
                        "{value: 900 GB/s, direction: both}, or direction: one.");
            }
            return sourcing.ofPlain(node, path, problems).map(origin -> new Stated(node, origin, Optional.empty()));
        }
        return Section.of(node, path, problems).flatMap(section -> {
            Optional<YamlNode> value = section.get("value");
            Optional<Origin> origin = value.flatMap(inner -> sourcing.of(section, inner, path, problems));
            section.findText("note");
            Optional<String> counted = direction == Direction.NOT_ASKED
                    ? Optional.empty()
                    : section.word("direction", List.of("one", "both"), direction == Direction.REQUIRED);
            section.finish();
            return value.flatMap(inner -> origin.map(found -> new Stated(inner, found, counted)));
        });
    }

    Optional<Figure> figure(Stated stated, String path, Dimension dimension) {
        if (!(stated.value() instanceof YamlNode.Scalar scalar)) {
            problems.add(
                    stated.value().place(),
                    "%s must be %s, not %s."
                            .formatted(
                                    path,
                                    dimension.description(),
                                    stated.value().shape()),
                    dimension.example() + ".");
            return Optional.empty();
        }
        try {
            double value = QuantityText.parse(scalar.text(), dimension);
            return Optional.of(new Figure(value, dimension.baseUnit(), stated.origin()));
        } catch (QuantityException e) {
            problems.add(scalar.place(), path + " " + e.getMessage(), e.maybe());
            return Optional.empty();
        }
    }
}
