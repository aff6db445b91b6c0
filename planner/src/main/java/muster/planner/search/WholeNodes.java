package muster.planner.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import muster.planner.cost.FleetProblem;

/**
 * Makes the parts of nodes of a {@link SlicedProgram} whole, a few jobs at a time: down first, then up again where most was
 * cut off, then by whatever does the rest of the job for the least at the program's prices; the other jobs take what is left,
 * by the program solved anew. Starts and ends follow from the order of slices.
 */
final class WholeNodes {
    private static final double NEARLY_WHOLE = 1e-6;

    private final FleetProblem problem;
    private final JobFleets[] fleets;
    private final UnitRates rates;
    private final NodeSupplies supplies;
    private final TimeGrid grid;
    private final RunChoice choice;
    private final HeldNodes held;
    private final PivotBudget budget;
    private final int jobs;
    private final int pools;
    private SlicedProgram program;

    WholeNodes(
            FleetProblem problem,
            JobFleets[] fleets,
            UnitRates rates,
            NodeSupplies supplies,
            TimeGrid grid,
            RunChoice choice,
            PivotBudget budget) {
        this.problem = problem;
        this.fleets = fleets;
        this.rates = rates;
        this.supplies = supplies;
        this.grid = grid;
        this.choice = choice;
        this.budget = budget;
        this.jobs = problem.jobCount();
        this.pools = problem.poolCount();
        this.held = new HeldNodes(problem, grid.slices());
    }

    /**
     * Writes a schedule of whole nodes.
     *
     * @param first the solved program
     * @param rounds how often it is solved anew for the jobs that are left
     */
    void write(SlicedProgram first, int rounds, Schedule schedule) {
        program = first;
        int[] order = order();
        int next = 0;
        for (int round = 0; next < order.length; round++) {
            int until = Math.ceilDiv(order.length * (round + 1), rounds);
            double[][] wanted = program.nodes();
            int from = next;
            for (; next < Math.min(until, order.length); next++) {
                cutDown(order[next], wanted[order[next]]);
            }
            for (int i = from; i < next; i++) {
                raise(order[i], wanted[order[i]]);
                complete(order[i]);
                held.settled[order[i]] = true;
            }
            rates.refine(program.nodes());
            if (next < order.length && !budget.getAsBoolean()) {
                program = new SlicedProgram(problem, rates, supplies, grid, choice, held, budget);
                program.solve();
            }
        }
        time(schedule);
    }

    /** Jobs of one pool first, since they can turn to no other; then by how much they hold, the largest last. */
    private int[] order() {
        return IntStream.range(0, jobs)
                .filter(choice::tied)
                .boxed()
                .sorted(Comparator.comparing((Integer j) -> !problem.onePool(j))
                        .thenComparing(j -> fleets[j].linear())
                        .thenComparingDouble(j -> problem.tokens(j) / fleets[j].mostTokensPerMicro()))
                .mapToInt(j -> j)
                .toArray();
    }

    private void cutDown(int j, double[] wanted) {
        int modelled = mostModelled(j, wanted);
        for (int p = 0; p < pools; p++) {
            int units = (int) Math.floor(units(j, p, wanted) + NEARLY_WHOLE);
            if (!fleets[j].stated(p)) {
                int most = (units + 1) * problem.granularityNodes(p);
                units = p == modelled ? rates.fastestAlone(j, p, most) / problem.granularityNodes(p) : 0;
            }
            held.add(j, p, units * problem.granularityNodes(p), choice.from(j), choice.to(j));
        }
    }

    private double units(int j, int p, double[] wanted) {
        return Math.min(wanted[p], fleets[j].mostNodes[p]) / problem.granularityNodes(p);
    }

