package muster.planner.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import muster.planner.check.DerivedJob.Holding;
import muster.planner.domain.Plan;

/** Totals are the sums and peaks of what the jobs state, and of what is derived for them. */
final class TotalRules {
    private TotalRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        Plan.Totals totals = plan.totals();
        List<Plan.JobPlan> jobs = plan.jobs();
        int terms = jobs.size();
        violations.equal(
                "totals, rent (micro-dollars) against the jobs",
                BigDecimal.valueOf(totals.rentMicroUsd()),
                sum(jobs, job -> BigDecimal.valueOf(job.rentMicroUsd())));
        violations.equal(
                "totals, spot rent (micro-dollars) against the jobs",
                BigDecimal.valueOf(totals.spotMicroUsd()),
                sum(jobs, job -> BigDecimal.valueOf(job.spotMicroUsd())));
        violations.equal(
                "totals, energy (micro-dollars) against the jobs",
                BigDecimal.valueOf(totals.energyMicroUsd()),
                sum(jobs, job -> BigDecimal.valueOf(job.energyMicroUsd())));
        checkTerms(derivation, plan, violations);
        violations.equal(
                "totals, finish (micros)",
                totals.finishMicros(),
                derivation.jobs().stream()
                        .mapToLong(DerivedJob::endMicros)
                        .max()
                        .orElse(0));
        violations.close(
                "totals, GPU-hours",
                totals.gpuHours(),
                sum(derivation.jobs(), DerivedJob::gpuHours),
                sum(derivation.jobs(), JobFigureRules::gpuHourSlack));
        violations.near(
                "totals, energy (joules)",
                totals.energyJoules(),
                sum(derivation.jobs(), DerivedJob::energyJoules),
                terms);
        violations.equal("totals, peak (milliwatts)", totals.peakMilliwatts(), peakMilliwatts(derivation));
        violations.equal("totals, owned energy priced", totals.energyPriced(), ownedEnergyPriced(derivation));
        checkCarbon(derivation, totals, violations);
    }

    private static void checkTerms(Derivation derivation, Plan plan, Violations violations) {
        BigDecimal capex = BigDecimal.ZERO;
        BigDecimal reserve = BigDecimal.ZERO;
        for (int p = 0; p < derivation.pools().size(); p++) {
            capex = capex.add(TermCosts.capexMicroUsd(derivation, p));
            reserve = reserve.add(TermCosts.reserveMicroUsd(derivation, p));
        }
        Plan.Totals totals = plan.totals();
        int pools = derivation.pools().size();
        violations.near(
                "totals, purchases (micro-dollars)", totals.capexMicroUsd(), capex, TermCosts.roundings(capex, pools));
        violations.near(
                "totals, reservations (micro-dollars)",
                totals.reserveMicroUsd(),
                reserve,
                TermCosts.roundings(reserve, pools));
        violations.equal(
                "totals, purchases and reservations (micro-dollars) against the jobs",
                BigDecimal.valueOf(totals.capexMicroUsd()).add(BigDecimal.valueOf(totals.reserveMicroUsd())),
                sum(plan.jobs(), job -> BigDecimal.valueOf(job.sharedMicroUsd())));
    }

    static long peakMilliwatts(Derivation derivation) {
        return derivation.instants().stream()
                .mapToLong(instant -> derivation.runningAt(instant).stream()
                        .mapToLong(DerivedJob::milliwatts)
                        .sum())
                .max()
                .orElse(0);
    }

    private static void checkCarbon(Derivation derivation, Plan.Totals totals, Violations violations) {
        boolean known = holdings(derivation).stream()
                .allMatch(holding -> holding.nodes() == 0
                        || holding.pool().gramsPerNodeHour().isPresent());
        violations.equal(
                "totals, carbon known of every pool in use",
                totals.carbonGrams().isPresent(),
                known);
        if (known && totals.carbonGrams().isPresent()) {
            violations.near(
                    "totals, carbon (grams)",
                    totals.carbonGrams().getAsLong(),
                    sum(derivation.jobs(), DerivedJob::carbonGrams),
                    derivation.jobs().size());
        }
    }

    private static boolean ownedEnergyPriced(Derivation derivation) {
        return holdings(derivation).stream()
                .allMatch(holding -> holding.ownedNodes() + holding.boughtNodes() == 0
                        || holding.pool().energyMicroUsdPerNodeHour().isPresent());
    }

    private static List<Holding> holdings(Derivation derivation) {
        return derivation.jobs().stream()
                .flatMap(job -> job.holdings().stream())
                .toList();
    }

    private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> term) {
        return DerivedJob.sum(parts.stream().map(term).toList());
    }
}
