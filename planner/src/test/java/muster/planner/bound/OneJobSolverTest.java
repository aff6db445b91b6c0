package muster.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.JobAmounts;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.oracle.ScenarioSketch;
import org.junit.jupiter.api.Test;

/** One job on up to four pools of forty nodes: far too many fleets for luck, few enough to try them all. */
class OneJobSolverTest {
    private static final long FIRST_SEED = 9_000_000;
    private static final int COUNT = 160;

    /** The largest spaces are tried now and then only. */
    private static final long MOST_POINTS = 60_000;

    @Test
    void branchAndBoundAgreesWithPlainEnumeration() {
        int feasible = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            FleetProblem problem = problem(seed);
            Optional<long[]> best = enumerated(problem);
            Proof root = FleetBound.root(problem, () -> false);
            Proof proof = FleetBound.prove(problem, Optional.empty(), root, 0, false, () -> false);
            assertThat(proof.infeasible()).as("seed %d", seed).isEqualTo(best.isEmpty());
            if (best.isPresent()) {
                feasible++;
                assertThat(proof.exact()).as("seed %d, exact", seed).isTrue();
                assertThat(criteria(problem, proof.best().orElseThrow()))
                        .as("seed %d, %s", seed, proof.best())
                        .isEqualTo(best.get());
                double optimum = value(problem, proof.best().orElseThrow());
                assertThat(root.value()).as("seed %d, root", seed).isLessThanOrEqualTo(optimum);
                assertThat(proof.value()).as("seed %d, bound", seed).isLessThanOrEqualTo(optimum);
            }
        }
        System.out.printf(
                "Branch and bound and enumeration agree on %d problems from seed %d, %d feasible.%n",
                COUNT, FIRST_SEED, feasible);
        assertThat(feasible).isBetween(COUNT / 3, COUNT * 19 / 20);
    }

    @Test
    void tiesGoToFewerNodesThenToEarlierPools() {
        for (long seed = FIRST_SEED + 1_001; seed < FIRST_SEED + 3_001; seed += 4) {
            FleetProblem problem = problem(seed, 4_000);
            Optional<long[]> best = enumerated(problem);
            Proof root = FleetBound.root(problem, () -> false);
            Proof proof = FleetBound.prove(problem, Optional.empty(), root, 0, false, () -> false);
            assertThat(proof.best().map(choice -> Arrays.toString(criteria(problem, choice))))
                    .as("seed %d", seed)
                    .isEqualTo(best.map(Arrays::toString));
        }
    }

    @Test
    void withAGapItStopsWithinIt() {
        int stoppedEarly = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            FleetProblem problem = problem(seed);
            double gap = seed % 2 == 0 ? 0.05 : 0.002;
            OneJobSolver.Outcome exact = solver(problem, 0).solve();
            OneJobSolver.Outcome close = solver(problem, gap).solve();
            assertThat(close.units().isPresent())
                    .as("seed %d", seed)
                    .isEqualTo(exact.units().isPresent());
            assertThat(close.boundSteps()).as("seed %d", seed).isLessThanOrEqualTo(exact.boundSteps());
            if (close.units().isPresent()) {
                Goal goal = Goal.of(problem.criteria().getFirst(), problem.releaseMicros(0));
                long steps = goal.steps(close.value());
                assertThat(steps).as("seed %d", seed).isGreaterThanOrEqualTo(exact.boundSteps());
                assertThat((double) steps - close.boundSteps())
                        .as("seed %d, gap %s of %d steps", seed, gap, steps)
                        .isLessThanOrEqualTo(gap * steps);
            }
            stoppedEarly += close.exact() ? 0 : 1;
        }
        System.out.printf("%d of %d stopped early within their gap.%n", stoppedEarly, COUNT);
        assertThat(stoppedEarly).isGreaterThan(COUNT / 20);
    }

    @Test
    void anInterruptLeavesAValidBound() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 40; seed++) {
            FleetProblem problem = problem(seed);
            Proof root = FleetBound.root(problem, () -> true);
            Proof proof = FleetBound.prove(problem, Optional.empty(), root, 0, false, () -> true);
            Optional<long[]> best = enumerated(problem);
            if (best.isPresent()) {
                assertThat(proof.infeasible()).as("seed %d", seed).isFalse();
                // No more than the largest value that is rounded to the best one's step.
                assertThat(proof.value())
                        .as("seed %d", seed)
                        .isLessThan((best.get()[0] + 0.5)
                                * Grid.stepSize(problem.criteria().getFirst()));
            }
        }
    }

    private static OneJobSolver solver(FleetProblem problem, double gap) {
        List<Goal> goals = problem.criteria().stream()
                .map(objective -> Goal.of(objective, problem.releaseMicros(0)))
                .toList();
        return new OneJobSolver(new JobSpace(problem, 0, false), goals, true, false, 400_000, gap, () -> false);
    }

    /** {@return the least vector of all fleets, by the ledger; empty where none keeps the limits} */
    private static Optional<long[]> enumerated(FleetProblem problem) {
        Ledger ledger = new Ledger(problem);
        long[] start = {problem.releaseMicros(0)};
        long[] best = null;
        int[][] nodes = new int[1][problem.poolCount()];
        while (true) {
            ledger.evaluate(nodes, start);
            if (ledger.feasible()) {
                long[] vector = ledger.criteria();
                best = best == null || Arrays.compare(vector, best) < 0 ? vector : best;
            }
            int p = problem.poolCount() - 1;
            while (p >= 0 && nodes[0][p] + problem.granularityNodes(p) > problem.maxNodes(p)) {
                nodes[0][p--] = 0;
            }
            if (p < 0) {
                return Optional.ofNullable(best);
            }
            nodes[0][p] += problem.granularityNodes(p);
        }
    }

    private static long[] criteria(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.criteria();
    }

    private static long value(FleetProblem problem, FleetChoice choice) {
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.value(problem.criteria().getFirst());
    }

    private static FleetProblem problem(long seed) {
        return problem(seed, seed % 40 == 0 ? Double.MAX_VALUE : MOST_POINTS);
    }

    private static FleetProblem problem(long seed, double mostPoints) {
        Random random = new Random(seed);
        ScenarioSketch sketch = new ScenarioSketch();
        int count = 1 + random.nextInt(4);
        // Every fourth problem is a short job on pools that differ in size and granularity only: fleets tie in cents
        // and milliseconds, and are told apart by their nodes.
        boolean alike = seed % 4 == 1;
        double points = 1;
        double rent = 0.5 + random.nextInt(6) * 0.25;
        double rate = 400 + random.nextInt(4) * 371.5;
        double magnitude = alike ? 3 + 4 * random.nextDouble() : 9 + 4 * random.nextDouble();
        ScenarioSketch.JobSketch job = sketch.job("train").tokens(Math.rint(Math.pow(10, magnitude)));
        for (int p = 0; p < count; p++) {
            int granularity = random.nextInt(3) == 0 ? 2 + random.nextInt(4) : 1;
            int max = 1 + random.nextInt(40);
            while (points * (max / granularity + 1) > mostPoints) {
                max--;
            }
            points *= max / granularity + 1;
            String name = "pool-" + p;
            ScenarioSketch.PoolSketch pool = sketch.pool(name).max(max).granularity(granularity);
            if (alike) {
                pool.rent(rent).carbon(0.4);
                job.rate(name, rate);
                continue;
            }
            pool.watts(6_000 + random.nextInt(5) * 1_050.5)
                    .carbon(0.05 + random.nextInt(8) * 0.1)
                    .own(random.nextInt(3) == 0 ? random.nextInt(max + 1) : 0);
            if (random.nextInt(6) == 0) {
                pool.own(max);
            } else {
                pool.rent(random.nextBoolean() ? rent : 0.3 + random.nextDouble() * 3);
            }
            if (random.nextBoolean()) {
                pool.energyPrice(random.nextInt(5) == 0 ? 2.5 : 0.05 + random.nextDouble() * 0.2);
            }
            job.rate(name, random.nextBoolean() ? rate : 200 + random.nextDouble() * 2_000);
        }
        if (random.nextInt(6) == 0) {
            job.onePool();
        }
        if (random.nextInt(4) == 0) {
            job.releaseSeconds(random.nextInt(1_000_000));
        }
        List<Objective> objectives = new ArrayList<>(List.of(Objective.values()));
        Collections.shuffle(objectives, random);
        sketch.objectives(objectives.subList(0, 1 + random.nextInt(2)).toArray(Objective[]::new));
        knifeEdges(sketch, FleetProblem.of(sketch.scenario("no limits")), random);
        return FleetProblem.of(sketch.scenario("seed " + seed));
    }

    /** Cuts limits at what one random fleet needs, each to the unit or one unit short. */
    private static void knifeEdges(ScenarioSketch sketch, FleetProblem problem, Random random) {
        JobSpace space = new JobSpace(problem, 0, false);
        int[] units = new int[space.pools];
        for (int p = 0; p < space.pools; p++) {
            units[p] = random.nextInt(space.mostUnits[p] + 1);
        }
        JobAmounts amounts = space.amounts(units);
        if (amounts.tokensPerSecond() <= 0) {
            return;
        }
        if (random.nextInt(3) > 0) {
            long end = problem.releaseMicros(0) + amounts.durationMicros() - (random.nextInt(4) == 0 ? 1 : 0);
            sketch.deadlineSeconds(end / 1e6 * shrunk(random));
        }
        if (random.nextInt(3) > 0) {
            sketch.budgetUsd((amounts.microUsd() - (random.nextInt(4) == 0 ? 1 : 0)) / 1e6 * shrunk(random));
        }
        if (random.nextInt(3) > 0) {
            sketch.powerWatts((problem.facilityMilliwatts(space.nodes(units)) - (random.nextInt(4) == 0 ? 1 : 0))
                    / 1e3
                    * shrunk(random));
        }
    }

    private static double shrunk(Random random) {
        return random.nextInt(5) == 0 ? 0.8 : 1;
    }
}