    /** Rounds up what was cut off most, while that is needed and there are nodes. */
    private void raise(int j, double[] wanted) {
        double[] cutOff = new double[pools];
        for (int p = 0; p < pools; p++) {
            cutOff[p] = fleets[j].stated(p) ? units(j, p, wanted) - held.nodes[j][p] / problem.granularityNodes(p) : 0;
        }
        int[] order = IntStream.range(0, pools)
                .filter(p -> cutOff[p] > NEARLY_WHOLE)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer p) -> cutOff[p]).reversed())
                .mapToInt(p -> p)
                .toArray();
        for (int p : order) {
            if (missing(j) > 0 && (cutOff[p] >= 0.5 || problem.onePool(j)) && hasRoom(j, p)) {
                add(j, p);
            }
        }
    }

    /** {@return the pool whose rate is modelled and that does most of the job: several together lose too much} */
    private int mostModelled(int j, double[] wanted) {
        int most = -1;
        for (int p = 0; p < pools; p++) {
            double rate = wanted[p] * fleets[j].nodeTokensPerMicro[p];
            if (!fleets[j].stated(p) && rate > 0) {
                most = most < 0 || rate > wanted[most] * fleets[j].nodeTokensPerMicro[most] ? p : most;
            }
        }
        return most;
    }

    private void add(int j, int p) {
        held.add(j, p, problem.granularityNodes(p), choice.from(j), choice.to(j));
    }

    /** {@return tokens/µs that the job still needs to be done within its slices} */
    private double missing(int j) {
        double rate = fleets[j].tokensPerSecond(held.nodes[j]) / 1e6;
        return problem.tokens(j) / grid.length(choice.from(j), choice.to(j)) * (1 + 1e-12) - rate;
    }

    private boolean hasRoom(int j, int p) {
        int granularity = problem.granularityNodes(p);
        boolean room = held.nodes[j][p] + granularity <= fleets[j].mostNodes[p];
        for (int k = choice.from(j); k < choice.to(j) && room; k++) {
            room = held.hasRoom(k, p, granularity, (long) grid.cuts[k]);
        }
        return room;
    }

    private boolean hasOwned(int j, int p) {
        boolean room = true;
        for (int k = choice.from(j); k < choice.to(j); k++) {
            room &= held.used[k][p] + problem.granularityNodes(p) <= problem.ownNodesWorthHaving(p);
        }
        return room;
    }

    /** Adds unit after unit, always the one that does most of what is missing for its price. */
    private void complete(int j) {
        for (double missing = missing(j); missing > 0; missing = missing(j)) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int v = 0; v < supplies.count; v++) {
                int p = supplies.pool[v];
                double rate = fleets[j].nodeTokensPerMicro[p] * problem.granularityNodes(p);
                if (rate == 0 || !fleets[j].stated(p) || problem.onePool(j) && usesAnother(j, p) || !hasRoom(j, p)) {
                    continue;
                }
                if (supplies.owned(v) != hasOwned(j, p)) {
                    continue;
                }
                double length = grid.length(choice.from(j), choice.to(j));
                double perNode =
                        supplies.objectivePerMicro[v] * length + program.scarcity(v, choice.from(j), choice.to(j));
                double price = perNode * problem.granularityNodes(p) / Math.min(rate, missing);
                if (price < least) {
                    least = price;
                    best = p;
                }
            }
            if (best < 0) {
                return;
            }
            add(j, best);
        }
    }

    private boolean usesAnother(int j, int p) {
        for (int other = 0; other < pools; other++) {
            if (other != p && held.nodes[j][other] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Each job starts when those before it on its pools have ended. */
    private void time(Schedule schedule) {
        Arrays.fill(schedule.placed, false);
        boolean together =
                problem.powerMilliwatts() < Long.MAX_VALUE || problem.sites().capped();
        int[] order = IntStream.range(0, jobs)
                .filter(choice::tied)
                .boxed()
                .sorted(Comparator.comparingInt(choice::from))
                .mapToInt(j -> j)
                .toArray();
        for (int j : order) {
            double rate = fleets[j].tokensPerSecond(held.nodes[j]);
            if (!(rate > 0)) {
                continue;
            }
            long start = problem.releaseMicros(j);
            for (int other : order) {
                if (schedule.placed[other]
                        && choice.to(other) <= choice.from(j)
                        && (together || share(j, other) || follows(j, other))) {
                    start = Math.max(start, schedule.ends[other]);
                }
            }
            start = problem.availability().earliestMicros(held.nodes[j], start);
            long duration = Math.max(1, Math.round(problem.tokens(j) / rate * 1e6));
            schedule.set(j, held.nodes[j], start, start + duration);
        }
    }

    private boolean share(int j, int other) {
        for (int p = 0; p < pools; p++) {
            if (held.nodes[j][p] > 0 && held.nodes[other][p] > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean follows(int j, int other) {
        for (int i = 0; i < problem.predecessorCount(j); i++) {
            if (problem.predecessor(j, i) == other) {
                return true;
            }
        }
        return false;
    }
}
