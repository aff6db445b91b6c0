package muster.planner.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When jobs may run: starts, release, precedence, and at no instant more nodes than a pool has. */
final class ScheduleRules {
    private ScheduleRules() {}

    static void check(Derivation derivation, Violations violations) {
        for (DerivedJob job : derivation.jobs()) {
            checkStart(derivation, job, violations);
        }
        for (long instant : derivation.instants()) {
            checkCapacity(derivation, instant, violations);
        }
    }

    private static void checkStart(Derivation derivation, DerivedJob job, Violations violations) {
        long start = job.startMicros();
        long release = job.job()
                .releaseSeconds()
                .map(seconds -> Math.round(seconds.value() * 1e6))
                .orElse(0L);
        if (start < release) {
            violations.add("%s, release: stated start %d micros, release %d", job.name(), start, release);
        }
        List<DerivedJob> others =
                derivation.jobs().stream().filter(other -> other != job).toList();
        List<Long> dates = job.holdings().stream()
                .filter(holding -> holding.nodes() > 0)
                .flatMap(holding -> holding.pool().dates().stream())
                .toList();
        if (start != release
                && !dates.contains(start)
                && others.stream().noneMatch(other -> other.endMicros() == start)) {
            violations.add(
                    "%s, start: stated %d micros, possible its release %d%s or the end of another job: %s",
                    job.name(),
                    start,
                    release,
                    dates.isEmpty() ? "" : ", a date of its nodes",
                    Stream.concat(dates.stream(), others.stream().map(DerivedJob::endMicros))
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")));
        }
        for (DerivedJob other : others) {
            if (job.job().after().contains(other.job().name()) && start < other.endMicros()) {
                violations.add(
                        "%s, after %s: stated start %d micros, earliest %d",
                        job.name(), other.job().name(), start, other.endMicros());
            }
        }
    }

    private static void checkCapacity(Derivation derivation, long instant, Violations violations) {
        List<DerivedJob> running = derivation.runningAt(instant);
        for (int p = 0; p < derivation.pools().size(); p++) {
            PoolFacts pool = derivation.pools().get(p);
            int index = p;
            long busy = running.stream()
                    .mapToLong(job -> job.holdings().get(index).nodes())
                    .sum();
            if (busy > pool.nodesAt(instant)) {
                violations.add(
                        "pool %s, capacity at %d micros: %d nodes busy (%s), max %d",
                        pool.name(),
                        instant,
                        busy,
                        running.stream().map(DerivedJob::name).collect(Collectors.joining(", ")),
                        pool.nodesAt(instant));
            }
        }
    }
}
