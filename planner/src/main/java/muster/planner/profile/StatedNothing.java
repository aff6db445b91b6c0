package muster.planner.profile;

import java.util.List;

/** In a claim {@code ~} says that a figure is not stated; a value that the shell left empty still is a mistake. */
final class StatedNothing {
    private static final List<String> WORDS = List.of("~", "null", "Null", "NULL", "none");

    private StatedNothing() {}

    static boolean is(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.plain() && isWord(scalar.text());
    }

    static boolean isWord(String text) {
        return WORDS.contains(text);
    }

    /** {@return the node without what is not stated, in lists of mappings too} */
    static YamlNode without(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping ->
                new YamlNode.Mapping(
                        mapping.place(),
                        mapping.entries().stream()
                                .filter(entry -> !is(entry.value()))
                                .map(entry -> new YamlNode.Entry(entry.key(), entry.keyPlace(), without(entry.value())))
                                .toList());
            case YamlNode.Sequence list ->
                new YamlNode.Sequence(
                        list.place(),
                        list.items().stream().map(StatedNothing::without).toList());
            case YamlNode.Scalar scalar -> scalar;
        };
    }
}
