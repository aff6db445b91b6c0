package muster.planner.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks for what a user's folder holds in vain. */
final class OverlayCheck {
    private static final List<String> OTHER_FOLDERS =
            List.of("claims", "measurements", "scenarios", "schemas", "yardsticks");

    private OverlayCheck() {}

    /** What stands in an overlay without having any effect is a slip. */
    static void check(Path root, Problems problems) {
        List<String> folders = new ArrayList<>(OTHER_FOLDERS);
        for (Catalogue.Kind kind : Catalogue.Kind.values()) {
            folders.add(kind.folder());
            for (Path entry : Catalogue.listed(root.resolve(kind.folder()))) {
                if (Files.isDirectory(entry) && !isHidden(entry)) {
                    problems.add(Catalogue.place(entry), "The folder is not read.", "move its files one level up.");
                } else if (!isRead(entry) && !isNote(entry)) {
                    problems.add(Catalogue.place(entry), "Only files that end in .yaml are read.", "rename it.");
                }
            }
        }
        for (Path entry : Catalogue.listed(root)) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                if (!isHidden(entry) && !folders.contains(name)) {
                    problems.add(Catalogue.place(entry), "The folder is not read.", NearestNames.maybe(name, folders));
                }
            } else if (!isNote(entry)) {
                problems.add(
                        Catalogue.place(entry),
                        "The file is not read: it stands beside the folders of the catalogue.",
                        "move it to one of " + String.join(", ", folders) + ".");
            }
        }
    }

    private static boolean isRead(Path file) {
        return file.getFileName().toString().endsWith(Catalogue.SUFFIX);
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    /** What is meant for people, or for other programs. */
    private static boolean isNote(Path file) {
        return isHidden(file)
                || file.getFileName().toString().toUpperCase(Locale.ROOT).startsWith("README");
    }
}
