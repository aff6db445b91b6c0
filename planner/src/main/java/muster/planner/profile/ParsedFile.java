package muster.planner.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A catalogue file as parsed, before anybody knows what it means. It depends on nothing but the file. */
record ParsedFile(Optional<YamlNode.Mapping> mapping, List<Problem> problems) {
    static ParsedFile of(Path file) {
        try {
            return of(YamlText.read(file, file.toString()), file.toString());
        } catch (ProfileException e) {
            return new ParsedFile(Optional.empty(), e.problems());
        }
    }

    /** @param shownAs the name of the file that the text stood in */
    static ParsedFile of(String text, String shownAs) {
        Problems problems = new Problems();
        Optional<YamlNode> root = Optional.empty();
        try {
            root = YamlTree.parse(YamlText.checked(text, shownAs), YamlTree.Source.file(shownAs), problems);
            if (root.isEmpty()) {
                problems.add(new Place(shownAs, 1, 1, false), "The file is empty.");
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
