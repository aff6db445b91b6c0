package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.kernels.KernelBackends;
import muster.planner.bound.PriceGuide;
import muster.planner.bound.Relaxation;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.cost.PlanLedger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;

class FleetNeighbourhoodsTest {
    private static final long OUT_OF_REACH = Long.MIN_VALUE;
    private static final double DAY = 86_400;

    @Test
    void whatIsFoundDoesNotDependOnTheThreads() {
        FleetProblem problem = FleetProblem.of(manyJobs(24, 8));
        FleetNeighbourhoods.Found one = improve(problem, 1);
        FleetNeighbourhoods.Found two = improve(problem, 2);
        assertThat(one.choice()).isPresent().isEqualTo(two.choice());
        assertThat(one.steps()).isEqualTo(two.steps());
        assertThat(one.evaluations()).isEqualTo(two.evaluations());
    }

    @Test
    void whatIsFoundDoesNotDependOnTheBackEnd() {
        FleetProblem problem = FleetProblem.of(manyJobs(24, 8));
        List<FleetNeighbourhoods.Found> found = new ArrayList<>();
        try {
            for (String name : List.of(KernelBackends.SCALAR, KernelBackends.AUTO)) {
                KernelBackends.use(name);
                found.add(improve(problem, 2));
            }
        } finally {
            KernelBackends.use(KernelBackends.AUTO);
        }
        assertThat(found.get(0).choice()).isPresent();
        assertThat(found.get(1)).isEqualTo(found.get(0));
    }

    /** Fleets come in batches: far more are scored than there are neighbourhoods. */
    @Test
    void everyNeighbourhoodScoresManyFleets() {
        FleetNeighbourhoods.Found found = improve(FleetProblem.of(manyJobs(24, 8)), 2);
        assertThat(found.evaluations()).isGreaterThan(100 * found.steps());
    }

    @Test
    void schedulesFromSlicesDoNotDependOnTheThreads() {
        FleetProblem problem = FleetProblem.of(manyJobs(24, 8));
        PriceGuide guide = PriceGuide.none(24, 8);
        FleetNeighbourhoods.Found one =
                FleetNeighbourhoods.slice(problem, guide, 1, 2, 10, OUT_OF_REACH, 1, () -> false);
        FleetNeighbourhoods.Found two =
                FleetNeighbourhoods.slice(problem, guide, 1, 2, 10, OUT_OF_REACH, 2, () -> false);
        assertThat(one.choice()).isPresent().isEqualTo(two.choice());
        assertThat(one.evaluations()).isEqualTo(two.evaluations());
    }

    @Test
    void schedulesFromSlicesAreSoundAndNoneBeatsBruteForce() {
        int found = 0;
        for (long seed = 0; seed < 300; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            FleetProblem problem = FleetProblem.of(scenario);
            if (problem.jobCount() < 2 || problem.criteria().getFirst() == Objective.DAYS) {
                continue;
            }
            PriceGuide guide = PriceGuide.none(problem.jobCount(), problem.poolCount());
            Optional<FleetChoice> choice = FleetNeighbourhoods.slice(
                            problem, guide, seed, 1, 5, OUT_OF_REACH, () -> false)
                    .choice();
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            assertThat(choice.isPresent() && best.isEmpty()).as("seed %d", seed).isFalse();
            if (choice.isPresent()) {
                found++;
                assertThat(PlanChecker.violations(scenario, PlanLedger.plan(scenario, problem, choice.get())))
                        .as("seed %d", seed)
                        .isEmpty();
                Ledger ledger = new Ledger(problem);
                ledger.evaluate(choice.get().nodes(), choice.get().startMicros());
                assertThat(ledger.criteria()[0])
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(best.get().criteria().getFirst());
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void everyPlanIsSoundAndNoneBeatsBruteForce() {
        int found = 0;
        for (long seed = 0; seed < 400; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            if (scenario.jobs().size() < 2) {
                continue;
            }
            FleetProblem problem = FleetProblem.of(scenario);
            Relaxation relaxation = new Relaxation(problem, () -> false);
            relaxation.tighten(20, Double.POSITIVE_INFINITY, 0);
            Optional<FleetChoice> choice = FleetNeighbourhoods.improve(
                            problem, relaxation.guide(), Optional.empty(), seed, 1, 40, OUT_OF_REACH, () -> false)
                    .choice();
            Optional<BruteForce.Best> best = BruteForce.best(scenario);
            assertThat(choice.isPresent() && best.isEmpty()).as("seed %d", seed).isFalse();
            if (choice.isPresent()) {
                found++;
                assertThat(PlanChecker.violations(scenario, PlanLedger.plan(scenario, problem, choice.get())))
                        .as("seed %d", seed)
                        .isEmpty();
                Ledger ledger = new Ledger(problem);
                ledger.evaluate(choice.get().nodes(), choice.get().startMicros());
                assertThat(ledger.criteria()[0])
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(best.get().criteria().getFirst());
            }
        }
        assertThat(found).isGreaterThan(40);
    }

    @Test
    void aHundredJobsOnAHundredPoolsFindAPlan() {
        FleetProblem problem = FleetProblem.of(manyJobs(100, 100));
        PriceGuide guide = PriceGuide.none(problem.jobCount(), problem.poolCount());
        FleetNeighbourhoods.Found found = FleetNeighbourhoods.construct(problem, guide, () -> false);
        assertThat(found.choice()).isPresent();
    }

    @Test
    void chainsUnderATightDeadlineFindAPlan() {
        // Each job takes a day on all 10 nodes and there are 8 in a row: 8 days, with a deadline of 8.5.
        ScenarioSketch sketch = new ScenarioSketch().deadlineSeconds(8.5 * DAY);
        sketch.pool("a").max(10).rent(2);
        for (int j = 0; j < 8; j++) {
            ScenarioSketch.JobSketch job =
                    sketch.job("j" + j).tokens(10 * 8 * 1_000 * DAY).rate("a", 1_000);
            if (j > 0) {
                job.after("j" + (j - 1));
            }
        }
        FleetProblem problem = FleetProblem.of(sketch.scenario("chain"));
        PriceGuide guide = PriceGuide.none(problem.jobCount(), problem.poolCount());
        assertThat(FleetNeighbourhoods.construct(problem, guide, () -> false).choice())
                .isPresent();
    }

    private static FleetNeighbourhoods.Found improve(FleetProblem problem, int threads) {
        Relaxation relaxation = new Relaxation(problem, () -> false);
        relaxation.tighten(30, Double.POSITIVE_INFINITY, 0);
        return FleetNeighbourhoods.improve(
                problem, relaxation.guide(), Optional.empty(), 5, 3, 60, OUT_OF_REACH, threads, () -> false);
    }

    /** Jobs that each want most of what there is, so that they have to stand in line. */
    private static Scenario manyJobs(int jobs, int pools) {
        ScenarioSketch sketch = new ScenarioSketch().deadlineSeconds(365 * DAY);
        for (int p = 0; p < pools; p++) {
            sketch.pool("p" + p).max(8 + p % 5).own(p % 3).rent(1 + p % 7 * 0.3);
        }
        for (int j = 0; j < jobs; j++) {
            ScenarioSketch.JobSketch job = sketch.job("j" + j).tokens((1 + j % 4) * 5e10);
            for (int p = j % 2; p < pools; p += 2) {
                job.rate("p" + p, 300 + (j * 7 + p * 13) % 50 * 20);
            }
            if (j % 5 == 4) {
                job.after("j" + (j - 1));
            }
        }
        return sketch.scenario("many jobs");
    }
}
