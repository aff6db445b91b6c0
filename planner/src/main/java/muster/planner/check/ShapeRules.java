package muster.planner.check;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;

/** A plan speaks of the scenario's own jobs and pools, in their order, and repeats its choice faithfully. */
final class ShapeRules {
    /** Far beyond any schedule, and small enough that ends cannot overflow. */
    private static final long MOST_MICROS = Long.MAX_VALUE / 4;

    private ShapeRules() {}

    static void check(Scenario scenario, Plan plan, Violations violations) {
        FleetChoice choice = plan.choice();
        int jobs = scenario.jobs().size();
        violations.equal("plan, jobs of the choice", choice.nodes().length, jobs);
        violations.equal("plan, starts of the choice", choice.startMicros().length, jobs);
        violations.equal("plan, jobs", plan.jobs().size(), jobs);
        int pools = scenario.pools().size();
        violations.equal("plan, bought nodes of the choice", choice.boughtNodes().length, pools);
        violations.equal("plan, reserved nodes of the choice", choice.reservedNodes().length, pools);
        violations.equal("plan, jobs of the choice with spot nodes", choice.spotNodes().length, jobs);
        for (int[] row : choice.spotNodes()) {
            violations.equal("plan, pools of the choice with spot nodes", row.length, pools);
        }
        for (int[] row : choice.nodes()) {
            violations.equal(
                    "plan, pools of the choice", row.length, scenario.pools().size());
        }
        if (violations.any()) {
            return;
        }
        for (int j = 0; j < jobs; j++) {
            checkJob(scenario, plan, j, violations);
        }
    }

    private static void checkJob(Scenario scenario, Plan plan, int j, Violations violations) {
        Job job = scenario.jobs().get(j);
        Plan.JobPlan stated = plan.jobs().get(j);
        String name = "job " + job.name();
        if (!stated.job().equals(job)) {
            violations.add("%s, job of the plan: %s is not the scenario's", name, stated.job());
        }
        violations.equal(name + ", start (micros) of the choice", plan.choice().startMicros()[j], stated.startMicros());
        requireRepresentable(name + ", start (micros)", stated.startMicros(), violations);
        requireRepresentable(name + ", duration (micros)", stated.durationMicros(), violations);

        int[] nodes = plan.choice().nodes()[j];
        List<String> chosen = new ArrayList<>();
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] != 0) {
                chosen.add(nodes[p] + " × " + scenario.pools().get(p).name());
            }
        }
        List<String> shares = stated.pools().stream()
                .map(share -> share.nodes() + " × " + share.pool().name())
                .toList();
        violations.equal(name + ", pools in use", shares, chosen);
        for (Plan.PoolShare share : stated.pools()) {
            if (!scenario.pools().contains(share.pool())) {
                violations.add("%s, pool of the plan: %s is none of the scenario's", name, share.pool());
            }
            violations.equal(
                    "%s, pool %s, spare nodes".formatted(name, share.pool().name()),
                    share.spareNodes(),
                    PoolFacts.of(share.pool()).spareNodes(share.nodes()));
        }
    }

    private static void requireRepresentable(String rule, long micros, Violations violations) {
        if (micros < 0 || micros > MOST_MICROS) {
            violations.add("%s: stated %d, possible 0 to %d", rule, micros, MOST_MICROS);
        }
    }
}
