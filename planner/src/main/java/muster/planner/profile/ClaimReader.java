package muster.planner.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.domain.StatedFigure;

/** Reads claims: figures that somebody stated, each with its unit and source. */
public final class ClaimReader {
    static final String FOLDER = "claims";

    private static final int LONGEST_LIST = 100;

    private final Path file;
    private final Catalogue catalogue;
    private final Problems problems;
    private final CatalogueReading reading;
    private final ClaimEntries entries;

    private ClaimReader(
            Path file, Catalogue catalogue, Problems problems, CatalogueReading reading, ClaimEntries entries) {
        this.file = file;
        this.catalogue = catalogue;
        this.problems = problems;
        this.reading = reading;
        this.entries = entries;
    }

    /** {@return the names of the catalogue's claims, sorted} */
    public static List<String> names(Catalogue catalogue) {
        return catalogue.namesIn(FOLDER);
    }

    /** {@return the file of the catalogue's claim of that name} */
    public static Optional<Path> find(Catalogue catalogue, String name) {
        return catalogue.findIn(FOLDER, name);
    }

    /**
     * {@return the claim of a file, with the settings laid over it in their order}
     *
     * @throws ProfileException with all problems of the file, the settings and the catalogue entries they name
     */
    public static Claim read(Path file, List<Setting> settings, Catalogue catalogue) throws ProfileException {
        return read(List.of(file), settings, catalogue).getFirst();
    }

    /**
     * {@return the claims of several files in their order, the settings laid over each}
     *
     * @throws ProfileException with all problems of all files
     */
    public static List<Claim> read(List<Path> files, List<Setting> settings, Catalogue catalogue)
            throws ProfileException {
        Problems problems = new Problems();
        catalogue.checkFolders(problems);
        problems.throwIfAny();
        CatalogueReading reading = new CatalogueReading(catalogue, problems);
        ClaimEntries entries = new ClaimEntries(reading);
        List<Claim> claims = new ArrayList<>();
        for (Path file : files) {
            new ClaimReader(file, catalogue, problems, reading, entries)
                    .read(settings)
                    .ifPresent(claims::add);
        }
        problems.throwIfAny();
        return claims;
    }

    /**
     * {@return the claims of the files that can be read, in their order, and the problems of the others}
     *
     * <p>Each file has its own reading once one has a problem, so that a broken entry that two claims name costs both.
     */
    public static ClaimListing list(List<Path> files, Catalogue catalogue) {
        try {
            return new ClaimListing(read(files, List.of(), catalogue), List.of());
        } catch (ProfileException whole) {
            List<Claim> sound = new ArrayList<>();
            for (Path file : files) {
                try {
                    sound.add(read(file, List.of(), catalogue));
                } catch (ProfileException own) {
                    // Its problems are among those of the whole.
                }
            }
            return new ClaimListing(sound, whole.problems());
        }
    }

