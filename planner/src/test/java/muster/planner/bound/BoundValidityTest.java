package muster.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyPrograms;
import muster.planner.oracle.TinyScenarios;
import muster.planner.oracle.TinyTerms;
import org.junit.jupiter.api.Test;

/** No bound is above the best plan there is, and none calls a scenario impossible that has a plan. */
class BoundValidityTest {
    private static final long FIRST_SEED = 7_000_000;
    private static final int COUNT = 600;

    private int feasible;
    private int proved;
    private int tight;

    @Test
    void noBoundIsAboveTheBruteForceOptimum() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            FleetProblem problem = FleetProblem.of(scenario);
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            Proof root = FleetBound.root(problem, () -> false);
            Proof possible = FleetBound.possible(problem, () -> false);
            LagrangianBound prices =
                    new LagrangianBound(problem, problem.criteria().getFirst(), () -> false);
            prices.tighten(60, Double.POSITIVE_INFINITY, 0);
            if (best.isEmpty()) {
                proved += root.infeasible() ? 1 : 0;
                assertThat(possible.best()
                                .filter(choice -> ledger(problem, choice).feasible()))
                        .as("seed %d", seed)
                        .isEmpty();
                continue;
            }
            feasible++;
            long optimum = ledger(problem, best.get().choice())
                    .value(problem.criteria().getFirst());
            assertThat(root.infeasible()).as("seed %d, root", seed).isFalse();
            assertThat(possible.infeasible()).as("seed %d, possible", seed).isFalse();
            assertThat(prices.infeasible()).as("seed %d, prices", seed).isFalse();
            assertThat(root.value()).as("seed %d, root", seed).isLessThanOrEqualTo(optimum);
            assertThat(prices.value()).as("seed %d, prices", seed).isLessThanOrEqualTo(optimum);
            prices.branch(2.0 * optimum + 1, 25);
            assertThat(prices.infeasible()).as("seed %d, boxes", seed).isFalse();
            assertThat(prices.value()).as("seed %d, boxes of times", seed).isLessThanOrEqualTo(optimum);
            tight += root.value() >= 0.99 * optimum ? 1 : 0;
        }
        System.out.printf(
                "From seed %d: %d feasible, %d roots within 1 %%; %d of %d infeasible proved at the root.%n",
                FIRST_SEED, feasible, tight, proved, COUNT - feasible);
        // A bound that is always low enough may still be useless.
        assertThat(tight).isGreaterThan(feasible * 2 / 3);
        assertThat(proved).isGreaterThan((COUNT - feasible) / 2);
    }

    /** With spot and spare nodes, purchases, tranches and sites. */
    @Test
    void noBoundIsAboveTheOptimumWithSpotAndSpareNodes() {
        int judged = 0;
        for (long seed = FIRST_SEED; judged < 120; seed++) {
            Scenario scenario = TinyTerms.scenario(seed);
            if (BruteForce.choices(scenario) > 20_000) {
                continue;
            }
            judged++;
            FleetProblem problem = FleetProblem.of(scenario);
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            LagrangianBound prices =
                    new LagrangianBound(problem, problem.criteria().getFirst(), () -> false);
            prices.tighten(60, Double.POSITIVE_INFINITY, 0);
            if (best.isPresent()) {
                long optimum = ledger(problem, problem.lots().ofPlan(best.get().choice()))
                        .value(problem.criteria().getFirst());
                assertThat(prices.infeasible()).as("seed %d, prices", seed).isFalse();
                assertThat(prices.value()).as("seed %d, prices", seed).isLessThanOrEqualTo(optimum);
                assertThat(FleetBound.root(problem, () -> false).value())
                        .as("seed %d, root", seed)
                        .isLessThanOrEqualTo(optimum);
                assertThat(FleetBound.possible(problem, () -> false).infeasible())
                        .as("seed %d, possible", seed)
                        .isFalse();
            }
        }
    }

    @Test
    void everyObjectiveOfEveryJobAloneIsBoundedWhereverTheSolverStops() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 200; seed++) {
            FleetProblem problem = FleetProblem.of(TinyScenarios.scenario(seed));
            for (int job = 0; job < problem.jobCount(); job++) {
                JobSpace space = new JobSpace(problem, job, true);
                for (Objective objective : problem.criteria()) {
                    Goal goal = Goal.of(objective, problem.releaseMicros(job));
                    double least = least(space, goal);
                    for (long boxes : new long[] {1, 3, 10, 100_000}) {
                        OneJobSolver.Outcome outcome =
                                new OneJobSolver(space, List.of(goal), false, false, boxes, 0, () -> false).solve();
                        assertThat(outcome.boundSteps())
                                .as("seed %d, job %d, %s in %d boxes", seed, job, objective, boxes)
                                .isLessThanOrEqualTo(least < 0 ? Long.MAX_VALUE : goal.steps(least));
                        assertThat(outcome.value())
                                .as("seed %d, job %d, %s in %d boxes", seed, job, objective, boxes)
                                .isGreaterThanOrEqualTo(least);
                        if (outcome.exact()) {
                            assertThat(outcome.units().isPresent()).isEqualTo(least >= 0);
                            assertThat(goal.steps(Math.min(outcome.value(), 1e18)))
                                    .as("seed %d, job %d, %s", seed, job, objective)
                                    .isEqualTo(goal.steps(least < 0 ? 1e18 : least));
                        }
                    }
                }
            }
        }
    }

    /** {@return the goal's least value over all points, by trying them; -1 where none keeps the limits} */
    private static double least(JobSpace space, Goal goal) {
        double least = -1;
        for (int[] units : Lattice.points(new Box(new int[space.pools], space.mostUnits.clone()))) {
            double value = goal.value(space.amounts(units));
            if (Lattice.allowed(space, units) && space.feasible() && (least < 0 || value < least)) {
                least = value;
            }
        }
        return least;
    }

    @Test
    void whoFindsDearOwnedNodesTakenMayPayLessThanAnyJobAlone() {
        // Owned nodes pay 12.5 kW × $2 = $25 an hour, rented ones 8 × $2 = $16. Alone the long job pays at least for
        // 6 nodes, 2 of them owned, (2 × 25 + 4 × 16) / 6 = $19 a node-hour: $1,900. While the short one holds 5
        // nodes, the owned ones among them, at (2 × 25 + 3 × 16) / 5 = $19.60, it rents the sixth for 100 h: $1,600.
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(6).own(2).rent(2).energyPrice(2);
        sketch.job("short").tokens(3.6e6).rate("a", 125);
        sketch.job("long").tokens(100 * 3.6e6).rate("a", 125);
        Scenario scenario = sketch.scenario("dear owned nodes");
        FleetProblem problem = FleetProblem.of(scenario);
        assertThat(BruteForce.best(scenario).orElseThrow().criteria().getFirst())
                .isEqualTo(161_960);
        assertThat(FleetBound.root(problem, () -> false).value()).isBetween(1_600e6, 1_619.6e6);
    }

    /** With tranches, purchases, reservations and sites' caps, each of which has a price of its own. */
    @Test
    void noBoundByPricesIsAboveTheOptimumOfAProgram() {
        int judged = 0;
        for (long seed = FIRST_SEED; judged < 60; seed++) {
            Scenario scenario = TinyPrograms.scenario(seed);
            if (scenario.jobs().size() < 2 || BruteForce.choices(scenario) > 50_000) {
                continue; // a single job has a bound of its own
            }
            judged++;
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            if (best.isEmpty()) {
                continue;
            }
            FleetProblem problem = FleetProblem.of(scenario);
            double optimum = (best.get().criteria().getFirst() + 0.5)
                    * Grid.stepSize(problem.criteria().getFirst());
            LagrangianBound prices =
                    new LagrangianBound(problem, problem.criteria().getFirst(), () -> false);
            prices.tighten(60, Double.POSITIVE_INFINITY, 0);
            assertThat(prices.infeasible()).as("seed %d", seed).isFalse();
            assertThat(prices.value()).as("seed %d", seed).isLessThanOrEqualTo(optimum);
            prices.branch(2 * optimum + 1, 25);
            assertThat(prices.infeasible()).as("seed %d, boxes", seed).isFalse();
            assertThat(prices.value()).as("seed %d, boxes of times", seed).isLessThanOrEqualTo(optimum);
        }
    }

    /**
     * Nodes to buy come on day 10, far from every other date, of which there are too many for a cut each. A job on them ends
     * on day 11 and leaves the next one just the time that it needs on owned nodes, without rent.
     */
    @Test
    void aJobMayStartWhenBoughtNodesComeThoughNoCutLiesThere() {
        double day = 86_400;
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("bought").max(1).supply(bought(100, 10 * day));
        sketch.pool("hall").max(20).own(10).rent(20);
        List<Supply.Tranche> tranches = new ArrayList<>();
        for (int month = 0; month <= 13; month++) {
            tranches.add(new Supply.Tranche(figure(100 * month * day, BaseUnit.SECONDS), figure(1, BaseUnit.NODES)));
        }
        sketch.pool("cloud").max(14).rent(30).supply(new Supply(Optional.empty(), Optional.empty(), tranches));
        sketch.job("first").tokens(8 * day).rate("bought", 1);
        sketch.job("second")
                .tokens(10 * 8 * 1_389 * day)
                .rate("hall", 1)
                .rate("cloud", 0.1)
                .after("first");
        sketch.deadlineSeconds(1_400 * day);
        Scenario scenario = sketch.scenario("a lead between cuts");
        FleetProblem problem = FleetProblem.of(scenario);
        Ledger plan = ledger(problem, new FleetChoice(new int[][] {{1, 0, 0}, {0, 10, 0}}, new long[] {
            Math.round(10 * day * 1e6), Math.round(11 * day * 1e6)
        }));
        assertThat(plan.feasible()).isTrue();
        LagrangianBound bound = new LagrangianBound(problem, Objective.COST, () -> false);
        bound.tighten(200, Double.POSITIVE_INFINITY, 0);
        assertThat(bound.infeasible()).isFalse();
        assertThat(bound.value()).isLessThanOrEqualTo(plan.value(Objective.COST));
    }

    @Test
    void aDeadlineAtTheRoundedDurationIsKeptWhereSpotNodesAreOffered() {
        // 841,489,415 tokens at 9 × 4 × 1,543 tokens/s take 15,148.8697162814 s, in whole microseconds 0.28 less.
        ScenarioSketch sketch = new ScenarioSketch();
        Supply.Spot spot = new Supply.Spot(
                figure(1, BaseUnit.USD_PER_GPU_HOUR),
                figure(0.2, BaseUnit.PER_HOUR),
                figure(5, BaseUnit.SECONDS),
                figure(79, BaseUnit.SECONDS));
        sketch.pool("a").max(9).gpus(4).granularity(3).rent(2).supply(Supply.ON_DEMAND.withSpot(Optional.of(spot)));
        sketch.job("only").tokens(841_489_415).rate("a", 1_543);
        sketch.deadlineSeconds(15_148.869716);
        FleetProblem problem = FleetProblem.of(sketch.scenario("to the microsecond"));
        FleetChoice nine = new FleetChoice(new int[][] {{9, 0}}, new long[] {0});
        assertThat(ledger(problem, nine).feasible()).isTrue();
        assertThat(FleetBound.root(problem, () -> false).infeasible()).isFalse();
        assertThat(FleetBound.possible(problem, () -> false).infeasible()).isFalse();
    }

    private static Supply bought(double usdPerNode, double leadSeconds) {
        return new Supply(
                Optional.of(new Supply.Purchase(
                        figure(usdPerNode, BaseUnit.USD_PER_NODE),
                        figure(4 * 365 * 86_400.0, BaseUnit.SECONDS),
                        figure(0, BaseUnit.FRACTION),
                        figure(leadSeconds, BaseUnit.SECONDS),
                        figure(0, BaseUnit.FRACTION))),
                Optional.empty(),
                List.of());
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("test", "2026-01-01", Confidence.LOW));
    }

    private static Ledger ledger(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger;
    }
}
