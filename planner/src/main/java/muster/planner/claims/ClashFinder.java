package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.Interval;

/**
 * Finds the smallest set of stated figures that cannot all be true. First figures are left out one by one as long as the
 * rest still clashes (a deletion filter; Chinneck and Dravnieks 1991); then every smaller set is tried.
 */
final class ClashFinder {
    /** Above this the sets tried would take longer than the report; the clash is then irreducible, not smallest. */
    private static final int MOST_TRIALS = 4_000;

    /** Clashes apart from each other that are still told. */
    private static final int MOST_CLASHES = 20;

    private final List<Equation> equations;
    private final Map<String, Interval> fixed;
    private final Map<String, Interval> stated;
    private int trials;

    /**
     * @param fixed what does not depend on anybody's word, such as that nothing exceeds its peak
     * @param stated what each figure may be when rounding is undone
     */
    ClashFinder(List<Equation> equations, Map<String, Interval> fixed, Map<String, Interval> stated) {
        this.equations = equations;
        this.fixed = fixed;
        this.stated = stated;
    }

    /** {@return clashes that have no figure in common, the first found first} */
    List<Clash> find() {
        List<Clash> clashes = new ArrayList<>();
        List<String> left = new ArrayList<>(stated.keySet());
        while (clashes.size() < MOST_CLASHES && clash(left)) {
            Clash clash = one(left);
            if (clash.figures().isEmpty()) {
                break;
            }
            clashes.add(clash);
            left.removeAll(clash.figures());
        }
        return clashes;
    }

    private Clash one(List<String> among) {
        List<String> kept = new ArrayList<>(among);
        for (String figure : among) {
            kept.remove(figure);
            if (!clash(kept)) {
                kept.add(figure);
            }
        }
        kept.sort((one, other) -> Integer.compare(among.indexOf(one), among.indexOf(other)));
        trials = 0;
        List<String> linked = among.stream().filter(linked(kept)::contains).toList();
        for (int size = 1; size < kept.size(); size++) {
            Optional<List<String>> smaller = smallest(linked, new ArrayList<>(), 0, size);
            if (smaller.isPresent()) {
                return new Clash(smaller.get(), true);
            }
        }
        return new Clash(kept, trials < MOST_TRIALS);
    }

    private Optional<List<String>> smallest(List<String> figures, List<String> chosen, int from, int size) {
        if (chosen.size() == size) {
            trials++;
            return clash(chosen) ? Optional.of(List.copyOf(chosen)) : Optional.empty();
        }
        for (int index = from; index < figures.size() && trials < MOST_TRIALS; index++) {
            chosen.add(figures.get(index));
            Optional<List<String>> found = smallest(figures, chosen, index + 1, size);
            chosen.removeLast();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@return every figure that equations link to one of these} */
    private Set<String> linked(List<String> figures) {
        Set<String> linked = new LinkedHashSet<>(figures);
        int before;
        do {
            before = linked.size();
            for (Equation equation : equations) {
                if (equation.variables().stream().anyMatch(linked::contains)) {
                    linked.addAll(equation.variables());
                }
            }
        } while (linked.size() > before);
        return linked;
    }

    private boolean clash(List<String> figures) {
        Map<String, Interval> given = new LinkedHashMap<>(fixed);
        for (String figure : figures) {
            given.merge(figure, stated.get(figure), Interval::intersect);
        }
        return Propagation.narrow(equations, given).isEmpty();
    }
}
