package muster.planner.search;

import java.util.Arrays;

/** What stays free of every pool from a start until a time; mutable, narrowed as the time moves on. */
final class Room {
    /** Shape [pool]. */
    final int[] free;

    final int[] freeOwned;

    /** Shape [pool]: in a pool and its spot nodes together. */
    final int[] freeTogether;

    long freeMilliwatts;
    long start;
    long until;

    /** Whether the start is allowed to fleets only that take nodes which come then. */
    boolean waitsForNodes;

    Room(int pools) {
        free = new int[pools];
        freeOwned = new int[pools];
        freeTogether = new int[pools];
    }

    /** Everything is free from a start on, until it is narrowed. */
    void open(long startMicros, boolean waits) {
        Arrays.fill(free, Integer.MAX_VALUE);
        Arrays.fill(freeOwned, Integer.MAX_VALUE);
        Arrays.fill(freeTogether, Integer.MAX_VALUE);
        freeMilliwatts = Long.MAX_VALUE;
        start = startMicros;
        waitsForNodes = waits;
    }

    /** @param most nodes of each pool that the job can hold */
    void narrow(Occupancy occupancy, int event, int[] most) {
        freeMilliwatts = Math.min(freeMilliwatts, occupancy.freeMilliwatts(event));
        for (int p = 0; p < free.length; p++) {
            free[p] = Math.min(free[p], Math.min(most[p], occupancy.freeNodes(event, p)));
            freeOwned[p] = Math.min(freeOwned[p], Math.min(free[p], occupancy.freeOwned(event, p)));
            freeTogether[p] = Math.min(freeTogether[p], occupancy.freeTogether(event, p));
        }
    }

    /** {@return whether less is free from the event on} */
    boolean narrowsAt(Occupancy occupancy, int event) {
        boolean narrows = occupancy.freeMilliwatts(event) < freeMilliwatts;
        for (int p = 0; p < free.length && !narrows; p++) {
            narrows = occupancy.freeNodes(event, p) < free[p]
                    || occupancy.freeOwned(event, p) < freeOwned[p]
                    || occupancy.freeTogether(event, p) < freeTogether[p];
        }
        return narrows;
    }

    void copyFrom(Room other) {
        System.arraycopy(other.free, 0, free, 0, free.length);
        System.arraycopy(other.freeOwned, 0, freeOwned, 0, free.length);
        System.arraycopy(other.freeTogether, 0, freeTogether, 0, free.length);
        freeMilliwatts = other.freeMilliwatts;
        start = other.start;
        until = other.until;
        waitsForNodes = other.waitsForNodes;
    }
}
