package muster.planner.check;

import muster.planner.domain.Plan;

/** Owned nodes come first, in order of start; the rest needs a price to rent at. */
final class TenureRules {
    private TenureRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        for (int j = 0; j < derivation.jobs().size(); j++) {
            DerivedJob job = derivation.jobs().get(j);
            for (DerivedJob.Holding holding : job.holdings()) {
                String where =
                        "%s, pool %s".formatted(job.name(), holding.pool().name());
                if (holding.rentedNodes() > 0
                        && holding.pool().rentMicroUsdPerNodeHour().isEmpty()) {
                    violations.add(
                            "%s, rent: %d of %d nodes would be rented, but the pool has no price to rent at",
                            where, holding.rentedNodes(), holding.nodes());
                }
            }
            for (Plan.PoolShare share : plan.jobs().get(j).pools()) {
                int p = derivation.scenario().pools().indexOf(share.pool());
                violations.equal(
                        "%s, pool %s, owned nodes first"
                                .formatted(job.name(), share.pool().name()),
                        share.ownedNodes(),
                        job.holdings().get(p).ownedNodes());
                String others = "%s, pool %s, bought and reserved nodes"
                        .formatted(job.name(), share.pool().name());
                violations.equal(others, share.boughtNodes() + share.reservedNodes(), 0);
            }
        }
    }
}
