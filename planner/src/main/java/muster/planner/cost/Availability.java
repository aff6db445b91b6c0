package muster.planner.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import muster.planner.domain.Pool;
import muster.planner.domain.Supply;

/** How many nodes of each pool are there at what time, and the dates at which more of them come. */
public final class Availability {
    /** Shape [pool][tranche]: when it comes, microseconds, rising. */
    private final long[][] fromMicros;

    /** Shape [pool][tranche]: nodes that are there from then on, earlier tranches included. */
    private final int[][] nodes;

    private final Lots lots;
    private final long[] leadMicros;
    private final long[] dates;

    /** @param pools that each lot is of */
    Availability(List<Pool> pools, Lots lots) {
        this.lots = lots;
        this.fromMicros = new long[pools.size()][];
        this.nodes = new int[pools.size()][];
        this.leadMicros = new long[pools.size()];
        TreeSet<Long> all = new TreeSet<>();
        for (int p = 0; p < pools.size(); p++) {
            fill(p, pools.get(p));
            for (long from : fromMicros[p]) {
                all.add(from);
            }
            all.add(leadMicros[p]);
        }
        // What is there on day 0 is no date to wait for.
        this.dates =
                all.stream().mapToLong(Long::longValue).filter(date -> date > 0).toArray();
    }

    private void fill(int p, Pool pool) {
        List<Supply.Tranche> tranches = new ArrayList<>(pool.supply().available());
        int most = pool.maxNodes().asInt();
        fromMicros[p] = new long[Math.max(1, tranches.size())];
        nodes[p] = new int[fromMicros[p].length];
        nodes[p][0] = tranches.isEmpty() ? most : 0;
        int sum = 0;
        for (int t = 0; t < tranches.size(); t++) {
            sum += tranches.get(t).nodes().asInt();
            fromMicros[p][t] = FleetProblem.micros(tranches.get(t).fromSeconds());
            nodes[p][t] = Math.min(most, sum);
        }
        leadMicros[p] = pool.supply()
                .buy()
                .map(purchase -> FleetProblem.micros(purchase.leadSeconds()))
                .orElse(0L);
    }

    /** {@return nodes of the pool that are there at that time, owned, spot and others} */
    public int nodes(int pool, long micros) {
        int there = 0;
        for (int t = 0; t < fromMicros[pool].length && fromMicros[pool][t] <= micros; t++) {
            there = nodes[pool][t];
        }
        return there;
    }

    /** {@return nodes of the pool that are there in the end} */
    public int most(int pool) {
        return nodes[pool][nodes[pool].length - 1];
    }

    /** {@return from when bought nodes of the pool are there} */
    public long leadMicros(int pool) {
        return leadMicros[pool];
    }

    /** {@return every time after day 0 at which nodes come, rising; not to be changed} */
    public long[] dates() {
        return dates;
    }

    /** {@return whether nodes of a pool of which some are held come at exactly that time} */
    public boolean isDateOf(int[] held, long micros) {
        for (int p = 0; p < held.length; p++) {
            if (held[p] > 0 && (leadMicros[p] == micros || Arrays.binarySearch(fromMicros[p], micros) >= 0)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the last time up to {@code micros} at which nodes of a pool come of which some are held; if none, earliest} */
    public long lastDateOf(int[] held, long micros, long earliest) {
        for (int d = dates.length - 1; d >= 0; d--) {
            if (dates[d] <= micros && dates[d] > earliest && isDateOf(held, dates[d])) {
                return dates[d];
            }
        }
        return earliest;
    }

    /** {@return the earliest time, {@code micros} or a later date, at which as many nodes are there; if ever, else it} */
    public long earliestMicros(int[] held, long micros) {
        long earliest = micros;
        for (int p = 0; p < held.length; p++) {
            int together = lots.together(held, p);
            for (int t = 0; t < nodes[p].length; t++) {
                if (nodes[p][t] >= together) {
                    earliest = Math.max(earliest, held[p] > 0 ? fromMicros[p][t] : 0);
                    break;
                }
            }
        }
        return earliest;
    }
}
