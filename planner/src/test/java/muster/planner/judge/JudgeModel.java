package muster.planner.judge;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CumulativeConstraint;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/**
 * A scenario as a model of CP-SAT, after the meaning that docs/model.md gives it and not after the planner's structures.
 *
 * <p>It is exact and discretises nothing: a job takes one of all its sets of nodes, of which each has its duration to the
 * microsecond, its cost to the micro-dollar and its power to the milliwatt, rounded as docs/model.md says.
 */
final class JudgeModel {
    private static final int MOST_HOLDINGS = 20_000;

    private final StatedTerms terms;
    private final CpModel model = new CpModel();
    private final int jobs;
    private final int pools;
    private final List<List<Holding>> holdings = new ArrayList<>();
    private final long microsPerTick;
    private final long horizon;
    private boolean impossible;

    private final List<BoolVar[]> holds = new ArrayList<>();
    private final IntVar[][] nodes;
    private final IntVar[] start;
    private final IntVar[] end;
    private final IntervalVar[] busy;
    private final IntVar[][] owned;
    private LinearExprBuilder cost;

    JudgeModel(StatedTerms terms) {
        this.terms = terms;
        this.jobs = terms.jobs;
        this.pools = terms.pools;
        for (int j = 0; j < jobs; j++) {
            holdings.add(terms.holdings(j, MOST_HOLDINGS));
            impossible |= holdings.getLast().isEmpty();
            if (holdings.getLast().size() > MOST_HOLDINGS) {
                throw new IllegalArgumentException("More than %d sets of nodes for job %s"
                        .formatted(MOST_HOLDINGS, terms.job(j).name()));
            }
        }
        this.nodes = new IntVar[jobs][pools];
        this.start = new IntVar[jobs];
        this.end = new IntVar[jobs];
        this.busy = new IntervalVar[jobs];
        this.owned = new IntVar[jobs][pools];
        this.microsPerTick = StatedTerms.greatestCommonDivisor(times());
        this.horizon = horizon();
        if (!impossible) {
            addJobs();
            addStarts();
            addPools();
            addOwnedNodes();
            addCost();
            addLimits();
            addSites();
            addObjective();
        }
    }

    /** {@return whether no job of the scenario has more sets of nodes to choose from} */
    static boolean hasFewHoldings(Scenario scenario, int most) {
        StatedTerms terms = new StatedTerms(scenario);
        return IntStream.range(0, terms.jobs)
                .allMatch(j -> terms.holdings(j, most).size() <= most);
    }

    /** {@return whether a job has no set of nodes that is quick enough} */
    boolean impossible() {
        return impossible;
    }

    CpModel model() {
        return model;
    }

    /** Lets the solver begin at a plan; what it proves does not depend on it. */
    void hint(Plan plan) {
        for (int j = 0; j < jobs; j++) {
            int[] held = new int[pools];
            int[] ownedNodes = new int[pools];
            for (Plan.PoolShare share : plan.jobs().get(j).pools()) {
                int p = terms.scenario.pools().indexOf(share.pool());
                held[p] = share.nodes();
                ownedNodes[p] = share.ownedNodes();
            }
            for (int h = 0; h < holdings.get(j).size(); h++) {
                Holding each = holdings.get(j).get(h);
                model.addHint(
                        holds.get(j)[h], Arrays.equals(each.nodes(), held) && Arrays.equals(each.owned(), ownedNodes));
            }
            for (int p = 0; p < pools; p++) {
                model.addHint(nodes[j][p], held[p]);
                if (owned[j][p] != null) {
                    model.addHint(owned[j][p], ownedNodes[p]);
                }
            }
            model.addHint(start[j], ticks(plan.jobs().get(j).startMicros()));
            model.addHint(end[j], ticks(plan.jobs().get(j).endMicros()));
        }
    }

    FleetChoice choice(CpSolver solver) {
        int[][] chosen = new int[jobs][pools];
        long[] starts = new long[jobs];
        for (int j = 0; j < jobs; j++) {
            for (int p = 0; p < pools; p++) {
                chosen[j][p] = Math.toIntExact(solver.value(nodes[j][p]));
            }
            starts[j] = solver.value(start[j]) * microsPerTick;
        }
        return new FleetChoice(chosen, starts);
    }

    // ---- time ----

    private LongStream times() {
        LongStream.Builder times = LongStream.builder();
        for (int j = 0; j < jobs; j++) {
            holdings.get(j).forEach(holding -> times.add(holding.micros()));
            times.add(terms.releaseMicros(j));
        }
        for (int p = 0; p < pools; p++) {
            terms.dates(p).forEach(times::add);
        }
        return times.build();
    }

