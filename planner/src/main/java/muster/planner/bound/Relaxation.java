package muster.planner.bound;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/** The relaxation of several jobs, kept while a search goes on: its bound gets sharper once a good plan is known. */
public final class Relaxation {
    /** Rounds of prices before a plan is known. */
    public static final int FIRST_ROUNDS = 100;

    /** Rounds for prices of days themselves, which deadlines soon outdo where there is a budget. */
    private static final int DAYS_ROUNDS = 40;

    /** Boxes of times are for few jobs: many are seldom in several places of the schedule at once by much. */
    private static final int MOST_BRANCHED_JOBS = 8;

    /** Boxes of times to look at once the search is over. */
    public static final long LAST_BOXES = 2_000;

    private final FleetProblem problem;
    private final LagrangianBound bound;

    /** For the least days within a budget; otherwise absent. */
    private final Optional<LeastFinish> finish;

    private double raised = Double.NEGATIVE_INFINITY;
    private int deadlines;

    public Relaxation(FleetProblem problem, BooleanSupplier stop) {
        this.problem = problem;
        this.bound = new LagrangianBound(problem, problem.criteria().getFirst(), stop);
        boolean daysInBudget = problem.criteria().getFirst() == Objective.DAYS
                && problem.budgetMicroUsd() < FleetProblem.MOST_MICRO_USD;
        this.finish = daysInBudget && !bound.infeasible()
                ? Optional.of(new LeastFinish(problem, bound.value(), stop))
                : Optional.empty();
    }

    /**
     * Sharpens the bound.
     *
     * @param value of the best plan known, in ledger units of the first criterion; infinite where there is none
     * @param gapFraction no further than this close to it
     */
    public void tighten(int iterations, double value, double gapFraction) {
        if (finish.isEmpty()) {
            bound.tighten(iterations, value, gapFraction);
            return;
        }
        if (bound.iterations() == 0) {
            bound.tighten(Math.min(iterations, DAYS_ROUNDS), value, gapFraction);
        }
        if (!bound.infeasible()) {
            finish.get().tighten(iterations, value, gapFraction);
        }
    }

    /**
     * Sharpens the bound by cutting the times of jobs into boxes, where there are few jobs.
     *
     * @param value of the best plan known, as for {@link #tighten}
     */
    public void branch(long mostBoxes, double value, double gapFraction) {
        if (problem.jobCount() > MOST_BRANCHED_JOBS || Double.isInfinite(value)) {
            return;
        }
        if (finish.isPresent()) {
            finish.get().branch(value, gapFraction, mostBoxes);
        } else {
            bound.branch(value * (1 - gapFraction), mostBoxes);
        }
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
        double value = Math.max(raised, bound.value());
        return finish.map(LeastFinish::provedMicros)
                .filter(proved -> proved > value)
                .orElse(value);
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
        int rounds = bound.iterations() + finish.map(LeastFinish::rounds).orElse(0);
        int asked = deadlines + finish.map(LeastFinish::deadlines).orElse(0);
        long boxes = finish.map(LeastFinish::boxes).orElse(bound.boxes());
        String method = String.format(
                        Locale.ROOT,
                        "Lagrangian relaxation: %,d rounds of prices of nodes, power, money and order over %d parts of time",
                        rounds,
                        bound.parts())
                + (asked > 0 ? String.format(Locale.ROOT, ", and of the cost of %d deadlines", asked) : "")
                + (boxes > 0 ? String.format(Locale.ROOT, ", and %,d boxes of the jobs' times", boxes) : "");
        return new Proof(infeasible(), value(), Optional.empty(), false, method, rounds + boxes);
    }
}
