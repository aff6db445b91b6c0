package muster.planner.claims;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Interval;

/**
 * Narrows what figures can be by equations until nothing narrows any more (interval propagation; Davis 1987, Constraint
 * propagation with interval labels). What is left is never too narrow; it may be wider than what is possible.
 */
final class Propagation {
    /** Cycles of equations could narrow for ever by less and less. */
    private static final int MOST_ROUNDS = 30;

    private static final double LEAST_GAIN = 1e-9;

    private Propagation() {}

    /** {@return what is left of every figure; empty where some figure cannot be anything} */
    static Optional<Map<String, Interval>> narrow(Collection<Equation> equations, Map<String, Interval> given) {
        Map<String, Interval> values = new LinkedHashMap<>(given);
        if (values.values().stream().anyMatch(Interval::isEmpty)) {
            return Optional.empty();
        }
        boolean changed = true;
        for (int round = 0; changed && round < MOST_ROUNDS; round++) {
            changed = false;
            for (Equation equation : equations) {
                for (String variable : equation.variables()) {
                    Interval before = values.getOrDefault(variable, Interval.ANY);
                    Interval after = before.intersect(equation.solve(variable, values));
                    if (after.isEmpty()) {
                        return Optional.empty();
                    }
                    if (gains(before, after)) {
                        values.put(variable, ordered(after));
                        changed = true;
                    }
                }
            }
        }
        return Optional.of(values);
    }

    /**
     * {@return the figures as written, and what follows from them as written} A figure keeps its value where another
     * would have it differ by rounding; and where stated figures clash, what follows first stands.
     */
    static Map<String, Interval> derive(Collection<Equation> equations, Map<String, Interval> given) {
        Map<String, Interval> values = new LinkedHashMap<>(given);
        boolean changed = true;
        for (int round = 0; changed && round < MOST_ROUNDS; round++) {
            changed = false;
            for (Equation equation : equations) {
                for (String variable : equation.variables()) {
                    Interval before = values.getOrDefault(variable, Interval.ANY);
                    if (before.isPoint()) {
                        continue;
                    }
                    Interval after = before.intersect(equation.solve(variable, values));
                    if (!after.isEmpty() && gains(before, after)) {
                        values.put(variable, ordered(after));
                        changed = true;
                    }
                }
            }
        }
        return values;
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
