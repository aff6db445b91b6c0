package muster.planner.perf;

import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.Schedule;

/** The part of a layout that decides what one layer and the ends cost; stages, chunks and data ranks only multiply it. */
record Sharding(
        int tensor,
        int context,
        int expert,
        int microbatch,
        Layout.Recompute recompute,
        int zero,
        Schedule schedule,
        Ends ends) {
    /** {@return the part of a layout that decides what one layer of the job costs} */
    static Sharding of(Job job, Layout layout, Schedule schedule) {
        return new Sharding(
                layout.tensor(),
                layout.context(),
                layout.expert(),
                layout.microbatch(),
                layout.recompute(),
                layout.zero(),
                schedule,
                Ends.of(job.stack(), job.model().architecture(), schedule, layout.pipeline()));
    }

    Sharding withRecompute(Layout.Recompute changed) {
        return new Sharding(tensor, context, expert, microbatch, changed, zero, schedule, ends);
    }
}
