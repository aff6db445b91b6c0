package muster.planner.bound;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.JobAmounts;
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
    private static final int PRICE_STEPS = 14;
    private static final int COARSE_PRICE_STEPS = 5;

    private FleetBound() {}

    /** {@return a quick bound and a plan near it, to start the search from} */
    public static Proof root(FleetProblem problem, BooleanSupplier stop) {
        return problem.jobCount() == 1
                ? oneJob(problem, Optional.empty(), false, rootBoxes(problem), 0, stop)
                : severalJobs(problem, PRICE_STEPS, stop);
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
        if (problem.rates(0).linear()) {
            return MOST_BOXES;
        }
        return whatIf ? MODELLED_WHAT_IF_BOXES : MODELLED_BOXES;
    }

    /** {@return whether there is a plan at all: infeasible, or with the first plan found, or with neither} */
    public static Proof possible(FleetProblem problem, BooleanSupplier stop) {
        if (problem.jobCount() == 1) {
            return oneJob(
                    problem, Optional.empty(), true, Math.min(BOXES_FOR_ANY_PLAN, mostBoxes(problem, true)), 0, stop);
        }
        Proof root = severalJobs(problem, COARSE_PRICE_STEPS, stop);
        if (root.infeasible()
                || root.best().filter(choice -> keepsLimits(problem, choice)).isPresent()) {
            return root;
        }
        if (Enumeration.isSmall(problem)) {
            Enumeration enumeration = new Enumeration(problem, true, stop);
            Optional<FleetChoice> any = enumeration.best();
            boolean infeasible = any.isEmpty() && enumeration.complete();
            return new Proof(infeasible, root.value(), any, false, "enumeration", enumeration.visits());
        }
        return new Proof(false, root.value(), Optional.empty(), false, root.method(), root.boxes());
    }

    private static boolean keepsLimits(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.feasible();
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

    private static Proof severalJobs(FleetProblem problem, int priceSteps, BooleanSupplier stop) {
        SequenceBound bound = new SequenceBound(problem, priceSteps, stop);
        bound.tighten();
        Optional<FleetChoice> start = bound.nodes().map(nodes -> inSequence(problem, nodes));
        String method = String.format(
                Locale.ROOT,
                "each job alone over %,d boxes of node counts, tied by prices of time and money",
                bound.boxes());
        return new Proof(bound.infeasible(), bound.value(), start, false, method, bound.boxes());
    }

    /** One job after the other, predecessors first: the start that needs the fewest nodes at once. */
    private static FleetChoice inSequence(FleetProblem problem, int[][] nodes) {
        JobAmounts amounts;
        long[] starts = new long[nodes.length];
        boolean[] placed = new boolean[nodes.length];
        long end = 0;
        for (int count = 0; count < nodes.length; count++) {
            int job = nextReady(problem, placed);
            starts[job] = problem.availability().earliestMicros(nodes[job], Math.max(end, problem.releaseMicros(job)));
            amounts = new JobAmounts(problem, job);
            amounts.run(nodes[job]);
            end = starts[job] + amounts.durationMicros();
            placed[job] = true;
        }
        return new FleetChoice(nodes, starts);
    }

    private static int nextReady(FleetProblem problem, boolean[] placed) {
        for (int j = 0; j < placed.length; j++) {
            boolean ready = !placed[j];
            for (int i = 0; i < problem.predecessorCount(j); i++) {
                ready &= placed[problem.predecessor(j, i)];
            }
            if (ready) {
                return j;
            }
        }
        throw new IllegalStateException("The jobs' order has a cycle; readers refuse such scenarios.");
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
