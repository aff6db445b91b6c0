package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;
import muster.planner.search.FleetNeighbourhoods;

/**
 * The least days of several jobs, by asking what a deadline costs: where even the relaxation needs more than the budget no
 * plan is that quick, and where a plan is found within the budget there is one. Deadlines in between are halved.
 */
final class LeastDays {
    private static final int DEADLINES = 12;
    private static final int SEEDS = 2;
    private static final int REBUILDS_PER_DEADLINE = 12;
    private static final int ROUNDS_PER_DEADLINE = 80;
    private static final int NEIGHBOURHOODS_PER_DEADLINE = 300;
    private static final int NEIGHBOURHOODS_OF_ALL_JOBS = 4_000;
    private static final double CLOSE_ENOUGH = 1e-3;
    private static final Origin ORIGIN = new Origin("what if", "", Confidence.HIGH);

    private final Scenario scenario;
    private final RateBook book;
    private final long seed;
    private final boolean sliced;
    private final BooleanSupplier stop;

    /** No plan finishes before. */
    private double provedMicros;

    /** No plan was found that finishes before. */
    private double failedMicros;

    /** A proof that no plan finishes before was looked for in vain. */
    private double openMicros;

    /** The finish of the best plan; infinite where there is none, and then deadlines are doubled until there is. */
    private double bestMicros;

    private Optional<FleetChoice> best;
    private long steps;
    private long evaluations;
    private int deadlines;

    /** @param sliced whether schedules are built from linear programs first */
    LeastDays(
            Scenario scenario,
            RateBook book,
            long seed,
            double provedMicros,
            double bestMicros,
            Optional<FleetChoice> best,
            boolean sliced,
            BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.seed = seed;
        this.provedMicros = provedMicros;
        this.failedMicros = provedMicros;
        this.openMicros = provedMicros;
        this.bestMicros = bestMicros;
        this.best = best;
        this.sliced = sliced;
        this.stop = stop;
    }

    /** Halves what is open between bound and plan, in turn from below and from above. */
    void search(double gapFraction) {
        double close = Math.max(CLOSE_ENOUGH, gapFraction);
        for (deadlines = 0; deadlines < DEADLINES && !stop.getAsBoolean(); deadlines++) {
            boolean plansLeft = bestMicros > failedMicros * (1 + close);
            boolean proofsLeft = openMicros > provedMicros * (1 + close);
            if (plansLeft) {
                ask(Double.isInfinite(bestMicros) ? 2 * failedMicros : (failedMicros + bestMicros) / 2);
            } else if (proofsLeft) {
                ask((provedMicros + openMicros) / 2);
            } else {
                return;
            }
        }
    }

    private void ask(double deadlineMicros) {
        FleetProblem problem = FleetProblem.of(within(deadlineMicros), book);
        double asked = problem.deadlineMicros();
        Relaxation relaxation = new Relaxation(problem, stop);
        relaxation.tighten(ROUNDS_PER_DEADLINE, Double.POSITIVE_INFINITY, 0);
        if (relaxation.infeasible()) {
            provedMicros = Math.max(provedMicros, asked);
            failedMicros = Math.max(failedMicros, asked);
            return;
        }
        if (asked <= failedMicros) {
            // Only a proof was wanted, and there is none here: it has to be looked for further down.
            openMicros = asked;
            return;
        }
        long affordable = Grid.steps(Objective.COST, problem.budgetMicroUsd());
        FleetNeighbourhoods.Found found = sliced
                ? FleetNeighbourhoods.slice(
                        problem, relaxation.guide(), seed, SEEDS, REBUILDS_PER_DEADLINE, affordable, stop)
                : new FleetNeighbourhoods.Found(Optional.empty(), 0, 0);
        if (found.choice().isEmpty()) {
            steps += found.steps();
            evaluations += found.evaluations();
            int each = Math.clamp(NEIGHBOURHOODS_OF_ALL_JOBS / problem.jobCount(), 1, NEIGHBOURHOODS_PER_DEADLINE);
            found = FleetNeighbourhoods.improve(
                    problem, relaxation.guide(), Optional.empty(), seed, SEEDS, each, affordable, stop);
        }
        steps += found.steps();
        evaluations += found.evaluations();
        if (found.choice().isEmpty()) {
            failedMicros = asked;
            openMicros = asked;
            return;
        }
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(found.choice().get().nodes(), found.choice().get().startMicros());
        if (ledger.finishMicros() < bestMicros) {
            best = found.choice();
            bestMicros = ledger.finishMicros();
        }
    }

    private Scenario within(double deadlineMicros) {
        Figure deadline = new Figure(Math.floor(deadlineMicros) / 1e6, BaseUnit.SECONDS, ORIGIN);
        Limits limits = scenario.limits();
        return scenario.withObjectives(List.of(Objective.COST))
                .withLimits(new Limits(Optional.of(deadline), limits.budgetUsd(), limits.powerWatts()));
    }

    double provedMicros() {
        return provedMicros;
    }

    Optional<FleetChoice> best() {
        return best;
    }

    long steps() {
        return steps;
    }

    long evaluations() {
        return evaluations;
    }

    int deadlines() {
        return deadlines;
    }
}
