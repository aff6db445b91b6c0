package muster.planner.bound;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;

/** How good any plan of a problem can be: exact for one job and for small spaces, by prices for larger sequences. */
public final class FleetBound {
    private static final long MOST_BOXES = 400_000;

    /** Boxes of modelled rates cost a millisecond where many pools mix: so many for the answer, fewer for a what-if. */
    private static final long MODELLED_BOXES = 20_000;

    private static final long MODELLED_WHAT_IF_BOXES = 4_000;
    private static final long ROOT_BOXES = 1;

    /** Modelled rates bend, so one box says little; this many settle most questions of one job at once. */
    private static final long MODELLED_ROOT_BOXES = 2_000;

    private static final long BOXES_FOR_ANY_PLAN = 20_000;
    private static final int ROUNDS_FOR_ANY_PLAN = 60;

    private FleetBound() {}

    /** {@return a quick bound and a plan near it, to start the search from} */
    public static Proof root(FleetProblem problem, BooleanSupplier stop) {
        if (problem.jobCount() == 1) {
            return oneJob(problem, Optional.empty(), false, rootBoxes(problem), 0, stop);
        }
        Relaxation relaxation = new Relaxation(problem, stop);
        relaxation.tighten(Relaxation.FIRST_ROUNDS, Double.POSITIVE_INFINITY, 0);
        return relaxation.proof();
    }

    private static long rootBoxes(FleetProblem problem) {
        return problem.rates(0).linear() ? ROOT_BOXES : MODELLED_ROOT_BOXES;
    }

    /**
     * {@return the bound proper}
     *
     * @param incumbent a plan to beat
     * @param root what {@link #root} said
     * @param gapFraction stop once the best plan is this close to the bound; 0 for at the optimum
     * @param whatIf whether it is one of many questions beside the answer, so that less effort will do
     */
    public static Proof prove(
            FleetProblem problem,
            Optional<FleetChoice> incumbent,
            Proof root,
            double gapFraction,
            boolean whatIf,
            BooleanSupplier stop) {
        if (root.infeasible()) {
            return root;
        }
        if (problem.jobCount() == 1) {
            return oneJob(problem, incumbent, false, mostBoxes(problem, whatIf), gapFraction, stop);
        }
        return Enumeration.isSmall(problem) ? enumerated(problem, incumbent, root, stop) : root;
    }

    private static long mostBoxes(FleetProblem problem, boolean whatIf) {
        if (problem.rates(0).stated()) {
            return MOST_BOXES;
        }
        return whatIf ? MODELLED_WHAT_IF_BOXES : MODELLED_BOXES;
    }

    /** {@return whether the scenario has few enough plans to look at all of them} */
    public static boolean isSmall(FleetProblem problem) {
        return Enumeration.isSmall(problem);
    }

    /** {@return whether there is a plan at all: infeasible, or with the first plan found, or with neither} */
    public static Proof possible(FleetProblem problem, BooleanSupplier stop) {
        if (problem.jobCount() == 1) {
            return oneJob(
                    problem, Optional.empty(), true, Math.min(BOXES_FOR_ANY_PLAN, mostBoxes(problem, true)), 0, stop);
        }
        Proof root = affordable(problem, stop);
        if (root.infeasible() || !Enumeration.isSmall(problem)) {
            return root;
        }
        Enumeration enumeration = new Enumeration(problem, true, stop);
        Optional<FleetChoice> any = enumeration.best();
        boolean infeasible = any.isEmpty() && enumeration.complete();
        return new Proof(infeasible, root.value(), any, false, "enumeration", enumeration.visits());
    }

