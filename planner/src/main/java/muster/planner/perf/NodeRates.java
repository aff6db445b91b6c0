package muster.planner.perf;

import java.util.Arrays;
import java.util.List;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;

/**
 * Tokens per second that one node of each pool gives to each job. A rate over several nodes and pools is the sum:
 * stated rates scale linearly with GPUs and know no mixing loss (docs/model.md, Arithmetic of a plan).
 */
public final class NodeRates {
    private final double[][] tokensPerSecond;

    private NodeRates(double[][] tokensPerSecond) {
        this.tokensPerSecond = tokensPerSecond;
    }

    /** {@return the rates that the scenario states; 0 where a pool has none for a job} */
    public static NodeRates stated(Scenario scenario) {
        List<Job> jobs = scenario.jobs();
        List<Pool> pools = scenario.pools();
        double[][] rates = new double[jobs.size()][pools.size()];
        for (int j = 0; j < jobs.size(); j++) {
            for (int p = 0; p < pools.size(); p++) {
                Figure perGpu = jobs.get(j).measured().get(pools.get(p).name());
                if (perGpu != null) {
                    rates[j][p] = pools.get(p).node().gpusPerNode().value() * perGpu.value();
                }
            }
        }
        return new NodeRates(rates);
    }

    /** {@return tokens/s of one node of the pool; 0 where the job cannot use it} */
    public double tokensPerSecond(int job, int pool) {
        return tokensPerSecond[job][pool];
    }

    @Override
    public String toString() {
        return Arrays.deepToString(tokensPerSecond);
    }
}
