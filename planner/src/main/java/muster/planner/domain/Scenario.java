package muster.planner.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is asked: jobs, the pools within reach, limits and an objective. Readers have checked names, units and ranges.
 *
 * @param file where it was read, as the user named it
 * @param start the date of day 0, where the scenario states one
 * @param objectives minimised in this order, never empty; remaining ties are broken by cost, days, nodes, pool order
 * @param accounting how purchases are charged
 * @param notes what a reader of the plan should know, such as a pool that lacks a job's precision
 */
public record Scenario(
        String title,
        String file,
        Optional<LocalDate> start,
        List<Job> jobs,
        List<Pool> pools,
        Limits limits,
        List<Objective> objectives,
        Accounting accounting,
        long seed,
        List<String> notes) {
    /** A scenario with the default accounting. */
    public Scenario(
            String title,
            String file,
            Optional<LocalDate> start,
            List<Job> jobs,
            List<Pool> pools,
            Limits limits,
            List<Objective> objectives,
            long seed,
            List<String> notes) {
        this(title, file, start, jobs, pools, limits, objectives, Accounting.AMORTISED, seed, notes);
    }

    public Scenario {
        jobs = List.copyOf(jobs);
        pools = List.copyOf(pools);
        objectives = List.copyOf(objectives);
        notes = List.copyOf(notes);
    }

    /** {@return the sites of its pools, each once, in the order of the pools} */
    public List<Site> sites() {
        return pools.stream().flatMap(pool -> pool.site().stream()).distinct().toList();
    }

    public Scenario withAccounting(Accounting changed) {
        return new Scenario(title, file, start, jobs, pools, limits, objectives, changed, seed, notes);
    }

    /** {@return the same scenario with another seed of the search} */
    public Scenario withSeed(long otherSeed) {
        return new Scenario(title, file, start, jobs, pools, limits, objectives, accounting, otherSeed, notes);
    }

    public Scenario withJobs(List<Job> changed) {
        return new Scenario(title, file, start, changed, pools, limits, objectives, accounting, seed, notes);
    }

    public Scenario withPools(List<Pool> changed) {
        return new Scenario(title, file, start, jobs, changed, limits, objectives, accounting, seed, notes);
    }

    public Scenario withLimits(Limits changed) {
        return new Scenario(title, file, start, jobs, pools, changed, objectives, accounting, seed, notes);
    }

    public Scenario withObjectives(List<Objective> changed) {
        return new Scenario(title, file, start, jobs, pools, limits, changed, accounting, seed, notes);
    }
}
