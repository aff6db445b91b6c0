package muster.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import muster.planner.cost.FleetProblem;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;

class BoxNarrowingTest {
    private static final long FIRST_SEED = 8_000_000;

    private int cut;
    private int emptied;

    @Test
    void limitsCutABoxToWhatTheyAllow() {
        // 16 node-hours within 4 h need 4 of 6 nodes; 62.5 kW at 12.5 kW a node allow 5.
        ScenarioSketch sketch = new ScenarioSketch().deadlineSeconds(4 * 3_600).powerWatts(62_500);
        sketch.pool("a").max(6).rent(2);
        sketch.job("first").tokens(16 * 3.6e6).rate("a", 125);
        JobSpace space = new JobSpace(FleetProblem.of(sketch.scenario("cut")), 0, false);
        Box box = new Box(new int[1], space.mostUnits.clone());
        assertThat(new BoxNarrowing(space).applyLimits(box)).isTrue();
        assertThat(box).hasToString("[4]..[5]");
        assertThat(new BoxNarrowing(space).applyNodes(box, 4)).isTrue();
        assertThat(box).hasToString("[4]..[4]");
        assertThat(new BoxNarrowing(space).applyNodes(box, 3)).isFalse();
    }

    @Test
    void noFeasiblePointIsEverCutOff() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FleetProblem problem = FleetProblem.of(TinyScenarios.scenario(seed));
            for (int job = 0; job < problem.jobCount(); job++) {
                JobSpace space = new JobSpace(problem, job, random.nextBoolean());
                BoxNarrowing narrowing = new BoxNarrowing(space);
                for (int draw = 0; draw < 12; draw++) {
                    Box box = randomBox(space, random);
                    List<int[]> points = Lattice.points(box);
                    String where = "seed %d, job %d, draw %d".formatted(seed, job, draw);

                    Box limits = box.copy();
                    boolean anyLeft = narrowing.applyLimits(limits);
                    requireKept(where, points, limits, anyLeft, units -> {
                        space.amounts(units);
                        return space.feasible();
                    });

                    // As the solver asks: what ties with or beats a point that is known, rounded.
                    Goal goal = randomGoal(random);
                    int[] known = points.get(random.nextInt(points.size()));
                    long knownSteps = goal.steps(goal.value(space.amounts(known)));
                    Box better = box.copy();
                    boolean betterLeft = narrowing.apply(better, goal, goal.largestValue(knownSteps) - goal.offset());
                    requireKept(where, points, better, betterLeft, units -> {
                        double value = goal.value(space.amounts(units));
                        return !isEmpty(space, units) && goal.steps(value) <= knownSteps;
                    });

                    long nodes = Arrays.stream(space.nodes(known)).sum();
                    Box fewer = box.copy();
                    boolean fewerLeft = narrowing.applyNodes(fewer, nodes);
                    requireKept(
                            where,
                            points,
                            fewer,
                            fewerLeft,
                            units -> Arrays.stream(space.nodes(units)).sum() <= nodes);
                }
            }
        }
        System.out.printf("From seed %d: %d boxes narrowed, %d emptied.%n", FIRST_SEED, cut, emptied);
        assertThat(cut).isGreaterThan(1_000);
        assertThat(emptied).isGreaterThan(500);
    }

    private void requireKept(String where, List<int[]> points, Box narrowed, boolean anyLeft, Predicate<int[]> counts) {
        for (int[] units : points) {
            if (counts.test(units)) {
                assertThat(anyLeft && Lattice.contains(narrowed, units))
                        .as("%s: %s kept in %s", where, Arrays.toString(units), narrowed)
                        .isTrue();
            }
        }
        emptied += anyLeft ? 0 : 1;
        cut += anyLeft && narrowed.points(Long.MAX_VALUE) < points.size() ? 1 : 0;
    }

    private static boolean isEmpty(JobSpace space, int[] units) {
        return space.amounts(units).tokensPerSecond() <= 0;
    }

    private static Box randomBox(JobSpace space, SplittableRandom random) {
        Box box = new Box(new int[space.pools], space.mostUnits.clone());
        for (int p = 0; p < space.pools; p++) {
            if (random.nextBoolean()) {
                box.low[p] = random.nextInt(space.mostUnits[p] + 1);
                box.high[p] = box.low[p] + random.nextInt(space.mostUnits[p] - box.low[p] + 1);
            }
        }
        return box;
    }

    private static Goal randomGoal(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Goal(1, 0, 0, 0, 10_000, 0);
            case 1 -> new Goal(0, 1, 0, 0, 1_000, random.nextLong(1_000_000_000_000L));
            case 2 -> new Goal(0, 0, 1, 0, 3_600, 0);
            case 3 -> new Goal(1, random.nextDouble(10), 0, 0, 1, 0);
            default -> new Goal(random.nextDouble(1e3), 1, 0, 0, 1, 0);
        };
    }
}
