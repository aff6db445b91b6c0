package muster.planner.bound;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.JobAmounts;
import muster.planner.cost.JobOptions;
import muster.planner.cost.Ledger;
import muster.planner.cost.Tenure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;

/**
 * Every plan of a small scenario with several jobs. Jobs are placed in order of start; a start is the job's release or
 * the end of a job placed before. A branch is cut once the least it can come to is worse than the best plan known.
 */
final class Enumeration {
    /** Above this many node choices over all jobs a scenario is not small. */
    private static final double MOST_CHOICES = 4e7;

    /** A job with more fleets than this is not small either: its options are held in memory. */
    private static final long MOST_OPTIONS = 100_000;

    private static final long MOST_VISITS = 60_000_000;
    private static final int ASK_EVERY_VISITS = 65_536;

    private final FleetProblem problem;
    private final List<Objective> criteria;
    private final JobOptions[] options;
    private final Integer[][] promisingFirst;
    private final long[][] leastOfJob;
    private final JobAmounts[] amounts;
    private final BooleanSupplier stop;
    private final boolean anyPlan;
    private final Ledger ledger;
    private final int[][] nodes;
    private final Tenure tenure;
    private final long[] starts;
    private final long[] ends;
    private final boolean[] placed;
    private final int[] order;
    private final int[] busyNodes;
    private long[] bestVector;
    private FleetChoice best;
    private long visits;
    private boolean abandoned;

    /** {@return whether the scenario has few enough choices to look at all of them} */
    static boolean isSmall(FleetProblem problem) {
        double choices = Tenure.isChosenExactly(problem) ? 1 : Double.POSITIVE_INFINITY;
        for (int j = 0; j < problem.jobCount(); j++) {
            long options = JobOptions.count(problem, j, MOST_OPTIONS);
            choices *= options < MOST_OPTIONS ? options : Double.POSITIVE_INFINITY;
        }
        return choices <= MOST_CHOICES;
    }

    /** @param anyPlan stop at the first plan found */
    Enumeration(FleetProblem problem, boolean anyPlan, BooleanSupplier stop) {
        int jobs = problem.jobCount();
        this.problem = problem;
        this.criteria = problem.criteria();
        this.stop = stop;
        this.anyPlan = anyPlan;
        this.options = new JobOptions[jobs];
        this.promisingFirst = new Integer[jobs][];
        this.leastOfJob = new long[jobs][criteria.size()];
        this.amounts = new JobAmounts[jobs];
        this.ledger = new Ledger(problem);
        this.nodes = new int[jobs][];
        this.tenure = new Tenure(problem);
        this.starts = new long[jobs];
        this.ends = new long[jobs];
        this.placed = new boolean[jobs];
        this.order = new int[jobs];
        this.busyNodes = new int[problem.poolCount()];
        for (int j = 0; j < jobs; j++) {
            JobOptions all = JobOptions.of(problem, j);
            options[j] = all;
            amounts[j] = new JobAmounts(problem, j);
            promisingFirst[j] = IntStream.range(0, all.count()).boxed().toArray(Integer[]::new);
            Comparator<Integer> byFirst = Comparator.comparingLong(i -> all.least(criteria.getFirst(), i));
            Arrays.sort(promisingFirst[j], byFirst.thenComparingLong(all::durationMicros));
            for (int c = 0; c < criteria.size(); c++) {
                Objective criterion = criteria.get(c);
                leastOfJob[j][c] = IntStream.range(0, all.count())
                        .mapToLong(i -> all.least(criterion, i))
                        .min()
                        .orElse(0);
            }
        }
    }

    /** Offers a plan to beat, such as the search's. */
    void offer(FleetChoice choice) {
        consider(choice.nodes(), choice.startMicros());
    }

    /** {@return the best plan, empty where there is none} */
    Optional<FleetChoice> best() {
        place(0, new long[criteria.size()]);
        return Optional.ofNullable(best);
    }

    /** {@return whether every plan was looked at or ruled out} */
    boolean complete() {
        return !abandoned;
    }

    long visits() {
        return visits;
    }

    /** @param sums shape [criterion]: what the placed jobs come to, in ledger units; for days, their last end */
    private void place(int depth, long[] sums) {
        if (depth == nodes.length) {
            consider(nodes, starts);
            return;
        }
        for (int j = 0; j < nodes.length; j++) {
            if (!placed[j] && predecessorsPlaced(j)) {
                for (long start : possibleStarts(j, depth)) {
                    if (mayStart(j, start, depth)) {
                        placeAt(j, start, depth, sums);
                    }
                }
            }
        }
    }

