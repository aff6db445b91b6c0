package muster.planner.perf;

import muster.planner.domain.Architecture;
import muster.planner.domain.Layout;
import muster.planner.domain.Stack;

/**
 * How one replica is spread over GPUs: tensor × data × stages of them. Data ranks keep caches of their own and share the
 * experts, which lie on all ranks of a stage.
 */
record ReplicaShape(int tensor, int data, int stages) {
    int gpus() {
        return tensor * data * stages;
    }

    /** {@return what plans call expert: 1 where no layer has experts} */
    int expert(Architecture architecture, Stack stack) {
        boolean overTensor = stack.expertOverTensor();
        return architecture.experts().count() == 0 ? 1 : data * (overTensor ? tensor : 1);
    }

    /** {@return some replicas of this shape as a layout} */
    Layout layout(Architecture architecture, Stack stack, int replicas, int sequences) {
        return new Layout(
                tensor,
                stages,
                1,
                data * replicas,
                expert(architecture, stack),
                1,
                sequences,
                Layout.Recompute.NONE,
                0);
    }
}
