package muster.planner.oracle;

import java.util.Arrays;
import java.util.List;
import muster.planner.domain.Objective;

/** What plans are compared by, smaller first, place by place; the grids of docs/model.md. */
final class Criteria {
    private Criteria() {}

    /** @param offersSpot shape [pool] */
    static long[] of(List<Objective> objectives, boolean[] offersSpot, Outcome outcome) {
        int pools = outcome.peakNodes().length;
        long[] criteria = new long[objectives.size() + 3 + 2 * pools];
        int filled = 0;
        for (Objective objective : objectives) {
            criteria[filled++] = onGrid(objective, outcome);
        }
        if (!objectives.contains(Objective.COST)) {
            criteria[filled++] = onGrid(Objective.COST, outcome);
        }
        if (!objectives.contains(Objective.DAYS)) {
            criteria[filled++] = onGrid(Objective.DAYS, outcome);
        }
        int nodesAt = filled++;
        for (int p = 0; p < pools; p++) {
            // Spot nodes count as a pool of their own behind the others; more on earlier pools is better.
            criteria[filled] = -outcome.peak(outcome.otherNodes(), p);
            criteria[nodesAt] -= criteria[filled++];
            if (offersSpot[p]) {
                criteria[filled] = -outcome.peak(outcome.spotNodes(), p);
                criteria[nodesAt] -= criteria[filled++];
            }
        }
        return Arrays.copyOf(criteria, filled);
    }

    /** Whole cents, milliseconds, watt-hours and grams, halves rounded up. */
    private static long onGrid(Objective objective, Outcome outcome) {
        return switch (objective) {
            case COST -> Math.floorDiv(outcome.microUsd() + 5_000, 10_000L);
            case DAYS -> Math.floorDiv(outcome.finishMicros() + 500, 1_000L);
            case ENERGY -> Math.floorDiv(outcome.energyJoules() + 1_800, 3_600L);
            case CARBON -> {
                if (outcome.carbonGrams() == Outcome.NO_CARBON) {
                    throw new IllegalArgumentException("carbon is minimised, but a pool in use states no intensity");
                }
                yield outcome.carbonGrams();
            }
        };
    }
}
