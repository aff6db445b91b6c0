package muster.planner.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.Objective;

/**
 * A lower bound for several jobs: each job alone on all nodes, tied to the others by prices. The jobs of the longest
 * chain of {@code after} share the time between the first release and the last deadline; all jobs share the budget. Any
 * price &ge; 0 of time or money gives a valid bound, so the prices are searched for coarsely.
 */
final class SequenceBound {
    private static final double ROUNDING = 1e-12;
    private static final long UNKNOWN = -1;
    private static final long BOXES_PER_JOB = 400;

    /** Jobs are solved this far: a sharper bound of one job would not show in the sum. */
    private static final double GAP_PER_JOB = 1e-7;

    private final FleetProblem problem;
    private final int priceSteps;
    private final BooleanSupplier stop;
    private final JobSpace[] spaces;
    private final boolean[] inChain;
    private final long[] leastMicros;
    private final long chainWindowMicros;
    private long boxes;
    private boolean infeasible;
    private double best = Double.NEGATIVE_INFINITY;
    private int[][] bestNodes;

    /** @param priceSteps how many prices are tried; more make the bound sharper */
    SequenceBound(FleetProblem problem, int priceSteps, BooleanSupplier stop) {
        this.problem = problem;
        this.priceSteps = priceSteps;
        this.stop = stop;
        int jobs = problem.jobCount();
        this.spaces = new JobSpace[jobs];
        this.leastMicros = new long[jobs];
        for (int j = 0; j < jobs; j++) {
            spaces[j] = new JobSpace(problem, j, true);
            OneJobSolver.Outcome fastest = solve(j, new Goal(0, 1, 0, 0, 1, 0));
            infeasible |= fastest.exact() && fastest.units().isEmpty();
            leastMicros[j] = (long) Math.max(0, Math.min(fastest.boundValue(), FleetProblem.HORIZON_MICROS));
        }
        List<Integer> chain = longestChain();
        this.inChain = new boolean[jobs];
        chain.forEach(j -> inChain[j] = true);
        this.chainWindowMicros = problem.latestEndMicros(chain.getLast()) - problem.releaseMicros(chain.getFirst());
        this.infeasible |= chain.stream().mapToLong(j -> leastMicros[j]).sum() > chainWindowMicros;
    }

    /** Finds prices; afterwards {@link #infeasible}, {@link #value} and {@link #nodes} tell what came of it. */
    void tighten() {
        if (infeasible) {
            return;
        }
        Objective objective = problem.criteria().getFirst();
        if (objective == Objective.DAYS) {
            best = leastFinish();
            priceMoney();
        } else {
            priceTime(Goal.fine(objective), objective == Objective.COST);
        }
        // Money against time also shows when the budget and the deadline exclude each other.
        if (!infeasible && objective != Objective.COST && problem.budgetMicroUsd() < FleetProblem.MOST_MICRO_USD) {
            double kept = best;
            int[][] keptNodes = bestNodes;
            best = Double.NEGATIVE_INFINITY;
            priceTime(Goal.fine(Objective.COST), true);
            best = kept;
            bestNodes = keptNodes == null ? bestNodes : keptNodes;
        }
    }

    boolean infeasible() {
        return infeasible;
    }

    /** {@return a value of the first criterion, in ledger units, that no plan is below} */
    double value() {
        return best;
    }

    /** {@return the nodes of each job at the best prices, a start for the search; empty where none were found} */
    Optional<int[][]> nodes() {
        return Optional.ofNullable(bestNodes);
    }

    long boxes() {
        return boxes;
    }

    /** Maximises Σ min(goal + price × time) − price × window over the price of a microsecond of the chain. */
    private void priceTime(Goal goal, boolean isMoney) {
        double low = 0;
        double high = 0;
        for (int step = 0; step < priceSteps && !infeasible && !stop.getAsBoolean(); step++) {
            double price = step == 0 ? 0 : high == 0 ? low == 0 ? firstTimePrice(goal) : low * 8 : (low + high) / 2;
            // Rounding may have taken a unit per job from what the jobs pay in a plan.
            double bound = -price * chainWindowMicros - spaces.length - problem.termRoundings();
            double chainMicros = 0;
            int[][] nodes = new int[spaces.length][];
            for (int j = 0; j < spaces.length; j++) {
                OneJobSolver.Outcome least = solve(j, inChain[j] ? goal.plusTime(price) : goal);
                bound += least.boundValue();
                if (least.units().isPresent()) {
                    nodes[j] = spaces[j].nodes(least.units().get());
                    chainMicros +=
                            inChain[j] ? spaces[j].amounts(least.units().get()).durationMicros() : 0;
                }
            }
            keep(bound - price * chainWindowMicros * ROUNDING, nodes);
            infeasible |= isMoney
                    && bound - (Math.abs(bound) + price * chainWindowMicros) * ROUNDING > problem.budgetMicroUsd();
            if (chainMicros <= chainWindowMicros) {
                if (step == 0) {
                    return;
                }
                high = price;
            } else {
                low = price;
            }
        }
    }