    private boolean predecessorsPlaced(int job) {
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            if (!placed[problem.predecessor(job, i)]) {
                return false;
            }
        }
        return true;
    }

    /** The release, later ends of jobs placed before, and later dates at which nodes come, each once. */
    private long[] possibleStarts(int job, int depth) {
        long release = problem.releaseMicros(job);
        LongStream endsBefore = Arrays.stream(order, 0, depth).mapToLong(other -> ends[other]);
        LongStream later = LongStream.concat(
                        endsBefore, Arrays.stream(problem.availability().dates()))
                .filter(time -> time > release);
        return LongStream.concat(LongStream.of(release), later.distinct()).toArray();
    }

    /** Starts never fall along the order; equal starts go by file order. */
    private boolean mayStart(int job, long start, int depth) {
        for (int i = 0; i < problem.predecessorCount(job); i++) {
            if (start < ends[problem.predecessor(job, i)]) {
                return false;
            }
        }
        if (depth == 0) {
            return true;
        }
        int last = order[depth - 1];
        return start > starts[last] || start == starts[last] && job > last;
    }

    private void placeAt(int job, long start, int depth, long[] sums) {
        JobOptions all = options[job];
        placed[job] = true;
        order[depth] = job;
        starts[job] = start;
        long[] next = new long[criteria.size()];
        boolean atAnEnd = start == problem.releaseMicros(job) || isEnd(start, depth);
        for (Integer option : promisingFirst[job]) {
            if (anyPlan && best != null) {
                break;
            }
            if (++visits > MOST_VISITS || visits % ASK_EVERY_VISITS == 0 && stop.getAsBoolean()) {
                abandoned = true;
            }
            if (abandoned) {
                break;
            }
            long end = start + all.durationMicros(option);
            if (end > problem.latestEndMicros(job)
                    || !atAnEnd && !problem.availability().isDateOf(all.nodes(option), start)) {
                continue;
            }
            for (int c = 0; c < next.length; c++) {
                next[c] = criteria.get(c) == Objective.DAYS
                        ? Math.max(sums[c], end)
                        : sums[c] + all.least(criteria.get(c), option);
            }
            int hopeless = firstHopeless(next, start);
            if (hopeless == 0) {
                break;
            }
            if (hopeless > 0 || overBudget(next) || !fits(all.nodes(option), start, depth)) {
                continue;
            }
            nodes[job] = all.nodes(option);
            ends[job] = end;
            take(job, depth, sums, next);
            place(depth + 1, next.clone());
        }
        placed[job] = false;
    }

    private boolean isEnd(long time, int depth) {
        for (int i = 0; i < depth; i++) {
            if (ends[order[i]] == time) {
                return true;
            }
        }
        return false;
    }

    /** Gives the job its owned nodes and corrects the sums to what it pays, or, where others can be bought, pays at least. */
    private void take(int job, int depth, long[] sums, long[] next) {
        for (int p = 0; p < problem.poolCount(); p++) {
            tenure.take(p, nodes[job][p], order, depth, starts, ends);
        }
        amounts[job].run(nodes[job]);
        amounts[job].charge(nodes[job], tenure.ownedNodes(job));
        int money = criteria.indexOf(Objective.COST);
        next[money] = sums[money] + Math.max(0, amounts[job].microUsd() - problem.termRoundings());
    }

    /**
     * {@return the first criterion in which everything from here on is worse than the best plan, all earlier ones being
     * equal at best; -1 where there is hope}
     */
    private int firstHopeless(long[] next, long start) {
        if (bestVector == null) {
            return -1;
        }
        for (int c = 0; c < next.length; c++) {
            long least = next[c];
            for (int j = 0; j < placed.length; j++) {
                if (!placed[j]) {
                    least = criteria.get(c) == Objective.DAYS
                            ? Math.max(least, Math.max(start, problem.releaseMicros(j)) + leastOfJob[j][c])
                            : least + leastOfJob[j][c];
                }
            }
            long steps = Grid.steps(criteria.get(c), least);
            if (steps != bestVector[c]) {
                return steps > bestVector[c] ? c : -1;
            }
        }
        return -1;
    }

    private boolean overBudget(long[] next) {
        int money = criteria.indexOf(Objective.COST);
        long least = next[money];
        for (int j = 0; j < placed.length; j++) {
            least += placed[j] ? 0 : leastOfJob[j][money];
        }
        return least > problem.budgetMicroUsd();
    }

    private boolean fits(int[] wanted, long start, int depth) {
        long milliwatts = 0;
        for (int p = 0; p < wanted.length; p++) {
            int busy = wanted[p];
            for (int i = 0; i < depth; i++) {
                busy += ends[order[i]] > start ? nodes[order[i]][p] : 0;
            }
            if (busy > problem.reachableNodes(p, start)) {
                return false;
            }
            busyNodes[p] = busy;
            milliwatts += busy * problem.facilityMilliwatts(p);
        }
        return problem.room().holds(busyNodes, start)
                && milliwatts <= problem.powerMilliwatts()
                && problem.sites().holdPower(busyNodes);
    }

    private void consider(int[][] chosen, long[] chosenStarts) {
        ledger.evaluate(chosen, chosenStarts);
        if (ledger.feasible()) {
            long[] vector = ledger.criteria();
            if (bestVector == null || Arrays.compare(vector, bestVector) < 0) {
                bestVector = vector;
                best = new FleetChoice(chosen, chosenStarts);
            }
        }
    }
}
