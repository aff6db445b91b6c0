package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Limits;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.Site;
import muster.planner.oracle.TinyPrograms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relaxing any one limit of a program with all terms never makes the best plan worse. */
class ProgramLawsTest {
    @Test
    void looserLimitsNeverHurt() {
        compare(90_000_000, 100);
    }

    @Test
    @Tag("long")
    void looserLimitsNeverHurtTenThousandPrograms() {
        compare(91_000_000, 10_000);
    }

    /** A limit that a scenario may state. */
    private enum Limit {
        DEADLINE,
        BUDGET,
        POWER,
        JOB_DEADLINES,
        SITE_POWER,
        RACKS,
        RACK_POWER;

        Scenario looser(Scenario scenario, UnaryOperator<Figure> change) {
            Limits limits = scenario.limits();
            return switch (this) {
                case DEADLINE ->
                    scenario.withLimits(
                            new Limits(limits.deadlineSeconds().map(change), limits.budgetUsd(), limits.powerWatts()));
                case BUDGET ->
                    scenario.withLimits(new Limits(
                            limits.deadlineSeconds(), limits.budgetUsd().map(change), limits.powerWatts()));
                case POWER ->
                    scenario.withLimits(new Limits(
                            limits.deadlineSeconds(),
                            limits.budgetUsd(),
                            limits.powerWatts().map(change)));
                case JOB_DEADLINES ->
                    scenario.withJobs(scenario.jobs().stream()
                            .map(job -> job.withDeadline(job.deadlineSeconds().map(change)))
                            .toList());
                case SITE_POWER ->
                    sites(scenario, caps -> caps.withPower(caps.powerWatts().map(change)));
                case RACKS ->
                    sites(scenario, caps -> caps.withRacks(caps.racks().map(count -> whole(change.apply(count)))));
                case RACK_POWER ->
                    sites(
                            scenario,
                            caps -> new Site.Caps(
                                    caps.powerWatts(),
                                    caps.racks(),
                                    caps.rackWatts().map(change)));
            };
        }

        private static Scenario sites(Scenario scenario, UnaryOperator<Site.Caps> change) {
            return scenario.withPools(
                    pool -> pool.site().isPresent(),
                    pool -> pool.withSite(pool.site().map(site -> site.withCaps(change.apply(site.caps())))));
        }

        private static Figure whole(Figure count) {
            return new Figure(Math.ceil(count.value()), count.unit(), count.origin());
        }
    }

    private static void compare(long firstSeed, int count) {
        Map<Limit, Integer> relaxed = new TreeMap<>();
        int better = 0;
        int opened = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Scenario scenario = TinyPrograms.scenario(seed);
            double factor = random.nextDouble(1, 3);
            for (int attempt = 0; attempt < 20; attempt++) {
                Limit limit = Limit.values()[random.nextInt(Limit.values().length)];
                Scenario looser = limit.looser(scenario, Variants.times(factor));
                if (!looser.equals(scenario)) {
                    relaxed.merge(limit, 1, Integer::sum);
                    int change = requireNoWorse(scenario, looser, "seed %d, %s x %.3f".formatted(seed, limit, factor));
                    better += change > 0 ? 1 : 0;
                    opened += change > 1 ? 1 : 0;
                    break;
                }
            }
        }
        System.out.printf(
                "%d programs from seed %d with a limit relaxed (%s): none worse, %d better, %d of them possible at last.%n",
                relaxed.values().stream().mapToInt(Integer::intValue).sum(), firstSeed, relaxed, better, opened);
        assertThat(relaxed).hasSize(Limit.values().length);
        assertThat(better).isGreaterThan(count / 20);
    }

    /** {@return 0 for the same, 1 for a better plan, 2 for one where there was none} */
    private static int requireNoWorse(Scenario scenario, Scenario looser, String what) {
        PlanAnswer before = plan(scenario);
        PlanAnswer after = plan(looser);
        assertThat(before.status()).as(what).isIn(Status.OPTIMAL, Status.INFEASIBLE);
        if (before.plan().isEmpty()) {
            return after.plan().isPresent() ? 2 : 0;
        }
        assertThat(after.status()).as(what).isEqualTo(Status.OPTIMAL);
        long[] least = criteria(scenario, before.plan().get());
        long[] now = criteria(looser, after.plan().orElseThrow());
        int order = Arrays.compare(now, least);
        assertThat(order)
                .as("%s: %s was %s", what, Arrays.toString(now), Arrays.toString(least))
                .isLessThanOrEqualTo(0);
        return order < 0 ? 1 : 0;
    }

    private static PlanAnswer plan(Scenario scenario) {
        return CapacityPlanner.plan(
                scenario,
                new SearchSettings(1, OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                () -> false);
    }

    private static long[] criteria(Scenario scenario, Plan plan) {
        FleetChoice choice = plan.choice();
        Ledger ledger = new Ledger(FleetProblem.of(scenario));
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.criteria();
    }
}
