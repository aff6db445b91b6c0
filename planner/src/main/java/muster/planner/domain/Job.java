package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Work to do: a model and the tokens to train it on.
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

    /** A job of the default priority. */
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
                tokens,
                sequenceTokens,
                batchSequences,
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

    /** {@return tokens of one optimizer step} */
    public double tokensPerStep() {
        return batchSequences.value() * sequenceTokens.value();
    }

    public Job withDeadline(Optional<Figure> changedSeconds) {
        return changed(tokens, changedSeconds, spread, measured);
    }

    public Job withSpread(Spread changed) {
        return changed(tokens, deadlineSeconds, changed, measured);
    }

    public Job withTokens(Figure changed) {
        return changed(changed, deadlineSeconds, spread, measured);
    }

    public Job withMeasured(Map<String, Figure> changed) {
        return changed(tokens, deadlineSeconds, spread, changed);
    }

    private Job changed(
            Figure otherTokens, Optional<Figure> otherDeadline, Spread otherSpread, Map<String, Figure> otherMeasured) {
        return new Job(
                name,
                model,
                otherTokens,
                sequenceTokens,
                batchSequences,
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

    public Job withPriority(int changed) {
        return new Job(
                name,
                model,
                tokens,
                sequenceTokens,
                batchSequences,
                precision,
                stack,
                after,
                releaseSeconds,
                deadlineSeconds,
                spread,
                measured,
                modelled,
                changed);
    }
}
