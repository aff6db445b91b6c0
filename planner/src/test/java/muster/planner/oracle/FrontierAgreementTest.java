package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import muster.planner.FrontierInquiry;
import muster.planner.check.PlanChecker;
import muster.planner.domain.Axis;
import muster.planner.domain.FrontierAnswer;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On tiny scenarios a frontier is what trying every plan says it is. */
class FrontierAgreementTest {
    private static final List<List<Axis>> AXES = List.of(
            List.of(Axis.COST, Axis.DAYS),
            List.of(Axis.DAYS, Axis.COST),
            List.of(Axis.COST, Axis.POWER),
            List.of(Axis.POWER, Axis.DAYS),
            List.of(Axis.COST, Axis.DAYS, Axis.POWER));

    private static final Comparator<List<Long>> IN_ORDER = (one, other) -> {
        for (int index = 0; index < one.size(); index++) {
            int order = Long.compare(one.get(index), other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    @Test
    void frontiersAgreeOnHundredsOfScenarios() {
        agree(40_000_000, 150);
    }

    @Test
    @Tag("long")
    void frontiersAgreeOnThousandsOfScenarios() {
        agree(41_000_000, 5_000);
    }

    private static void agree(long firstSeed, int count) {
        int whole = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            List<Axis> axes = AXES.get((int) (seed % AXES.size()));
            int most = seed % 3 == 0 ? axes.size() + 2 : 40;
            try {
                whole += agree(scenario, axes, most) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed %d, axes %s of %s".formatted(seed, axes, scenario), e);
            }
        }
        assertThat(whole).as("frontiers that were found whole").isGreaterThan(count / 5);
        System.out.printf("Frontiers agree on %d scenarios from seed %d, %d found whole.%n", count, firstSeed, whole);
    }

    /** {@return whether every point there is was found} */
    private static boolean agree(Scenario scenario, List<Axis> axes, int most) {
        SearchSettings settings = new SearchSettings(
                scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        FrontierAnswer answer = FrontierInquiry.trace(scenario, axes, most, settings, () -> false);
        Set<List<Long>> everyPoint = frontier(scenario, axes);
        if (everyPoint.isEmpty()) {
            assertThat(answer.status()).isEqualTo(Status.INFEASIBLE);
            assertThat(answer.points()).isEmpty();
            ConflictProof.check(scenario, answer.conflict().orElseThrow());
            return false;
        }
        List<List<Long>> found = answer.points().stream()
                .map(point -> onGrid(axes, point.of(Axis.COST), point.of(Axis.DAYS), point.of(Axis.POWER)))
                .toList();
        assertThat(answer.proved()).isTrue();
        assertThat(found).hasSizeBetween(1, most).doesNotHaveDuplicates();
        // By the amount itself, which is finer than the grid.
        assertThat(answer.points().stream().map(point -> point.of(axes.getFirst())))
                .isSorted();
        assertThat(everyPoint).containsAll(found);
        for (int axis = 0; axis < axes.size(); axis++) {
            int index = axis;
            assertThat(found.stream().mapToLong(point -> point.get(index)).min())
                    .as("least %s", axes.get(axis))
                    .isEqualTo(everyPoint.stream()
                            .mapToLong(point -> point.get(index))
                            .min());
        }
        for (FrontierAnswer.Point point : answer.points()) {
            Plan plan = point.answer().plan().orElseThrow();
            assertThat(PlanChecker.violations(scenario, plan)).isEmpty();
            assertThat(point.answer().status()).isEqualTo(Status.OPTIMAL);
            assertThat(answer.points()).noneMatch(other -> other.dominates(axes, point));
        }
        if (answer.complete()) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(everyPoint);
        } else if (axes.size() == 2) {
            assertThat(found).hasSize(most);
        }
        return answer.complete();
    }

    private static List<Long> onGrid(List<Axis> axes, long microUsd, long finishMicros, long peakMilliwatts) {
        return axes.stream()
                .map(axis -> switch (axis) {
                    case COST -> Math.floorDiv(microUsd + 5_000, 10_000L);
                    case DAYS -> Math.floorDiv(finishMicros + 500, 1_000L);
                    case POWER -> peakMilliwatts;
                })
                .toList();
    }

    private static Set<List<Long>> frontier(Scenario scenario, List<Axis> axes) {
        Set<List<Long>> all = new TreeSet<>(IN_ORDER);
        BruteForce.forEach(
                scenario,
                outcome -> all.add(onGrid(axes, outcome.microUsd(), outcome.finishMicros(), outcome.peakMilliwatts())));
        // In order of the first axis nothing later dominates; what does stands among those kept so far.
        Set<List<Long>> kept = new LinkedHashSet<>();
        for (List<Long> point : all) {
            boolean dominated = kept.stream().anyMatch(other -> {
                boolean noWorse = true;
                for (int axis = 0; axis < point.size(); axis++) {
                    noWorse &= other.get(axis) <= point.get(axis);
                }
                return noWorse;
            });
            if (!dominated) {
                kept.add(point);
            }
        }
        return kept.stream().collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
