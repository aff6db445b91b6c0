package muster.planner.domain;

import java.util.List;
import java.util.Optional;

/**
 * How a pool's nodes beyond those owned are come by, on-demand rent aside, and when they are there.
 *
 * @param spot nodes that are cheap and may be taken away at any time
 * @param available tranches in order of time; empty where all of the pool's nodes are there from day 0
 */
public record Supply(
        Optional<Purchase> buy, Optional<Reservation> reserve, Optional<Spot> spot, List<Tranche> available) {
    /** Nothing to buy, to reserve or to get on the spot market, and all nodes there from day 0. */
    public static final Supply ON_DEMAND = new Supply(Optional.empty(), Optional.empty(), List.of());

    public Supply {
        available = List.copyOf(available);
    }

    /** Without spot nodes. */
    public Supply(Optional<Purchase> buy, Optional<Reservation> reserve, List<Tranche> available) {
        this(buy, reserve, Optional.empty(), available);
    }

    /** {@return whether nodes can be had on other terms than on-demand rent} */
    public boolean hasTerms() {
        return buy.isPresent() || reserve.isPresent() || spot.isPresent();
    }

    public Supply withAvailable(List<Tranche> changed) {
        return new Supply(buy, reserve, spot, changed);
    }

    public Supply withBuy(Optional<Purchase> changed) {
        return new Supply(changed, reserve, spot, available);
    }

    public Supply withReserve(Optional<Reservation> changed) {
        return new Supply(buy, changed, spot, available);
    }

    public Supply withSpot(Optional<Spot> changed) {
        return new Supply(buy, reserve, changed, available);
    }

    /**
     * Nodes that can be bought.
     *
     * @param usdPerNode what a node costs, delivered
     * @param lifeSeconds how long it is in use
     * @param residualFraction of the price, left at the end of its life
     * @param leadSeconds from day 0 until bought nodes are there
     * @param financingFractionPerYear interest on what is bound in it, compounded yearly
     */
    public record Purchase(
            Figure usdPerNode,
            Figure lifeSeconds,
            Figure residualFraction,
            Figure leadSeconds,
            Figure financingFractionPerYear) {}

    /**
     * Nodes that can be rented for a minimum term; energy, space and network are included.
     *
     * @param minimumSeconds paid in full, however short the use
     */
    public record Reservation(Figure usdPerGpuHour, Figure minimumSeconds) {}

    /**
     * Nodes whose owner may take each of them away at any time, and gives another one for it; energy, space and network are
     * included.
     *
     * @param evictionsPerHour of each node, independently of the others
     * @param checkpointSeconds for which saving its state stops a job
     * @param restartSeconds from an eviction until the job goes on with another node
     */
    public record Spot(Figure usdPerGpuHour, Figure evictionsPerHour, Figure checkpointSeconds, Figure restartSeconds) {
        public Spot withPrice(Figure changedUsdPerGpuHour) {
            return new Spot(changedUsdPerGpuHour, evictionsPerHour, checkpointSeconds, restartSeconds);
        }

        public Spot withEvictions(Figure changedPerHour) {
            return new Spot(usdPerGpuHour, changedPerHour, checkpointSeconds, restartSeconds);
        }
    }

    /** Nodes that are there from a moment on, owned ones first. */
    public record Tranche(Figure fromSeconds, Figure nodes) {}
}
