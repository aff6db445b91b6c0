package muster.planner.claims;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Interval;

/**
 * Narrows what figures can be by equations until nothing narrows any more (interval propagation; Davis 1987, Constraint
 * propagation with interval labels). What is left is never too narrow; it may be wider than what is possible. Only
 * equations with a figure that has changed are looked at again.
 */
final class Propagation {
    /** Cycles of equations could narrow for ever by less and less. */
    private static final int MOST_VISITS_PER_EQUATION = 30;

    private static final double LEAST_GAIN = 1e-9;

    private final List<Equation> equations;
    private final Map<String, List<Integer>> withVariable = new HashMap<>();

    Propagation(List<Equation> equations) {
        this.equations = List.copyOf(equations);
        for (int index = 0; index < equations.size(); index++) {
            for (String variable : equations.get(index).variables()) {
                withVariable.computeIfAbsent(variable, key -> new ArrayList<>()).add(index);
            }
        }
    }

    /** {@return what is left of every figure; empty where some figure cannot be anything} */
    Optional<Map<String, Interval>> narrow(Map<String, Interval> given) {
        Map<String, Interval> values = new LinkedHashMap<>(given);
        boolean possible = values.values().stream().noneMatch(Interval::isEmpty) && run(values, touched(values), true);
        return possible ? Optional.of(values) : Optional.empty();
    }

    /** {@return what is left where one more figure is given; looks at what that figure changes only} */
    Optional<Map<String, Interval>> narrow(Map<String, Interval> narrowed, String variable, Interval value) {
        Interval both = narrowed.getOrDefault(variable, Interval.ANY).intersect(value);
        if (both.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Interval> values = new HashMap<>(narrowed);
        values.put(variable, ordered(both));
        return run(values, withVariable.getOrDefault(variable, List.of()), true)
                ? Optional.of(values)
                : Optional.empty();
    }

    /**
     * {@return the figures as written, and what follows from them as written} A figure keeps its value where another
     * would have it differ by rounding; and where stated figures clash, what follows first stands.
     */
    Map<String, Interval> derive(Map<String, Interval> given) {
        Map<String, Interval> values = new LinkedHashMap<>(given);
        run(values, touched(values), false);
        return values;
    }

    /** {@return every figure that equations link to one of these, themselves included} */
    Set<String> linked(List<String> figures) {
        Set<String> linked = new LinkedHashSet<>(figures);
        ArrayDeque<String> next = new ArrayDeque<>(figures);
        while (!next.isEmpty()) {
            for (int index : withVariable.getOrDefault(next.remove(), List.of())) {
                equations.get(index).variables().stream().filter(linked::add).forEach(next::add);
            }
        }
        return linked;
    }

    private List<Integer> touched(Map<String, Interval> values) {
        List<Integer> touched = new ArrayList<>();
        for (int index = 0; index < equations.size(); index++) {
            if (equations.get(index).variables().stream().anyMatch(values::containsKey)) {
                touched.add(index);
            }
        }
        return touched;
    }

    /** {@return false where a figure cannot be anything, if that ends it} */
    private boolean run(Map<String, Interval> values, List<Integer> first, boolean strict) {
        boolean[] waiting = new boolean[equations.size()];
        int[] visits = new int[equations.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(first);
        first.forEach(index -> waiting[index] = true);
        while (!queue.isEmpty()) {
            int index = queue.remove();
            waiting[index] = false;
            Equation equation = equations.get(index);
            for (String variable : equation.variables()) {
                Interval before = values.getOrDefault(variable, Interval.ANY);
                if (!strict && before.isPoint()) {
                    continue;
                }
                Interval after = before.intersect(equation.solve(variable, values));
                if (after.isEmpty()) {
                    if (strict) {
                        return false;
                    }
                    continue;
                }
                if (gains(before, after)) {
                    values.put(variable, ordered(after));
                    for (int other : withVariable.get(variable)) {
                        if (!waiting[other] && visits[other]++ < MOST_VISITS_PER_EQUATION) {
                            waiting[other] = true;
                            queue.add(other);
                        }
                    }
                }
            }
        }
        return true;
    }

    private static boolean gains(Interval before, Interval after) {
        return after.low() > before.low() * (1 + LEAST_GAIN) + Double.MIN_NORMAL
                || after.high() < before.high() * (1 - LEAST_GAIN);
    }

    /** Noise of arithmetic may have turned the ends of a point round. */
    private static Interval ordered(Interval interval) {
        return interval.low() > interval.high() ? Interval.exactly(interval.low()) : interval;
    }
}
