package muster.planner.profile;

import java.util.List;

/**
 * What a check of the whole catalogue found.
 *
 * @param entries how many were read, sound ones and broken ones
 */
public record CheckReport(int entries, List<Problem> problems) {
    public CheckReport {
        problems = List.copyOf(problems);
    }
}
