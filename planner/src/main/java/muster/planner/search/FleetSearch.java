package muster.planner.search;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;
import org.optaplanner.core.impl.solver.DefaultSolver;

/** Local search over nodes and starts, from a given start, until the bound's target, the steps or the clock end it. */
public final class FleetSearch {
    /** The default number of local search steps. */
    public static final int DEFAULT_STEPS = 20_000;

    private static final int UNIMPROVED_STEPS_PER_JOB = 2_000;
    private static final int LATE_ACCEPTANCE = 100;
    private static final int ACCEPTED_MOVES = 4;
    private static final long ASK_EVERY_MILLIS = 20;

    private FleetSearch() {}

    /**
     * When the search stops.
     *
     * @param targetSteps grid steps of the first criterion at which there is nothing left to gain
     * @param unimprovedSteps without stated steps, how many in vain end the search
     */
    public record Ending(OptionalLong steps, OptionalDouble seconds, long targetSteps, int unimprovedSteps) {
        /** As patient as one job deserves. */
        public Ending(OptionalLong steps, OptionalDouble seconds, long targetSteps) {
            this(steps, seconds, targetSteps, UNIMPROVED_STEPS_PER_JOB);
        }

        /** {@return the ending of a search for a problem, more patient with more jobs} */
        public static Ending of(FleetProblem problem, OptionalLong steps, OptionalDouble seconds, long targetSteps) {
            int patience = Math.min(DEFAULT_STEPS, UNIMPROVED_STEPS_PER_JOB * problem.jobCount());
            return new Ending(steps, seconds, targetSteps, patience);
        }
    }

    /**
     * @param choice the best feasible choice; empty where none was found
     * @param steps local search steps taken, unknown to the caller otherwise
     * @param evaluations choices scored
     * @param endedByClock seconds were given, and neither the steps nor the target ended the search
     */
    public record Found(Optional<FleetChoice> choice, long steps, long evaluations, boolean endedByClock) {}

    public static Found search(
            FleetProblem problem, FleetChoice start, long seed, Ending ending, BooleanSupplier interrupted) {
        FleetSolution initial = new FleetSolution(problem, start);
        if (initial.nodeChoiceList().isEmpty()) {
            return new Found(Optional.empty(), 0, 0, false);
        }
        SolverConfig config = config(seed, ending, EnvironmentMode.REPRODUCIBLE, false);
        return solve(config, initial, ending, interrupted);
    }

    static SolverConfig config(long seed, Ending ending, EnvironmentMode mode, boolean asserted) {
        TerminationConfig phaseTermination = new TerminationConfig().withStepCountLimit(mostSteps(ending));
        if (ending.steps().isEmpty()) {
            phaseTermination.withUnimprovedStepCountLimit(ending.unimprovedSteps());
        }
        LocalSearchPhaseConfig phase = new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(FleetMoves.class))
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(ACCEPTED_MOVES));
        phase.setTerminationConfig(phaseTermination);
        TerminationConfig termination = new TerminationConfig()
                .withBestScoreLimit(FleetScore.atFirst(ending.targetSteps()).toString());
        ending.seconds().ifPresent(seconds -> termination.withSpentLimit(Duration.ofMillis((long) (seconds * 1000))));
        ScoreDirectorFactoryConfig scoring =
                new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(FleetScoreCalculator.class);
        if (asserted) {
            scoring.withAssertionScoreDirectorFactory(
                    new ScoreDirectorFactoryConfig().withEasyScoreCalculatorClass(FleetEasyScoreCalculator.class));
        }
        return new SolverConfig()
                .withSolutionClass(FleetSolution.class)
                .withEntityClasses(NodeChoice.class, StartChoice.class)
                .withEnvironmentMode(mode)
                .withRandomSeed(seed)
                .withScoreDirectorFactory(scoring)
                .withTerminationConfig(termination)
                .withPhases(phase);
    }

    static Found solve(SolverConfig config, FleetSolution initial, Ending ending, BooleanSupplier interrupted) {
        SolverFactory<FleetSolution> factory = SolverFactory.create(config);
        DefaultSolver<FleetSolution> solver = (DefaultSolver<FleetSolution>) factory.buildSolver();
        StepCount steps = new StepCount();
        solver.addPhaseLifecycleListener(steps);
        Thread watcher = Thread.ofVirtual().start(() -> watch(solver, interrupted));
        FleetSolution best;
        try {
            best = solver.solve(initial);
        } finally {
            watcher.interrupt();
        }
        // Not measured here: the solver counts whole milliseconds of another clock and may end before ours says so.
        boolean endedByItself = steps.count() >= mostSteps(ending)
                || ending.steps().isEmpty() && steps.inVain() >= ending.unimprovedSteps()
                || best.score().compareTo(FleetScore.atFirst(ending.targetSteps())) >= 0;
        boolean endedByClock = ending.seconds().isPresent() && !endedByItself;
        return new Found(choice(best), steps.count(), solver.getSolverScope().getScoreCalculationCount(), endedByClock);
    }

    private static int mostSteps(Ending ending) {
        return Math.toIntExact(Math.min(ending.steps().orElse(DEFAULT_STEPS), Integer.MAX_VALUE));
    }

    private static void watch(DefaultSolver<FleetSolution> solver, BooleanSupplier interrupted) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (interrupted.getAsBoolean()) {
                    solver.terminateEarly();
                }
                Thread.sleep(ASK_EVERY_MILLIS);
            }
        } catch (InterruptedException ended) {
            // The search is over: so is the watch.
        }
    }

    private static Optional<FleetChoice> choice(FleetSolution solution) {
        if (!solution.score().isFeasible()) {
            return Optional.empty();
        }
        int[][] nodes = solution.nodes();
        Ledger ledger = new Ledger(solution.problem());
        for (int j = 0; j < nodes.length; j++) {
            ledger.setNodes(j, nodes[j]);
        }
        long[] starts = new Starts(solution.problem()).of(ledger, nodes, solution.waits());
        return Optional.of(new FleetChoice(nodes, starts));
    }
}
