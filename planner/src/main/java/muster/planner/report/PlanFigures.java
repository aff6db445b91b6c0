package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Bound;
import muster.planner.domain.PlanAnswer.Computed;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.PlanAnswer.Run;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/**
 * Finds figures of a plan by their path in its JSON; list items are addressed by name: {@code totals.usd},
 * {@code limits.power.slack}, {@code fleet.h800.nodes} (owned and rented together), or {@code gap} for short.
 */
public final class PlanFigures {
    private PlanFigures() {}

    /** {@return what stands at the path in an answer to this scenario, its value aside; empty if nothing ever does} */
    public static Optional<PlanFigure> expected(Scenario scenario, String path) {
        return JsonFigures.at(PlanJson.tree(everythingAtZero(scenario)), spelled(path));
    }

    /** {@return the figure at the path; a pool that the plan does not use counts 0} */
    public static Optional<PlanFigure> find(PlanAnswer answer, String path) {
        return JsonFigures.at(PlanJson.tree(answer), spelled(path)).or(() -> expected(answer.scenario(), path));
    }

    private static String spelled(String path) {
        return path.equals("gap") ? "bound.gapPercent" : path;
    }

    /** An answer with every row that any answer to the scenario may have. */
    private static PlanAnswer everythingAtZero(Scenario scenario) {
        int jobCount = scenario.jobs().size();
        int poolCount = scenario.pools().size();
        List<Plan.PoolShare> shares = scenario.pools().stream()
                .map(pool -> new Plan.PoolShare(pool, 0, 0, 0, 0, Optional.empty()))
                .toList();
        Plan plan = new Plan(
                new FleetChoice(new int[jobCount][poolCount], new long[jobCount]),
                scenario.jobs().stream()
                        .map(job -> new Plan.JobPlan(job, 0, 0, 0, 0, 0, 0, shares, Optional.empty()))
                        .toList(),
                scenario.pools().stream()
                        .map(pool -> new Plan.FleetRow(pool, Acquisition.RENT, 0, 0))
                        .toList(),
                List.of(),
                new Plan.Totals(0, 0, 0, 0, 0, OptionalLong.of(0), 0, true));
        return new PlanAnswer(
                scenario,
                Status.FEASIBLE,
                Optional.of(plan),
                Optional.of(new Bound(0, "")),
                limits(scenario),
                Optional.empty(),
                List.of(),
                new Run(0, 0, 0, 0, 0, true, false, "", OptionalDouble.empty(), new Computed("", 0, "")));
    }

    private static List<LimitUse> limits(Scenario scenario) {
        List<LimitUse> limits = new ArrayList<>();
        scenario.limits().deadlineSeconds().ifPresent(stated -> limits.add(new LimitUse("deadline", 0, 0, "d", false)));
        scenario.limits().budgetUsd().ifPresent(stated -> limits.add(new LimitUse("budget", 0, 0, "USD", false)));
        scenario.limits().powerWatts().ifPresent(stated -> limits.add(new LimitUse("power", 0, 0, "W", false)));
        scenario.jobs().stream()
                .filter(job -> job.deadlineSeconds().isPresent())
                .forEach(job -> limits.add(new LimitUse("jobs." + job.name() + ".deadline", 0, 0, "d", false)));
        for (Site site : scenario.sites()) {
            String path = "sites." + site.name();
            site.caps().powerWatts().ifPresent(stated -> limits.add(new LimitUse(path + ".power", 0, 0, "W", false)));
            site.caps().racks().ifPresent(stated -> limits.add(new LimitUse(path + ".racks", 0, 0, "racks", false)));
        }
        return limits;
    }
}
