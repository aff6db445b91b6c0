package muster.planner.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A catalogue file as parsed, before anybody knows what it means. It depends on nothing but the file. */
record ParsedFile(Optional<YamlNode.Mapping> mapping, List<Problem> problems) {
    static ParsedFile of(Path file) {
        Problems problems = new Problems();
        Optional<YamlNode> root = Optional.empty();
        try {
            root = YamlTree.parse(
                    YamlText.read(file, file.toString()), YamlTree.Source.file(file.toString()), problems);
            if (root.isEmpty()) {
                problems.add(new Place(file.toString(), 1, 1, false), "The file is empty.");
            }
        } catch (ProfileException e) {
            return new ParsedFile(Optional.empty(), e.problems());
        }
        if (root.isPresent() && !(root.get() instanceof YamlNode.Mapping)) {
            problems.add(
                    root.get().place(),
                    "The file must hold a mapping, not %s.".formatted(root.get().shape()));
        }
        return new ParsedFile(
                root.filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast), problems.sorted());
    }
}
