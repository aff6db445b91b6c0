package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Disagreement;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;

/**
 * Reads quantities with their origin: plain ({@code 80 GB}), or as a mapping with the keys value, source, date,
 * confidence, note, and, where sources disagree, also and because.
 */
final class Figures {
    private final Problems problems;
    private final Sourcing sourcing;

    Figures(Problems problems, Sourcing sourcing) {
        this.problems = problems;
        this.sourcing = sourcing;
    }

    /** A value that is not yet a number, with its origin and what its file says about it besides. */
    record Stated(YamlNode value, Origin origin, String note, Optional<String> direction, Optional<Dispute> dispute) {}

    /** Other values, not yet numbers either, and why the one beside them was chosen. */
    record Dispute(List<Stated> others, String reason) {}

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
        return stated(node, path, Direction.NOT_ASKED, true).flatMap(stated -> figure(stated, path, dimension));
    }

    /** {@return bytes per second of one direction} */
    Optional<Figure> bandwidth(Section section, String key, Direction direction) {
        return section.get(key).flatMap(node -> bandwidth(node, section.pathOf(key), direction));
    }

    /** {@return bytes per second of one direction, of a key that may be left out} */
    Optional<Figure> findBandwidth(Section section, String key, Direction direction) {
        return section.find(key).flatMap(node -> bandwidth(node, section.pathOf(key), direction));
    }

    private Optional<Figure> bandwidth(YamlNode node, String path, Direction direction) {
        return stated(node, path, direction, true).flatMap(stated -> figure(stated, path, Dimension.BYTES_PER_SECOND));
    }

    /** {@return a value that other sources may not contradict in the same place} */
    Optional<Stated> stated(YamlNode node, String path, Direction direction) {
        return stated(node, path, direction, false);
    }

    private Optional<Stated> stated(YamlNode node, String path, Direction direction, boolean disputable) {
        if (!(node instanceof YamlNode.Mapping)) {
            if (direction == Direction.REQUIRED) {
                problems.add(
                        node.place(),
                        "%s %s does not say what it counts.".formatted(path, node.shape()),
                        "{value: 900 GB/s, direction: both}, or direction: one.");
            }
            return sourcing.ofPlain(node, path, problems)
                    .map(origin -> new Stated(node, origin, "", Optional.empty(), Optional.empty()));
        }
        return Section.of(node, path, problems).flatMap(section -> {
            Optional<YamlNode> value = section.get("value");
            Optional<Origin> origin = value.flatMap(inner -> sourcing.of(section, inner, path, problems));
            String note = section.findText("note").orElse("");
            Optional<String> counted = direction == Direction.NOT_ASKED
                    ? Optional.empty()
                    : section.word("direction", List.of("one", "both"), direction == Direction.REQUIRED);
            Optional<Dispute> dispute = disputable ? dispute(section, path, direction) : Optional.empty();
            section.finish();
            return value.flatMap(inner -> origin.map(found -> new Stated(inner, found, note, counted, dispute)));
        });
    }

    private Optional<Dispute> dispute(Section section, String path, Direction direction) {
        Optional<YamlNode> also = section.find("also");
        Optional<String> because = section.findText("because");
        if (also.isPresent() != because.isPresent()) {
            section.refuse(
                    also.isPresent() ? "also" : "because",
                    "stands alone: other values (also) and why this one was chosen (because) go together.",
                    "also: [{value: 500 W, source: ID}] and because: most sources print it.");
        }
        if (also.isEmpty()) {
            return Optional.empty();
        }
        if (!(also.get() instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
            section.refuse("also", "must be a list of other values.", "[{value: 500 W, source: ID}].");
            return Optional.empty();
        }
        List<Stated> others = new ArrayList<>();
        list.items()
                .forEach(item -> stated(item, path + ".also", direction, false).ifPresent(others::add));
        return others.isEmpty() ? Optional.empty() : because.map(reason -> new Dispute(others, reason));
    }

    /** {@return the origin of a list's item, whose keys source, date and confidence are read} */
    Optional<Origin> origin(Section item, YamlNode value) {
        return sourcing.of(item, value, item.path(), problems);
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
            double counted = stated.direction().filter("both"::equals).isPresent() ? value / 2 : value;
            Optional<Disagreement> disagreement =
                    stated.dispute().flatMap(dispute -> disagreement(dispute, path, dimension));
            return Optional.of(new Figure(counted, dimension.baseUnit(), stated.origin(), stated.note(), disagreement));
        } catch (QuantityException e) {
            problems.add(scalar.place(), path + " " + e.getMessage(), e.maybe());
            return Optional.empty();
        }
    }

    private Optional<Disagreement> disagreement(Dispute dispute, String path, Dimension dimension) {
        List<Figure> others = new ArrayList<>();
        dispute.others()
                .forEach(other -> figure(other, path + ".also", dimension).ifPresent(others::add));
        return others.isEmpty() ? Optional.empty() : Optional.of(new Disagreement(others, dispute.reason()));
    }
}
