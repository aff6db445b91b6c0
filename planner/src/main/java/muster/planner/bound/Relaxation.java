package muster.planner.bound;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/** The relaxation of several jobs, kept while a search goes on: its bound gets sharper once a good plan is known. */
public final class Relaxation {
    /** Rounds of prices before a plan is known. */
    public static final int FIRST_ROUNDS = 100;

    private final LagrangianBound bound;
    private double raised = Double.NEGATIVE_INFINITY;
    private int deadlines;

    public Relaxation(FleetProblem problem, BooleanSupplier stop) {
        this.bound = new LagrangianBound(problem, problem.criteria().getFirst(), stop);
    }

    /**
     * Sharpens the bound.
     *
     * @param value of the best plan known, in ledger units of the first criterion; infinite where there is none
     * @param gapFraction no further than this close to it
     */
    public void tighten(int iterations, double value, double gapFraction) {
        bound.tighten(iterations, value, gapFraction);
    }

    /**
     * Takes over a bound proved by other means.
     *
     * @param value that no plan is below, in ledger units of the first criterion
     * @param deadlines that were asked about for it
     */
    public void raise(double value, int deadlines) {
        raised = Math.max(raised, value);
        this.deadlines += deadlines;
    }

    public boolean infeasible() {
        return bound.infeasible();
    }

    /** {@return a value of the first criterion, in ledger units, that no plan is below} */
    public double value() {
        return Math.max(raised, bound.value());
    }

    /**
     * {@return the bound where parts of nodes count, in ledger units: how it falls as a limit is loosened is the limit's price;
     * NaN where it was not reached}
     */
    public double fractionalValue() {
        return bound.fractionalValue();
    }

    /** {@return prices to search by; none where there is no plan} */
    public PriceGuide guide() {
        return bound.guide();
    }

    /** {@return what is known, without a plan} */
    public Proof proof() {
        String method = String.format(
                        Locale.ROOT,
                        "Lagrangian relaxation: %,d rounds of prices of nodes, power, money and order over %d parts of time",
                        bound.iterations(),
                        bound.parts())
                + (deadlines > 0 ? String.format(Locale.ROOT, ", and of the cost of %d deadlines", deadlines) : "");
        return new Proof(infeasible(), value(), Optional.empty(), false, method, bound.iterations());
    }
}