    /** A price at which time matters about as much as the goal itself. */
    private double firstTimePrice(Goal goal) {
        double value = 0;
        double micros = 0;
        for (int j = 0; j < spaces.length; j++) {
            value += Math.max(0, solve(j, goal).boundValue());
            micros += leastMicros[j];
        }
        return Math.max(value, 1) / Math.max(micros, 1) / 64;
    }

    /** Maximises the chain's time plus price × (all money − budget) over the price of a micro-dollar. */
    private void priceMoney() {
        if (problem.budgetMicroUsd() >= FleetProblem.MOST_MICRO_USD) {
            return;
        }
        double low = 0;
        double high = 0;
        for (int step = 0; step < priceSteps && !stop.getAsBoolean(); step++) {
            double price = high == 0 ? low == 0 ? 1e-3 : low * 8 : (low + high) / 2;
            double bound = -price * (problem.budgetMicroUsd() + (double) spaces.length + problem.termRoundings());
            double money = 0;
            int[][] nodes = new int[spaces.length][];
            for (int j = 0; j < spaces.length; j++) {
                OneJobSolver.Outcome least = solve(j, new Goal(price, inChain[j] ? 1 : 0, 0, 0, 1, 0));
                bound += least.boundValue();
                if (least.units().isPresent()) {
                    nodes[j] = spaces[j].nodes(least.units().get());
                    money += spaces[j].amounts(least.units().get()).microUsd();
                }
            }
            keep(bound + firstRelease(), nodes);
            if (money <= problem.budgetMicroUsd()) {
                high = price;
            } else {
                low = price;
            }
        }
    }

    private void keep(double bound, int[][] nodes) {
        if (bound > best || bestNodes == null) {
            best = Math.max(best, bound);
            boolean complete = true;
            for (int[] jobNodes : nodes) {
                complete &= jobNodes != null;
            }
            bestNodes = complete ? nodes : bestNodes;
        }
    }

    private long firstRelease() {
        for (int j = 0; j < spaces.length; j++) {
            if (inChain[j] && hasNoPredecessorInChain(j)) {
                return problem.releaseMicros(j);
            }
        }
        return 0;
    }

    private boolean hasNoPredecessorInChain(int job) {
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            if (inChain[problem.predecessor(job, i)]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the end of the last job if each ran as fast as it could alone} */
    private double leastFinish() {
        long[] earliestEnd = new long[spaces.length];
        Arrays.fill(earliestEnd, UNKNOWN);
        long finish = 0;
        for (int j = 0; j < spaces.length; j++) {
            finish = Math.max(finish, earliestEnd(j, earliestEnd));
        }
        return finish;
    }

    private long earliestEnd(int job, long[] known) {
        if (known[job] == UNKNOWN) {
            long start = problem.releaseMicros(job);
            for (int i = 0; i < problem.predecessorCount(job); i++) {
                start = Math.max(start, earliestEnd(problem.predecessor(job, i), known));
            }
            known[job] = start + leastMicros[job];
        }
        return known[job];
    }

    private List<Integer> longestChain() {
        List<Integer> longest = List.of();
        long most = -1;
        List<List<Integer>> chains = new ArrayList<>();
        long[] length = new long[spaces.length];
        for (int j = 0; j < spaces.length; j++) {
            chains.add(null);
        }
        for (int j = 0; j < spaces.length; j++) {
            chainTo(j, chains, length);
            if (length[j] > most) {
                most = length[j];
                longest = chains.get(j);
            }
        }
        return longest;
    }

    private void chainTo(int job, List<List<Integer>> chains, long[] length) {
        if (chains.get(job) != null) {
            return;
        }
        List<Integer> before = List.of();
        long longest = 0;
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            int predecessor = problem.predecessor(job, i);
            chainTo(predecessor, chains, length);
            if (length[predecessor] > longest || before.isEmpty()) {
                longest = length[predecessor];
                before = chains.get(predecessor);
            }
        }
        List<Integer> chain = new ArrayList<>(before);
        chain.add(job);
        chains.set(job, chain);
        length[job] = longest + leastMicros[job];
    }

    private OneJobSolver.Outcome solve(int job, Goal goal) {
        // Among equals the faster: the chain is then as short as the goal allows.
        List<Goal> goals =
                goal.time() > 0 && goal.money() == 0 ? List.of(goal) : List.of(goal, new Goal(0, 1, 0, 0, 1_000, 0));
        OneJobSolver solver = new OneJobSolver(spaces[job], goals, false, false, BOXES_PER_JOB, GAP_PER_JOB, stop);
        OneJobSolver.Outcome outcome = solver.solve();
        boxes += outcome.boxes();
        infeasible |= outcome.exact() && outcome.units().isEmpty();
        return outcome;
    }
}
