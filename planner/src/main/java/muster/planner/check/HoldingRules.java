package muster.planner.check;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Scenario;

/** What one job may hold, whatever the others do: whole granules, its spread, only pools where it has a rate. */
final class HoldingRules {
    private HoldingRules() {}

    static void check(Scenario scenario, FleetChoice choice, Violations violations) {
        List<PoolFacts> pools = scenario.pools().stream().map(PoolFacts::of).toList();
        int[][] nodes = choice.nodes();
        for (int p = 0; p < pools.size(); p++) {
            checkOffer(
                    pools.get(p),
                    "bought",
                    choice.boughtNodes()[p],
                    pools.get(p).pool().supply().buy(),
                    violations);
            checkOffer(
                    pools.get(p),
                    "reserved",
                    choice.reservedNodes()[p],
                    pools.get(p).pool().supply().reserve(),
                    violations);
        }
        for (int j = 0; j < nodes.length; j++) {
            Job job = scenario.jobs().get(j);
            for (int p = 0; p < pools.size(); p++) {
                checkPool(job, pools.get(p), nodes[j][p], violations);
                checkSpot(job, pools.get(p), nodes[j][p], choice.spotNodes()[j][p], violations);
            }
            if (!violations.any()) {
                Interruptions interruptions = Interruptions.of(pools, choice.spotNodes()[j]);
                // The planner rounds to doubles before it compares.
                BigDecimal most = Interruptions.MOST_OVERHEAD.add(new BigDecimal("1e-12"));
                if (interruptions.overhead().compareTo(most) > 0) {
                    violations.add(
                            "job %s, evictions: overhead %s, at most %s",
                            job.name(), interruptions.overhead(), Interruptions.MOST_OVERHEAD);
                }
            }
            long poolsInUse =
                    Arrays.stream(nodes[j]).filter(count -> count != 0).count();
            if (poolsInUse == 0) {
                violations.add("job %s, rate: holds no nodes, needs at least one", job.name());
            }
            if (job.spread() == Job.Spread.ONE_POOL && poolsInUse > 1) {
                violations.add(
                        "job %s, spread: stated %d pools, allowed %s",
                        job.name(), poolsInUse, job.spread().key());
            }
        }
    }

    private static void checkOffer(PoolFacts pool, String how, int nodes, Optional<?> offer, Violations violations) {
        if (nodes < 0 || nodes > 0 && offer.isEmpty()) {
            violations.add(
                    "pool %s, %s: %d nodes, offered %s", pool.name(), how, nodes, offer.isPresent() ? "any" : "none");
        }
    }

    private static void checkSpot(Job job, PoolFacts pool, int nodes, int spot, Violations violations) {
        String where = "job %s, pool %s".formatted(job.name(), pool.name());
        boolean offered = pool.pool().supply().spot().isPresent();
        if (spot < 0 || spot > nodes || spot > 0 && !offered) {
            violations.add("%s, spot: %d of %d nodes, offered %s", where, spot, nodes, offered ? "any" : "none");
        }
        if (spot % pool.granularityNodes() != 0) {
            violations.add(
                    "%s, granularity of spot: stated %d nodes, multiples of %d", where, spot, pool.granularityNodes());
        }
    }

    private static void checkPool(Job job, PoolFacts pool, int nodes, Violations violations) {
        String where = "job %s, pool %s".formatted(job.name(), pool.name());
        if (nodes == 0) {
            return;
        }
        if (nodes < 0) {
            violations.add("%s, nodes: stated %d, least 0", where, nodes);
        }
        if (nodes > pool.maxNodes()) {
            violations.add("%s, capacity: stated %d nodes, max %d", where, nodes, pool.maxNodes());
        }
        if (nodes % pool.granularityNodes() != 0) {
            violations.add("%s, granularity: stated %d nodes, multiples of %d", where, nodes, pool.granularityNodes());
        }
        if (pool.spareNodes(nodes) == nodes) {
            violations.add("%s, spare nodes: all of %d nodes are spare, at least one computes", where, nodes);
        }
        if (!job.runsOn(pool.pool())) {
            violations.add("%s, rate: stated %d nodes, no rate there", where, nodes);
        } else if (job.measured().containsKey(pool.name())
                && job.measured().get(pool.name()).value() <= 0) {
            violations.add(
                    "%s, rate: stated %d nodes, rate %s",
                    where, nodes, job.measured().get(pool.name()).value());
        }
    }
}
