package muster.planner;

import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/**
 * A limit that can be loosened by one step of a size that people think in.
 *
 * @param limit as stated, in {@code unit}
 * @param unit d, USD, W, racks or nodes
 * @param step in {@code unit}
 * @param stepName what the step is called: {@code d}, {@code MW}
 */
record Loosening(Term term, double limit, String unit, double step, String stepName) {
    private static final double SECONDS_PER_DAY = 86_400;

    /** {@return the loosening of a term; empty for one that is no number} */
    static Optional<Loosening> of(Term term, Scenario scenario) {
        Limits limits = scenario.limits();
        return switch (term) {
            case Term.Deadline deadline -> limits.deadlineSeconds().map(limit -> time(term, limit));
            case Term.JobDeadline deadline ->
                job(scenario, deadline.job()).deadlineSeconds().map(limit -> time(term, limit));
            case Term.Budget budget ->
                limits.budgetUsd().map(limit -> prefixed(term, limit.value(), "USD", " USD", 1e6, "M"));
            case Term.Power power ->
                limits.powerWatts().map(limit -> prefixed(term, limit.value(), "W", "W", 1e6, "M"));
            case Term.MostNodes most -> {
                Pool pool = pool(scenario, most.pool());
                int step = pool.granularityNodes().asInt();
                yield Optional.of(new Loosening(
                        term, pool.maxNodes().value(), "nodes", step, step == 1 ? "node" : step + " nodes"));
            }
            case Term.SitePower power ->
                caps(scenario, power.site())
                        .powerWatts()
                        .map(limit -> prefixed(term, limit.value(), "W", "W", 1e6, "M"));
            case Term.SiteRacks racks ->
                caps(scenario, racks.site())
                        .racks()
                        .map(limit -> new Loosening(term, limit.value(), "racks", 1, "rack"));
            case Term.OnePool onePool -> Optional.empty();
            case Term.Available available -> Optional.empty();
        };
    }

    private static Loosening time(Term term, Figure limit) {
        double days = limit.value() / SECONDS_PER_DAY;
        return days >= 1 ? new Loosening(term, days, "d", 1, "d") : new Loosening(term, days, "d", 1.0 / 24, "h");
    }

    /** A step of a million where the limit is as large, else of a thousand, else of one. */
    private static Loosening prefixed(
            Term term, double limit, String unit, String symbol, double million, String prefix) {
        if (limit >= million) {
            return new Loosening(term, limit, unit, million, prefix + symbol);
        }
        return limit >= 1e3
                ? new Loosening(term, limit, unit, 1e3, "k" + symbol)
                : new Loosening(term, limit, unit, 1, symbol.strip());
    }

    /** {@return the scenario with one step more} */
    Scenario loosened(Scenario scenario) {
        return at(scenario, limit + step);
    }

    /** {@return the scenario with the limit at a value in {@link #unit}} */
    Scenario at(Scenario scenario, double value) {
        Limits limits = scenario.limits();
        return switch (term) {
            case Term.Deadline deadline ->
                scenario.withLimits(new Limits(
                        Optional.of(WhatIfs.figure(value * SECONDS_PER_DAY, BaseUnit.SECONDS)),
                        limits.budgetUsd(),
                        limits.powerWatts()));
            case Term.JobDeadline deadline -> deadline.with(scenario, value * SECONDS_PER_DAY);
            case Term.Budget budget ->
                scenario.withLimits(new Limits(
                        limits.deadlineSeconds(),
                        Optional.of(WhatIfs.figure(value, BaseUnit.USD)),
                        limits.powerWatts()));
            case Term.Power power -> power.with(scenario, Optional.of(WhatIfs.figure(value, BaseUnit.WATTS)));
            case Term.MostNodes most -> most.with(scenario, (int) Math.round(value));
            case Term.SitePower power -> power.with(scenario, Optional.of(WhatIfs.figure(value, BaseUnit.WATTS)));
            case Term.SiteRacks racks ->
                racks.with(scenario, Optional.of(WhatIfs.figure(Math.rint(value), BaseUnit.COUNT)));
            case Term.OnePool onePool -> throw new IllegalStateException("One pool is no number.");
            case Term.Available available -> throw new IllegalStateException("Dates of nodes are no number.");
        };
    }

    private static Job job(Scenario scenario, String name) {
        return scenario.jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Site.Caps caps(Scenario scenario, String name) {
        return scenario.sites().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow()
                .caps();
    }

    private static Pool pool(Scenario scenario, String name) {
        return scenario.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
