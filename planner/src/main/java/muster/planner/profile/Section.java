package muster.planner.profile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one mapping: whoever asks for a key declares it known, and {@link #finish} reports the unknown and the
 * missing ones. Nothing here stops at a problem.
 */
final class Section {
    private static final int LONGEST_TEXT = 1_000;

    private final YamlNode.Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> empty = new LinkedHashSet<>();

    private Section(YamlNode.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** {@return a reader of the mapping, or nothing, with a problem, for any other shape} */
    static Optional<Section> of(YamlNode node, String path, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(new Section(mapping, path, problems));
        }
        problems.add(node.place(), "%s must be a mapping, not %s.".formatted(path, node.shape()));
        return Optional.empty();
    }

    String path() {
        return path;
    }

    Place place() {
        return mapping.place();
    }

    /** {@return the key as messages and --set name it} */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** {@return every key, in file order; for mappings whose keys are names of the file's own choice} */
    List<String> keys() {
        return mapping.entries().stream().map(YamlNode.Entry::key).toList();
    }

    /** {@return the mapping as a figure, without the keys that say something else; they count as read} */
    Optional<YamlNode> figure(String... otherKeys) {
        known.addAll(List.of(otherKeys));
        finishMissing();
        return Optional.of(mapping.without(otherKeys));
    }

    boolean has(String key) {
        return mapping.find(key).isPresent();
    }

    /** The place of a key's value, or of the whole mapping where the key is missing. */
    Place placeOf(String key) {
        return mapping.find(key).map(YamlNode::place).orElse(mapping.place());
    }

    /** {@return the place of a key that is there} */
    Place placeOfKey(String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(YamlNode.Entry::keyPlace)
                .orElse(mapping.place());
    }

    Optional<YamlNode> find(String key) {
        known.add(key);
        Optional<YamlNode> value = mapping.find(key);
        if (value.isPresent() && value.get() instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            if (empty.add(key)) {
                problems.add(
                        scalar.place(),
                        "%s has no value.".formatted(pathOf(key)),
                        scalar.place().commandLine()
                                ? "the shell replaced $ and a digit by nothing: use single quotes."
                                : "leave the key out.");
            }
            return Optional.empty();
        }
        return value;
    }

    /** As {@link #find}; a value that is none is no value, which lets the command line take one away. */
    Optional<YamlNode> findUnlessNone(String key) {
        return find(key)
                .filter(node -> !(node instanceof YamlNode.Scalar scalar
                        && scalar.text().equals("none")));
    }

    /** As {@link #find}, and a missing key is a problem. */
    Optional<YamlNode> get(String key) {
        if (!has(key)) {
            missing.add(key);
        }
        return find(key);
    }

    Optional<String> findText(String key) {
        return find(key).flatMap(node -> textOf(node, pathOf(key)));
    }

    Optional<String> text(String key) {
        return get(key).flatMap(node -> textOf(node, pathOf(key)));
    }

    /** {@return one of the words that the key may have} */
    Optional<String> word(String key, List<String> words, boolean required) {
        Optional<String> text = required ? text(key) : findText(key);
        return text.filter(word -> {
            if (!words.contains(word)) {
                refuse(key, "(%s) is not known.".formatted(Shown.text(word)), NearestNames.maybe(word, words));
            }
            return words.contains(word);
        });
    }

    /** Reports keys that the format has and this version cannot plan; ignoring them would answer another question. */
    void notPlannedYet(String... keys) {
        for (String key : keys) {
            known.add(key);
            mapping.entries().stream()
                    .filter(entry -> entry.key().equals(key))
                    .forEach(entry -> problems.add(
                            entry.keyPlace(),
                            "%s is part of the format, but this version does not plan it yet.".formatted(pathOf(key)),
                            "leave it out."));
        }
    }

    void refuse(String key, String message, String maybe) {
        refuse(key, message, Optional.of(maybe));
    }

    /** Adds a problem about a key's value; the message goes on after the key's name. */
    void refuse(String key, String message, Optional<String> maybe) {
        problems.add(placeOf(key), pathOf(key) + " " + message, maybe);
    }

    /** Reports unknown keys, and missing ones unless an unknown key looks like a slip of it. */
    void finish() {
        Map<YamlNode.Entry, Optional<String>> unknown = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key()) && unknown.size() < Problems.MOST_KEPT) {
                List<String> slips = NearestNames.near(entry.key(), missing);
                slips.forEach(missing::remove);
                unknown.put(
                        entry,
                        slips.isEmpty()
                                ? NearestNames.maybe(entry.key(), known)
                                : Optional.of(String.join(" or ", slips) + "."));
            }
        }
        unknown.forEach((entry, maybe) -> problems.add(
                entry.keyPlace(), "The key (%s) is unknown.".formatted(Shown.text(pathOf(entry.key()))), maybe));
        finishMissing();
    }

    private void finishMissing() {
        missing.forEach(key -> problems.add(
                mapping.place(), "%s is missing.".formatted(pathOf(key)), "add the key %s here.".formatted(key)));
    }

    private Optional<String> textOf(YamlNode node, String key) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (scalar.text().length() > LONGEST_TEXT) {
                problems.add(node.place(), "%s is longer than %,d characters.".formatted(key, LONGEST_TEXT));
                return Optional.empty();
            }
            return Optional.of(scalar.text());
        }
        problems.add(node.place(), "%s must be a text, not %s.".formatted(key, node.shape()));
        return Optional.empty();
    }
}
