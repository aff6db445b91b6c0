package muster.planner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;
import org.optaplanner.core.impl.heuristic.move.Move;
import org.optaplanner.core.impl.score.director.InnerScoreDirector;
import org.optaplanner.core.impl.solver.DefaultSolverFactory;

class FleetMovesTest {
    private static final long FIRST_SEED = 6_000_000;
    private static final int MOVES = 300;

    @Test
    void everyMoveIsScoredAsFromScratchAndUndone() {
        Set<Class<?>> kinds = new HashSet<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 12; seed++) {
            FleetProblem problem =
                    FleetProblem.of(seed % 3 == 0 ? FleetSearchTest.threeJobs() : TinyScenarios.scenario(seed));
            walk(problem, new Random(seed), seed, kinds);
        }
        assertThat(kinds).containsExactlyInAnyOrder(SetUnitsMove.class, SetWaitMove.class);
    }

    private static void walk(FleetProblem problem, Random random, long seed, Set<Class<?>> kinds) {
        FleetSolution solution = new FleetSolution(problem, FleetSearchTest.start(problem));
        try (InnerScoreDirector<FleetSolution, BendableLongScore> director = director()) {
            director.setWorkingSolution(solution);
            BendableLongScore score = director.calculateScore();
            for (int i = 0; i < MOVES; i++) {
                AbstractMove<FleetSolution> move = new FleetMoves()
                        .createRandomMoveIterator(director, random)
                        .next();
                String before = state(solution);
                if (!move.isMoveDoable(director)) {
                    continue;
                }
                kinds.add(move.getClass());
                Move<FleetSolution> undo = move.doMove(director);
                BendableLongScore after = director.calculateScore();
                assertThat(state(solution))
                        .as("seed %d, move %d: %s", seed, i, move)
                        .isNotEqualTo(before);
                assertThat(after)
                        .as("seed %d, move %d: %s", seed, i, move)
                        .isEqualTo(new FleetEasyScoreCalculator().calculateScore(solution));
                requireInRange(solution);
                if (random.nextBoolean()) {
                    score = after;
                    continue;
                }
                undo.doMoveOnly(director);
                assertThat(state(solution))
                        .as("seed %d, move %d undone", seed, i)
                        .isEqualTo(before);
                assertThat(director.calculateScore())
                        .as("seed %d, move %d undone", seed, i)
                        .isEqualTo(score);
            }
        }
    }

    private static void requireInRange(FleetSolution solution) {
        for (NodeChoice choice : solution.nodeChoiceList()) {
            assertThat(choice.units()).isBetween(0, choice.mostUnits());
        }
        for (StartChoice choice : solution.startChoiceList()) {
            assertThat(choice.waitsFor())
                    .isBetween(StartChoice.AT_ONCE, choice.eventCount() - 1)
                    .isNotEqualTo(choice.job());
        }
    }

    @Test
    void randomMovesReachEveryCountOfEveryPoolAndEveryWait() {
        FleetProblem problem = FleetProblem.of(FleetSearchTest.threeJobs());
        FleetSolution solution = new FleetSolution(problem, FleetSearchTest.start(problem));
        Set<String> targets = new HashSet<>();
        try (InnerScoreDirector<FleetSolution, BendableLongScore> director = director()) {
            director.setWorkingSolution(solution);
            Random random = new Random(FIRST_SEED);
            for (int i = 0; i < 40_000; i++) {
                AbstractMove<FleetSolution> move = new FleetMoves()
                        .createRandomMoveIterator(director, random)
                        .next();
                List<Object> entities = new ArrayList<>(move.getPlanningEntities());
                if (entities.size() == 1) {
                    Object value = move.getPlanningValues().iterator().next();
                    targets.add(
                            entities.getFirst() instanceof NodeChoice choice
                                    ? choice.job() + "/" + choice.pool() + "=" + value
                                    : entities.getFirst() + "=" + value);
                }
            }
        }
        int counts = solution.nodeChoiceList().stream()
                .mapToInt(choice -> choice.mostUnits() + 1)
                .sum();
        // Three jobs may wait for any of three (one's own number is no doable move) or for none.
        assertThat(targets).hasSize(counts + 3 * 4);
    }

    @Test
    void originalMovesNameEveryCountOnce() {
        FleetProblem problem = FleetProblem.of(FleetSearchTest.threeJobs());
        FleetSolution solution = new FleetSolution(problem, FleetSearchTest.start(problem));
        try (InnerScoreDirector<FleetSolution, BendableLongScore> director = director()) {
            director.setWorkingSolution(solution);
            Set<String> moves = new HashSet<>();
            int count = 0;
            Iterator<AbstractMove<FleetSolution>> all = new FleetMoves().createOriginalMoveIterator(director);
            while (all.hasNext()) {
                moves.add(all.next().toString());
                count++;
            }
            // a: 3 jobs × 65; b: 2 × (48 / 4 + 1); c: 2 × 33.
            assertThat(count).isEqualTo(3 * 65 + 2 * 13 + 2 * 33);
            assertThat(moves).hasSize(count);
        }
    }

    @Test
    void startsFollowReleasesPredecessorsAndWaits() {
        // extend comes after pretrain; other is released on day 1 and may wait for either.
        FleetProblem problem = FleetProblem.of(FleetSearchTest.threeJobs());
        Ledger ledger = new Ledger(problem);
        int[][] nodes = {{16, 0, 0}, {16, 0, 0}, {0, 0, 8}};
        for (int j = 0; j < 3; j++) {
            ledger.setNodes(j, nodes[j]);
        }
        long day = 86_400_000_000L;
        long pretrain = ledger.durationMicros(0);
        long extend = ledger.durationMicros(1);
        Starts starts = new Starts(problem);
        assertThat(starts.of(ledger, nodes, new int[] {-1, -1, -1})).containsExactly(0, pretrain, day);
        assertThat(starts.of(ledger, nodes, new int[] {-1, -1, 1})).containsExactly(0, pretrain, pretrain + extend);
        assertThat(starts.of(ledger, nodes, new int[] {2, -1, -1}))
                .containsExactly(day + ledger.durationMicros(2), day + ledger.durationMicros(2) + pretrain, day);
        assertThat(starts.brokenWaits()).isZero();
        // pretrain cannot wait for extend, which comes after it: the wait is broken, once.
        starts.of(ledger, nodes, new int[] {1, -1, -1});
        assertThat(starts.brokenWaits()).isEqualTo(1);
        starts.of(ledger, nodes, new int[] {-1, -1, 2});
        assertThat(starts.brokenWaits()).isEqualTo(1);
    }

    @Test
    void aJobMovesOnToWhereNodesAreFree() {
        // All 64 nodes of a are pretrain's from day 0 on; other wants one of them on day 1 and has to let it end.
        FleetProblem problem = FleetProblem.of(FleetSearchTest.threeJobs());
        Ledger ledger = new Ledger(problem);
        int[][] nodes = {{64, 0, 0}, {64, 0, 0}, {1, 0, 0}};
        for (int j = 0; j < 3; j++) {
            ledger.setNodes(j, nodes[j]);
        }
        long pretrain = ledger.durationMicros(0);
        long extend = ledger.durationMicros(1);
        long[] starts = new Starts(problem).of(ledger, nodes, new int[] {-1, -1, -1});
        assertThat(starts[0]).isZero();
        assertThat(new long[] {starts[1], starts[2]})
                .containsAnyOf(pretrain, pretrain + extend)
                .doesNotContain(86_400_000_000L);
        ledger.settle(starts);
        assertThat(ledger.peakNodes(0)).isLessThanOrEqualTo(64);
    }

    private static InnerScoreDirector<FleetSolution, BendableLongScore> director() {
        FleetSearch.Ending ending = new FleetSearch.Ending(OptionalLong.of(1), OptionalDouble.empty(), 0);
        SolverFactory<FleetSolution> factory =
                SolverFactory.create(FleetSearch.config(1, ending, EnvironmentMode.REPRODUCIBLE, false));
        return ((DefaultSolverFactory<FleetSolution>) factory)
                .<BendableLongScore>getScoreDirectorFactory()
                .buildScoreDirector();
    }

    private static String state(FleetSolution solution) {
        return Arrays.deepToString(solution.nodes()) + Arrays.toString(solution.waits());
    }
}
