package muster.planner.claims;

import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.Interval;
import muster.planner.domain.Node;
import muster.planner.domain.Yardsticks;

/**
 * What failures of the hardware do to a run of that size: interruptions = rate × node-days, and for each a restart and half
 * of what lies between two checkpoints is lost (Kokolis et al. 2024, arXiv:2410.21680, section 4, to first order).
 */
final class RunFailures {
    private static final double HOURS_PER_DAY = 24;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double RATE_NODE_DAYS = 1_000;
    private static final int USUAL_GPUS_PER_NODE = 8;

    private RunFailures() {}

    /** Adds {@code interruptions}, {@code lostPercent} of the wall clock and {@code lostUsd}. */
    static void add(Claim claim, Yardsticks yardsticks, Map<String, Interval> derived) {
        Interval hours = derived.getOrDefault("gpuHours", Interval.ANY);
        if (!hours.isKnown() || claim.gpu().isEmpty()) {
            return;
        }
        int gpusPerNode =
                claim.node().map(Node::gpusPerNode).map(count -> count.asInt()).orElse(USUAL_GPUS_PER_NODE);
        Interval rate = yardsticks.range("failures.perThousandNodeDays").times(1 / RATE_NODE_DAYS);
        derived.put("interruptions", rate.times(hours).times(1 / (HOURS_PER_DAY * gpusPerNode)));
        gpus(claim).ifPresent(gpus -> {
            Interval lostSeconds = yardsticks
                    .range("failures.restart")
                    .plus(yardsticks.range("failures.checkpointInterval").times(0.5));
            Interval lostFraction =
                    rate.times(gpus).times(1.0 / gpusPerNode).times(lostSeconds).times(1 / SECONDS_PER_DAY);
            derived.put("lostPercent", lostFraction.times(100));
            Interval usd = derived.getOrDefault("usd", Interval.ANY);
            if (usd.isKnown()) {
                derived.put("lostUsd", usd.times(lostFraction));
            }
        });
    }

    private static Optional<Interval> gpus(Claim claim) {
        return claim.find("gpus")
                .or(() -> claim.find(claim.basisPath("gpus")))
                .map(figure -> figure.nominal())
                .filter(count -> count.high() < Double.POSITIVE_INFINITY)
                .map(count -> count.low() == 0 ? Interval.exactly(count.high()) : count);
    }
}
