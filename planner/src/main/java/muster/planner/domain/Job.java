package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Work to do with a model.
 *
 * @param after names of jobs that must end before this one starts
 * @param releaseSeconds earliest start, from the scenario's start; absent means 0
 * @param deadlineSeconds latest end of this job, from the scenario's start
 * @param measured stated rate per GPU by pool name; it replaces the performance model there
 * @param modelled names of the pools whose rate the performance model gives; a pool in neither cannot run the job
 * @param priority at least 1; of jobs that may change places the one with more starts earlier, and is given up later
 */
public record Job(
        String name,
        Model model,
        Work work,
        Precision precision,
        Stack stack,
        List<String> after,
        Optional<Figure> releaseSeconds,
        Optional<Figure> deadlineSeconds,
        Spread spread,
        Map<String, Figure> measured,
        Set<String> modelled,
        int priority) {
    /** That of a job that states none. */
    public static final int DEFAULT_PRIORITY = 1;

    /** The performance model gives no job more nodes of one pool: more than any published run had. */
    public static final int MOST_MODELLED_NODES = 4_096;

    /** Over how many pools a job may stretch. */
    public enum Spread {
        ONE_POOL("one-pool"),
        DATA_PARALLEL("data-parallel");

        private final String key;

        Spread(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    public Job {
        after = List.copyOf(after);
        measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
        modelled = Collections.unmodifiableSet(new LinkedHashSet<>(modelled));
    }

    /** A job that trains. */
    public Job(
            String name,
            Model model,
            Figure tokens,
            Figure sequenceTokens,
            Figure batchSequences,
            Precision precision,
            Stack stack,
            List<String> after,
            Optional<Figure> releaseSeconds,
            Optional<Figure> deadlineSeconds,
            Spread spread,
            Map<String, Figure> measured,
            Set<String> modelled) {
        this(
                name,
                model,
                new Work.Training(tokens, sequenceTokens, batchSequences),
                precision,
                stack,
                after,
                releaseSeconds,
                deadlineSeconds,
                spread,
                measured,
                modelled,
                DEFAULT_PRIORITY);
    }

    /** {@return a job outside any scenario: it waits for none, has no deadline and names no pools} */
    public static Job alone(
            String name,
            Model model,
            Figure tokens,
            Figure sequenceTokens,
            Figure batchSequences,
            Precision precision,
            Stack stack) {
        return new Job(
                name,
                model,
                tokens,
                sequenceTokens,
                batchSequences,
                precision,
                stack,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Spread.ONE_POOL,
                Map.of(),
                Set.of());
    }

    /** {@return whether the pool can run the job, by a stated rate or by the performance model} */
    public boolean runsOn(Pool pool) {
        return measured.containsKey(pool.name()) || modelled.contains(pool.name());
    }

    /** {@return the tokens that its rate counts} */
    public Figure tokens() {
        return work.tokens();
    }

    /**
     * {@return what a job that trains has to do}
     *
     * @throws IllegalStateException for any other job: steps, batches and sequences are training's
     */
    public Work.Training training() {
        if (work instanceof Work.Training training) {
            return training;
        }
        throw new IllegalStateException("Job %s does not train: its kind is %s.".formatted(name, work.kind()));
    }

    public Job withWork(Work changed) {
        return changed(changed, deadlineSeconds, spread, measured);
    }

    public Job withDeadline(Optional<Figure> changedSeconds) {
        return changed(work, changedSeconds, spread, measured);
    }

    public Job withSpread(Spread changed) {
        return changed(work, deadlineSeconds, changed, measured);
    }

    /** {@return the same job of training on another number of tokens} */
    public Job withTokens(Figure changed) {
        Work.Training old = training();
        return withWork(new Work.Training(changed, old.sequenceTokens(), old.batchSequences()));
    }

    public Job withMeasured(Map<String, Figure> changed) {
        return changed(work, deadlineSeconds, spread, changed);
    }

    private Job changed(
            Work otherWork, Optional<Figure> otherDeadline, Spread otherSpread, Map<String, Figure> otherMeasured) {
        return new Job(
                name,
                model,
                otherWork,
                precision,
                stack,
                after,
                releaseSeconds,
                otherDeadline,
                otherSpread,
                otherMeasured,
                modelled,
                priority);
    }
}
