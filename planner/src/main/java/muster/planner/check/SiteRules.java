package muster.planner.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import muster.planner.domain.Plan;
import muster.planner.domain.Site;

/** What sites have room for: power of the nodes busy at once, racks for the most nodes of each pool. */
final class SiteRules {
    private SiteRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        List<Site> capped = derivation.pools().stream()
                .flatMap(pool -> pool.pool().site().stream())
                .filter(site -> !site.caps().equals(Site.Caps.NONE))
                .distinct()
                .toList();
        List<Plan.SiteUse> derived = capped.stream()
                .map(site -> new Plan.SiteUse(site, peakMilliwatts(derivation, site), racks(derivation, site)))
                .toList();
        violations.equal("sites, use", plan.sites(), derived);
        for (Plan.SiteUse use : derived) {
            String name = use.site().name();
            use.site().caps().powerWatts().ifPresent(power -> {
                if (use.peakMilliwatts() > Math.round(power.value() * 1000)) {
                    violations.add(
                            "limit sites.%s.power: %d milliwatts, at most %s W",
                            name, use.peakMilliwatts(), power.value());
                }
            });
            use.site().caps().racks().ifPresent(racks -> {
                if (use.racks() > racks.asInt()) {
                    violations.add("limit sites.%s.racks: %d, at most %d", name, use.racks(), racks.asInt());
                }
            });
        }
    }

    private static long peakMilliwatts(Derivation derivation, Site site) {
        return derivation.instants().stream()
                .mapToLong(instant -> derivation.runningAt(instant).stream()
                        .flatMap(job -> job.holdings().stream())
                        .filter(holding -> holding.pool().pool().site().equals(Optional.of(site)))
                        .mapToLong(DerivedJob.Holding::milliwatts)
                        .sum())
                .max()
                .orElse(0);
    }

    private static long racks(Derivation derivation, Site site) {
        if (site.caps().rackWatts().isEmpty()) {
            return 0;
        }
        long rackMilliwatts = Math.round(1e3 * site.caps().rackWatts().get().value());
        return IntStream.range(0, derivation.pools().size())
                .filter(p -> derivation.pools().get(p).pool().site().equals(Optional.of(site)))
                .mapToLong(p -> {
                    long nodeMilliwatts = Math.round(1e3
                            * derivation
                                    .pools()
                                    .get(p)
                                    .pool()
                                    .node()
                                    .trainingPowerWatts()
                                    .value());
                    long perRack = rackMilliwatts / nodeMilliwatts;
                    long nodes = derivation.most(p, DerivedJob.Holding::nodes);
                    // Where no rack takes a node no number of racks is enough; half of the largest long can be summed
                    // up.
                    return perRack > 0 ? Math.ceilDiv(nodes, perRack) : nodes == 0 ? 0L : Long.MAX_VALUE / 2;
                })
                .reduce(0, (sum, racks) -> Math.min(sum + racks, Long.MAX_VALUE / 2));
    }
}
