package muster.planner.perf;

import muster.planner.domain.Layout;
import muster.planner.domain.Schedule;

/** The part of a layout that decides what one layer costs; stages, chunks and data ranks only multiply it. */
record Sharding(
        int tensor, int context, int expert, int microbatch, Layout.Recompute recompute, int zero, Schedule schedule) {}
