package muster.planner.judge;

import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import java.util.Optional;
import java.util.OptionalDouble;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.PlainPlans;

/** Puts a scenario to CP-SAT. */
final class Judge {
    private Judge() {}

    /**
     * When the solver gives up.
     *
     * @param workers one gives the same answer in every run, as its time is counted in what it does
     * @param deterministicSeconds what it does, about seconds of one core
     * @param seconds by the clock
     */
    record Patience(int workers, OptionalDouble deterministicSeconds, OptionalDouble seconds) {}

    /** Proved best, proved impossible, a plan without a proof, or nothing. */
    enum Status {
        OPTIMAL,
        INFEASIBLE,
        FEASIBLE,
        UNKNOWN
    }

    /**
     * @param plan the solver's, a plan by every written rule
     * @param lowest no plan's first objective is below, in its reported unit; minus infinity where nothing is known
     */
    record Verdict(Status status, Optional<Plan> plan, double lowest, double seconds) {
        /** {@return the plan's value of the first objective, in its reported unit} */
        double value(Objective first) {
            return plan.flatMap(found -> {
                        OptionalDouble value = found.totals().value(first);
                        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.<Double>empty();
                    })
                    .orElse(Double.NaN);
        }
    }

    /** {@link #judge(Scenario, Optional, Patience)} without a plan to begin at. */
    static Verdict judge(Scenario scenario, Patience patience) {
        return judge(scenario, Optional.empty(), patience);
    }

    /**
     * {@return the verdict on a scenario}
     *
     * @param known a plan for the solver to begin at, so that it looks for better ones only
     * @throws IllegalStateException where the solver's answer breaks a written rule: then the model is wrong
     */
    static Verdict judge(Scenario scenario, Optional<Plan> known, Patience patience) {
        long begin = System.nanoTime();
        JudgeModel model = new JudgeModel(new StatedTerms(scenario));
        if (model.impossible()) {
            return new Verdict(Status.INFEASIBLE, Optional.empty(), Double.POSITIVE_INFINITY, seconds(begin));
        }
        known.ifPresent(model::hint);
        CpSolver solver = new CpSolver();
        solver.getParameters().setNumWorkers(patience.workers()).setRandomSeed(1);
        // Proved to the unit, not to the solver's default of 0.01 %.
        solver.getParameters().setRelativeGapLimit(0).setAbsoluteGapLimit(0);
        patience.deterministicSeconds().ifPresent(solver.getParameters()::setMaxDeterministicTime);
        patience.seconds().ifPresent(solver.getParameters()::setMaxTimeInSeconds);
        CpSolverStatus said = solver.solve(model.model());
        return switch (said) {
            case OPTIMAL, FEASIBLE -> {
                FleetChoice choice = model.choice(solver);
                Optional<Plan> plan =
                        BruteForce.criteria(scenario, choice).flatMap(kept -> PlainPlans.plan(scenario, choice));
                if (plan.isEmpty()) {
                    throw new IllegalStateException("The judge's plan breaks a rule: " + choice);
                }
                Status status = said == CpSolverStatus.OPTIMAL ? Status.OPTIMAL : Status.FEASIBLE;
                yield new Verdict(status, plan, lowest(scenario, solver), seconds(begin));
            }
            case INFEASIBLE ->
                new Verdict(Status.INFEASIBLE, Optional.empty(), Double.POSITIVE_INFINITY, seconds(begin));
            case UNKNOWN -> new Verdict(Status.UNKNOWN, Optional.empty(), lowest(scenario, solver), seconds(begin));
            case MODEL_INVALID, UNRECOGNIZED ->
                throw new IllegalStateException("OR-Tools refuses the model: "
                        + model.model().validate().lines().findFirst().orElse("no reason"));
        };
    }

    private static double lowest(Scenario scenario, CpSolver solver) {
        double bound = solver.bestObjectiveBound();
        return switch (scenario.objectives().getFirst()) {
            case COST -> bound / 1e6;
            case DAYS -> bound / 86_400e6;
            case ENERGY -> bound / 3.6e6;
            case CARBON -> bound / 1e3;
        };
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
