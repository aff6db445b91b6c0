package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.bound.FleetBound;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyPrograms;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.optaplanner.core.config.solver.EnvironmentMode;

class FleetSearchTest {
    private static final long FIRST_SEED = 5_000_000;

    /** No plan has fewer than no steps, so a search for this target ends for another reason. */
    private static final long OUT_OF_REACH = -1;

    /** The solver itself throws where the score by changes differs from the one from scratch, or an undo leaves a trace. */
    @ParameterizedTest
    @EnumSource(names = {"FULL_ASSERT", "NON_INTRUSIVE_FULL_ASSERT"})
    void everyScoreByChangesIsTheScoreFromScratch(EnvironmentMode mode) {
        long steps = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 24; seed++) {
            steps += asserted(mode, FleetProblem.of(TinyScenarios.scenario(seed)), seed, 40);
            steps += asserted(mode, FleetProblem.of(TinyPrograms.scenario(seed)), seed, 40);
        }
        steps += asserted(mode, FleetProblem.of(threeJobs()), FIRST_SEED, 300);
        assertThat(steps).as("steps taken").isGreaterThan(500);
    }

    private static long asserted(EnvironmentMode mode, FleetProblem problem, long seed, long steps) {
        FleetSearch.Ending ending =
                new FleetSearch.Ending(OptionalLong.of(steps), OptionalDouble.empty(), OUT_OF_REACH);
        FleetSolution initial = new FleetSolution(problem, start(problem));
        return FleetSearch.solve(FleetSearch.config(seed, ending, mode, true), initial, ending, () -> false)
                .steps();
    }

    @Test
    void theSameSeedTakesTheSameWay() {
        FleetProblem problem = FleetProblem.of(threeJobs());
        FleetSearch.Found first = search(problem, start(problem), 7, 1_500, OUT_OF_REACH);
        FleetSearch.Found second = search(problem, start(problem), 7, 1_500, OUT_OF_REACH);
        assertThat(second).isEqualTo(first);
        assertThat(first.choice()).isPresent();
        assertThat(first.steps()).isEqualTo(1_500);
        assertThat(first.endedByClock()).isFalse();
        // Another seed comes another way: not every answer is the same whatever the seed.
        FleetSearch.Found other = search(problem, start(problem), 8, 1_500, OUT_OF_REACH);
        assertThat(other.evaluations()).isNotEqualTo(first.evaluations());
    }

    @Test
    void whatItFindsKeepsTheLimitsAndIsNoWorseThanItsStart() {
        int improved = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 60; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            FleetProblem problem = FleetProblem.of(scenario);
            Optional<FleetChoice> relaxed =
                    FleetBound.root(problem, () -> false).best();
            FleetChoice start = relaxed.orElse(start(problem));
            FleetSearch.Found found = search(problem, start, seed, 300, OUT_OF_REACH);
            Optional<long[]> before = criteria(problem, start);
            Optional<long[]> after = found.choice().flatMap(choice -> criteria(problem, choice));
            assertThat(after.isPresent())
                    .as("seed %d", seed)
                    .isEqualTo(found.choice().isPresent());
            if (before.isPresent()) {
                assertThat(after).as("seed %d", seed).isPresent();
                assertThat(Arrays.compare(after.get(), before.get()))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(0);
            }
            boolean sound = found.choice()
                    .flatMap(choice -> BruteForce.criteria(scenario, choice))
                    .isPresent();
            assertThat(sound).as("seed %d, by the oracle", seed).isEqualTo(after.isPresent());
            improved +=
                    after.isPresent() && (before.isEmpty() || Arrays.compare(after.get(), before.get()) < 0) ? 1 : 0;
        }
        assertThat(improved)
                .as("searches that found something better than their start")
                .isGreaterThan(3);
    }

    @Test
    void anInterruptedSearchReturnsTheBestSoFar() {
        FleetProblem problem = FleetProblem.of(threeJobs());
        FleetChoice start =
                search(problem, start(problem), 1, 300, OUT_OF_REACH).choice().orElseThrow();
        long most = 20_000_000;
        FleetSearch.Ending ending = new FleetSearch.Ending(OptionalLong.of(most), OptionalDouble.empty(), OUT_OF_REACH);
        FleetSearch.Found found = FleetSearch.search(problem, start, 1, ending, () -> true);
        assertThat(found.steps()).isLessThan(most);
        assertThat(found.endedByClock()).isFalse();
        long[] after = criteria(problem, found.choice().orElseThrow()).orElseThrow();
        assertThat(Arrays.compare(after, criteria(problem, start).orElseThrow()))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void itEndsAtItsTarget() {
        int reached = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 40; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            if (best.isEmpty()) {
                continue;
            }
            FleetProblem problem = FleetProblem.of(scenario);
            long target = best.get().criteria().getFirst();
            FleetSearch.Found found = search(problem, start(problem), seed, 3_000, target);
            Optional<long[]> criteria = found.choice().flatMap(choice -> criteria(problem, choice));
            boolean atTarget = criteria.isPresent() && criteria.get()[0] == target;
            if (atTarget) {
                reached++;
                assertThat(found.steps()).as("seed %d", seed).isLessThan(3_000);
            } else {
                assertThat(found.steps()).as("seed %d", seed).isEqualTo(3_000);
            }
            // From the optimum itself there is nothing to do.
            assertThat(search(problem, best.get().choice(), seed, 3_000, target).steps())
                    .as("seed %d, from the optimum", seed)
                    .isZero();
        }
        assertThat(reached).isGreaterThan(10);
    }

    @Test
    void withoutSecondsItStopsOnceNothingImproves() {
        // A single fleet: 2,000 steps without a better one, not the 20,000 allowed.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(1).rent(2);
        sketch.job("only").tokens(1e9).rate("a", 1_000);
        FleetProblem problem = FleetProblem.of(sketch.scenario("one fleet"));
        FleetSearch.Ending ending = new FleetSearch.Ending(OptionalLong.empty(), OptionalDouble.empty(), OUT_OF_REACH);
        FleetSearch.Found found = FleetSearch.search(problem, start(problem), 1, ending, () -> false);
        assertThat(found.steps()).isBetween(1_900L, 3_000L);
        assertThat(found.choice().orElseThrow().nodes()).isDeepEqualTo(new int[][] {{1}});
    }

    @Test
    void aProblemWithoutAnyNodesToChooseFindsNothing() {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(3).granularity(4).rent(2);
        sketch.job("only").tokens(1e9).rate("a", 1_000);
        FleetProblem problem = FleetProblem.of(sketch.scenario("no unit"));
        assertThat(search(problem, start(problem), 1, 100, OUT_OF_REACH).choice())
                .isEmpty();
    }

    @Test
    void secondsEndTheSearchAndSaySo() {
        FleetProblem problem = FleetProblem.of(threeJobs());
        FleetSearch.Ending ending =
                new FleetSearch.Ending(OptionalLong.of(20_000_000), OptionalDouble.of(0.001), OUT_OF_REACH);
        FleetSearch.Found found = FleetSearch.search(problem, start(problem), 1, ending, () -> false);
        assertThat(found.endedByClock()).isTrue();
        assertThat(found.steps()).isLessThan(20_000_000);
    }

    @Test
    void stepsThatEndBeforeTheClockAreNoMatterOfTheClock() {
        FleetProblem problem = FleetProblem.of(threeJobs());
        FleetSearch.Ending ending = new FleetSearch.Ending(OptionalLong.of(30), OptionalDouble.of(3_600), OUT_OF_REACH);
        FleetSearch.Found found = FleetSearch.search(problem, start(problem), 1, ending, () -> false);
        assertThat(found.steps()).isEqualTo(30);
        assertThat(found.endedByClock()).isFalse();
    }

    @Test
    void gridOfTheTargetIsTheGridOfTheScore() {
        FleetProblem problem = FleetProblem.of(threeJobs());
        FleetChoice choice =
                search(problem, start(problem), 3, 200, OUT_OF_REACH).choice().orElseThrow();
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        long steps = Grid.steps(Objective.COST, ledger.microUsd());
        assertThat(FleetScore.of(problem, ledger, 0)).isGreaterThanOrEqualTo(FleetScore.atFirst(steps));
        assertThat(FleetScore.of(problem, ledger, 0)).isLessThan(FleetScore.atFirst(steps - 1));
        assertThat(FleetScore.of(problem, ledger, 1).isFeasible()).isFalse();
    }

    private static FleetSearch.Found search(
            FleetProblem problem, FleetChoice start, long seed, long steps, long target) {
        FleetSearch.Ending ending = new FleetSearch.Ending(OptionalLong.of(steps), OptionalDouble.empty(), target);
        return FleetSearch.search(problem, start, seed, ending, () -> false);
    }

    private static Optional<long[]> criteria(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.feasible() ? Optional.of(ledger.criteria()) : Optional.empty();
    }

    /** {@return no nodes, each job at its release} */
    static FleetChoice start(FleetProblem problem) {
        long[] starts = new long[problem.jobCount()];
        for (int j = 0; j < starts.length; j++) {
            starts[j] = problem.releaseMicros(j);
        }
        return new FleetChoice(new int[problem.jobCount()][problem.poolCount()], starts);
    }

    /** Three jobs, one after another where stated, over three pools of up to 64 nodes. */
    static Scenario threeJobs() {
        ScenarioSketch sketch =
                new ScenarioSketch().deadlineSeconds(60 * 86_400).powerWatts(900_000);
        sketch.pool("a").max(64).own(16).rent(2).energyPrice(0.1);
        sketch.pool("b").max(48).rent(1.2).granularity(4);
        sketch.pool("c").max(32).own(32).energyPrice(0.07);
        sketch.job("pretrain").tokens(2e12).rate("a", 1_543).rate("b", 700).rate("c", 1_100);
        sketch.job("extend").tokens(2e11).rate("a", 1_200).rate("b", 600).after("pretrain");
        sketch.job("other")
                .tokens(5e11)
                .rate("a", 1_300)
                .rate("c", 1_000)
                .releaseSeconds(86_400)
                .onePool();
        return sketch.scenario("three jobs");
    }
}
