package muster.planner.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the planner says to a scenario.
 *
 * @param plan the checked plan; empty where there is none
 * @param bound what no plan can beat; empty where infeasibility is proved
 * @param limits the stated limits against the plan; empty where there is no plan
 * @param onePools what each pool of a job that mixes pools could do alone; empty where none is mixed
 * @param conflict which limits exclude each other; only where infeasibility is proved
 * @param alternatives other fleets that are nearly as good; absent where nobody asked
 */
public record PlanAnswer(
        Scenario scenario,
        Status status,
        Optional<Plan> plan,
        Optional<Bound> bound,
        List<LimitUse> limits,
        Optional<Conflict> conflict,
        List<OnePool> onePools,
        Optional<Alternatives> alternatives,
        Run run) {
    public PlanAnswer {
        limits = List.copyOf(limits);
        onePools = List.copyOf(onePools);
    }

    /** An answer of which no other fleets were asked. */
    public PlanAnswer(
            Scenario scenario,
            Status status,
            Optional<Plan> plan,
            Optional<Bound> bound,
            List<LimitUse> limits,
            Optional<Conflict> conflict,
            List<OnePool> onePools,
            Run run) {
        this(scenario, status, plan, bound, limits, conflict, onePools, Optional.empty(), run);
    }

    /**
     * {@return the same answer with other fleets beside it}
     *
     * @param reproducible whether finding them was not cut short
     */
    public PlanAnswer withAlternatives(Alternatives found, boolean reproducible) {
        Run both = new Run(
                run.seed(),
                run.steps(),
                run.moves(),
                run.boxes(),
                run.seconds(),
                run.reproducible() && reproducible,
                run.interrupted(),
                run.stage(),
                run.gapAsked(),
                run.computed());
        return new PlanAnswer(scenario, status, plan, bound, limits, conflict, onePools, Optional.of(found), both);
    }

    /**
     * Other fleets, each a checked plan of the same scenario.
     *
     * @param withinPercent how much worse than the best, in the first objective, they may be
     * @param differencePercent by how much of the larger fleet the nodes of some pool and tenure differ between any two
     * @param plans the better first
     */
    public record Alternatives(double withinPercent, double differencePercent, List<Plan> plans) {
        public Alternatives {
            plans = List.copyOf(plans);
        }
    }

    /** Proved best within tolerance; checked but not proved best; proved impossible; nothing found, nothing proved. */
    public enum Status {
        OPTIMAL("optimal"),
        FEASIBLE("feasible"),
        INFEASIBLE("infeasible"),
        UNKNOWN("unknown");

        private final String key;

        Status(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** A value of the first objective, in its reported unit, below which no plan can be. */
    public record Bound(double value, String method) {}

    /**
     * A stated limit against what the plan uses, both in {@code unit}.
     *
     * @param name the scenario's key: deadline, budget, power, jobs.NAME.deadline, sites.NAME.power, sites.NAME.racks
     * @param binding loosening it alone improves the bound
     */
    public record LimitUse(String name, double limit, double value, String unit, boolean binding) {
        public double slack() {
            return limit - value;
        }
    }

    /**
     * Limits that cannot be kept together.
     *
     * @param limits names such as deadline, budget, pools.h800.max, jobs.a.spread
     * @param minimal whether dropping any one of them was shown to make the rest possible
     * @param leaveOut jobs without which there is a plan; absent where there is one job only, or no such plan was found
     */
    public record Conflict(
            List<String> limits, boolean minimal, List<Relaxation> relaxations, Optional<LeaveOut> leaveOut) {
        public Conflict {
            limits = List.copyOf(limits);
            relaxations = List.copyOf(relaxations);
        }

        public Conflict(List<String> limits, boolean minimal, List<Relaxation> relaxations) {
            this(limits, minimal, relaxations, Optional.empty());
        }

        public Conflict withLeaveOut(Optional<LeaveOut> jobs) {
            return new Conflict(limits, minimal, relaxations, jobs);
        }
    }

    /**
     * Jobs to give up, the least important first: a plan for all others was found.
     *
     * @param jobs names, in the scenario's order
     * @param minimal whether it was proved of each, or of one that it comes after, that it cannot be kept beside the others
     */
    public record LeaveOut(List<String> jobs, boolean minimal) {
        public LeaveOut {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * What a mixed plan is held against: the same job on one of its pools only.
     *
     * @param value the first objective's least, in its reported unit; empty where that pool alone cannot do it, or where
     *     that was not settled
     * @param verdict which of these it is
     * @param waysOut where it cannot: for each limit the least value that alone would let it
     */
    public record OnePool(String job, String pool, Verdict verdict, OptionalDouble value, List<Relaxation> waysOut) {
        /** What was proved of the pool alone. */
        public enum Verdict {
            POSSIBLE,
            BREAKS_LIMITS,
            NO_LAYOUT,
            NOT_SETTLED
        }

        public OnePool {
            waysOut = List.copyOf(waysOut);
        }
    }

    /**
     * The least value of one limit at which a plan exists while all others stand.
     *
     * @param to not a number where {@code unit} is itself the word that the term has to say
     */
    public record Relaxation(String limit, double to, String unit) {
        /** {@return a relaxation of a term that is no number} */
        public static Relaxation toWord(String limit, String word) {
            return new Relaxation(limit, Double.NaN, word);
        }

        public boolean isWord() {
            return Double.isNaN(to);
        }
    }

    /**
     * How the answer was found; not part of the reproducible bytes.
     *
     * @param computed what computed the hot arithmetic
     * @param stage what found the plan: relaxation, search, or bound
     * @param boxes node-count boxes that the bound examined
     * @param reproducible false where the clock or the user ended the search
     */
    public record Run(
            long seed,
            long steps,
            long moves,
            long boxes,
            double seconds,
            boolean reproducible,
            boolean interrupted,
            String stage,
            OptionalDouble gapAsked,
            Computed computed) {}

    /**
     * The back end of the hot arithmetic; results do not depend on it.
     *
     * @param reason why it was chosen, in a few words
     */
    public record Computed(String backend, int laneBits, String reason) {}
}
