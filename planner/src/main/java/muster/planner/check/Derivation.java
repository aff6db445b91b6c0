package muster.planner.check;

import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import muster.planner.domain.Job;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;

/**
 * A plan's choice worked out again: who holds what, when, how fast and by which tenure.
 *
 * @param jobs in the scenario's order
 */
record Derivation(Scenario scenario, List<PoolFacts> pools, List<DerivedJob> jobs) {
    /** 34 digits: a division's rounding can never reach a unit of anything counted here. */
    static final MathContext PRECISION = MathContext.DECIMAL128;

    static Derivation of(Scenario scenario, Plan plan) {
        List<PoolFacts> pools = scenario.pools().stream().map(PoolFacts::of).toList();
        int[][] nodes = plan.choice().nodes();
        long[] starts = plan.choice().startMicros();
        // The stated durations order the schedule (JobFigureRules compares them with the exact ones): one job starts
        // at the very microsecond at which another ends, so the last bit of a rounding must not tear them apart.
        long[] ends = new long[starts.length];
        for (int j = 0; j < starts.length; j++) {
            ends[j] = starts[j] + plan.jobs().get(j).durationMicros();
        }
        Tenure tenure = Tenure.of(pools, plan.choice(), ends);
        List<DerivedJob> jobs = new ArrayList<>();
        for (int j = 0; j < starts.length; j++) {
            Job job = scenario.jobs().get(j);
            jobs.add(DerivedJob.of(
                    job,
                    pools,
                    nodes[j],
                    plan.choice().spotNodes()[j],
                    tenure,
                    j,
                    starts[j],
                    ends[j],
                    plan.jobs().get(j)));
        }
        return new Derivation(scenario, pools, List.copyOf(jobs));
    }

    /** Jobs that hold their nodes at that instant; a job holds them up to its end, its end excluded. */
    List<DerivedJob> runningAt(long micros) {
        return jobs.stream()
                .filter(job -> job.startMicros() <= micros && micros < job.endMicros())
                .toList();
    }

    /** The most nodes of a pool busy at once, of those that are counted. */
    int most(int p, ToIntFunction<DerivedJob.Holding> counted) {
        return instants().stream()
                .mapToInt(instant -> runningAt(instant).stream()
                        .mapToInt(job -> counted.applyAsInt(job.holdings().get(p)))
                        .sum())
                .max()
                .orElse(0);
    }

    /** The instants at which anything in use can reach its peak: nothing but a start adds to it. */
    List<Long> instants() {
        return jobs.stream().map(DerivedJob::startMicros).distinct().sorted().toList();
    }
}
