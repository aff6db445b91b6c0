package muster.planner.perf;

import muster.planner.domain.Layout;
import muster.planner.domain.Schedule;

/**
 * The part of a layout that decides what one layer costs; stages, chunks and data ranks only multiply it.
 *
 * @param headOnLast whether the last of several stages has as many layers as the others, and the head on top: then all
 *     wait for it
 */
record Sharding(
        int tensor,
        int context,
        int expert,
        int microbatch,
        Layout.Recompute recompute,
        int zero,
        Schedule schedule,
        boolean headOnLast) {
    Sharding withRecompute(Layout.Recompute changed) {
        return new Sharding(tensor, context, expert, microbatch, changed, zero, schedule, headOnLast);
    }
}
