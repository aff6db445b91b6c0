package muster.planner.claims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** {@return what the others allow this one to be} */
    Interval solve(String variable, Map<String, Interval> others);

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
        public Product {
            sources = List.copyOf(sources);
            numerators = List.copyOf(numerators);
            denominators = List.copyOf(denominators);
        }

        @Override
        public List<String> variables() {
            return Stream.of(List.of(output), numerators, denominators)
                    .flatMap(List::stream)
                    .toList();
        }

        @Override
        public Interval solve(String variable, Map<String, Interval> others) {
            if (variable.equals(output)) {
                return factor.times(product(numerators, "", others)).over(product(denominators, "", others));
            }
            Interval whole = value(output, others);
            return numerators.contains(variable)
                    ? whole.times(product(denominators, "", others))
                            .over(factor.times(product(numerators, variable, others)))
                    : factor.times(product(numerators, "", others))
                            .over(whole.times(product(denominators, variable, others)));
        }

        private static Interval product(List<String> variables, String without, Map<String, Interval> values) {
            Interval product = Interval.exactly(1);
            for (String variable : variables) {
                if (!variable.equals(without)) {
                    product = product.times(value(variable, values));
                }
            }
            return product;
        }
    }

    /** {@code output = Σ terms}. */
    record Sum(String name, String formula, List<String> sources, String output, List<String> terms)
            implements Equation {
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
        public Interval solve(String variable, Map<String, Interval> others) {
            Interval sum = Interval.exactly(0);
            for (String term : terms) {
                if (!term.equals(variable)) {
                    sum = sum.plus(value(term, others));
                }
            }
            return variable.equals(output) ? sum : value(output, others).minus(sum);
        }
    }

    private static Interval value(String variable, Map<String, Interval> values) {
        return values.getOrDefault(variable, Interval.ANY);
    }
}
