package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Trait;

/** Reads what a file says in words, with its origin: plain ({@code gqa}), or as a mapping with value and source. */
final class Traits {
    private static final int LONGEST_TEXT = 200;
    private static final List<String> YES_OR_NO = List.of("true", "false");
    private static final int LONGEST_NAME = 100;

    private final Problems problems;
    private final Figures figures;

    Traits(Problems problems, Figures figures) {
        this.problems = problems;
        this.figures = figures;
    }

    /** {@return a required word, one of those allowed} */
    Optional<Trait> word(Section section, String key, List<String> allowed) {
        return section.get(key).flatMap(node -> one(node, section.pathOf(key), allowed));
    }

    /** {@return a word that may be left out, one of those allowed} */
    Optional<Trait> findWord(Section section, String key, List<String> allowed) {
        return section.find(key).flatMap(node -> one(node, section.pathOf(key), allowed));
    }

    /** {@return true or false, or a list of words, each one of those allowed; may be left out} */
    Optional<Trait> findFlagOrList(Section section, String key, Stream<String> allowedWords) {
        String path = section.pathOf(key);
        List<String> allowed = allowedWords.toList();
        return section.find(key)
                .flatMap(node -> figures.stated(node, path, Figures.Direction.NOT_ASKED))
                .flatMap(stated -> stated.value() instanceof YamlNode.Sequence list
                        ? words(list, path, allowed).map(words -> new Trait(words, stated.origin()))
                        : checked(stated.value(), path, YES_OR_NO)
                                .map(word -> new Trait(List.of(word), stated.origin())));
    }

    /** {@return a list of words, each one of those allowed; may be left out} */
    Optional<Trait> findList(Section section, String key, Stream<String> allowedWords) {
        return section.find(key).flatMap(node -> list(node, section.pathOf(key), allowedWords.toList()));
    }

    /** {@return a list of texts of the file's own choice, such as aliases; may be left out} */
    Optional<Trait> findTexts(Section section, String key) {
        String path = section.pathOf(key);
        return section.find(key)
                .flatMap(node -> figures.stated(node, path, Figures.Direction.NOT_ASKED))
                .flatMap(stated -> {
                    if (stated.value() instanceof YamlNode.Sequence list
                            && list.items().stream().allMatch(Traits::isText)) {
                        return Optional.of(new Trait(
                                list.items().stream()
                                        .map(item -> ((YamlNode.Scalar) item).text())
                                        .toList(),
                                stated.origin()));
                    }
                    problems.add(
                            stated.value().place(),
                            "%s must be a list of texts of up to %d characters.".formatted(path, LONGEST_NAME),
                            "[One name, Another name].");
                    return Optional.empty();
                });
    }

    private static boolean isText(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && !scalar.text().isBlank()
                && scalar.text().length() <= LONGEST_NAME;
    }

    /** {@return a word of the file's own choice, such as a GPU generation} */
    Optional<Trait> name(Section section, String key) {
        String path = section.pathOf(key);
        return section.find(key)
                .flatMap(node -> figures.stated(node, path, Figures.Direction.NOT_ASKED))
                .flatMap(stated -> {
                    if (stated.value() instanceof YamlNode.Scalar scalar && Catalogue.isName(scalar.text())) {
                        return Optional.of(new Trait(List.of(scalar.text()), stated.origin()));
                    }
                    problems.add(
                            stated.value().place(),
                            "%s %s cannot be a name: letters, digits, dots, - and _ only."
                                    .formatted(path, stated.value().shape()));
                    return Optional.empty();
                });
    }

    /** {@return words of the file's own choice, such as the name of a processor} */
    Optional<Trait> text(Section section, String key) {
        String path = section.pathOf(key);
        return section.find(key)
                .flatMap(node -> figures.stated(node, path, Figures.Direction.NOT_ASKED))
                .flatMap(stated -> {
                    if (stated.value() instanceof YamlNode.Scalar scalar
                            && !scalar.text().isBlank()
                            && scalar.text().length() <= LONGEST_TEXT) {
                        return Optional.of(new Trait(List.of(scalar.text()), stated.origin()));
                    }
                    problems.add(
                            stated.value().place(),
                            "%s must be a text of at most %d characters.".formatted(path, LONGEST_TEXT));
                    return Optional.empty();
                });
    }

    /** {@return whether a key that may be left out says true; where it is stated, its trait joins {@code into}} */
    boolean flag(Section section, String key, boolean otherwise, Map<String, Trait> into) {
        Optional<Trait> trait = section.find(key).flatMap(node -> one(node, section.pathOf(key), YES_OR_NO));
        trait.ifPresent(found -> into.put(key, found));
        return trait.map(found -> found.words().contains("true")).orElse(otherwise);
    }

    /** {@return a required list of words, each one of those allowed; their keys are the files' words} */
    Optional<Trait> list(Section section, String key, Stream<String> allowedWords) {
        return section.get(key).flatMap(node -> list(node, section.pathOf(key), allowedWords.toList()));
    }

    private Optional<Trait> list(YamlNode node, String path, List<String> allowed) {
        return figures.stated(node, path, Figures.Direction.NOT_ASKED).flatMap(stated -> {
            if (stated.value() instanceof YamlNode.Sequence list) {
                return words(list, path, allowed).map(words -> new Trait(words, stated.origin()));
            }
            problems.add(
                    stated.value().place(), path + " must be a list.", "[%s].".formatted(String.join(", ", allowed)));
            return Optional.empty();
        });
    }

    private Optional<List<String>> words(YamlNode.Sequence list, String path, List<String> allowed) {
        List<String> words = new ArrayList<>();
        list.items().forEach(item -> checked(item, path, allowed).ifPresent(words::add));
        return words.size() == list.items().size() ? Optional.of(words) : Optional.empty();
    }

    private Optional<Trait> one(YamlNode node, String path, List<String> allowed) {
        return figures.stated(node, path, Figures.Direction.NOT_ASKED)
                .flatMap(stated ->
                        checked(stated.value(), path, allowed).map(word -> new Trait(List.of(word), stated.origin())));
    }

    private Optional<String> checked(YamlNode node, String path, List<String> allowed) {
        if (node instanceof YamlNode.Scalar scalar && allowed.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        problems.add(
                node.place(), "%s %s is not known.".formatted(path, node.shape()), NearestNames.maybe(text, allowed));
        return Optional.empty();
    }
}
