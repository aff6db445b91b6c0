package muster.planner.report;

import java.util.List;
import muster.planner.domain.LayoutEstimate.Breakdown;

/** One part of a step, under its key of the JSON and in words. */
record BreakdownPart(String key, String words, double seconds) {
    static List<BreakdownPart> of(Breakdown breakdown) {
        return List.of(
                new BreakdownPart("compute", "arithmetic, and memory it waits for", breakdown.compute()),
                new BreakdownPart("tensorParallel", "exchange between tensor ranks", breakdown.tensorParallel()),
                new BreakdownPart("expertParallel", "exchange between experts", breakdown.expertParallel()),
                new BreakdownPart("contextParallel", "exchange between context ranks", breakdown.contextParallel()),
                new BreakdownPart("pipelineBubble", "pipeline stages that wait", breakdown.pipelineBubble()),
                new BreakdownPart("pipelineSend", "sends between pipeline stages", breakdown.pipelineSend()),
                new BreakdownPart("dataParallel", "gradients and weights over data ranks", breakdown.dataParallel()),
                new BreakdownPart("optimizer", "optimizer", breakdown.optimizer()),
                new BreakdownPart("recompute", "forward pass repeated", breakdown.recompute()),
                new BreakdownPart("other", "other", breakdown.other()));
    }
}
