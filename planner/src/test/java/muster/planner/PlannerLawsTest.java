package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.check.PlanChecker;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Ledger;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.oracle.TinyScenarios;
import muster.planner.report.PlanJson;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What must hold between the answers to two scenarios, whatever the scenario; a failure names its seed. */
class PlannerLawsTest {
    private static final int TRIES = 40;
    private static final long MOST_SEED = 1_000_000_000;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void looserLimitsNeverHurt(
            @ForAll @LongRange(max = MOST_SEED) long seed,
            @ForAll @IntRange(max = 4) int which,
            @ForAll @DoubleRange(min = 1, max = 3) double factor) {
        Scenario scenario = TinyScenarios.scenario(seed);
        Limits limits = scenario.limits();
        Scenario looser = switch (which) {
            case 0 ->
                Variants.limits(
                        scenario,
                        new Limits(
                                limits.deadlineSeconds().map(Variants.times(factor)),
                                limits.budgetUsd(),
                                limits.powerWatts()));
            case 1 ->
                Variants.limits(
                        scenario,
                        new Limits(
                                limits.deadlineSeconds(),
                                limits.budgetUsd().map(Variants.times(factor)),
                                limits.powerWatts()));
            case 2 ->
                Variants.limits(
                        scenario,
                        new Limits(
                                limits.deadlineSeconds(),
                                limits.budgetUsd(),
                                limits.powerWatts().map(Variants.times(factor))));
            case 3 -> Variants.jobs(scenario, job -> Variants.deadline(job, Variants.times(factor)));
            default ->
                Variants.pool(
                        scenario,
                        (int) (seed % scenario.pools().size()),
                        pool -> Variants.maxNodes(pool, (int) (pool.maxNodes().asInt() * Math.min(factor, 1.5))));
        };
        requireNoWorse(scenario, looser);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void aCheaperGpuNeverHurts(
            @ForAll @LongRange(max = MOST_SEED) long seed, @ForAll @DoubleRange(max = 1) double factor) {
        Scenario scenario = TinyScenarios.scenario(seed);
        int index = (int) (seed % scenario.pools().size());
        requireNoWorse(
                scenario,
                Variants.pool(
                        scenario,
                        index,
                        pool -> Variants.energyPrice(
                                Variants.rent(pool, Variants.times(factor)), Variants.times(factor))));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void onePoolMoreNeverHurts(
            @ForAll @LongRange(max = MOST_SEED) long seed,
            @ForAll @IntRange(min = 1, max = 4) int nodes,
            @ForAll @DoubleRange(min = 100, max = 3_000) double rate) {
        Scenario scenario = TinyScenarios.scenario(seed);
        Pool model = scenario.pools().getFirst();
        // Few enough nodes for every plan to be looked at still.
        Pool pool = Variants.maxNodes(Variants.named(model, "pool-z"), nodes);
        requireNoWorse(scenario, Variants.withPool(scenario, pool, rate));
    }

    /** Every plan of the first scenario is one of the second, no worse in any place: so must be the best. */
    private static void requireNoWorse(Scenario scenario, Scenario better) {
        PlanAnswer before = plan(scenario);
        PlanAnswer after = plan(better);
        if (before.plan().isEmpty()) {
            return;
        }
        assertThat(after.status()).as("%s", scenario.title()).isEqualTo(Status.OPTIMAL);
        long[] least = criteria(scenario, before.plan().get());
        // A pool more adds a place at the end.
        long[] now = Arrays.copyOf(criteria(better, after.plan().orElseThrow()), least.length);
        assertThat(Arrays.compare(now, least))
                .as("%s: %s was %s", scenario.title(), Arrays.toString(now), Arrays.toString(least))
                .isLessThanOrEqualTo(0);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void pricesTwiceAsHighDoubleTheLeastCost(@ForAll @LongRange(max = MOST_SEED) long seed) {
        Scenario drawn = TinyScenarios.scenario(seed);
        Limits limits = drawn.limits();
        // Prices in whole micro-dollars, which double exactly; no budget.
        Scenario single = Variants.pools(
                Variants.limits(
                        Variants.objectives(drawn, Objective.COST),
                        new Limits(limits.deadlineSeconds(), Optional.empty(), limits.powerWatts())),
                pool -> Variants.rent(
                        pool,
                        rent -> Variants.times(Math.rint(rent.value() * 1e6) / 1e6 / rent.value())
                                .apply(rent)));
        Scenario twice = Variants.pools(
                single, pool -> Variants.energyPrice(Variants.rent(pool, Variants.times(2)), Variants.times(2)));
        Optional<Plan> once = plan(single).plan();
        Optional<Plan> doubled = plan(twice).plan();
        assertThat(doubled.isPresent()).as("seed %d", seed).isEqualTo(once.isPresent());
        if (once.isPresent()) {
            // Plans compare in cents: each is within a cent of the very least, and that is doubled to a few µ$.
            long least = once.get().totals().microUsd();
            assertThat(Math.abs(doubled.get().totals().microUsd() - 2 * least))
                    .as("seed %d: %d doubled", seed, least)
                    .isLessThanOrEqualTo(20_000 + 8);
        }
    }

    /** Every duration is tokens over a rate, and starts are ends or releases: with these doubled a schedule is twice as long. */
    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void twiceTheTokensTakeTwiceTheTime(@ForAll @LongRange(max = MOST_SEED) long seed) {
        Scenario drawn = TinyScenarios.scenario(seed);
        Scenario single = Variants.jobs(
                Variants.limits(
                        Variants.objectives(drawn, Objective.DAYS),
                        new Limits(
                                Optional.empty(),
                                Optional.empty(),
                                drawn.limits().powerWatts())),
                job -> job.withDeadline(Optional.empty()));
        Scenario twice = Variants.jobs(single, job -> Variants.work(job, Variants.times(2)));
        Optional<Plan> once = plan(single).plan();
        Optional<Plan> doubled = plan(twice).plan();
        assertThat(doubled.isPresent()).as("seed %d", seed).isEqualTo(once.isPresent());
        if (once.isPresent()) {
            // Plans compare in milliseconds: each is within one of the very least, and durations round to microseconds.
            long least = once.get().totals().finishMicros();
            assertThat(Math.abs(doubled.get().totals().finishMicros() - 2 * least))
                    .as("seed %d: %d doubled", seed, least)
                    .isLessThanOrEqualTo(2_000 + 8);
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void theSameQuestionGetsTheSameBytes(@ForAll @LongRange(max = MOST_SEED) long seed) {
        Scenario scenario = TinyScenarios.scenario(seed);
        assertThat(bytes(plan(scenario))).as("seed %d", seed).isEqualTo(bytes(plan(scenario)));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void withoutTimeTheAnswerIsSoundAndOwnsUpToTheClock(@ForAll @LongRange(max = MOST_SEED) long seed) {
        Scenario scenario = TinyScenarios.scenario(seed);
        PlanAnswer hurried = CapacityPlanner.plan(
                scenario,
                new SearchSettings(1, OptionalLong.empty(), OptionalDouble.of(0), OptionalDouble.empty()),
                () -> false);
        requireSound(scenario, hurried, seed);
        assertThat(hurried.run().interrupted()).isFalse();
        if (hurried.status() == Status.UNKNOWN || hurried.status() == Status.FEASIBLE) {
            assertThat(hurried.run().reproducible()).as("seed %d", seed).isFalse();
        }
        if (hurried.run().reproducible()) {
            assertThat(bytes(hurried)).as("seed %d", seed).isEqualTo(bytes(plan(scenario)));
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anInterruptFromTheStartIsAnsweredAndMarked(@ForAll @LongRange(max = MOST_SEED) long seed) {
        Scenario scenario = TinyScenarios.scenario(seed);
        PlanAnswer interrupted = CapacityPlanner.plan(scenario, settings(), () -> true);
        requireSound(scenario, interrupted, seed);
        assertThat(interrupted.run().interrupted()).isTrue();
        assertThat(interrupted.run().reproducible()).isFalse();
    }

    /** Whatever cut the work short: plans are sound, bounds valid, and proofs proofs. */
    private static void requireSound(Scenario scenario, PlanAnswer answer, long seed) {
        PlanAnswer full = plan(scenario);
        answer.plan()
                .ifPresent(plan -> assertThat(PlanChecker.violations(scenario, plan))
                        .as("seed %d", seed)
                        .isEmpty());
        assertThat(answer.plan().isPresent())
                .as("seed %d: a plan with status %s", seed, answer.status())
                .isEqualTo(answer.status() == Status.OPTIMAL || answer.status() == Status.FEASIBLE);
        if (answer.status() == Status.INFEASIBLE) {
            assertThat(full.status()).as("seed %d", seed).isEqualTo(Status.INFEASIBLE);
        } else if (full.plan().isPresent()) {
            double least = full.plan()
                    .get()
                    .totals()
                    .value(scenario.objectives().getFirst())
                    .orElseThrow();
            assertThat(answer.bound().orElseThrow().value())
                    .as("seed %d, bound", seed)
                    .isLessThanOrEqualTo(least);
        }
    }

    private static PlanAnswer plan(Scenario scenario) {
        return CapacityPlanner.plan(scenario, settings(), () -> false);
    }

    private static SearchSettings settings() {
        return new SearchSettings(1, OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static long[] criteria(Scenario scenario, Plan plan) {
        FleetChoice choice = plan.choice();
        Ledger ledger = new Ledger(FleetProblem.of(scenario));
        ledger.evaluate(choice.nodes(), choice.startMicros());
        return ledger.criteria();
    }

    /** {@return the answer's JSON but for {@code run}, where the clock may speak} */
    private static String bytes(PlanAnswer answer) {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(PlanJson.of(answer));
        tree.remove("run");
        return tree.toPrettyString();
    }
}
