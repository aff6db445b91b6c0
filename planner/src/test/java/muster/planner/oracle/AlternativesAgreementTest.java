package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.CapacityPlanner;
import muster.planner.check.PlanChecker;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import org.junit.jupiter.api.Test;

/** Other fleets are plans of the scenario, near the best, different from each other, and none with fewer nodes is missed. */
class AlternativesAgreementTest {
    private static final long FIRST_SEED = 60_000_000;
    private static final int COUNT = 40;
    private static final int MOST = 3;
    private static final double WITHIN_PERCENT = 100;

    private int found;
    private int fewer;

    @Test
    void alternativesAreDifferentPlansNearTheBest() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            SearchSettings settings = new SearchSettings(
                    scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
            PlanAnswer answer =
                    CapacityPlanner.planWithAlternatives(scenario, settings, MOST, WITHIN_PERCENT, () -> false);
            try {
                if (answer.plan().isPresent()) {
                    check(scenario, answer);
                } else {
                    assertThat(answer.alternatives()).isEmpty();
                }
            } catch (AssertionError e) {
                throw new AssertionError("Seed %d of %s".formatted(seed, scenario), e);
            }
        }
        assertThat(found).isGreaterThan(COUNT / 4);
        assertThat(fewer).isPositive();
    }

    private void check(Scenario scenario, PlanAnswer answer) {
        Objective objective = scenario.objectives().getFirst();
        Plan best = answer.plan().orElseThrow();
        List<Plan> plans = answer.alternatives().orElseThrow().plans();
        found += plans.size();
        assertThat(plans).hasSizeLessThanOrEqualTo(MOST);
        double value = value(best, objective);
        List<Plan> all = new ArrayList<>(List.of(best));
        for (Plan plan : plans) {
            assertThat(PlanChecker.violations(scenario, plan)).isEmpty();
            assertThat(value(plan, objective))
                    .isLessThanOrEqualTo(value * (1 + WITHIN_PERCENT / 100) * (1 + 1e-12) + 1e-9);
            assertThat(all).allMatch(other -> differ(plan, other));
            all.add(plan);
        }
        assertThat(all.stream().mapToLong(plan -> Math.round(value(plan, objective) * 1e3)))
                .isSorted();
        leastWithFewerNodes(scenario, best)
                .filter(least -> least <= value * (1 + WITHIN_PERCENT / 100) * (1 - 1e-9))
                .ifPresent(least -> {
                    fewer++;
                    assertThat(plans).isNotEmpty();
                    assertThat(value(plans.getFirst(), objective)).isLessThanOrEqualTo(least * (1 + 1e-6) + 0.02);
                });
    }

    /** By brute force: the best plan that has a tenth of the fleet less of one of the pools that the best one uses. */
    private static Optional<Double> leastWithFewerNodes(Scenario scenario, Plan best) {
        int all = best.fleet().stream().mapToInt(Plan.FleetRow::nodes).sum();
        double least = Double.POSITIVE_INFINITY;
        for (Pool pool : scenario.pools()) {
            int used = best.fleet().stream()
                    .filter(row -> row.pool().name().equals(pool.name()))
                    .mapToInt(Plan.FleetRow::nodes)
                    .sum();
            int most = used - (int) Math.ceil(all / 10.0);
            if (used == 0 || pool.ownNodes().asInt() > 0 || most < 1) {
                continue;
            }
            Scenario restricted = scenario.withPools(
                    each -> each.name().equals(pool.name()),
                    each -> each.withMaxNodes(
                            new Figure(most, BaseUnit.NODES, new Origin("test", "", Confidence.HIGH))));
            Optional<BruteForce.Best> found = BruteForce.best(restricted);
            if (found.isPresent()) {
                least = Math.min(
                        least,
                        found.get().criteria().getFirst()
                                * grid(scenario.objectives().getFirst()));
            }
        }
        return Double.isFinite(least) ? Optional.of(least) : Optional.empty();
    }

    private static double grid(Objective objective) {
        return switch (objective) {
            case COST -> 0.01;
            case DAYS -> 1e-3 / 86_400;
            case ENERGY, CARBON -> 1e-3;
        };
    }

    private static double value(Plan plan, Objective objective) {
        return plan.totals().value(objective).orElseThrow();
    }

    private static boolean differ(Plan one, Plan other) {
        Map<String, Integer> difference = new HashMap<>();
        one.fleet().forEach(row -> difference.merge(row.pool().name() + row.acquisition(), row.nodes(), Integer::sum));
        other.fleet()
                .forEach(row -> difference.merge(row.pool().name() + row.acquisition(), -row.nodes(), Integer::sum));
        int larger = Math.max(nodes(one), nodes(other));
        return difference.values().stream().anyMatch(nodes -> 10 * Math.abs(nodes) >= larger);
    }

    private static int nodes(Plan plan) {
        return plan.fleet().stream().mapToInt(Plan.FleetRow::nodes).sum();
    }
}
