package muster.planner.search;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import muster.planner.cost.FleetProblem;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * Moves that know the problem: a little more or less of one pool, any count of one pool, nodes shifted between two pools
 * of a job at equal rate, and another job or date to wait for.
 */
public class FleetMoves implements MoveIteratorFactory<FleetSolution, AbstractMove<FleetSolution>> {
    /** A step looks at no more: in a tiny space it could wait for ever for a move that changes something. */
    private static final int MOVES_PER_STEP = 24;

    @Override
    public long getSize(ScoreDirector<FleetSolution> director) {
        return director.getWorkingSolution().nodeChoiceList().size() * 4L;
    }

    @Override
    public Iterator<AbstractMove<FleetSolution>> createOriginalMoveIterator(ScoreDirector<FleetSolution> director) {
        List<AbstractMove<FleetSolution>> moves = new ArrayList<>();
        for (NodeChoice choice : director.getWorkingSolution().nodeChoiceList()) {
            for (int units = 0; units <= choice.mostUnits(); units++) {
                moves.add(SetUnitsMove.of(choice, units));
            }
        }
        return moves.iterator();
    }

    @Override
    public Iterator<AbstractMove<FleetSolution>> createRandomMoveIterator(
            ScoreDirector<FleetSolution> director, Random random) {
        FleetSolution solution = director.getWorkingSolution();
        return new Iterator<>() {
            private int left = MOVES_PER_STEP;

            @Override
            public boolean hasNext() {
                return left > 0 && !solution.nodeChoiceList().isEmpty();
            }

            @Override
            public AbstractMove<FleetSolution> next() {
                left--;
                return randomMove(solution, random);
            }
        };
    }

    private static AbstractMove<FleetSolution> randomMove(FleetSolution solution, Random random) {
        List<NodeChoice> choices = solution.nodeChoiceList();
        List<StartChoice> startChoices = solution.startChoiceList();
        NodeChoice choice = choices.get(random.nextInt(choices.size()));
        int kind = random.nextInt(8);
        if (kind == 0 && startChoices.getFirst().eventCount() > 1) {
            StartChoice start = startChoices.get(random.nextInt(startChoices.size()));
            return new SetWaitMove(start, random.nextInt(start.eventCount() + 1) - 1);
        }
        if (kind == 1) {
            return SetUnitsMove.of(choice, random.nextInt(choice.mostUnits() + 1));
        }
        int step = littleStep(choice, random);
        if (kind <= 4) {
            return SetUnitsMove.of(choice, within(choice, choice.units() + step));
        }
        NodeChoice other = solution.nodeChoice(choice.job(), random.nextInt(solution.nodeChoiceCount(choice.job())));
        if (other == choice) {
            return SetUnitsMove.of(choice, within(choice, choice.units() + step));
        }
        return shift(solution.problem(), choice, step, other, random);
    }

    /** {@return a step up or down, small ones far likelier: from one unit to the whole range, evenly in its logarithm} */
    private static int littleStep(NodeChoice choice, Random random) {
        int size = (int) Math.pow(choice.mostUnits(), random.nextDouble() * random.nextDouble());
        return random.nextBoolean() ? size : -size;
    }

    private static int within(NodeChoice choice, int units) {
        return Math.clamp(units, 0, choice.mostUnits());
    }

    /** Gives one pool what keeps the job's rate when the other changes, rounded up or down. */
    private static SetUnitsMove shift(
            FleetProblem problem, NodeChoice choice, int step, NodeChoice other, Random random) {
        int units = within(choice, choice.units() + step);
        double rate = (choice.units() - units) * unitRate(problem, choice);
        double otherUnits = rate / unitRate(problem, other);
        int change = (int) (random.nextBoolean() ? Math.ceil(otherUnits) : Math.floor(otherUnits));
        return new SetUnitsMove(choice, units, other, within(other, other.units() + change));
    }

    private static double unitRate(FleetProblem problem, NodeChoice choice) {
        return problem.rates(choice.job()).bestTokensPerSecondPerNode(choice.pool())
                * problem.granularityNodes(choice.pool());
    }
}
