package muster.planner.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Precision;

/** Reads the name of a number format. */
final class PrecisionWord {
    private static final List<String> KEYS =
            Stream.of(Precision.values()).map(Precision::key).toList();

    private PrecisionWord() {}

    static Optional<Precision> read(YamlNode node, String path, Problems problems) {
        String word = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        Optional<Precision> precision = Stream.of(Precision.values())
                .filter(candidate -> candidate.key().equals(word))
                .findFirst();
        if (precision.isEmpty()) {
            problems.add(
                    node.place(),
                    "%s %s is not a precision.".formatted(path, node.shape()),
                    NearestNames.maybe(word, KEYS));
        }
        return precision;
    }
}
