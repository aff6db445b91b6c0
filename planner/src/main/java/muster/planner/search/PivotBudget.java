package muster.planner.search;

import java.util.function.BooleanSupplier;

/**
 * How much a search may still spend on pivots, in multiplications; asked as a search asks whether to stop. It counts work
 * instead of time, so that the same search ends at the same place on every machine.
 */
final class PivotBudget implements BooleanSupplier {
    private final BooleanSupplier stop;
    private long left;

    PivotBudget(long multiplications, BooleanSupplier stop) {
        this.left = multiplications;
        this.stop = stop;
    }

    void spend(long multiplications) {
        left -= multiplications;
    }

    /** {@return whether it is used up, or the search is to stop anyway} */
    @Override
    public boolean getAsBoolean() {
        return left <= 0 || stop.getAsBoolean();
    }
}
