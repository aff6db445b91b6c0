package muster.planner.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.Interval;

/**
 * Finds the smallest set of stated figures that cannot all be true. First figures are left out one by one as long as the
 * rest still clashes (a deletion filter; Chinneck and Dravnieks 1991); then every smaller set is tried. Of equally small
 * ones, figures of one equation go first: a reader sees at once why they clash.
 */
final class ClashFinder {
    /** Above this the sets tried would take longer than the report; the clash is then irreducible, not smallest. */
    private static final int MOST_TRIALS = 4_000;

    /** Clashes apart from each other that are still told. */
    private static final int MOST_CLASHES = 20;

    private final Propagation propagation;
    private final List<Equation> equations;
    private final Map<String, Interval> fixed;
    private final Map<String, Interval> stated;
    private int trials;

    /**
     * @param fixed what does not depend on anybody's word, such as that nothing exceeds its peak
     * @param stated what each figure may be when rounding is undone
     */
    ClashFinder(List<Equation> equations, Map<String, Interval> fixed, Map<String, Interval> stated) {
        this.propagation = new Propagation(equations);
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
        List<String> kept = irreducible(among);
        trials = 0;
        Set<String> linked = propagation.linked(kept);
        Optional<Propagation.State> alone = propagation.start(fixed);
        List<String> candidates = among.stream().filter(linked::contains).toList();
        for (int size = 1; size <= kept.size(); size++) {
            Optional<List<String>> smaller = ofOneEquation(candidates, size);
            if (smaller.isEmpty() && size < kept.size() && alone.isPresent()) {
                smaller = smallest(candidates, new ArrayList<>(), alone.get(), 0, size);
            }
            if (smaller.isPresent()) {
                return new Clash(smaller.get(), trials < MOST_TRIALS);
            }
        }
        return new Clash(kept, trials < MOST_TRIALS);
    }

    private List<String> irreducible(List<String> among) {
        List<String> kept = new ArrayList<>(among);
        for (String figure : among) {
            kept.remove(figure);
            if (!clash(kept)) {
                kept.add(figure);
            }
        }
        kept.sort(Comparator.comparingInt(among::indexOf));
        return kept;
    }

    private Optional<List<String>> ofOneEquation(List<String> candidates, int size) {
        return equations.stream()
                .map(equation -> candidates.stream()
                        .filter(equation.variables()::contains)
                        .toList())
                .filter(figures -> figures.size() == size && clash(figures))
                .findFirst();
    }

    /** @param narrowed what the figures chosen so far leave of every figure */
    private Optional<List<String>> smallest(
            List<String> figures, List<String> chosen, Propagation.State narrowed, int from, int size) {
        for (int index = from; index < figures.size() && trials < MOST_TRIALS; index++) {
            String figure = figures.get(index);
            chosen.add(figure);
            trials++;
            Optional<Propagation.State> left = propagation.narrow(narrowed, figure, stated.get(figure));
            if (left.isEmpty()) {
                return Optional.of(List.copyOf(chosen));
            }
            Optional<List<String>> found =
                    chosen.size() == size ? Optional.empty() : smallest(figures, chosen, left.get(), index + 1, size);
            if (found.isPresent()) {
                return found;
            }
            chosen.removeLast();
        }
        return Optional.empty();
    }

    private boolean clash(List<String> figures) {
        Map<String, Interval> given = new LinkedHashMap<>(fixed);
        for (String figure : figures) {
            given.merge(figure, stated.get(figure), Interval::intersect);
        }
        return propagation.narrow(given).isEmpty();
    }
}
