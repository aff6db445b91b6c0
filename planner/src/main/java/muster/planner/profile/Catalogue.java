package muster.planner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.planner.domain.CatalogueEntry;

/**
 * The folder of shipped entries, with a folder of the user's own laid over it: a file there replaces the shipped
 * entry of its kind and name. Nothing is read before it is asked for.
 */
public final class Catalogue {
    static final String SUFFIX = ".yaml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Kinds that refer to each other are read by one reader; the two readers work side by side. */
    private static final List<Set<Kind>> READ_TOGETHER =
            List.of(EnumSet.of(Kind.GPU, Kind.NODE), EnumSet.complementOf(EnumSet.of(Kind.GPU, Kind.NODE)));

    static final String ALIASES = "aliases";

    private static final List<Kind> WITH_ALIASES = List.of(Kind.GPU, Kind.NODE, Kind.MODEL);

    private final Path shipped;
    private final Optional<Path> overlay;

    private final Optional<Path> store;

    /** Where the files stand in memory, all of them; the folders are then names only. */
    private final Optional<InMemory> inMemory;

    /** @param gpuNames of the catalogue that the files were taken from */
    private record InMemory(ParsedFiles files, List<String> gpuNames) {}

    private Catalogue(Path shipped, Optional<Path> overlay, Optional<Path> store, Optional<InMemory> inMemory) {
        this.shipped = shipped;
        this.overlay = overlay;
        this.store = store;
        this.inMemory = inMemory;
    }

    /** What an entry describes; each kind has its folder. */
    public enum Kind {
        GPU("gpus", "gpu"),
        NODE("nodes", "node"),
        MODEL("models", "model"),
        STACK("stacks", "stack"),
        SITE("sites", "site"),
        MARKET("markets", "market");

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
        return open(shippedRoot, overlay, Optional.empty());
    }

    /** @param store a file of our own that keeps the shipped entries as parsed, for starts that read all of them */
    public static Catalogue open(Path shippedRoot, Optional<Path> overlay, Optional<Path> store) {
        return new Catalogue(shippedRoot, overlay, store, Optional.empty());
    }

    /** {@return a catalogue of files that are in memory; the disk is never looked at} */
    static Catalogue inMemory(Path shippedRoot, Path overlay, ParsedFiles files, List<String> gpuNames) {
        return new Catalogue(
                shippedRoot, Optional.of(overlay), Optional.empty(), Optional.of(new InMemory(files, gpuNames)));
    }