    /** No job ends later: starts follow from a release or a date by ends, one after the other. */
    private long horizon() {
        long last = 0;
        for (int j = 0; j < jobs; j++) {
            last = Math.max(last, terms.releaseMicros(j));
        }
        for (int p = 0; p < pools; p++) {
            last = Math.max(
                    last,
                    terms.dates(p).stream().mapToLong(Long::longValue).max().orElse(0));
        }
        for (List<Holding> each : holdings) {
            last += each.stream().mapToLong(Holding::micros).max().orElse(0);
        }
        return ticks(last);
    }

    /** Limits on time are rounded down to ticks, of which everything else is a multiple. */
    private long ticks(long micros) {
        return micros / microsPerTick;
    }

    // ---- variables ----

    private void addJobs() {
        for (int j = 0; j < jobs; j++) {
            // A job holds one set of nodes from its start to its end.
            BoolVar[] holding = new BoolVar[holdings.get(j).size()];
            for (int h = 0; h < holding.length; h++) {
                holding[h] = model.newBoolVar("job %d holds %d".formatted(j, h));
            }
            model.addExactlyOne(holding);
            holds.add(holding);
            for (int p = 0; p < pools; p++) {
                int pool = p;
                nodes[j][p] = chosen(j, "nodes of job %d, pool %d".formatted(j, p), each -> each.nodes()[pool]);
            }
            // It starts at its release at the earliest and ends at its deadline at the latest.
            long latest = Math.min(horizon, ticks(terms.deadlineMicros(j)));
            long release = ticks(terms.releaseMicros(j));
            start[j] = model.newIntVar(release, latest, "start of job " + j);
            IntVar length = chosen(j, "length of job " + j, each -> ticks(each.micros()));
            end[j] = model.newIntVar(release, latest, "end of job " + j);
            busy[j] = model.newIntervalVar(start[j], length, end[j], "job " + j);
        }
    }

