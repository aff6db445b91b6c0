package muster.planner.bound;

import java.util.Arrays;

/** A range of unit counts per pool (a unit is a pool's granularity), both ends included; mutable while it is narrowed. */
final class Box {
    final int[] low;
    final int[] high;

    /** No point of the box has a first criterion below this many grid steps. */
    long lowerBoundSteps = Long.MIN_VALUE;

    Box(int[] low, int[] high) {
        this.low = low;
        this.high = high;
    }

    Box copy() {
        Box copy = new Box(low.clone(), high.clone());
        copy.lowerBoundSteps = lowerBoundSteps;
        return copy;
    }

    /** {@return how many points it holds, saturated at {@code most}} */
    long points(long most) {
        long points = 1;
        for (int p = 0; p < low.length; p++) {
            points *= high[p] - low[p] + 1L;
            if (points >= most || points < 0) {
                return most;
            }
        }
        return points;
    }

    int width(int pool) {
        return high[pool] - low[pool];
    }

    /** {@return the pool with the widest range} */
    int widest() {
        int widest = 0;
        for (int p = 1; p < low.length; p++) {
            if (width(p) > width(widest)) {
                widest = p;
            }
        }
        return widest;
    }

    @Override
    public String toString() {
        return Arrays.toString(low) + ".." + Arrays.toString(high);
    }
}