    /** {@return the names of one kind, sorted, the overlay's included} */
    public List<String> names(Kind kind) {
        TreeSet<String> names = new TreeSet<>();
        for (Path root : roots()) {
            for (Path file : filesIn(root.resolve(kind.folder()))) {
                if (file.getFileName().toString().endsWith(SUFFIX)) {
                    names.add(stem(file));
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
        return check(list(List.of(Kind.values())));
    }

    /** {@return what is wrong with the entries listed, their names, and files that are not read} */
    public CheckReport check(CatalogueListing listing) {
        Problems problems = new Problems();
        overlay.ifPresent(root -> OverlayCheck.check(root, problems));
        listing.problems().forEach(problems::add);
        AliasCheck.check(listing.found(), problems);
        return new CheckReport(listing.read(), problems.sorted());
    }

    /**
     * {@return every entry of those kinds that can be read, and what is wrong with the others} Where the user's own
     * file is broken, the shipped entry of its name stands in: a slip there hides nothing.
     */
    public CatalogueListing list(List<Kind> kinds) {
        Problems problems = new Problems();
        checkFolders(problems);
        ParsedFiles files = ParsedFiles.of(
                kinds.stream()
                        .flatMap(kind -> names(kind).stream().flatMap(name -> findShippedFile(kind, name).stream()))
                        .toList(),
                store,
                kinds.size() == Kind.values().length);
        List<CatalogueListing> parts = READ_TOGETHER.parallelStream()
                .map(group -> list(kinds.stream().filter(group::contains).toList(), files))
                .toList();
        parts.forEach(part -> part.problems().forEach(problems::add));
        return new CatalogueListing(
                parts.stream()
                        .flatMap(part -> part.found().stream())
                        .sorted(Comparator.comparing(CatalogueListing.Found::kind))
                        .toList(),
                parts.stream().mapToInt(CatalogueListing::read).sum(),
                problems.sorted());
    }

    private CatalogueListing list(List<Kind> kinds, ParsedFiles files) {
        Problems problems = new Problems();
        CatalogueReading reading = new CatalogueReading(this, problems, files);
        List<CatalogueListing.Found> found = new ArrayList<>();
        int read = 0;
        for (Kind kind : kinds) {
            for (String name : names(kind)) {
                found(reading, kind, name).ifPresent(found::add);
                read++;
            }
        }
        return new CatalogueListing(found, read, problems.sorted());
    }

    /** {@return the entries of that name or alias, one of each kind at most, and what is wrong with others of it} */
    public CatalogueListing named(String nameOrAlias) {
        Problems problems = new Problems();
        checkFolders(problems);
        CatalogueReading reading = new CatalogueReading(this, problems);
        List<CatalogueListing.Found> found = new ArrayList<>();
        int read = 0;
        for (Kind kind : Kind.values()) {
            Optional<String> name = names(kind).contains(nameOrAlias) ? Optional.of(nameOrAlias) : Optional.empty();
            if (name.isPresent()) {
                found(reading, kind, name.get()).ifPresent(found::add);
                read++;
            }
        }
        for (Kind kind : read == 0 ? WITH_ALIASES : List.<Kind>of()) {
            Optional<String> name = nameOf(kind, nameOrAlias);
            if (name.isPresent()) {
                found(reading, kind, name.get()).ifPresent(found::add);
                read++;
            }
        }
        return new CatalogueListing(found, read, problems.sorted());
    }

    private Optional<CatalogueListing.Found> found(CatalogueReading reading, Kind kind, String name) {
        Path file = fileOf(kind, name);
        Optional<CatalogueListing.Found> own = reading.named(kind, name, place(file))
                .map(entry -> new CatalogueListing.Found(kind, entry, file, Optional.empty()));
        if (own.isPresent() || overlay.isEmpty()) {
            return own;
        }
        Catalogue shippedAlone = shippedAlone();
        return shippedAlone
                .findShippedFile(kind, name)
                .flatMap(shippedFile -> new CatalogueReading(shippedAlone, new Problems())
                        .named(kind, name, place(shippedFile))
                        .map(entry -> new CatalogueListing.Found(kind, entry, shippedFile, Optional.of(file))));
    }

    /** {@return the same without the user's folder} */
    Catalogue shippedAlone() {
        return new Catalogue(shipped, Optional.empty(), Optional.empty(), inMemory);
    }

    /**
     * {@return the name of the entry that goes by this name or alias} Case, spaces and dashes do not count, as price
     * lists and measurements do not agree on them. Reads the kind's files, so it is for what no name matches.
     */
    public Optional<String> nameOf(Kind kind, String nameOrAlias) {
        if (!WITH_ALIASES.contains(kind)) {
            return Optional.empty();
        }
        String wanted = squeezed(nameOrAlias);
        List<String> names = names(kind);
        return names.stream()
                .filter(name -> squeezed(name).equals(wanted))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> aliases(kind, name).contains(wanted))
                        .findFirst());
    }

    /** An entry of the user's that builds upon the one it replaces keeps its aliases. */
    private List<String> aliases(Kind kind, String name) {
        Path file = fileOf(kind, name);
        Optional<YamlNode.Mapping> own = parsed().get(file).mapping();
        boolean buildsUponShipped = own.flatMap(mapping -> mapping.find("extends"))
                .filter(base ->
                        base instanceof YamlNode.Scalar scalar && scalar.text().equals(name))
                .isPresent();
        Optional<YamlNode> stated = own.flatMap(mapping -> mapping.find(ALIASES));
        if (stated.isEmpty() && buildsUponShipped) {
            stated = findShippedFile(kind, name)
                    .flatMap(shippedFile -> parsed().get(shippedFile).mapping())
                    .flatMap(mapping -> mapping.find(ALIASES));
        }
        return stated.map(node -> node instanceof YamlNode.Mapping sourced
                        ? sourced.find("value").orElse(node)
                        : node)
                .filter(YamlNode.Sequence.class::isInstance)
                .map(list -> ((YamlNode.Sequence) list)
                        .items().stream()
                                .filter(YamlNode.Scalar.class::isInstance)
                                .map(item -> squeezed(((YamlNode.Scalar) item).text()))
                                .toList())
                .orElse(List.of());
    }

    /** Letters and digits in lower case: {@code A100 SXM4 80 GB} and {@code A100-SXM4-80GB} are one name. */
    static String squeezed(String name) {
        StringBuilder squeezed = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(character -> squeezed.append((char) character));
        return squeezed.toString();
    }

    /** {@return where the entry of that name, as {@link #names} lists it, stands} */
    public Path fileOf(Kind kind, String name) {
        return findFile(kind, name).orElseGet(() -> shipped.resolve(kind.folder()));
    }

    Optional<Path> findFile(Kind kind, String name) {
        return folder(kind.folder()).find(name);
    }

    Optional<Path> findShippedFile(Kind kind, String name) {
        return folder(kind.folder()).findShipped(name);
    }

    /** A root that is no folder would otherwise look like an empty one. */
    void checkFolders(Problems problems) {
        if (inMemory.isPresent()) {
            return;
        }
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

    private boolean exists(Path file) {
        return inMemory.map(kept -> kept.files().has(file)).orElseGet(() -> Files.exists(file));
    }

    /** {@return what is already parsed of the files} */
    ParsedFiles parsed() {
        return inMemory.map(InMemory::files).orElse(ParsedFiles.NONE);
    }

    private List<Path> filesIn(Path folder) {
        return inMemory.map(kept -> kept.files().listed(folder)).orElseGet(() -> listed(folder));
    }

    /** {@return the names of all GPUs that price lists may name} */
    Set<String> gpuNames() {
        return Set.copyOf(inMemory.map(InMemory::gpuNames).orElseGet(() -> names(Kind.GPU)));
    }

    /** {@return whether the file stands in the user's own folder} */
    boolean isOwn(Path file) {
        return overlay.filter(file::startsWith).isPresent();
    }

    private List<Path> roots() {
        List<Path> roots = new ArrayList<>(List.of(shipped));
        overlay.ifPresent(roots::add);
        return roots;
    }

    static Place place(Path path) {
        return new Place(path.toString(), 1, 1, false);
    }

    static List<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder (%s) cannot be listed.".formatted(folder), e);
        }
    }

    /** {@return a folder that holds no entries, such as claims} */
    CatalogueFolder folder(String name) {
        return new CatalogueFolder(shipped.resolve(name), overlay.map(root -> root.resolve(name)), this::exists);
    }

    /** {@return the name of a file without its {@link #SUFFIX}} */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** {@return the shipped entries as an earlier start parsed them, where it left them} */
    ParsedFiles keptEntries() {
        return ParsedFiles.whenAsked(store);
    }

    /**
     * {@return those shipped files of such folders that are asked for, parsed side by side}
     *
     * @param storeName the file beside the store of entries that keeps them for later starts
     * @param keep whether these are all of them
     */
    ParsedFiles parsedIn(List<Path> files, String storeName, boolean keep) {
        return ParsedFiles.of(
                files.stream().filter(file -> file.startsWith(shipped)).toList(),
                store.map(entries -> entries.resolveSibling(storeName)),
                keep);
    }
}
