package muster.planner.profile;

import java.util.List;
import muster.planner.domain.Claim;

/**
 * The claims of a catalogue that can be read, and what is wrong with the others.
 *
 * @param problems of all files, and of the catalogue entries that they name
 */
public record ClaimListing(List<Claim> claims, List<Problem> problems) {
    public ClaimListing {
        claims = List.copyOf(claims);
        problems = List.copyOf(problems);
    }
}
