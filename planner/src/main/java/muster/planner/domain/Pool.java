package muster.planner.domain;

import java.util.Optional;

/**
 * Identical nodes that a scenario may use, at one site, on stated terms.
 *
 * @param maxNodes owned and other nodes together
 * @param ownNodes nodes already owned, at most {@code maxNodes}; they carry no rent
 * @param rentUsdPerGpuHour on-demand rent, energy, space and network included; absent where nothing is for rent
 * @param granularityNodes a job takes nodes of this pool in multiples of this count
 * @param network the scale-out network where it is not the node's own
 * @param site where it stands; absent means the default PUE, no energy price and no grid intensity
 * @param supply other ways of getting nodes than on-demand rent, and when nodes are there
 * @param spare nodes that a job holds here without computing on them, to stand in for others: a count, or a fraction of
 *     those it holds, rounded up; its unit says which. Absent means none
 */
public record Pool(
        String name,
        Node node,
        Figure maxNodes,
        Figure ownNodes,
        Optional<Figure> rentUsdPerGpuHour,
        Figure granularityNodes,
        Optional<Network> network,
        Optional<Site> site,
        Figure powerUsageEffectiveness,
        Supply supply,
        Optional<Figure> spare) {
    /** What a product of a fraction and a count may be above a whole number by rounding alone. */
    private static final double ROUNDING = 1e-9;

    /** A pool without spare nodes. */
    public Pool(
            String name,
            Node node,
            Figure maxNodes,
            Figure ownNodes,
            Optional<Figure> rentUsdPerGpuHour,
            Figure granularityNodes,
            Optional<Network> network,
            Optional<Site> site,
            Figure powerUsageEffectiveness,
            Supply supply) {
        this(
                name,
                node,
                maxNodes,
                ownNodes,
                rentUsdPerGpuHour,
                granularityNodes,
                network,
                site,
                powerUsageEffectiveness,
                supply,
                Optional.empty());
    }

    /** A pool all of whose nodes are there from day 0, owned or rented on demand. */
    public Pool(
            String name,
            Node node,
            Figure maxNodes,
            Figure ownNodes,
            Optional<Figure> rentUsdPerGpuHour,
            Figure granularityNodes,
            Optional<Network> network,
            Optional<Site> site,
            Figure powerUsageEffectiveness) {
        this(
                name,
                node,
                maxNodes,
                ownNodes,
                rentUsdPerGpuHour,
                granularityNodes,
                network,
                site,
                powerUsageEffectiveness,
                Supply.ON_DEMAND);
    }

    /**
     * A scale-out network, inside the pool and to other pools.
     *
     * @param bytesPerSecondPerGpu per GPU and direction, B/s
     * @param oversubscription how many times less gets through when all GPUs send at once, at least 1
     */
    public record Network(Figure bytesPerSecondPerGpu, Figure oversubscription) {}

    /** {@return the node with the pool's network as its fabric: what the performance model counts with} */
    public Node networkedNode() {
        return network.map(stated -> node.withFabric(new Figure(
                        stated.bytesPerSecondPerGpu().value()
                                / stated.oversubscription().value(),
                        BaseUnit.BYTES_PER_SECOND,
                        stated.bytesPerSecondPerGpu().origin())))
                .orElse(node);
    }

    /** {@return how many of the nodes that a job holds here are spare; never more than it holds} */
    public int spareNodes(int heldNodes) {
        return spare.map(stated -> stated.unit() == BaseUnit.NODES
                        ? Math.min(stated.asInt(), heldNodes)
                        : (int) Math.ceil(stated.value() * heldNodes - ROUNDING))
                .orElse(0);
    }

    /** {@return how many of the nodes that a job holds here compute} */
    public int computingNodes(int heldNodes) {
        return heldNodes - spareNodes(heldNodes);
    }

    /** {@return whether there is a way to get nodes beyond those owned} */
    public boolean canGrow() {
        return rentUsdPerGpuHour.isPresent() || supply.hasTerms();
    }

    public Pool withMaxNodes(Figure changed) {
        return changed(changed, rentUsdPerGpuHour, site, powerUsageEffectiveness, supply);
    }

    /** @param changed absent where nothing is for rent any more */
    public Pool withRent(Optional<Figure> changed) {
        return changed(maxNodes, changed, site, powerUsageEffectiveness, supply);
    }

    public Pool withSite(Site changed) {
        return withSite(Optional.of(changed));
    }

    public Pool withSite(Optional<Site> changed) {
        return changed(maxNodes, rentUsdPerGpuHour, changed, powerUsageEffectiveness, supply);
    }

    public Pool withPowerUsageEffectiveness(Figure changed) {
        return changed(maxNodes, rentUsdPerGpuHour, site, changed, supply);
    }

    public Pool withSupply(Supply changed) {
        return changed(maxNodes, rentUsdPerGpuHour, site, powerUsageEffectiveness, changed);
    }

    public Pool withSpare(Optional<Figure> changed) {
        return new Pool(
                name,
                node,
                maxNodes,
                ownNodes,
                rentUsdPerGpuHour,
                granularityNodes,
                network,
                site,
                powerUsageEffectiveness,
                supply,
                changed);
    }

    /** @param changed as many GPUs of the same kind, so that counts of nodes keep their meaning */
    public Pool withNode(Node changed) {
        return new Pool(
                name,
                changed,
                maxNodes,
                ownNodes,
                rentUsdPerGpuHour,
                granularityNodes,
                network,
                site,
                powerUsageEffectiveness,
                supply,
                spare);
    }

    private Pool changed(
            Figure otherMaxNodes,
            Optional<Figure> otherRent,
            Optional<Site> otherSite,
            Figure otherEffectiveness,
            Supply otherSupply) {
        return new Pool(
                name,
                node,
                otherMaxNodes,
                ownNodes,
                otherRent,
                granularityNodes,
                network,
                otherSite,
                otherEffectiveness,
                otherSupply,
                spare);
    }
}
