package muster.planner.claims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import muster.planner.domain.Interval;

/**
 * A relation between figures that can be solved for each of them, with intervals. All figures are at least 0, so that
 * ends of results come from ends of inputs.
 */
sealed interface Equation {
    /** A short name for reports; several equations may share one, such as one per phase. */
    String name();

    /** The relation in words and signs. */
    String formula();

    /** What the relation rests on besides the figures: a definition or a publication. */
    List<String> sources();

    /** The figure that the formula is written for. */
    String output();

    /** {@return every figure in it, the output first} */
    List<String> variables();

    /**
     * {@return what the others allow the figure at this place to be}
     *
     * @param place of the figure among {@link #variables}
     * @param values shape [variables]: what each figure can be; that of the figure itself is not looked at
     */
    Interval solve(int place, Interval[] values);

    /** {@return what the others allow this one to be, by their names; those that are not there can be anything} */
    default Interval solve(String variable, Map<String, Interval> others) {
        List<String> variables = variables();
        Interval[] values = new Interval[variables.size()];
        for (int place = 0; place < values.length; place++) {
            values[place] = others.getOrDefault(variables.get(place), Interval.ANY);
        }
        return solve(variables.indexOf(variable), values);
    }

    /** {@code output = factor × Π numerators / Π denominators}; no figure stands in it twice. */
    record Product(
            String name,
            String formula,
            List<String> sources,
            String output,
            Interval factor,
            List<String> numerators,
            List<String> denominators)
            implements Equation {
        private static final Interval ONE = Interval.exactly(1);

        public Product {
            sources = List.copyOf(sources);
            numerators = List.copyOf(numerators);
            denominators = List.copyOf(denominators);
        }

        @Override
        public List<String> variables() {
            List<String> variables = new ArrayList<>(List.of(output));
            variables.addAll(numerators);
            variables.addAll(denominators);
            return Collections.unmodifiableList(variables);
        }

        @Override
        public Interval solve(int place, Interval[] values) {
            int over = 1 + numerators.size();
            Interval above = product(values, 1, over, place);
            Interval below = product(values, over, values.length, place);
            if (place == 0) {
                return factor.times(above).over(below);
            }
            Interval whole = values[0];
            return place < over
                    ? whole.times(below).over(factor.times(above))
                    : factor.times(above).over(whole.times(below));
        }

        private static Interval product(Interval[] values, int from, int to, int without) {
            Interval product = ONE;
            for (int place = from; place < to; place++) {
                if (place != without) {
                    product = product.times(values[place]);
                }
            }
            return product;
        }
    }

    /** {@code output = Σ terms}. */
    record Sum(String name, String formula, List<String> sources, String output, List<String> terms)
            implements Equation {
        private static final Interval NOTHING = Interval.exactly(0);

        public Sum {
            sources = List.copyOf(sources);
            terms = List.copyOf(terms);
        }

        @Override
        public List<String> variables() {
            List<String> variables = new ArrayList<>(List.of(output));
            variables.addAll(terms);
            return Collections.unmodifiableList(variables);
        }

        @Override
        public Interval solve(int place, Interval[] values) {
            Interval sum = NOTHING;
            for (int term = 1; term < values.length; term++) {
                if (term != place) {
                    sum = sum.plus(values[term]);
                }
            }
            return place == 0 ? sum : values[0].minus(sum);
        }
    }
}
