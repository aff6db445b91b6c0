package muster.planner.cost;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import muster.planner.domain.Figure;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/**
 * What sites have room for: facility power of the nodes busy at once, and racks for the most nodes of each pool that are
 * ever busy at once, pools in racks of their own.
 */
public final class SiteCaps {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final int NOWHERE = -1;

    private final Lots lots;
    private final int[] siteOf;
    private final int[] nodesPerRack;
    private final long[] facilityMilliwatts;
    private final long[] powerMilliwatts;
    private final long[] racks;
    private final boolean capped;

    /** @param facilityMilliwatts of a node, shape [pool] */
    SiteCaps(Scenario scenario, Lots lots, long[] facilityMilliwatts) {
        this.lots = lots;
        List<Site> sites = scenario.sites();
        List<Pool> pools = scenario.pools();
        this.facilityMilliwatts = facilityMilliwatts;
        this.siteOf = new int[lots.count()];
        this.nodesPerRack = new int[lots.count()];
        this.powerMilliwatts = new long[sites.size()];
        this.racks = new long[sites.size()];
        for (int p = 0; p < lots.count(); p++) {
            Pool pool = pools.get(lots.pool(p));
            Optional<Site> site = pool.site();
            siteOf[p] = site.map(sites::indexOf).orElse(NOWHERE);
            nodesPerRack[p] = site.map(place -> place.nodesPerRack(pool.node())).orElse(Integer.MAX_VALUE);
        }
        boolean any = false;
        for (int s = 0; s < sites.size(); s++) {
            Site.Caps caps = sites.get(s).caps();
            powerMilliwatts[s] = caps.powerWatts()
                    .map(watts -> Math.round(watts.value() * 1e3))
                    .orElse(UNLIMITED);
            racks[s] = caps.racks().map(Figure::asInt).map(Integer::longValue).orElse(UNLIMITED);
            any |= !caps.equals(Site.Caps.NONE);
        }
        this.capped = any;
    }

    /** {@return the site that the pool stands at} */
    public OptionalInt siteOf(int pool) {
        return siteOf[pool] == NOWHERE ? OptionalInt.empty() : OptionalInt.of(siteOf[pool]);
    }

    /** {@return how many sites the pools stand at} */
    public int count() {
        return racks.length;
    }

    /** {@return whether any site has a cap} */
    public boolean capped() {
        return capped;
    }

    /** {@return facility power that the site has; the largest long where it does not say} */
    public long powerMilliwatts(int site) {
        return powerMilliwatts[site];
    }

    /** {@return racks that the site has; the largest long where it does not say} */
    public long racks(int site) {
        return racks[site];
    }

    /** {@return the share of a rack that a node fills; 0 where the site does not say what a rack takes, or none can be there} */
    public double racksPerNode(int pool) {
        int perRack = nodesPerRack[pool];
        return perRack == Integer.MAX_VALUE || perRack == 0 ? 0 : 1.0 / perRack;
    }

    /** {@return nodes of the pool that its site has power and racks for if nothing else runs there} */
    public int mostNodes(int pool) {
        int site = siteOf[pool];
        if (site == NOWHERE) {
            return Integer.MAX_VALUE;
        }
        if (nodesPerRack[pool] == 0) {
            // No reader lets that pass, but a what-if of nodes that draw more may come to it.
            return 0;
        }
        long most = facilityMilliwatts[pool] == 0 ? UNLIMITED : powerMilliwatts[site] / facilityMilliwatts[pool];
        if (racks[site] != UNLIMITED && nodesPerRack[pool] != Integer.MAX_VALUE) {
            most = Math.min(most, racks[site] * nodesPerRack[pool]);
        }
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    /** {@return facility power of these nodes at the site, shape [pool]} */
    public long milliwattsAt(int site, int[] nodes) {
        long sum = 0;
        for (int p = 0; p < nodes.length; p++) {
            sum += siteOf[p] == site ? nodes[p] * facilityMilliwatts[p] : 0;
        }
        return sum;
    }

    /** {@return racks that these nodes fill at the site, shape [pool]; 0 where it does not say what a rack takes, the
     * largest long where no rack takes one of them} */
    public long racksAt(int site, int[] nodes) {
        long sum = 0;
        for (int p = 0; p < nodes.length; p++) {
            // Spot nodes stand in the racks of their pool.
            long together = lots.isSpot(p) ? 0 : lots.together(nodes, p);
            if (siteOf[p] == site && together > 0 && nodesPerRack[p] != Integer.MAX_VALUE) {
                if (nodesPerRack[p] == 0) {
                    return UNLIMITED;
                }
                sum += Math.ceilDiv(together, nodesPerRack[p]);
            }
        }
        return sum;
    }

    /** {@return whether every site has power and racks for these nodes, shape [pool]} */
    public boolean hold(int[] nodes) {
        return holdPower(nodes) && holdRacks(nodes);
    }

    /** {@return whether every site has power for these nodes, busy at once} */
    public boolean holdPower(int[] nodes) {
        for (int s = 0; capped && s < racks.length; s++) {
            if (powerMilliwatts[s] != UNLIMITED && milliwattsAt(s, nodes) > powerMilliwatts[s]) {
                return false;
            }
        }
        return true;
    }

    private boolean holdRacks(int[] nodes) {
        for (int s = 0; capped && s < racks.length; s++) {
            if (racks[s] != UNLIMITED && racksAt(s, nodes) > racks[s]) {
                return false;
            }
        }
        return true;
    }
}
