package muster.planner.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The boxes that a search for one job begins with: one, one for each pool, or one for each set of pools. */
final class RootBoxes {
    private static final int MOST_POOLS_TO_SETTLE = 5;

    private RootBoxes() {}

    /** {@return boxes that hold every fleet of the job} */
    static List<Box> of(JobSpace space) {
        if (!space.problem.onePool(space.job)) {
            return space.linear() ? List.of(new Box(new int[space.pools], space.mostUnits.clone())) : byPools(space);
        }
        List<Box> roots = new ArrayList<>();
        for (int p = 0; p < space.pools; p++) {
            if (space.mostUnits[p] > 0) {
                Box box = new Box(new int[space.pools], new int[space.pools]);
                box.low[p] = 1;
                box.high[p] = space.mostUnits[p];
                // A pool and its spot nodes are one pool: alone, and with some of the others.
                if (space.problem.lots().isSpot(p)) {
                    int others = space.problem.lots().sibling(p);
                    box.high[others] = space.mostUnits[others];
                }
                roots.add(box);
            }
        }
        return roots;
    }

    /** Which pools are in use decides what an exchange costs, so it is settled first where there are few of them. */
    private static List<Box> byPools(JobSpace space) {
        int[] usable = IntStream.range(0, space.pools)
                .filter(p -> space.mostUnits[p] > 0)
                .toArray();
        if (usable.length > MOST_POOLS_TO_SETTLE) {
            return List.of(new Box(new int[space.pools], space.mostUnits.clone()));
        }
        List<Box> roots = new ArrayList<>();
        for (int used = 1; used < 1 << usable.length; used++) {
            Box box = new Box(new int[space.pools], new int[space.pools]);
            for (int i = 0; i < usable.length; i++) {
                if ((used & 1 << i) != 0) {
                    box.low[usable[i]] = 1;
                    box.high[usable[i]] = space.mostUnits[usable[i]];
                }
            }
            roots.add(box);
        }
        return roots;
    }
}
