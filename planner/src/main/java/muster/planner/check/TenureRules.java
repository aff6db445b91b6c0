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
                DerivedJob.Holding holding = job.holdings().get(p);
                String where =
                        "%s, pool %s, ".formatted(job.name(), share.pool().name());
                violations.equal(where + "owned nodes first", share.ownedNodes(), holding.ownedNodes());
                violations.equal(where + "then bought nodes", share.boughtNodes(), holding.boughtNodes());
                violations.equal(where + "then reserved nodes", share.reservedNodes(), holding.reservedNodes());
                violations.equal(where + "spot nodes of the choice", share.spotNodes(), holding.spotNodes());
            }
        }
        for (int p = 0; p < derivation.pools().size(); p++) {
            checkTerms(derivation, plan, p, violations);
        }
    }

    /** As many as are ever busy at once, and only where the pool offers them. */
    private static void checkTerms(Derivation derivation, Plan plan, int p, Violations violations) {
        PoolFacts pool = derivation.pools().get(p);
        String where = "pool %s, ".formatted(pool.name());
        int bought = plan.choice().boughtNodes()[p];
        int reserved = plan.choice().reservedNodes()[p];
        violations.equal(where + "bought nodes", bought, derivation.most(p, DerivedJob.Holding::boughtNodes));
        violations.equal(where + "reserved nodes", reserved, derivation.most(p, DerivedJob.Holding::reservedNodes));
    }
}
