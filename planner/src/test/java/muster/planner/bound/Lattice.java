package muster.planner.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points of a box, one after the other, for those who check bounds by trying all. */
final class Lattice {
    private Lattice() {}

    static List<int[]> points(Box box) {
        List<int[]> points = new ArrayList<>();
        int[] units = box.low.clone();
        while (true) {
            points.add(units.clone());
            int p = units.length - 1;
            while (p >= 0 && units[p] >= box.high[p]) {
                units[p] = box.low[p];
                p--;
            }
            if (p < 0) {
                return points;
            }
            units[p]++;
        }
    }

    static boolean contains(Box box, int[] units) {
        for (int p = 0; p < units.length; p++) {
            if (units[p] < box.low[p] || units[p] > box.high[p]) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the job may hold these units at all, limits not looked at} */
    static boolean allowed(JobSpace space, int[] units) {
        long used = Arrays.stream(units).filter(count -> count > 0).count();
        return used == 1 || used > 1 && !space.problem.onePool(space.job);
    }
}