    /** The job is solved for each time at which it may start: its release, and every later date at which nodes come. */
    private static Proof oneJob(
            FleetProblem problem,
            Optional<FleetChoice> incumbent,
            boolean anyPoint,
            long mostBoxes,
            double gapFraction,
            BooleanSupplier stop) {
        long[] starts = loneStarts(problem);
        Optional<FleetChoice> best = Optional.empty();
        Optional<long[]> bestVector = Optional.empty();
        double bound = Double.POSITIVE_INFINITY;
        boolean exact = true;
        long boxes = 0;
        for (long start : starts) {
            JobSpace space = JobSpace.alone(problem, start);
            List<Goal> goals = problem.criteria().stream()
                    .map(objective -> Goal.of(objective, start))
                    .toList();
            OneJobSolver solver =
                    new OneJobSolver(space, goals, true, anyPoint, mostBoxes / starts.length + 1, gapFraction, stop);
            bestVector.ifPresent(solver::beat);
            incumbent
                    .filter(choice -> choice.startMicros()[0] == start)
                    .ifPresent(choice -> solver.offer(units(problem, choice.nodes()[0])));
            OneJobSolver.Outcome outcome = solver.solve();
            if (outcome.units().isPresent()) {
                int[] nodes = space.nodes(outcome.units().get());
                best = Optional.of(new FleetChoice(new int[][] {nodes}, new long[] {startOf(problem, nodes, start)}));
                bestVector = solver.bestVector();
            }
            bound = Math.min(bound, outcome.boundValue());
            exact &= outcome.exact();
            boxes += outcome.boxes();
            if (anyPoint && best.isPresent()) {
                break;
            }
        }
        String counted = boxes == 1 ? "one box" : String.format(Locale.ROOT, "%,d boxes", boxes);
        String method = "branch and bound over " + counted + " of node counts";
        return new Proof(exact && best.isEmpty(), bound, best, exact, method, boxes);
    }

    private static long[] loneStarts(FleetProblem problem) {
        long release = problem.releaseMicros(0);
        return LongStream.concat(
                        LongStream.of(release),
                        Arrays.stream(problem.availability().dates()).filter(date -> date > release))
                .toArray();
    }

    /** A start at a date of pools that the job does not hold is none, and the last date of its own up to it is as good. */
    private static long startOf(FleetProblem problem, int[] nodes, long start) {
        return problem.availability().lastDateOf(nodes, start, problem.releaseMicros(0));
    }

    private static int[] units(FleetProblem problem, int[] nodes) {
        int[] units = new int[nodes.length];
        for (int p = 0; p < nodes.length; p++) {
            units[p] = nodes[p] / problem.granularityNodes(p);
        }
        return units;
    }

    /** {@return whether several jobs surely have no plan: even the cheapest prices allow costs more than there is} */
    private static Proof affordable(FleetProblem problem, BooleanSupplier stop) {
        LagrangianBound cost = new LagrangianBound(problem, Objective.COST, stop);
        cost.tighten(ROUNDS_FOR_ANY_PLAN, Double.POSITIVE_INFINITY, 0);
        return new Proof(
                cost.infeasible(), 0, Optional.empty(), false, "Lagrangian relaxation of cost", cost.iterations());
    }

    private static Proof enumerated(
            FleetProblem problem, Optional<FleetChoice> incumbent, Proof root, BooleanSupplier stop) {
        Enumeration enumeration = new Enumeration(problem, false, stop);
        incumbent.ifPresent(enumeration::offer);
        Optional<FleetChoice> best = enumeration.best();
        if (!enumeration.complete()) {
            return new Proof(false, root.value(), best, false, root.method(), root.boxes() + enumeration.visits());
        }
        String method = String.format(Locale.ROOT, "enumeration of every plan, %,d looked at", enumeration.visits());
        double value = best.map(choice -> leastOfStep(problem, choice)).orElse(Double.POSITIVE_INFINITY);
        return new Proof(best.isEmpty(), value, best, true, method, enumeration.visits());
    }

    /** {@return the least ledger value that is rounded to the plan's step: no plan is below it} */
    private static double leastOfStep(FleetProblem problem, FleetChoice choice) {
        Objective objective = problem.criteria().getFirst();
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        long value = ledger.value(objective);
        long size = Grid.stepSize(objective);
        return Math.min(value, Grid.steps(objective, value) * (double) size - size / 2.0);
    }
}
