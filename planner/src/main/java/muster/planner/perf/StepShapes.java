package muster.planner.perf;

import muster.kernels.LayoutShape;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Node;
import muster.planner.domain.Schedule;

/** What one layer of a layout takes: the physics behind a step, for whoever adds up a step on their own. */
public final class StepShapes {
    private StepShapes() {}

    /** {@return times, reductions and bytes per layer} */
    public static LayoutShape of(Job job, Node node, Layout layout, Schedule schedule) {
        return new ShapeModel(job, node).shape(Sharding.of(job, layout, schedule));
    }

    /** {@return what the job's stack reaches of a node's network, all GPUs together, one direction, B/s} */
    public static double uplinkBytesPerSecond(Job job, Node node) {
        Hardware hardware = Hardware.of(node, job.stack(), job.precision());
        return node.gpusPerNode().value() * hardware.fabricBytesPerSecond();
    }

    /** {@return memory that a layout may take on each GPU, B} */
    public static double memoryLimitBytes(Job job, Node node) {
        return Hardware.of(node, job.stack(), job.precision()).memoryBytes();
    }
}
