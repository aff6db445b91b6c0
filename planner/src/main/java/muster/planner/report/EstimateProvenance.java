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
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;

/** The figures that an estimate was made from: of the question, the node, its GPU, the stack and the model. */
final class EstimateProvenance {
    /** What a model's file states to be checked against; the performance model counts with its shape. */
    private static final Set<String> CHECKS = Set.of("parameters", "activeParameters", "context");

    private final List<Provenance> rows = new ArrayList<>();

    private EstimateProvenance() {}

    static List<Provenance> of(LayoutQuestion question) {
        EstimateProvenance provenance = new EstimateProvenance();
        Job job = question.job();
        provenance.add("nodes", question.nodes());
        provenance.add("sequence", job.sequenceTokens());
        provenance.add("batch", job.batchSequences());
        provenance.addNode(question.node(), job.precision());
        provenance.addStack(job.stack(), question.node().gpu(), job.precision());
        job.model().figures().forEach((key, figure) -> {
            if (!CHECKS.contains(key)) {
                provenance.add("models." + job.model().name() + "." + key, figure);
            }
        });
        return provenance.rows;
    }

    private void add(String key, Figure figure) {
        rows.add(new Provenance(key, figure));
    }

    private void addNode(Node node, Precision precision) {
        add("nodes." + node.name() + ".gpus", node.gpusPerNode());
        add("nodes." + node.name() + ".fabric", node.fabricBytesPerSecondPerGpu());
        Gpu gpu = node.gpu();
        String prefix = "gpus." + gpu.name() + ".";
        gpu.flopsPerSecond().forEach((format, rate) -> {
            if (format == precision || format == wide(gpu)) {
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
        if (precision != wide(gpu)) {
            stack.efficiencyOn(gpu, wide(gpu))
                    .ifPresent(found ->
                            add(efficiencyKey(found) + "matrix." + wide(gpu).key(), found.matrix()));
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

    /** Heads and routers stay in 16 bits, and model FLOP utilisation counts against that peak. */
    private static Precision wide(Gpu gpu) {
        return gpu.supports(Precision.BF16) ? Precision.BF16 : Precision.FP16;
    }
}
