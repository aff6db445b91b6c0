package muster.planner.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactProperty;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;

/** What the solver changes: nodes per job and pool, and which job a job waits for. */
@PlanningSolution
public class FleetSolution {
    @ProblemFactProperty
    private FleetProblem problem;

    @PlanningEntityCollectionProperty
    private List<NodeChoice> nodeChoiceList;

    @PlanningEntityCollectionProperty
    private List<StartChoice> startChoiceList;

    /** Shape [job + 1]: where the choices of a job begin; never changed once made. */
    private int[] firstChoice;

    @PlanningScore(bendableHardLevelsSize = FleetScore.HARD_LEVELS, bendableSoftLevelsSize = FleetScore.SOFT_LEVELS)
    private BendableLongScore score;

    /** For the solver's cloner. */
    public FleetSolution() {}

    /** A solution that stands for {@code start}; waits are read off its starts. */
    FleetSolution(FleetProblem problem, FleetChoice start) {
        this.problem = problem;
        this.nodeChoiceList = new ArrayList<>();
        this.startChoiceList = new ArrayList<>();
        int[][] nodes = start.nodes();
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(nodes, start.startMicros());
        int events = problem.jobCount() + problem.availability().dates().length;
        this.firstChoice = new int[problem.jobCount() + 1];
        for (int j = 0; j < problem.jobCount(); j++) {
            for (int p = 0; p < problem.poolCount(); p++) {
                int granularity = problem.granularityNodes(p);
                int mostUnits = problem.mostUnits(j, p);
                if (mostUnits > 0) {
                    int id = nodeChoiceList.size();
                    nodeChoiceList.add(new NodeChoice(id, j, p, granularity, mostUnits, nodes[j][p] / granularity));
                }
            }
            firstChoice[j + 1] = nodeChoiceList.size();
            startChoiceList.add(new StartChoice(j, events, waitsFor(problem, ledger, start, j)));
        }
    }

    private static int waitsFor(FleetProblem problem, Ledger ledger, FleetChoice start, int job) {
        long startMicros = start.startMicros()[job];
        if (startMicros == problem.releaseMicros(job)) {
            return StartChoice.AT_ONCE;
        }
        for (int other = 0; other < problem.jobCount(); other++) {
            if (other != job && ledger.end(other) == startMicros) {
                return other;
            }
        }
        int date = Arrays.binarySearch(problem.availability().dates(), startMicros);
        return date >= 0 ? problem.jobCount() + date : StartChoice.AT_ONCE;
    }

    FleetProblem problem() {
        return problem;
    }

    List<NodeChoice> nodeChoiceList() {
        return nodeChoiceList;
    }

    /** {@return how many choices a job has} */
    int nodeChoiceCount(int job) {
        return firstChoice[job + 1] - firstChoice[job];
    }

    /** {@return a choice of one job, from 0; in file order of their pools} */
    NodeChoice nodeChoice(int job, int index) {
        return nodeChoiceList.get(firstChoice[job] + index);
    }

    List<StartChoice> startChoiceList() {
        return startChoiceList;
    }

    BendableLongScore score() {
        return score;
    }

    /** {@return the nodes that the choices stand for, shape [job][pool]} */
    int[][] nodes() {
        int[][] nodes = new int[problem.jobCount()][problem.poolCount()];
        for (NodeChoice choice : nodeChoiceList) {
            nodes[choice.job()][choice.pool()] = choice.nodes();
        }
        return nodes;
    }

    /** {@return which event each job waits for, shape [job]} */
    int[] waits() {
        int[] waits = new int[problem.jobCount()];
        for (StartChoice choice : startChoiceList) {
            waits[choice.job()] = choice.waitsFor();
        }
        return waits;
    }
}
