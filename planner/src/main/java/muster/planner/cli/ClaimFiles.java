package muster.planner.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ClaimReader;
import muster.planner.profile.FileTrouble;
import muster.planner.profile.NearestNames;

/** Finds the files of claims by what the command line calls them: names of the catalogue, or paths. */
final class ClaimFiles {
    private static final String LISTED = "`muster claim list` shows the names of the claims that come with Muster.";

    private final Catalogue catalogue;
    private final List<BadInput> unknown = new ArrayList<>();

    private ClaimFiles(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * {@return the files, in the order of the names}
     *
     * @throws BadInput for the last name that leads nowhere; those before it are told on the console
     */
    static List<Path> find(List<String> names, Catalogue catalogue, Console console) throws BadInput {
        ClaimFiles finding = new ClaimFiles(catalogue);
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            finding.file(name).ifPresent(files::add);
        }
        if (!finding.unknown.isEmpty()) {
            BadInput last = finding.unknown.removeLast();
            finding.unknown.forEach(problem -> console.complain(problem.getMessage(), problem.maybe()));
            throw last;
        }
        return files;
    }

    /** What has the look of a path is one; else the catalogue goes before a file of the same name. */
    private Optional<Path> file(String name) throws BadInput {
        BadInput.refuseEmpty("NAME|FILE", name);
        boolean path = name.contains("/") || name.contains("\\") || name.matches(".*\\.ya?ml");
        Optional<Path> known = path ? Optional.empty() : ClaimReader.find(catalogue, name);
        if (known.isPresent()) {
            return known;
        }
        try {
            Path file = Path.of(name);
            Optional<FileTrouble> trouble = FileTrouble.reaching(file);
            if (trouble.isEmpty()) {
                return Optional.of(file);
            }
            unknown.add(
                    path
                            ? new BadInput(
                                    "The file (%s) %s"
                                            .formatted(name, trouble.get().said()),
                                    trouble.get().maybe().or(() -> Optional.of(nearFile(file))))
                            : new BadInput(
                                    "The catalogue has no claim named (%s), and there is no such file.".formatted(name),
                                    NearestNames.maybe(name, ClaimReader.names(catalogue))
                                            .or(() -> Optional.of(LISTED))));
        } catch (InvalidPathException e) {
            unknown.add(new BadInput("The name (%s) is no path.".formatted(name), Optional.of(LISTED)));
        }
        return Optional.empty();
    }

    /** A claim of the catalogue goes by its name alone. */
    private String nearFile(Path file) {
        String stem = Optional.ofNullable(file.getFileName())
                .map(Path::toString)
                .orElse("")
                .replaceFirst("\\.ya?ml$", "");
        List<String> near = NearestNames.near(stem, ClaimReader.names(catalogue));
        return near.isEmpty()
                ? LISTED
                : String.join(" or ", near) + ", without a path or .yaml: a claim that comes with Muster.";
    }
}
