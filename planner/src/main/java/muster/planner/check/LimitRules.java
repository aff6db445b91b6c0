package muster.planner.check;

import java.math.BigDecimal;
import muster.planner.domain.Limits;
import muster.planner.domain.Plan;

/** The scenario's limits, in whole microseconds, micro-dollars and milliwatts. */
final class LimitRules {
    private LimitRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        Limits limits = derivation.scenario().limits();
        limits.deadlineSeconds()
                .ifPresent(deadline -> violations.within(
                        "limit deadline (micros)",
                        BigDecimal.valueOf(plan.totals().finishMicros()),
                        exactFinishMicros(derivation),
                        1,
                        Math.round(deadline.value() * 1e6)));
        limits.budgetUsd()
                .ifPresent(budget -> violations.within(
                        "limit budget (micro-dollars)",
                        // Not microUsd(): it throws on overflow, and a judge has to name the value instead.
                        BigDecimal.valueOf(plan.totals().rentMicroUsd())
                                .add(BigDecimal.valueOf(plan.totals().energyMicroUsd()))
                                .add(BigDecimal.valueOf(plan.totals().capexMicroUsd()))
                                .add(BigDecimal.valueOf(plan.totals().reserveMicroUsd())),
                        exactMicroUsd(derivation),
                        // Rent and energy of every job, purchases and reservations of every pool are rounded on their
                        // own.
                        2 * derivation.jobs().size()
                                + TermCosts.roundings(
                                        termsMicroUsd(derivation),
                                        2 * derivation.pools().size()),
                        Math.round(budget.value() * 1e6)));
        limits.powerWatts()
                .ifPresent(power -> violations.within(
                        "limit power (milliwatts)",
                        BigDecimal.valueOf(plan.totals().peakMilliwatts()),
                        BigDecimal.valueOf(TotalRules.peakMilliwatts(derivation)),
                        0,
                        Math.round(power.value() * 1000)));
        for (int j = 0; j < derivation.jobs().size(); j++) {
            DerivedJob job = derivation.jobs().get(j);
            long statedEnd = plan.jobs().get(j).endMicros();
            job.job()
                    .deadlineSeconds()
                    .ifPresent(deadline -> violations.within(
                            "limit jobs.%s.deadline (micros)"
                                    .formatted(job.job().name()),
                            BigDecimal.valueOf(statedEnd),
                            job.exactEndMicros(),
                            1,
                            Math.round(deadline.value() * 1e6)));
        }
    }

    private static BigDecimal exactFinishMicros(Derivation derivation) {
        return derivation.jobs().stream()
                .map(DerivedJob::exactEndMicros)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal exactMicroUsd(Derivation derivation) {
        return termsMicroUsd(derivation)
                .add(DerivedJob.sum(derivation.jobs().stream()
                        .map(job -> job.rentMicroUsd().add(job.energyMicroUsd()))
                        .toList()));
    }

    private static BigDecimal termsMicroUsd(Derivation derivation) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int p = 0; p < derivation.pools().size(); p++) {
            sum = sum.add(TermCosts.capexMicroUsd(derivation, p)).add(TermCosts.reserveMicroUsd(derivation, p));
        }
        return sum;
    }
}
