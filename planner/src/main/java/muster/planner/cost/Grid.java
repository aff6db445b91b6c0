package muster.planner.cost;

import muster.planner.domain.Objective;

/**
 * The steps on which objective values compare: cents, milliseconds, watt-hours, grams. Coarser than the ledger's
 * units, so that fleets that cost the same per token tie in spite of rounding, and far finer than the tolerance of
 * an optimal plan (docs/model.md, Ties).
 */
public final class Grid {
    private Grid() {}

    /** {@return ledger units (µ$, µs, J, g) in one step} */
    public static long stepSize(Objective objective) {
        return switch (objective) {
            case COST -> 10_000;
            case DAYS -> 1_000;
            case ENERGY -> 3_600;
            case CARBON -> 1;
        };
    }

    /** {@return the nearest step of a value in ledger units, halves up} */
    public static long steps(Objective objective, long ledgerUnits) {
        long size = stepSize(objective);
        // Adding half a step first would pass the largest long, which is what a saturated sum is.
        long below = Math.floorDiv(ledgerUnits, size);
        return 2 * Math.floorMod(ledgerUnits, size) >= size ? below + 1 : below;
    }

    /** {@return the value of a step in the objective's reported unit} */
    public static double reported(Objective objective, double ledgerUnits) {
        return switch (objective) {
            case COST -> ledgerUnits / 1e6;
            case DAYS -> ledgerUnits / 86_400e6;
            case ENERGY -> ledgerUnits / 3.6e6;
            case CARBON -> ledgerUnits / 1e3;
        };
    }
}
