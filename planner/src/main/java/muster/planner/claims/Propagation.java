package muster.planner.claims;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
 *
 * <p>Inside, figures go by number: the search for a smallest clash narrows thousands of times.
 */
final class Propagation {
    /** Cycles of equations could narrow for ever by less and less. */
    private static final int MOST_VISITS_PER_EQUATION = 30;

    private static final double LEAST_GAIN = 1e-9;

    private final List<Equation> equations;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    /** Shape [equations][its variables]: numbers of figures. */
    private final int[][] figuresOf;
    /** Shape [figures][equations with it]: numbers of equations. */
    private final int[][] equationsWith;

    Propagation(List<Equation> equations) {
        this.equations = List.copyOf(equations);
        this.figuresOf = new int[equations.size()][];
        List<List<Integer>> with = new ArrayList<>();
        for (int equation = 0; equation < equations.size(); equation++) {
            List<String> variables = equations.get(equation).variables();
            figuresOf[equation] = new int[variables.size()];
            for (int place = 0; place < variables.size(); place++) {
                int figure = numbers.computeIfAbsent(variables.get(place), name -> {
                    with.add(new ArrayList<>());
                    return with.size() - 1;
                });
                figuresOf[equation][place] = figure;
                with.get(figure).add(equation);
            }
        }
        this.equationsWith = new int[with.size()][];
        for (int figure = 0; figure < equationsWith.length; figure++) {
            equationsWith[figure] =
                    with.get(figure).stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * What every figure can be, narrowed as far as it goes; further figures can be given on top.
     *
     * @param values shape [figures]
     * @param apart figures that no equation has
     */
    record State(Interval[] values, Map<String, Interval> apart) {}

    /** {@return what is left of every figure; empty where some figure cannot be anything} */
    Optional<Map<String, Interval>> narrow(Map<String, Interval> given) {
        return start(given).map(state -> named(state, given));
    }

    /** {@return the same, to be narrowed further} */
    Optional<State> start(Map<String, Interval> given) {
        if (given.values().stream().anyMatch(Interval::isEmpty)) {
            return Optional.empty();
        }
        State state = state(given);
        return run(state.values(), touched(given), true) ? Optional.of(state) : Optional.empty();
    }

    /** {@return what is left where one more figure is given; looks at what that figure changes only} */
    Optional<State> narrow(State narrowed, String name, Interval value) {
        Integer figure = numbers.get(name);
        Interval before =
                figure == null ? narrowed.apart().getOrDefault(name, Interval.ANY) : narrowed.values()[figure];
        Interval both = before.intersect(value);
        if (both.isEmpty()) {
            return Optional.empty();
        }
        if (figure == null) {
            Map<String, Interval> apart = new HashMap<>(narrowed.apart());
            apart.put(name, ordered(both));
            return Optional.of(new State(narrowed.values(), apart));
        }
        Interval[] values = narrowed.values().clone();
        values[figure] = ordered(both);
        return run(values, equationsWith[figure], true)
                ? Optional.of(new State(values, narrowed.apart()))
                : Optional.empty();
    }

    /**
     * {@return the figures as written, and what follows from them as written} A figure keeps its value where another
     * would have it differ by rounding; and where stated figures clash, what follows first stands.
     */
    Map<String, Interval> derive(Map<String, Interval> given) {
        State state = state(given);
        run(state.values(), touched(given), false);
        return named(state, given);
    }

    /** {@return every figure that equations link to one of these, themselves included} */
    Set<String> linked(List<String> figures) {
        Set<String> linked = new LinkedHashSet<>(figures);
        ArrayDeque<String> next = new ArrayDeque<>(figures);
        while (!next.isEmpty()) {
            Integer figure = numbers.get(next.remove());
            for (int equation : figure == null ? new int[0] : equationsWith[figure]) {
                equations.get(equation).variables().stream().filter(linked::add).forEach(next::add);
            }
        }
        return linked;
    }

    private State state(Map<String, Interval> given) {
        Interval[] values = new Interval[numbers.size()];
        Arrays.fill(values, Interval.ANY);
        Map<String, Interval> apart = new HashMap<>();
        given.forEach((name, value) -> {
            Integer figure = numbers.get(name);
            if (figure == null) {
                apart.put(name, value);
            } else {
                values[figure] = value;
            }
        });
        return new State(values, apart);
    }

    /** {@return the figures given, in their order, and then those of which something follows} */
    private Map<String, Interval> named(State state, Map<String, Interval> given) {
        Map<String, Interval> named = new LinkedHashMap<>(given);
        numbers.forEach((name, figure) -> {
            if (given.containsKey(name) || !state.values()[figure].isAny()) {
                named.put(name, state.values()[figure]);
            }
        });
        return named;
    }

    private int[] touched(Map<String, Interval> given) {
        boolean[] touched = new boolean[equations.size()];
        given.keySet().stream()
                .map(numbers::get)
                .filter(figure -> figure != null)
                .forEach(figure -> {
                    for (int equation : equationsWith[figure]) {
                        touched[equation] = true;
                    }
                });
        int[] numbered = new int[touched.length];
        int count = 0;
        for (int equation = 0; equation < touched.length; equation++) {
            if (touched[equation]) {
                numbered[count++] = equation;
            }
        }
        return Arrays.copyOf(numbered, count);
    }

    /**
     * @param strict whether a figure that cannot be anything ends it; else that figure keeps its value, as those do that
     *     are one number already
     * @return whether every figure can be something, if that ends it
     */
    private boolean run(Interval[] values, int[] first, boolean strict) {
        boolean[] waiting = new boolean[equations.size()];
        int[] visits = new int[equations.size()];
        // Each equation waits at most once, so that a ring of their number holds all.
        int[] queue = new int[equations.size()];
        int head = 0;
        int size = 0;
        for (int equation : first) {
            waiting[equation] = true;
            queue[size++] = equation;
        }
        while (size > 0) {
            int equation = queue[head];
            head = (head + 1) % queue.length;
            size--;
            waiting[equation] = false;
            int[] figures = figuresOf[equation];
            Interval[] own = new Interval[figures.length];
            for (int place = 0; place < own.length; place++) {
                own[place] = values[figures[place]];
            }
            for (int place = 0; place < own.length; place++) {
                Interval before = own[place];
                if (!strict && before.isPoint()) {
                    continue;
                }
                Interval after = before.intersect(equations.get(equation).solve(place, own));
                if (after.isEmpty()) {
                    if (strict) {
                        return false;
                    }
                    continue;
                }
                if (gains(before, after)) {
                    own[place] = ordered(after);
                    values[figures[place]] = own[place];
                    for (int other : equationsWith[figures[place]]) {
                        if (!waiting[other] && visits[other]++ < MOST_VISITS_PER_EQUATION) {
                            waiting[other] = true;
                            queue[(head + size++) % queue.length] = other;
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
