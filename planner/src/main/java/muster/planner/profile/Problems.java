package muster.planner.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects problems, so that a reader can go on and report all of them at once. */
final class Problems {
    /** Beyond this many, more of them help nobody and only cost memory. */
    static final int MOST_KEPT = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();
    private int count;

    void add(Place place, String message) {
        add(place, message, Optional.empty());
    }

    void add(Place place, String message, String maybe) {
        add(place, message, Optional.of(maybe));
    }

    void add(Place place, String message, Optional<String> maybe) {
        add(new Problem(place.file(), place.line(), place.column(), message, maybe));
    }

    void add(Problem problem) {
        count++;
        if (found.size() < MOST_KEPT) {
            found.add(problem);
        }
    }

    /** How many were added so far; a reader compares before and after to know whether its part is sound. */
    int count() {
        return count;
    }

    /** By file in order of appearance, then line and column. */
    List<Problem> sorted() {
        Map<String, Integer> fileOrder = new LinkedHashMap<>();
        found.forEach(problem -> fileOrder.putIfAbsent(problem.file(), fileOrder.size()));
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing((Problem problem) -> fileOrder.get(problem.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        return sorted;
    }

    void throwIfAny() throws ProfileException {
        if (!found.isEmpty()) {
            throw new ProfileException(sorted());
        }
    }
}
