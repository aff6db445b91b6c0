package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import muster.planner.bound.Relaxation;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Scenario;
import muster.planner.oracle.ModelledScenarios;
import muster.planner.oracle.SeveralJobsScenarios;
import muster.planner.oracle.TermScenarios;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever plan is found for three to six jobs, with chains, dates and every limit, no bound by prices is above it. */
class PriceBoundTest {
    private static final long FIRST_SEED = 41_000_000;
    private static final long BOXES = 30;

    @Test
    void noBoundIsAboveAPlan() {
        compare(FIRST_SEED, 40, false);
    }

    /** With purchases, reservations, tranches and sites in every scenario. */
    @Test
    void noBoundIsAboveAProgram() {
        compare(FIRST_SEED + 500_000, 40, true);
    }

    /**
     * Each job alone is quickest per node on few nodes, owned ones; while one holds them the other rents few as well, at the
     * same rates. Whoever counts those as further nodes of the same fleet asks too much of it.
     */
    @Test
    void noBoundIsAboveJobsThatShareOwnedNodesAtModelledRates() {
        int found = 0;
        for (int own : new int[] {4, 8, 12}) {
            for (int hours : new int[] {34, 45, 60, 80}) {
                FleetProblem problem = FleetProblem.of(ModelledScenarios.twoAtOnce(own, hours));
                found += held(problem, own * 100L + hours) > 0 ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(8);
    }

    /** With spot nodes and spare nodes in most pools: the price bound knows little of evictions, so it is seldom close. */
    @Test
    void noBoundIsAboveAPlanWithSpotNodes() {
        int found = 0;
        int spot = 0;
        for (long seed = FIRST_SEED + 700_000; seed < FIRST_SEED + 700_000 + 40; seed++) {
            Scenario scenario =
                    TermScenarios.withSpotAndSpares(SeveralJobsScenarios.scenario(seed, seed % 2 == 0), seed);
            FleetProblem problem = FleetProblem.of(scenario);
            found += held(problem, seed) > 0 ? 1 : 0;
            spot += problem.poolCount() > scenario.pools().size() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(10);
        assertThat(spot).isGreaterThan(20);
        int modelled = 0;
        for (int seed = 0; seed < 12; seed++) {
            Scenario scenario = ModelledScenarios.twoAtOnce(4 + seed % 3 * 4, 45 + seed % 4 * 15);
            modelled += held(FleetProblem.of(TermScenarios.withSpotAndSpares(scenario, seed)), seed) > 0 ? 1 : 0;
        }
        assertThat(modelled).isGreaterThan(6);
    }

    @Test
    @Tag("long")
    void noBoundIsAboveAPlanOfThousands() {
        compare(FIRST_SEED + 1_000_000, 5_000, false);
    }

    @Test
    @Tag("long")
    void noBoundIsAboveAProgramOfThousands() {
        compare(FIRST_SEED + 2_000_000, 3_000, true);
    }

    private static void compare(long firstSeed, int count, boolean programs) {
        int found = 0;
        int close = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            double share = held(FleetProblem.of(SeveralJobsScenarios.scenario(seed, programs)), seed);
            found += share > 0 ? 1 : 0;
            close += share > 0.95 ? 1 : 0;
        }
        System.out.printf(
                "From seed %d: %d of %d scenarios with a plan, %d bounds within 5 %% of it.%n",
                firstSeed, found, count, close);
        assertThat(found).isGreaterThan(count / 3);
        assertThat(close).isGreaterThan(found / 3);
    }

    /** {@return the bound's share of a plan, at most 1; 0 where none is found} */
    private static double held(FleetProblem problem, long seed) {
        Relaxation relaxation = new Relaxation(problem, () -> false);
        relaxation.tighten(40, Double.POSITIVE_INFINITY, 0);
        Optional<FleetChoice> plan = FleetNeighbourhoods.improve(
                        problem, relaxation.guide(), Optional.empty(), seed, 1, 150, Long.MIN_VALUE, () -> false)
                .choice();
        if (plan.isEmpty()) {
            return 0;
        }
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(plan.get().nodes(), plan.get().startMicros());
        double value = ledger.value(problem.criteria().getFirst());
        assertThat(relaxation.infeasible()).as("seed %d", seed).isFalse();
        assertThat(relaxation.value()).as("seed %d", seed).isLessThanOrEqualTo(value);
        relaxation.tighten(40, value, 0);
        assertThat(relaxation.value()).as("seed %d, with a plan", seed).isLessThanOrEqualTo(value);
        // What is asked for lies above the plan, so that a bound which passes it would show.
        relaxation.branch(BOXES, 2 * value, 0);
        assertThat(relaxation.infeasible()).as("seed %d, boxes", seed).isFalse();
        assertThat(relaxation.value()).as("seed %d, boxes of times", seed).isLessThanOrEqualTo(value);
        return relaxation.value() / value;
    }
}
