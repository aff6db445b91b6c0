package muster.planner;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/** What a plan uses of each limit that its scenario states, in the units that reports name. */
final class LimitUses {
    private LimitUses() {}

    /** A limit and how much of it is used, both in {@code unit}. */
    record Use(Term term, double limit, double value, String unit) {}

    static List<Use> of(Plan plan, Scenario scenario) {
        List<Use> uses = new ArrayList<>();
        Plan.Totals totals = plan.totals();
        scenario.limits()
                .deadlineSeconds()
                .ifPresent(limit -> uses.add(
                        new Use(new Term.Deadline(), limit.value() / 86_400, totals.finishMicros() / 86_400e6, "d")));
        scenario.limits()
                .budgetUsd()
                .ifPresent(
                        limit -> uses.add(new Use(new Term.Budget(), limit.value(), totals.microUsd() / 1e6, "USD")));
        scenario.limits()
                .powerWatts()
                .ifPresent(limit ->
                        uses.add(new Use(new Term.Power(), limit.value(), totals.peakMilliwatts() / 1e3, "W")));
        for (Plan.JobPlan job : plan.jobs()) {
            job.job()
                    .deadlineSeconds()
                    .ifPresent(limit -> uses.add(new Use(
                            new Term.JobDeadline(job.job().name()),
                            limit.value() / 86_400,
                            job.endMicros() / 86_400e6,
                            "d")));
        }
        for (Plan.SiteUse use : plan.sites()) {
            Site site = use.site();
            site.caps()
                    .powerWatts()
                    .ifPresent(limit -> uses.add(
                            new Use(new Term.SitePower(site.name()), limit.value(), use.peakMilliwatts() / 1e3, "W")));
            site.caps()
                    .racks()
                    .ifPresent(limit ->
                            uses.add(new Use(new Term.SiteRacks(site.name()), limit.value(), use.racks(), "racks")));
        }
        return uses;
    }
}
