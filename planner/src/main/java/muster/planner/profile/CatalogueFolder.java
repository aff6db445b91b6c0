package muster.planner.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of the catalogue that holds no entries, such as claims, with the user's own laid over it.
 *
 * @param exists whether a file is there
 */
record CatalogueFolder(Path shipped, Optional<Path> overlay, Predicate<Path> exists) {
    /** {@return the names of its files, sorted, the overlay's included} */
    List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        files(true).forEach(file -> names.add(Catalogue.stem(file)));
        return List.copyOf(names);
    }

    /** {@return the files that no name leads to: links to nothing, and names that nothing can have} */
    List<Path> unreachable() {
        return files(false);
    }

    private List<Path> files(boolean reachable) {
        return Stream.concat(Stream.of(shipped), overlay.stream())
                .flatMap(place -> Catalogue.listed(place).stream()
                        .filter(file -> file.getFileName().toString().endsWith(Catalogue.SUFFIX))
                        .filter(file -> fileIn(place, Catalogue.stem(file)).isPresent() == reachable))
                .toList();
    }

    /** {@return the file of that name, the overlay's before the shipped one} */
    Optional<Path> find(String name) {
        return findOwn(name).or(() -> findShipped(name));
    }

    Optional<Path> findShipped(String name) {
        return fileIn(shipped, name);
    }

    private Optional<Path> findOwn(String name) {
        return overlay.flatMap(place -> fileIn(place, name));
    }

    private Optional<Path> fileIn(Path place, String name) {
        return Catalogue.isName(name)
                ? Optional.of(place.resolve(name + Catalogue.SUFFIX)).filter(exists)
                : Optional.empty();
    }

    /** {@return the shipped file whose place this one of the overlay takes} */
    Optional<Path> shadowedBy(Path file) {
        String name = Catalogue.stem(file);
        return findShipped(name)
                .filter(taken -> !taken.equals(file))
                .filter(taken -> findOwn(name).filter(file::equals).isPresent());
    }
}
