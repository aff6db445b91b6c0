package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.PlanAnswer.Conflict;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;

/**
 * Shows by brute force that the limits of a conflict exclude each other, and that each of them is needed for it.
 * The scenario's other limits are dropped. Order, release and granularity stay; so do pool sizes that the conflict names.
 * A need that would only show with more nodes than can be enumerated is not judged.
 */
final class ConflictProof {
    private ConflictProof() {}

    static void check(Scenario scenario, Conflict conflict) {
        Set<String> named = new TreeSet<>(conflict.limits());
        assertThat(terms(scenario)).as("terms that a conflict may name").containsAll(named);
        assertThat(BruteForce.best(keeping(scenario, named, Set.of())))
                .as("best plan that keeps no limit but %s", named)
                .isEmpty();
        if (!conflict.minimal()) {
            return;
        }
        for (String dropped : named) {
            if (dropped.endsWith(".max")) {
                continue; // a pool without end cannot be enumerated
            }
            Set<String> rest = new TreeSet<>(named);
            rest.remove(dropped);
            Scenario left = keeping(scenario, rest, droppedSpreads(scenario, rest));
            // Pool maxima that are not named do not count; lifting them a little may already show a plan.
            boolean possible = BruteForce.best(left).isPresent()
                    || BruteForce.best(lifting(left, named)).isPresent();
            boolean liftingIsPartial = scenario.pools().stream().anyMatch(pool -> mayBeLifted(pool, named));
            assertThat(possible || liftingIsPartial)
                    .as("best plan once %s is dropped from %s", dropped, named)
                    .isTrue();
        }
    }

    private static Set<String> droppedSpreads(Scenario scenario, Set<String> rest) {
        Set<String> dropped = new TreeSet<>();
        for (Job job : scenario.jobs()) {
            if (!rest.contains(spreadOf(job))) {
                dropped.add(spreadOf(job));
            }
        }
        return dropped;
    }

    private static boolean mayBeLifted(Pool pool, Set<String> named) {
        return pool.rentUsdPerGpuHour().isPresent() && !named.contains("pools." + pool.name() + ".max");
    }

    /** As many nodes again of each rented pool whose maximum is not named. */
    private static Scenario lifting(Scenario scenario, Set<String> named) {
        return scenario.withPools(scenario.pools().stream()
                .map(pool -> mayBeLifted(pool, named) ? doubled(pool) : pool)
                .toList());
    }

    private static Pool doubled(Pool pool) {
        Figure most = pool.maxNodes();
        return pool.withMaxNodes(new Figure(most.value() * 2, most.unit(), most.origin()));
    }

    private static List<String> terms(Scenario scenario) {
        Limits limits = scenario.limits();
        List<String> terms = new ArrayList<>();
        limits.deadlineSeconds().ifPresent(stated -> terms.add("deadline"));
        limits.budgetUsd().ifPresent(stated -> terms.add("budget"));
        limits.powerWatts().ifPresent(stated -> terms.add("power"));
        for (Job job : scenario.jobs()) {
            job.deadlineSeconds().ifPresent(stated -> terms.add(deadlineOf(job)));
            if (job.spread() == Job.Spread.ONE_POOL) {
                terms.add(spreadOf(job));
            }
        }
        for (Pool pool : scenario.pools()) {
            terms.add("pools." + pool.name() + ".max");
            terms.add("pools." + pool.name() + ".granularity");
        }
        return terms;
    }

    private static Scenario keeping(Scenario scenario, Set<String> terms, Set<String> dropped) {
        Limits limits = scenario.limits();
        return scenario.withJobs(scenario.jobs().stream()
                        .map(job -> keeping(job, terms, dropped))
                        .toList())
                .withLimits(new Limits(
                        limits.deadlineSeconds().filter(stated -> terms.contains("deadline")),
                        limits.budgetUsd().filter(stated -> terms.contains("budget")),
                        limits.powerWatts().filter(stated -> terms.contains("power"))));
    }

    private static Job keeping(Job job, Set<String> terms, Set<String> dropped) {
        return job.withDeadline(job.deadlineSeconds().filter(stated -> terms.contains(deadlineOf(job))))
                .withSpread(dropped.contains(spreadOf(job)) ? Job.Spread.DATA_PARALLEL : job.spread());
    }

    private static String deadlineOf(Job job) {
        return "jobs." + job.name() + ".deadline";
    }

    private static String spreadOf(Job job) {
        return "jobs." + job.name() + ".spread";
    }
}
