package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.oracle.SeveralJobsScenarios;
import muster.planner.oracle.TinyPrograms;
import muster.planner.oracle.TinyScenarios;
import muster.planner.perf.RateBook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every fleet that some stage of the search calls feasible on its way is a plan without a violation, not only the best one. */
class VisitedPlansTest {
    @Test
    void everyFeasibleFleetOnTheWayIsAPlan() {
        check(4_000, 500, 80_000_000);
    }

    @Test
    @Tag("long")
    void aMillionFeasibleFleetsOnTheWayArePlans() {
        check(1_000_000, 10_000, 81_000_000);
    }

    /** @param mostPerScenario how many of one scenario: the rest of its search shows more of the same */
    private static void check(int count, int mostPerScenario, long firstSeed) {
        long begin = System.nanoTime();
        Map<String, Long> checked = new TreeMap<>();
        long all = 0;
        for (long seed = firstSeed; all < count; seed++) {
            Family family = Family.values()[(int) (seed % Family.values().length)];
            long visited = visit(family.scenario.apply(seed), family + " " + seed, mostPerScenario);
            checked.merge(family.name().toLowerCase(Locale.ROOT), visited, Long::sum);
            all += visited;
        }
        System.out.printf(
                Locale.ROOT,
                "The checker finds no violation in %,d plans that the search visited from seed %d: %s; %.0f s.%n",
                all,
                firstSeed,
                checked,
                (System.nanoTime() - begin) / 1e9);
        assertThat(checked).hasSize(Family.values().length);
    }

    /** {@return how many fleets were checked} */
    private static long visit(Scenario scenario, String name, int most) {
        RateBook book = new RateBook();
        FleetProblem problem = FleetProblem.of(scenario, book);
        AtomicLong visited = new AtomicLong();
        ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
        FleetProblem witnessed = FleetProblem.witnessed(scenario, book, choice -> {
            if (visited.getAndIncrement() < most) {
                violations(scenario, problem, choice)
                        .ifPresent(found -> violations.add(name + ": " + found + " in " + choice));
            }
        });
        SearchSettings settings = new SearchSettings(
                scenario.seed(), OptionalLong.of(300), OptionalDouble.empty(), OptionalDouble.empty());
        FleetInquiry inquiry = new FleetInquiry(
                scenario, book, witnessed, settings, EnumSet.allOf(SearchStage.class), SearchWatch.NOBODY, () -> false);
        inquiry.searchAndProve();
        assertThat(violations).isEmpty();
        return Math.min(visited.get(), most);
    }

    private static Optional<String> violations(Scenario scenario, FleetProblem problem, FleetChoice choice) {
        List<String> found = PlanChecker.violations(scenario, PlanLedger.plan(scenario, problem, choice));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.toString());
    }

    /** Where scenarios are drawn from: one or two jobs, with all terms, three to six jobs, and with them too. */
    private enum Family {
        TINY(TinyScenarios::scenario),
        TINY_PROGRAMS(TinyPrograms::scenario),
        SEVERAL_JOBS(seed -> SeveralJobsScenarios.scenario(seed, false)),
        SEVERAL_JOBS_PROGRAMS(seed -> SeveralJobsScenarios.scenario(seed, true));

        final LongFunction<Scenario> scenario;

        Family(LongFunction<Scenario> scenario) {
            this.scenario = scenario;
        }
    }
}
