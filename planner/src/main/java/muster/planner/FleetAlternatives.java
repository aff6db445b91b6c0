package muster.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/**
 * Other fleets that are nearly as good as the best. Two fleets differ where the nodes of one pool and tenure differ by a
 * tenth of the larger fleet; anything less is noise. From each plan found two kinds of questions lead on: the best plan with
 * so many fewer nodes of one of its pools, and the best that ends a twentieth earlier, which takes more nodes or others. The
 * better answers are followed first.
 */
final class FleetAlternatives {
    static final double DIFFERENT_FRACTION = 0.1;
    private static final double EARLIER_FRACTION = 0.05;
    private static final int SOLVES_AT_LEAST = 20;
    private static final int SOLVES_PER_PLAN = 12;

    private final Scenario scenario;
    private final Plan best;
    private final Objective objective;
    private final RateBook book;
    private final WhatIfs whatIfs;
    private final double withinFraction;
    private final Set<Restriction> asked = new HashSet<>();
    private final PriorityQueue<Candidate> candidates =
            new PriorityQueue<>(Comparator.comparingLong(Candidate::steps).thenComparingInt(Candidate::order));

    /**
     * @param base a feasible answer
     * @param withinFraction how much worse than the best, in the first objective, a plan may be
     */
    FleetAlternatives(PlanAnswer base, RateBook book, WhatIfs whatIfs, double withinFraction) {
        this.scenario = base.scenario();
        this.best = base.plan().orElseThrow();
        this.objective = scenario.objectives().getFirst();
        this.book = book;
        this.whatIfs = whatIfs;
        this.withinFraction = withinFraction;
    }

    /**
     * What a question adds to the scenario.
     *
     * @param mostNodesByPool lower maxima
     * @param finishMicros an earlier deadline; Long.MAX_VALUE for none
     */
    private record Restriction(Map<String, Integer> mostNodesByPool, long finishMicros) {
        Scenario of(Scenario scenario) {
            Scenario capped = WhatIfs.capped(scenario, Long.MAX_VALUE, finishMicros, Long.MAX_VALUE);
            return capped.withPools(
                    pool -> mostNodesByPool.containsKey(pool.name()),
                    pool -> pool.withMaxNodes(WhatIfs.figure(mostNodesByPool.get(pool.name()), BaseUnit.NODES)));
        }
    }

    /** @param order in which it was found, which breaks ties */
    private record Candidate(Plan plan, Restriction restriction, long steps, int order) {}

    /** {@return at most so many plans besides the best, the better first} */
    List<Plan> find(int most) {
        List<Plan> chosen = new ArrayList<>(List.of(best));
        int solves = SOLVES_AT_LEAST + SOLVES_PER_PLAN * most;
        ask(best, new Restriction(Map.of(), Long.MAX_VALUE));
        while (chosen.size() <= most && !candidates.isEmpty() && whatIfs.solves() < solves && !whatIfs.stopped()) {
            Candidate next = candidates.poll();
            if (chosen.stream().allMatch(plan -> differ(plan, next.plan()))) {
                chosen.add(next.plan());
            }
            ask(next.plan(), next.restriction());
        }
        // A search that ends with a gap may find a better plan for the narrower question.
        return chosen.subList(1, chosen.size()).stream()
                .sorted(Comparator.comparingLong(this::steps))
                .toList();
    }

    /** Solves the questions that lead on from a plan. */
    private void ask(Plan from, Restriction restriction) {
        int step = (int) Math.ceil(DIFFERENT_FRACTION * nodes(from));
        Map<String, Integer> used = new LinkedHashMap<>();
        from.fleet().forEach(row -> used.merge(row.pool().name(), row.nodes(), Integer::sum));
        used.forEach((pool, nodes) -> {
            Map<String, Integer> fewer = new TreeMap<>(restriction.mostNodesByPool());
            fewer.put(pool, Math.max(0, nodes - step));
            solve(from, new Restriction(fewer, restriction.finishMicros()));
        });
        long earlier = Math.round(from.totals().finishMicros() * (1 - EARLIER_FRACTION));
        solve(from, new Restriction(restriction.mostNodesByPool(), earlier));
    }

    private void solve(Plan from, Restriction restriction) {
        if (!asked.add(restriction) || whatIfs.stopped()) {
            return;
        }
        WhatIfs.Solved solved = whatIfs.best(restriction.of(capped()), Optional.of(from.choice()));
        solved.plan()
                .map(this::ofTheScenario)
                .filter(this::isNear)
                .ifPresent(plan -> candidates.add(new Candidate(plan, restriction, steps(plan), asked.size())));
    }

    /** {@return the scenario within the distance, where its objective has a limit: what lies beyond is then cut off early} */
    private Scenario capped() {
        long most = (long) Math.floor(value(best) * (1 + withinFraction));
        return switch (objective) {
            case COST -> WhatIfs.capped(scenario, most, Long.MAX_VALUE, Long.MAX_VALUE);
            case DAYS -> WhatIfs.capped(scenario, Long.MAX_VALUE, most, Long.MAX_VALUE);
            case ENERGY, CARBON -> scenario;
        };
    }

    /** The restrictions are no part of the answer: the plan is one of the scenario as it stands, and checked as such. */
    private Plan ofTheScenario(Plan restricted) {
        Plan plan = PlanLedger.plan(scenario, FleetProblem.of(scenario, book), restricted.choice());
        PlanChecker.requireSound(scenario, plan);
        return plan;
    }

    private boolean isNear(Plan plan) {
        return value(plan) <= value(best) * (1 + withinFraction);
    }

    private long steps(Plan plan) {
        return Grid.steps(objective, Math.round(value(plan)));
    }

    /** {@return the first objective in ledger units} */
    private double value(Plan plan) {
        return switch (objective) {
            case COST -> plan.totals().microUsd();
            case DAYS -> plan.totals().finishMicros();
            case ENERGY -> plan.totals().energyJoules();
            case CARBON -> plan.totals().carbonGrams().orElseThrow();
        };
    }

    /** {@return whether the nodes of some pool and tenure differ by a tenth of the larger fleet} */
    static boolean differ(Plan one, Plan other) {
        Map<List<String>, Integer> difference = new HashMap<>();
        one.fleet()
                .forEach(row -> difference.merge(
                        List.of(row.pool().name(), row.acquisition().key()), row.nodes(), Integer::sum));
        other.fleet()
                .forEach(row -> difference.merge(
                        List.of(row.pool().name(), row.acquisition().key()), -row.nodes(), Integer::sum));
        double least = DIFFERENT_FRACTION * Math.max(nodes(one), nodes(other));
        return difference.values().stream().anyMatch(nodes -> Math.abs(nodes) >= least && nodes != 0);
    }

    private static int nodes(Plan plan) {
        return plan.fleet().stream().mapToInt(Plan.FleetRow::nodes).sum();
    }
}
