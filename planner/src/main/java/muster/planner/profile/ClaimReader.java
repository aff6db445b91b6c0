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
    /** Keeps the shipped claims and yardsticks as parsed. */
    static final String STORE = "claims.trees";

    private static final int LONGEST_LIST = 100;

    private final Path file;
    private final Catalogue catalogue;
    private final Problems problems;
    private final Pass pass;

    private ClaimReader(Path file, Pass pass) {
        this.file = file;
        this.catalogue = pass.catalogue();
        this.problems = pass.problems();
        this.pass = pass;
    }

    /**
     * What claims that are read together share.
     *
     * @param comparable where claims that others are compared with come from
     */
    private record Pass(
            Catalogue catalogue,
            Catalogue comparable,
            Parsed parsed,
            Problems problems,
            CatalogueReading reading,
            ClaimEntries entries) {
        static Pass of(Catalogue catalogue, Catalogue comparable, Parsed parsed, Problems problems) {
            CatalogueReading reading = new CatalogueReading(catalogue, problems, parsed.entries());
            return new Pass(catalogue, comparable, parsed, problems, reading, new ClaimEntries(reading));
        }
    }

    /** Trees of files, which depend on nothing but the files. */
    private record Parsed(ParsedFiles claims, ParsedFiles entries) {
        static Parsed of(List<Path> files, Catalogue catalogue) {
            List<Path> all = new ArrayList<>(files);
            catalogue
                    .folder(YardstickReader.FOLDER)
                    .findShipped(YardstickReader.NAME)
                    .ifPresent(all::add);
            boolean complete = names(catalogue).stream()
                    .flatMap(name -> catalogue.folder(FOLDER).findShipped(name).stream())
                    .allMatch(files::contains);
            return new Parsed(catalogue.parsedIn(all, STORE, complete), catalogue.keptEntries());
        }
    }

    /** {@return the names of the catalogue's claims, sorted} */
    public static List<String> names(Catalogue catalogue) {
        return catalogue.folder(FOLDER).names();
    }

    /** {@return the file of the catalogue's claim of that name} */
    public static Optional<Path> find(Catalogue catalogue, String name) {
        return catalogue.folder(FOLDER).find(name);
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
        List<Claim> claims =
                read(files, settings, Pass.of(catalogue, catalogue, Parsed.of(files, catalogue), problems));
        for (Path file : problems.count() == 0 ? List.<Path>of() : files) {
            boolean broken = problems.sorted().stream()
                    .anyMatch(problem -> problem.file().equals(file.toString()));
            catalogue
                    .folder(FOLDER)
                    .shadowedBy(file)
                    .filter(taken -> broken)
                    .ifPresent(taken -> shadows(file, "", problems));
        }
        problems.throwIfAny();
        return claims;
    }

    private static List<Claim> read(List<Path> files, List<Setting> settings, Pass pass) {
        List<Claim> claims = new ArrayList<>();
        for (Path file : files) {
            new ClaimReader(file, pass).read(settings).ifPresent(claims::add);
        }
        return claims;
    }

    /**
     * {@return the catalogue's claims that can be read, by name, and the problems of the others} Where the user's own file is
     * broken, the shipped claim of its name stands in, and a problem says so.
     *
     * @throws ProfileException if the catalogue has no folder to look in
     */
    public static ClaimListing list(Catalogue catalogue) throws ProfileException {
        Problems problems = new Problems();
        catalogue.checkFolders(problems);
        problems.throwIfAny();
        List<Path> files = names(catalogue).stream()
                .flatMap(name -> find(catalogue, name).stream())
                .toList();
        Parsed parsed = Parsed.of(files, catalogue);
        catalogue.folder(FOLDER).unreachable().forEach(file -> unreachable(file, problems));
        List<Claim> claims = read(files, List.of(), Pass.of(catalogue, catalogue, parsed, problems));
        if (problems.count() == 0) {
            return new ClaimListing(claims, List.of());
        }
        // Each file then has a reading of its own, so that a broken entry which two claims name costs both.
        List<Claim> sound = new ArrayList<>();
        for (Path file : files) {
            alone(file, catalogue, catalogue, parsed)
                    // A broken claim costs none that is compared with it, where a shipped one stands in.
                    .or(() -> alone(file, catalogue, catalogue.shippedAlone(), parsed))
                    .or(() -> {
                        Optional<Path> shipped = catalogue.folder(FOLDER).shadowedBy(file);
                        shipped.ifPresent(taken -> shadows(file, ", which is listed instead", problems));
                        return shipped.flatMap(taken -> alone(taken, catalogue, catalogue.shippedAlone(), parsed));
                    })
                    .ifPresent(sound::add);
        }
        return new ClaimListing(sound, problems.sorted());
    }

    private static void unreachable(Path file, Problems problems) {
        Optional<FileTrouble> trouble = FileTrouble.reaching(file);
        problems.add(
                Catalogue.place(file),
                trouble.map(found -> "The file " + found.said()).orElse("No claim can have the name of this file."),
                trouble.map(FileTrouble::maybe)
                        .orElse(Optional.of("rename it, to letters, digits and . _ - without spaces.")));
    }

    /** What is wrong with it is among the problems of all. */
    private static Optional<Claim> alone(Path file, Catalogue catalogue, Catalogue comparable, Parsed parsed) {
        Problems own = new Problems();
        List<Claim> claim = read(List.of(file), List.of(), Pass.of(catalogue, comparable, parsed, own));
        return claim.stream().filter(found -> own.count() == 0).findFirst();
    }

    private static void shadows(Path file, String andThen, Problems problems) {
        problems.add(
                Catalogue.place(file),
                "This file, which cannot be read, takes the place of the shipped claim of its name%s."
                        .formatted(andThen),
                "rename it, to have both; without --catalog the shipped one is checked.");
    }

    /** A file that cannot be parsed hides no problem of the others. */
    private Optional<Claim> read(List<Setting> settings) {
        ParsedFile own = pass.parsed().claims().get(file);
        own.problems().forEach(problems::add);
        return own.mapping().flatMap(root -> claim(SettingsOverlay.apply(root, settings, problems)));
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
        source.ifPresent(found -> pass.reading().sourcing().register(ClaimSource.listed(mapping, found), problems));
        Claim.Subject subject = section.find("subject")
                .flatMap(node -> Section.of(node, "subject", problems))
                .map(this::subject)
                .orElse(new Claim.Subject(Optional.empty(), Optional.empty(), Optional.empty()));
        Optional<Node> ownNode = section.find("subject")
                .flatMap(node -> node instanceof YamlNode.Mapping named ? named.find("node") : Optional.empty())
                .flatMap(node -> pass.entries().resolve(Catalogue.Kind.NODE, node, "subject.node", "node"))
                .map(Node.class::cast);
        ClaimStatements stated = new ClaimStatements(catalogue, pass.reading(), pass.entries(), problems);
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
        Optional<Path> other = find(pass.comparable(), name);
        if (other.isEmpty()) {
            problems.add(
                    node.place(),
                    "compare: the catalogue has no claim named %s.".formatted(node.shape()),
                    NearestNames.maybe(name, names(catalogue)));
            return Optional.empty();
        }
        ParsedFile written = pass.parsed().claims().get(other.get());
        written.problems().forEach(problems::add);
        return written.mapping().flatMap(root -> new ClaimReader(other.get(), pass).claim(root.without("compare")));
    }

    private Claim.Subject subject(Section section) {
        Optional<Model> model = section.find("model")
                .flatMap(node -> pass.entries().resolve(Catalogue.Kind.MODEL, node, "subject.model", "model"))
                .map(Model.class::cast);
        Optional<Precision> precision =
                section.find("precision").flatMap(node -> PrecisionWord.read(node, "subject.precision", problems));
        Optional<Stack> stack = section.find("stack")
                .flatMap(node -> pass.entries().resolve(Catalogue.Kind.STACK, node, "subject.stack", "stack"))
                .map(Stack.class::cast);
        section.find("node");
        section.finish();
        return new Claim.Subject(model, precision, stack);
    }

    private List<Claim.OtherPrice> prices(Section section) {
        StatedFigures figures = new StatedFigures(problems, pass.reading());
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
