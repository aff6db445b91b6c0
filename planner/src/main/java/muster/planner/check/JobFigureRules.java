package muster.planner.check;

import java.math.BigDecimal;
import muster.planner.domain.Plan;

/** Every figure of every job: duration, rates, GPU-hours, rent, energy, shares of its pools. */
final class JobFigureRules {
    private static final BigDecimal MICROS_PER_HOUR = new BigDecimal("3600e6");

    private JobFigureRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        for (int j = 0; j < derivation.jobs().size(); j++) {
            DerivedJob job = derivation.jobs().get(j);
            Plan.JobPlan stated = plan.jobs().get(j);
            String name = job.name();
            violations.near(
                    name + ", duration (micros)",
                    stated.durationMicros(),
                    job.seconds().movePointRight(6),
                    1);
            violations.close(
                    name + ", tokens per second", stated.tokensPerSecond(), job.tokensPerSecond(), BigDecimal.ZERO);
            violations.close(name + ", GPU-hours", stated.gpuHours(), job.gpuHours(), gpuHourSlack(job));
            violations.near(name + ", rent (micro-dollars)", stated.rentMicroUsd(), job.rentMicroUsd(), 1);
            violations.near(name + ", spot rent (micro-dollars)", stated.spotMicroUsd(), job.spotMicroUsd(), 1);
            checkInterruption(job, stated, violations);
            violations.near(name + ", energy (micro-dollars)", stated.energyMicroUsd(), job.energyMicroUsd(), 1);
            // A share is the difference of two rounded sums, for purchases and reservations of each pool.
            BigDecimal shared = TermCosts.shareMicroUsd(derivation, job);
            violations.near(
                    name + ", shared costs (micro-dollars)",
                    stated.sharedMicroUsd(),
                    shared,
                    TermCosts.roundings(shared, 4 * derivation.pools().size()));
            for (Plan.PoolShare share : stated.pools()) {
                checkShare(derivation, job, share, violations);
            }
        }
    }

    private static void checkInterruption(DerivedJob job, Plan.JobPlan stated, Violations violations) {
        boolean spot = job.holdings().stream().anyMatch(holding -> holding.spotNodes() > 0);
        violations.equal(
                job.name() + ", may be interrupted", stated.interruption().isPresent(), spot);
        stated.interruption().ifPresent(interruption -> {
            violations.close(
                    job.name() + ", evictions per hour",
                    interruption.evictionsPerHour(),
                    job.interruptions().perHour(),
                    BigDecimal.ZERO);
            violations.close(
                    job.name() + ", overhead of interruptions",
                    interruption.overheadFraction(),
                    job.interruptions().overhead(),
                    BigDecimal.ZERO);
        });
    }

    private static void checkShare(Derivation derivation, DerivedJob job, Plan.PoolShare share, Violations violations) {
        int p = derivation.scenario().pools().indexOf(share.pool());
        BigDecimal rate = job.holdings().get(p).tokensPerSecond();
        String where = "%s, pool %s".formatted(job.name(), share.pool().name());
        violations.close(where + ", tokens per second", share.tokensPerSecond(), rate, BigDecimal.ZERO);
        violations.close(
                where + ", share of tokens",
                share.shareFraction(),
                rate.divide(job.tokensPerSecond(), Derivation.PRECISION),
                BigDecimal.ZERO);
    }

    /** GPU-hours may be taken from the duration once it is rounded, which on a job of seconds exceeds 1e-9. */
    static BigDecimal gpuHourSlack(DerivedJob job) {
        return BigDecimal.valueOf(job.gpus()).divide(MICROS_PER_HOUR, Derivation.PRECISION);
    }
}
