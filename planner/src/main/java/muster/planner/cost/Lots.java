package muster.planner.cost;

import java.util.Arrays;
import java.util.List;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Pool;

/**
 * Pools as search and bound count them: one that offers spot nodes is two that share its maximum, its spot nodes behind all
 * others. So everything of a fleet is a function of node counts, also how often it is interrupted.
 */
public final class Lots {
    private static final int NONE = -1;

    private final int[] poolOf;
    private final boolean[] spot;
    private final int[] sibling;

    private Lots(int[] poolOf, boolean[] spot, int[] sibling) {
        this.poolOf = poolOf;
        this.spot = spot;
        this.sibling = sibling;
    }

    static Lots of(List<Pool> pools) {
        int count = pools.size()
                + (int) pools.stream()
                        .filter(pool -> pool.supply().spot().isPresent())
                        .count();
        Lots lots = new Lots(new int[count], new boolean[count], new int[count]);
        Arrays.fill(lots.sibling, NONE);
        int next = 0;
        for (int p = 0; p < pools.size(); p++) {
            lots.poolOf[next++] = p;
            if (pools.get(p).supply().spot().isPresent()) {
                lots.poolOf[next] = p;
                lots.spot[next] = true;
                lots.sibling[next] = next - 1;
                lots.sibling[next - 1] = next;
                next++;
            }
        }
        return lots;
    }

    public int count() {
        return poolOf.length;
    }

    /** {@return the scenario's pool that a lot is of} */
    public int pool(int lot) {
        return poolOf[lot];
    }

    /** {@return the first lot of a scenario's pool} */
    public int first(int pool) {
        int lot = 0;
        while (poolOf[lot] != pool) {
            lot++;
        }
        return lot;
    }

    public boolean isSpot(int lot) {
        return spot[lot];
    }

    /** {@return whether the pool has another lot} */
    public boolean isShared(int lot) {
        return sibling[lot] != NONE;
    }

    /** {@return the other lot of the same pool, which must have one} */
    public int sibling(int lot) {
        return sibling[lot];
    }

    /** {@return nodes of the lot's pool in both of its lots, shape [lot]} */
    public int together(int[] nodes, int lot) {
        return nodes[lot] + (isShared(lot) ? nodes[sibling[lot]] : 0);
    }

    /** {@return nodes of each of the scenario's pools} */
    int[] byPool(int[] nodes) {
        int[] folded = new int[poolOf[poolOf.length - 1] + 1];
        for (int lot = 0; lot < nodes.length; lot++) {
            folded[poolOf[lot]] += nodes[lot];
        }
        return folded;
    }

    /** {@return how many of the scenario's pools are in use} */
    public int poolsInUse(int[] nodes) {
        int used = 0;
        for (int lot = 0; lot < nodes.length; lot++) {
            boolean counted = spot[lot] && nodes[sibling[lot]] > 0;
            used += nodes[lot] > 0 && !counted ? 1 : 0;
        }
        return used;
    }

    /** {@return a choice by lots as a plan states it: by the scenario's pools, spot nodes apart} */
    public FleetChoice toPlan(FleetChoice byLots) {
        int[][] nodes = byLots.nodes();
        int[][] held = new int[nodes.length][];
        int[][] ofSpot = new int[nodes.length][];
        for (int j = 0; j < nodes.length; j++) {
            held[j] = byPool(nodes[j]);
            ofSpot[j] = new int[held[j].length];
            for (int lot = 0; lot < count(); lot++) {
                ofSpot[j][poolOf[lot]] += spot[lot] ? nodes[j][lot] : 0;
            }
        }
        return new FleetChoice(
                held, byLots.startMicros(), byPool(byLots.boughtNodes()), byPool(byLots.reservedNodes()), ofSpot);
    }

    /** {@return a plan's choice by lots; what it buys and reserves follows from it and is left out} */
    public FleetChoice ofPlan(FleetChoice plan) {
        int[][] held = plan.nodes();
        int[][] ofSpot = plan.spotNodes();
        int[][] nodes = new int[held.length][count()];
        for (int j = 0; j < held.length; j++) {
            for (int lot = 0; lot < count(); lot++) {
                int p = poolOf[lot];
                nodes[j][lot] = spot[lot] ? ofSpot[j][p] : held[j][p] - (isShared(lot) ? ofSpot[j][p] : 0);
            }
        }
        return new FleetChoice(nodes, plan.startMicros());
    }
}
