package muster.planner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.planner.domain.CatalogueEntry;

/**
 * The folder of shipped entries, with a folder of the user's own laid over it: a file there replaces the shipped
 * entry of its kind and name. Nothing is read before it is asked for.
 */
public final class Catalogue {
    private static final String SUFFIX = ".yaml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final List<String> OTHER_FOLDERS = List.of("markets", "claims", "yardsticks", "scenarios");

    private final Path shipped;
    private final Optional<Path> overlay;

    private Catalogue(Path shipped, Optional<Path> overlay) {
        this.shipped = shipped;
        this.overlay = overlay;
    }

    /** What an entry describes; each kind has its folder. */
    public enum Kind {
        GPU("gpus", "gpu"),
        NODE("nodes", "node"),
        MODEL("models", "model"),
        STACK("stacks", "stack"),
        SITE("sites", "site");

        private final String folder;
        private final String word;

        Kind(String folder, String word) {
            this.folder = folder;
            this.word = word;
        }

        /** The folder's name, as in {@code cluster-profiles/gpus}. */
        public String folder() {
            return folder;
        }

        /** The key of scenarios, as in {@code node: hgx-h800}. */
        public String word() {
            return word;
        }
    }

    public static Catalogue open(Path shippedRoot, Optional<Path> overlay) {
        return new Catalogue(shippedRoot, overlay);
    }

    /** {@return the names of one kind, sorted, the overlay's included} */
    public List<String> names(Kind kind) {
        TreeSet<String> names = new TreeSet<>();
        for (Path root : roots()) {
            for (Path file : listed(root.resolve(kind.folder()))) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return List.copyOf(names);
    }

    /** {@return the entry of that name} */
    public CatalogueEntry find(Kind kind, String name) throws ProfileException {
        Problems problems = new Problems();
        checkFolders(problems);
        Optional<CatalogueEntry> entry =
                new CatalogueReading(this, problems).named(kind, name, new Place("catalogue", 1, 1, false));
        problems.throwIfAny();
        return entry.orElseThrow();
    }

    /** {@return what is wrong with any entry; reads everything} */
    public CheckReport check() {
        Problems problems = new Problems();
        checkFolders(problems);
        overlay.ifPresent(root -> checkStrays(root, problems));
        CatalogueReading reading = new CatalogueReading(this, problems);
        int entries = 0;
        for (Kind kind : Kind.values()) {
            for (String name : names(kind)) {
                reading.named(kind, name, place(fileOf(kind, name)));
                entries++;
            }
            Aliases.collected(this, kind, problems);
        }
        return new CheckReport(entries, problems.sorted());
    }

    /** {@return where the entry of that name, as {@link #names} lists it, stands} */
    public Path fileOf(Kind kind, String name) {
        return findFile(kind, name).orElseGet(() -> shipped.resolve(kind.folder()));
    }

    Optional<Path> findFile(Kind kind, String name) {
        return overlay.flatMap(root -> fileIn(root, kind, name)).or(() -> findShippedFile(kind, name));
    }

    Optional<Path> findShippedFile(Kind kind, String name) {
        return fileIn(shipped, kind, name);
    }

    /** A root that is no folder would otherwise look like an empty one. */
    void checkFolders(Problems problems) {
        for (Path root : roots()) {
            if (!Files.isDirectory(root)) {
                problems.add(place(root), "The catalogue folder does not exist.");
            }
            for (Kind kind : Kind.values()) {
                Path folder = root.resolve(kind.folder());
                if (Files.isDirectory(folder) && !Files.isReadable(folder)) {
                    problems.add(place(folder), "The catalogue folder cannot be read: permission denied.");
                }
            }
        }
    }

    /** Names become file names, so that they must not lead elsewhere. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    private static Optional<Path> fileIn(Path root, Kind kind, String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        Path file = root.resolve(kind.folder()).resolve(name + SUFFIX);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    private List<Path> roots() {
        List<Path> roots = new ArrayList<>(List.of(shipped));
        overlay.ifPresent(roots::add);
        return roots;
    }

    /** What stands in an overlay without having any effect is a slip. */
    private static void checkStrays(Path root, Problems problems) {
        List<String> folders = new ArrayList<>(OTHER_FOLDERS);
        for (Kind kind : Kind.values()) {
            folders.add(kind.folder());
            for (Path entry : listed(root.resolve(kind.folder()))) {
                if (Files.isDirectory(entry) && !isHidden(entry)) {
                    problems.add(place(entry), "The folder is not read.", "move its files one level up.");
                } else if (!isRead(entry) && !isNote(entry)) {
                    problems.add(place(entry), "Only files that end in .yaml are read.", "rename it.");
                }
            }
        }
        for (Path entry : listed(root)) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                if (!isHidden(entry) && !folders.contains(name)) {
                    problems.add(place(entry), "The folder is not read.", NearestNames.maybe(name, folders));
                }
            } else if (!isNote(entry)) {
                problems.add(
                        place(entry),
                        "The file is not read: it stands beside the folders of the catalogue.",
                        "move it to one of " + String.join(", ", folders) + ".");
            }
        }
    }

    private static boolean isRead(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    /** What is meant for people, or for other programs. */
    private static boolean isNote(Path file) {
        return isHidden(file)
                || file.getFileName().toString().toUpperCase(Locale.ROOT).startsWith("README");
    }

    private static Place place(Path path) {
        return new Place(path.toString(), 1, 1, false);
    }

    private static List<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder (%s) cannot be listed.".formatted(folder), e);
        }
    }

    /** {@return the names of a folder that holds no entries, such as claims; sorted, the overlay's included} */
    List<String> namesIn(String folder) {
        TreeSet<String> names = new TreeSet<>();
        for (Path root : roots()) {
            for (Path file : listed(root.resolve(folder))) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return List.copyOf(names);
    }

    /** {@return the file of that name in such a folder, the overlay's before the shipped one} */
    Optional<Path> findIn(String folder, String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        return overlay.stream()
                .map(root -> root.resolve(folder).resolve(name + SUFFIX))
                .filter(Files::exists)
                .findFirst()
                .or(() -> Optional.of(shipped.resolve(folder).resolve(name + SUFFIX))
                        .filter(Files::exists));
    }
}
