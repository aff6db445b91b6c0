package muster.planner.bound;

import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * The least days of several jobs, from below, by asking what a deadline costs at least: where that is more than the budget, no
 * plan is that quick. Prices under one deadline are good first prices under the next, so most deadlines are settled at once.
 */
final class LeastFinish {
    private static final int DEADLINES = 12;
    private static final int BRANCH_ROUNDS = 100;
    private static final int DEADLINES_IN_FULL = 4;
    private static final int MOST_DOUBLINGS = 8;
    private static final double CLOSE = 1.002;
    private static final int BRANCHED_DEADLINES = 4;

    private final FleetProblem problem;
    private final BooleanSupplier stop;
    private LagrangianBound last;

    /** No plan finishes before. */
    private double provedMicros;

    private int deadlines;
    private int rounds;
    private long boxes;

    LeastFinish(FleetProblem problem, double provedMicros, BooleanSupplier stop) {
        this.problem = problem;
        this.provedMicros = provedMicros;
        this.stop = stop;
    }

    /**
     * Raises what is proved.
     *
     * @param mostRounds of prices for one deadline; all together take a few times as many
     * @param targetMicros the finish of the best plan; infinite where there is none
     * @param gapFraction no further than this close to it
     */
    void tighten(int mostRounds, double targetMicros, double gapFraction) {
        double open = targetMicros * (1 - gapFraction);
        int last = rounds + DEADLINES_IN_FULL * mostRounds;
        if (Double.isInfinite(open)) {
            open = Math.max(1, provedMicros);
            for (int doubling = 0;
                    doubling < MOST_DOUBLINGS && proved(open, mostRounds) && !stop.getAsBoolean();
                    doubling++) {
                open *= 2;
            }
        }
        for (int i = 0; i < DEADLINES && open > provedMicros * CLOSE && rounds < last && !stop.getAsBoolean(); i++) {
            double deadline = Math.floor((provedMicros + open) / 2);
            if (!proved(deadline, mostRounds)) {
                open = deadline;
            }
        }
    }

    /**
     * Raises what is proved by branch and bound over the times of jobs under a few deadlines.
     *
     * @param targetMicros the finish of the best plan
     * @param mostBoxes under each deadline
     */
    void branch(double targetMicros, double gapFraction, long mostBoxes) {
        double open = targetMicros * (1 - gapFraction);
        for (int i = 0; i < BRANCHED_DEADLINES && open > provedMicros * CLOSE && !stop.getAsBoolean(); i++) {
            double deadline = Math.floor((provedMicros + open) / 2);
            LagrangianBound cost = asked(deadline, BRANCH_ROUNDS);
            cost.branch(problem.budgetMicroUsd() + 1.0, mostBoxes);
            boxes += cost.boxes();
            if (cost.infeasible()) {
                provedMicros = Math.max(provedMicros, deadline);
            } else {
                open = deadline;
            }
        }
    }

    /** Asks about a deadline, and takes note of what it proves. */
    private boolean proved(double deadlineMicros, int mostRounds) {
        boolean proved = asked(deadlineMicros, mostRounds).infeasible();
        if (proved) {
            provedMicros = Math.max(provedMicros, deadlineMicros);
        }
        return proved;
    }

    private LagrangianBound asked(double deadlineMicros, int mostRounds) {
        LagrangianBound cost = new LagrangianBound(problem, Objective.COST, deadlineMicros, stop);
        if (last != null) {
            cost.startFrom(last);
        }
        deadlines++;
        cost.tighten(mostRounds, Double.POSITIVE_INFINITY, 0);
        rounds += cost.iterations();
        if (cost.parts() > 0) {
            last = cost;
        }
        return cost;
    }

    double provedMicros() {
        return provedMicros;
    }

    int deadlines() {
        return deadlines;
    }

    int rounds() {
        return rounds;
    }

    long boxes() {
        return boxes;
    }
}