    /** {@return a figure of the set of nodes that the job holds} */
    private IntVar chosen(int j, String name, ToLongFunction<Holding> figure) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int h = 0; h < holdings.get(j).size(); h++) {
            long value = figure.applyAsLong(holdings.get(j).get(h));
            sum.addTerm(holds.get(j)[h], value);
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        IntVar chosen = model.newIntVar(least, most, name);
        model.addEquality(chosen, sum);
        return chosen;
    }

    // ---- constraints ----

    private void addStarts() {
        for (int j = 0; j < jobs; j++) {
            // A job starts at its release, at the end of another job, or when nodes of a pool that it holds come.
            List<Literal> reasons = new ArrayList<>();
            reasons.add(at(start[j], LinearExpr.constant(ticks(terms.releaseMicros(j)))));
            for (int other = 0; other < jobs; other++) {
                if (other != j) {
                    reasons.add(at(start[j], end[other]));
                }
            }
            for (int p = 0; p < pools; p++) {
                for (long date : terms.dates(p)) {
                    Literal comes = at(start[j], LinearExpr.constant(ticks(date)));
                    model.addGreaterOrEqual(nodes[j][p], 1).onlyEnforceIf(comes);
                    reasons.add(comes);
                }
            }
            model.addBoolOr(reasons);
            // It never starts before the end of a job that it comes after.
            for (int before : terms.after(j)) {
                model.addGreaterOrEqual(start[j], end[before]);
            }
        }
    }

    private Literal at(IntVar time, LinearArgument event) {
        BoolVar reason = model.newBoolVar("event");
        model.addEquality(time, event).onlyEnforceIf(reason);
        return reason;
    }

    private void addPools() {
        for (int p = 0; p < pools; p++) {
            // At no instant are more nodes of a pool busy than have come: those still to come count as busy until then.
            CumulativeConstraint pool = model.addCumulative(terms.most(p));
            for (int j = 0; j < jobs; j++) {
                pool.addDemand(busy[j], nodes[j][p]);
            }
            int left = terms.most(p);
            for (Supply.Tranche tranche : terms.pool(p).supply().available()) {
                int come = Math.min(left, tranche.nodes().asInt());
                long from = ticks(StatedTerms.micros(tranche.fromSeconds()));
                left -= come;
                if (from > 0 && come > 0) {
                    pool.addDemand(model.newFixedInterval(0, from, "tranche"), come);
                }
            }
        }
    }

    /**
     * Who owns what is no choice: jobs are served in order of start, then of the file, and each takes as many of the free owned
     * nodes as it holds. Whoever was served before and still runs at its start keeps what it took; whoever ended by then gave it
     * back, and whoever starts later comes later, so what is free at its start is free for its whole duration. A model in which
     * jobs could leave owned nodes to others would allow more than a plan does.
     */
    private void addOwnedNodes() {
        boolean anyOwned = false;
        for (int p = 0; p < pools; p++) {
            anyOwned |= terms.own(p) > 0;
        }
        Literal[][] keeps = anyOwned ? ServingOrder.keeps(model, start, end) : new Literal[jobs][jobs];
        for (int p = 0; p < pools; p++) {
            int own = terms.own(p);
            int pool = p;
            for (int j = 0; j < jobs; j++) {
                owned[j][p] = chosen(j, "owned of job %d, pool %d".formatted(j, p), each -> each.owned()[pool]);
            }
            CumulativeConstraint all = model.addCumulative(own);
            for (int j = 0; j < jobs; j++) {
                if (own > 0) {
                    LinearExprBuilder free = LinearExpr.newBuilder().add(own);
                    for (int other = 0; other < jobs; other++) {
                        if (other != j) {
                            IntVar kept = model.newIntVar(0, own, "kept");
                            model.addEquality(kept, owned[other][p]).onlyEnforceIf(keeps[other][j]);
                            model.addEquality(kept, 0).onlyEnforceIf(keeps[other][j].not());
                            free.addTerm(kept, -1);
                        }
                    }
                    model.addMinEquality(owned[j][p], new LinearArgument[] {nodes[j][p], free});
                    all.addDemand(busy[j], owned[j][p]); // follows, and helps the solver
                }
            }
        }
    }

    private void addCost() {
        cost = LinearExpr.newBuilder();
        for (int j = 0; j < jobs; j++) {
            cost.add(chosen(j, "cost of job " + j, Holding::microUsd));
        }
    }

    private void addLimits() {
        // Cost is within the budget.
        terms.budgetMicroUsd().ifPresent(budget -> model.addLessOrEqual(cost, budget));
        // The facility power of busy nodes is within the limit at every instant.
        terms.powerMilliwatts().ifPresent(limit -> {
            List<Integer> all = new ArrayList<>();
            for (int p = 0; p < pools; p++) {
                all.add(p);
            }
            addPower(all, limit);
        });
    }

    private void addPower(List<Integer> drawing, long limitMilliwatts) {
        long unit = StatedTerms.greatestCommonDivisor(drawing.stream().mapToLong(terms::facilityMilliwatts));
        CumulativeConstraint power = model.addCumulative(limitMilliwatts / unit);
        for (int j = 0; j < jobs; j++) {
            IntVar draw = chosen(
                    j,
                    "draw of job " + j,
                    holding -> drawing.stream()
                            .mapToLong(p -> holding.nodes()[p] * (terms.facilityMilliwatts(p) / unit))
                            .sum());
            power.addDemand(busy[j], draw);
        }
    }

    private void addSites() {
        for (Site site : terms.scenario.sites()) {
            Site.Caps caps = site.caps();
            List<Integer> here = terms.poolsAt(site);
            caps.powerWatts().ifPresent(watts -> addPower(here, Math.round(watts.value() * 1e3)));
            caps.racks().ifPresent(racks -> addRacks(site, here, racks.asInt()));
        }
    }

    /** Each pool fills racks for the most of its nodes that are busy at once; it does not share them. */
    private void addRacks(Site site, List<Integer> here, int racks) {
        LinearExprBuilder filled = LinearExpr.newBuilder();
        for (int p : here) {
            int most = terms.most(p);
            int perRack = Math.min(most, site.nodesPerRack(terms.pool(p).node()));
            IntVar count = model.newIntVar(0, perRack == 0 ? 0 : (most + perRack - 1) / perRack, "racks");
            CumulativeConstraint room = model.addCumulative(LinearExpr.term(count, perRack));
            for (int j = 0; j < jobs; j++) {
                room.addDemand(busy[j], nodes[j][p]);
            }
            filled.add(count);
        }
        model.addLessOrEqual(filled, racks);
    }

    private void addObjective() {
        Objective first = terms.scenario.objectives().getFirst();
        LinearExprBuilder sum = LinearExpr.newBuilder();
        switch (first) {
            case COST -> sum.add(cost);
            case DAYS -> {
                IntVar finish = model.newIntVar(0, horizon, "finish");
                for (IntVar last : end) {
                    model.addGreaterOrEqual(finish, last);
                }
                sum.addTerm(finish, microsPerTick);
            }
            case ENERGY -> {
                for (int j = 0; j < jobs; j++) {
                    sum.add(chosen(j, "joules of job " + j, Holding::joules));
                }
            }
            case CARBON -> {
                for (int j = 0; j < jobs; j++) {
                    sum.add(chosen(j, "grams of job " + j, Holding::grams));
                }
            }
        }
        model.minimize(sum);
    }
}
