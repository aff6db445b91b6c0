package muster.planner.domain;

import java.util.List;
import java.util.Optional;

/**
 * What an estimate is asked for: how a job would run on a number of nodes. Readers have checked that stack and GPU do
 * the job's precision.
 *
 * @param origin the scenario that job and nodes stand in; absent where they were named one by one
 * @param nodes how many nodes the job takes, all of them
 * @param wish dimensions of the layout that are fixed
 * @param notes what a reader of the answer should know
 */
public record LayoutQuestion(
        Optional<InScenario> origin, Job job, Node node, Figure nodes, LayoutWish wish, List<String> notes) {
    /**
     * @param title of the scenario
     * @param pool whose nodes are meant
     */
    public record InScenario(String title, String file, String pool) {}

    public LayoutQuestion {
        notes = List.copyOf(notes);
    }

    public long gpus() {
        return (long) nodes.asInt() * node.gpusPerNode().asInt();
    }

    /** {@return the efficiencies that the estimate counts with} */
    public Stack.Reached efficiency() {
        return job.stack().efficiencyOn(node.gpu(), job.precision()).orElseThrow();
    }
}
