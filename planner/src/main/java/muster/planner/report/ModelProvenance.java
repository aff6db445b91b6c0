package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.planner.domain.Efficiency;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.Node;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;

/** The figures that the performance model counts with: of the job, the node, its GPU, the stack and the model. */
final class ModelProvenance {
    /** What a model's file states to be checked against; the performance model counts with its shape. */
    private static final Set<String> CHECKS = Set.of("parameters", "activeParameters", "context");

    private final List<Pool> pools;
    private final List<Provenance> rows = new ArrayList<>();

    private ModelProvenance(List<Pool> pools) {
        this.pools = pools;
    }

    /** {@return the figures that an estimate was made from} */
    static List<Provenance> of(LayoutQuestion question) {
        ModelProvenance provenance = new ModelProvenance(List.of());
        provenance.add("nodes", question.nodes());
        provenance.addRun("", question.job(), question.node());
        return provenance.rows;
    }

    /** {@return the figures that a job's rate on a pool was made from} */
    static List<Provenance> of(Job job, Pool pool) {
        ModelProvenance provenance = new ModelProvenance(List.of(pool));
        provenance.addRun("jobs." + job.name() + ".", job, pool.node());
        return provenance.rows;
    }

    private void addRun(String jobPrefix, Job job, Node node) {
        switch (job.work()) {
            case Work.Training training -> {
                add(jobPrefix + "sequence", training.sequenceTokens());
                add(jobPrefix + "batch", training.batchSequences());
            }
            case Work.Generation generation -> {
                add(jobPrefix + "samples", generation.samples());
                add(jobPrefix + "promptTokens", generation.promptTokens());
                add(jobPrefix + "outputTokens.mean", generation.meanOutputTokens());
                add(jobPrefix + "outputTokens.p99", generation.tailOutputTokens());
            }
        }
        addNode(node, job.precision());
        addStack(job.stack(), node.gpu(), job.precision());
        job.model().figures().forEach((key, figure) -> {
            if (!CHECKS.contains(key)) {
                add("models." + job.model().name() + "." + key, figure);
            }
        });
    }

    private void add(String key, Figure figure) {
        rows.add(new Provenance(key, figure, pools));
    }

    private void addNode(Node node, Precision precision) {
        add("nodes." + node.name() + ".gpus", node.gpusPerNode());
        add("nodes." + node.name() + ".fabric", node.fabricBytesPerSecondPerGpu());
        Gpu gpu = node.gpu();
        String prefix = "gpus." + gpu.name() + ".";
        gpu.flopsPerSecond().forEach((format, rate) -> {
            if (format == precision || format == gpu.wideFormat()) {
                add(prefix + "flops." + format.key(), rate);
            }
        });
        add(prefix + "memory", gpu.memoryBytes());
        add(prefix + "memoryBandwidth", gpu.memoryBytesPerSecond());
        add(prefix + "linkBandwidth", gpu.linkBytesPerSecond());
        gpu.multiprocessors().ifPresent(count -> add(prefix + "multiprocessors", count));
    }

    private void addStack(Stack stack, Gpu gpu, Precision precision) {
        Stack.Reached reached = stack.efficiencyOn(gpu, precision).orElseThrow();
        Efficiency efficiency = reached.efficiency();
        String prefix = efficiencyKey(reached);
        add(prefix + "matrix." + precision.key(), reached.matrix());
        if (precision != gpu.wideFormat()) {
            stack.efficiencyOn(gpu, gpu.wideFormat())
                    .ifPresent(found -> add(
                            efficiencyKey(found) + "matrix." + gpu.wideFormat().key(), found.matrix()));
        }
        add(prefix + "attention", efficiency.attention());
        add(prefix + "memory", efficiency.memory());
        add(prefix + "link", efficiency.link());
        add(prefix + "fabric", efficiency.fabric());
        efficiency.launchSeconds().ifPresent(time -> add(prefix + "launch", time));
        efficiency.mixtureLaunchSeconds().ifPresent(time -> add(prefix + "mixtureLaunch", time));
        efficiency.scorePasses().ifPresent(count -> add(prefix + "scorePasses", count));
        for (Map.Entry<String, Figure> entry : stack.figures().entrySet()) {
            String key = entry.getKey();
            boolean byFormat = key.startsWith("dispatchBytes.")
                    || key.startsWith("combineBytes.")
                    || key.startsWith("savedBytes.");
            boolean counts = !key.startsWith("efficiency.")
                    && !key.startsWith("paces.")
                    && !(key.equals("kernelLaunch")
                            && efficiency.launchSeconds().isPresent())
                    && (!byFormat || key.endsWith("." + precision.key()));
            if (counts) {
                add("stacks." + stack.name() + "." + key, entry.getValue());
            }
        }
    }

    private static String efficiencyKey(Stack.Reached reached) {
        return "stacks." + reached.stack() + ".efficiency." + reached.key() + ".";
    }
}
