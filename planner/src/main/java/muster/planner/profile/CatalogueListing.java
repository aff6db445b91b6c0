package muster.planner.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;

/**
 * Entries of a catalogue, with what is wrong with others.
 *
 * @param found entries that can be read, by kind and name
 * @param read how many were read, sound ones and broken ones
 */
public record CatalogueListing(List<Found> found, int read, List<Problem> problems) {
    public CatalogueListing {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }

    /**
     * An entry where it was found.
     *
     * @param insteadOf the user's file that would replace it, but cannot be read
     */
    public record Found(Catalogue.Kind kind, CatalogueEntry entry, Path file, Optional<Path> insteadOf) {}
}