    /** A file that cannot be parsed hides no problem of the others. */
    private Optional<Claim> read(List<Setting> settings) {
        String shownAs = file.toString();
        try {
            Problems own = new Problems();
            Optional<YamlNode> written =
                    YamlTree.parse(YamlText.read(file, shownAs), YamlTree.Source.file(shownAs), own);
            own.sorted().forEach(problems::add);
            if (written.isEmpty()) {
                problems.add(new Place(shownAs, 1, 1, false), "The file is empty.", "docs/claims.md shows a claim.");
                return Optional.empty();
            }
            return claim(SettingsOverlay.apply(written.get(), settings, problems));
        } catch (ProfileException e) {
            e.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private Optional<Claim> claim(YamlNode root) {
        if (!(root instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    root.place(),
                    "A claim is a mapping with the keys claim, stated and source, not %s.".formatted(root.shape()));
            return Optional.empty();
        }
        int before = problems.count();
        Section section = Section.of(mapping.without("sources"), "", problems).orElseThrow();
        Optional<String> title = section.text("claim");
        Optional<Claim.Source> source = section.get("source").flatMap(node -> ClaimSource.read(node, problems));
        source.ifPresent(found -> reading.sourcing().register(ClaimSource.listed(mapping, found), problems));
        Claim.Subject subject = section.find("subject")
                .flatMap(node -> Section.of(node, "subject", problems))
                .map(this::subject)
                .orElse(new Claim.Subject(Optional.empty(), Optional.empty(), Optional.empty()));
        Optional<Node> ownNode = section.find("subject")
                .flatMap(node -> node instanceof YamlNode.Mapping named ? named.find("node") : Optional.empty())
                .flatMap(node -> entries.resolve(Catalogue.Kind.NODE, node, "subject.node", "node"))
                .map(Node.class::cast);
        ClaimStatements stated = new ClaimStatements(catalogue, reading, entries, problems);
        section.find("stated")
                .filter(node -> !StatedNothing.is(node))
                .map(StatedNothing::without)
                .flatMap(node -> Section.of(node, "stated", problems))
                .ifPresent(stated::read);
        List<Claim.OtherPrice> prices = prices(section);
        Claim.Scope scope = section.find("scope")
                .flatMap(node -> Section.of(node, "scope", problems))
                .map(this::scope)
                .orElse(new Claim.Scope(List.of(), List.of()));
        Optional<Claim> compared = section.find("compare").flatMap(this::compared);
        List<String> notes = texts(section, "notes");
        section.finish();
        if (problems.count() > before) {
            return Optional.empty();
        }
        String fileName = file.getFileName().toString();
        return Optional.of(new Claim(
                fileName.replaceFirst("\\.ya?ml$", ""),
                title.orElseThrow(),
                file.toString(),
                subject,
                stated.gpu(),
                ownNode.or(stated::node),
                stated.figures(),
                stated.mfuBasis(),
                stated.phases(),
                stated.fleet(),
                stated.parts(),
                stated.shares(),
                prices,
                compared,
                scope,
                source.orElseThrow(),
                notes));
    }

    /** The other claim's own comparison is not followed, so that two may name each other. */
    private Optional<Claim> compared(YamlNode node) {
        String name = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        Optional<Path> other = find(catalogue, name);
        if (other.isEmpty()) {
            problems.add(
                    node.place(),
                    "compare: the catalogue has no claim named %s.".formatted(node.shape()),
                    NearestNames.maybe(name, names(catalogue)));
            return Optional.empty();
        }
        try {
            YamlNode root = YamlTree.parse(
                            YamlText.read(other.get(), other.get().toString()),
                            YamlTree.Source.file(other.get().toString()),
                            problems)
                    .orElse(node);
            return new ClaimReader(other.get(), catalogue, problems, reading, entries)
                    .claim(root instanceof YamlNode.Mapping mapping ? mapping.without("compare") : root);
        } catch (ProfileException e) {
            e.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private Claim.Subject subject(Section section) {
        Optional<Model> model = section.find("model")
                .flatMap(node -> entries.resolve(Catalogue.Kind.MODEL, node, "subject.model", "model"))
                .map(Model.class::cast);
        Optional<Precision> precision =
                section.find("precision").flatMap(node -> PrecisionWord.read(node, "subject.precision", problems));
        Optional<Stack> stack = section.find("stack")
                .flatMap(node -> entries.resolve(Catalogue.Kind.STACK, node, "subject.stack", "stack"))
                .map(Stack.class::cast);
        section.find("node");
        section.finish();
        return new Claim.Subject(model, precision, stack);
    }

    private List<Claim.OtherPrice> prices(Section section) {
        StatedFigures figures = new StatedFigures(problems, reading);
        List<Claim.OtherPrice> prices = new ArrayList<>();
        for (NamedItems.Item item : NamedItems.of(section, "prices", false, problems)) {
            Section price = Section.of(item.mapping(), item.path(), problems).orElseThrow();
            price.find("name");
            Optional<StatedFigure> figure = figures.get(price, "price", Dimension.RENT);
            price.finish();
            figure.ifPresent(found -> prices.add(new Claim.OtherPrice(item.name(), found)));
        }
        return prices;
    }

    private Claim.Scope scope(Section section) {
        Claim.Scope scope = new Claim.Scope(texts(section, "includes"), texts(section, "excludes"));
        section.finish();
        return scope;
    }

    private List<String> texts(Section section, String key) {
        Optional<YamlNode> node = section.find(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof YamlNode.Sequence list
                && list.items().size() <= LONGEST_LIST
                && list.items().stream().allMatch(YamlNode.Scalar.class::isInstance)) {
            return list.items().stream()
                    .map(item -> ((YamlNode.Scalar) item).text().strip())
                    .toList();
        }
        section.refuse(key, "must be a list of up to %d texts.".formatted(LONGEST_LIST), "[one, another].");
        return List.of();
    }
}
