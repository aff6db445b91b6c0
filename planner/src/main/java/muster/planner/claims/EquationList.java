package muster.planner.claims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import muster.planner.domain.Interval;

/** The equations of a claim as they are gathered; those that are definitions name docs/claims.md as their source. */
final class EquationList {
    private static final List<String> DEFINITION = List.of("definition: docs/claims.md#equations");

    private final List<Equation> equations = new ArrayList<>();

    void add(Equation equation) {
        equations.add(equation);
    }

    /** Adds the definition {@code output = sum of terms}. */
    void sum(String name, String formula, String output, List<String> terms) {
        add(new Equation.Sum(name, formula, DEFINITION, output, terms));
    }

    /** Adds the definition {@code output = factor x product of numerators / product of denominators}. */
    void product(
            String name,
            String formula,
            String output,
            double factor,
            List<String> numerators,
            List<String> denominators) {
        add(new Equation.Product(
                name, formula, DEFINITION, output, Interval.exactly(factor), numerators, denominators));
    }

    List<Equation> all() {
        return Collections.unmodifiableList(equations);
    }
}
