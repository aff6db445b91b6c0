package muster.planner.domain;

import java.util.Optional;

/**
 * Identical nodes that a scenario may use, at one site, on stated terms.
 *
 * @param maxNodes owned and other nodes together
 * @param ownNodes nodes already owned, at most {@code maxNodes}; they carry no rent
 * @param rentUsdPerGpuHour on-demand rent, energy, space and network included; absent where nothing is for rent
 * @param granularityNodes a job takes nodes of this pool in multiples of this count
 * @param site where it stands; absent means the default PUE, no energy price and no grid intensity
 */
public record Pool(
        String name,
        Node node,
        Figure maxNodes,
        Figure ownNodes,
        Optional<Figure> rentUsdPerGpuHour,
        Figure granularityNodes,
        Optional<Site> site,
        Figure powerUsageEffectiveness) {
    public Pool withMaxNodes(Figure changed) {
        return new Pool(
                name, node, changed, ownNodes, rentUsdPerGpuHour, granularityNodes, site, powerUsageEffectiveness);
    }
}
