package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import muster.planner.check.PlanChecker;
import muster.planner.domain.Layout;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimate.Memory;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;
import muster.planner.profile.Setting;
import org.junit.jupiter.api.Test;

/** Whole plans of the shipped jobs that generate, by what the catalogue says of H800 and H20. */
class GenerationPlansTest {
    private static final Path HOME = Path.of(System.getProperty("muster.home"));
    private static final SearchSettings SETTINGS =
            new SearchSettings(1, OptionalLong.of(50), OptionalDouble.empty(), OptionalDouble.empty());

    /** Long outputs with grouped-query attention read caches, which costs less on a GPU with fast memory and little else. */
    @Test
    void groupedAttentionOverLongOutputsBelongsOnH20() throws ProfileException {
        assertThat(poolsOf("reasoning")).containsExactly("h20");
    }

    /** The same lengths with latent attention are bound by arithmetic, of which an H20 has a seventh. */
    @Test
    void latentAttentionBelongsOnH800() throws ProfileException {
        assertThat(poolsOf("rollouts")).containsExactly("h800");
        assertThat(poolsOf("rollouts", "jobs.rollouts.outputTokens.mean=16000", "jobs.rollouts.outputTokens.p99=32000"))
                .containsExactly("h800");
    }

    /** Short outputs multiply more than they read: prompts, and weights by hundreds of sequences. */
    @Test
    void groupedAttentionOverShortOutputsBelongsOnH800() throws ProfileException {
        assertThat(poolsOf(
                        "reasoning", "jobs.reasoning.outputTokens.mean=1000", "jobs.reasoning.outputTokens.p99=2000"))
                .containsExactly("h800");
    }

    private static List<String> poolsOf(String job, String... settings) throws ProfileException {
        PlanAnswer answer = plan(alone(job, settings));
        assertThat(answer.status()).isEqualTo(Status.OPTIMAL);
        return answer.plan().orElseThrow().jobs().getFirst().pools().stream()
                .map(share -> share.pool().name())
                .toList();
    }

    @Test
    void aStatedRateTakesThePlaceOfTheModel() throws ProfileException {
        PlanAnswer answer = plan(alone("rollouts", "jobs.rollouts.measured={h20: 5000 tokens/s/GPU}"));
        Plan.JobPlan job = answer.plan().orElseThrow().jobs().getFirst();
        assertThat(job.pools()).singleElement().satisfies(share -> {
            assertThat(share.pool().name()).isEqualTo("h20");
            assertThat(share.run()).isEmpty();
            assertThat(share.tokensPerSecond()).isEqualTo(5_000.0 * share.gpus());
        });
        assertThat(job.durationMicros() / 1e6 * job.tokensPerSecond())
                .isBetween(1.6e10 * (1 - 1e-9), 1.6e10 * (1 + 1e-9));
    }

    /** Each figure of the replicas, off by a thousandth, is caught by name. */
    @Test
    void theCheckerDerivesEveryFigureOfReplicasAgain() throws ProfileException {
        Scenario scenario = alone("rollouts");
        Plan plan = plan(scenario).plan().orElseThrow();
        assertThat(PlanChecker.violations(scenario, plan)).isEmpty();
        double off = 1.001;
        assertCaught(
                scenario,
                plan,
                "step seconds",
                r -> copy(r, r.stepSeconds() * off, r.prefillSeconds(), r.tailSeconds(), r.memory()));
        assertCaught(
                scenario,
                plan,
                "prefill seconds",
                r -> copy(r, r.stepSeconds(), r.prefillSeconds() * off, r.tailSeconds(), r.memory()));
        assertCaught(
                scenario,
                plan,
                "tail seconds",
                r -> copy(r, r.stepSeconds(), r.prefillSeconds(), r.tailSeconds() * off, r.memory()));
        assertCaught(
                scenario,
                plan,
                "weight bytes",
                r -> copy(
                        r,
                        new Memory(
                                r.memory().weightBytes() * off,
                                r.memory().cacheBytes(),
                                r.memory().workingBytes())));
        assertCaught(
                scenario,
                plan,
                "cache bytes",
                r -> copy(
                        r,
                        new Memory(
                                r.memory().weightBytes(),
                                r.memory().cacheBytes() * off,
                                r.memory().workingBytes())));
        assertCaught(
                scenario,
                plan,
                "working bytes",
                r -> copy(
                        r,
                        new Memory(
                                r.memory().weightBytes(),
                                r.memory().cacheBytes(),
                                r.memory().workingBytes() * off)));
    }

    /** A larger batch than memory holds is caught, and so are more replicas than there are GPUs for. */
    @Test
    void theCheckerRefusesWhatDoesNotFit() throws ProfileException {
        Scenario scenario = alone("rollouts");
        Plan plan = plan(scenario).plan().orElseThrow();
        assertCaught(
                scenario,
                plan,
                "memory: derived",
                r -> withLayout(r, r.layout().microbatch() * 2, r.layout().data(), r.replicas()));
        assertCaught(
                scenario,
                plan,
                "replicas: stated",
                r -> withLayout(r, r.layout().microbatch(), 9 * r.layout().data(), 9 * r.replicas()));
        assertCaught(
                scenario,
                plan,
                "replicas: ",
                r -> withLayout(
                        r,
                        r.layout().microbatch(),
                        r.layout().data(),
                        r.layout().data() + 1));
        assertCaught(
                scenario,
                plan,
                "expert ranks",
                r -> withLayout(r, r.layout().microbatch(), r.layout().data() / 2, r.replicas()));
    }

    private static void assertCaught(Scenario scenario, Plan plan, String rule, UnaryOperator<ReplicaEstimate> change) {
        Plan.JobPlan job = plan.jobs().getFirst();
        PoolShare share = job.pools().getFirst();
        PoolShare changed = new PoolShare(
                share.pool(),
                share.nodes(),
                share.ownedNodes(),
                share.tokensPerSecond(),
                share.shareFraction(),
                Optional.of(change.apply(share.replicas().orElseThrow())));
        Plan.JobPlan otherJob = new Plan.JobPlan(
                job.job(),
                job.startMicros(),
                job.durationMicros(),
                job.tokensPerSecond(),
                job.gpuHours(),
                job.rentMicroUsd(),
                job.energyMicroUsd(),
                List.of(changed),
                job.step());
        Plan other = new Plan(plan.choice(), List.of(otherJob), plan.fleet(), plan.sites(), plan.totals());
        assertThat(PlanChecker.violations(scenario, other)).as(rule).anyMatch(sentence -> sentence.contains(rule));
    }

    private static ReplicaEstimate copy(ReplicaEstimate old, Memory memory) {
        return copy(old, old.stepSeconds(), old.prefillSeconds(), old.tailSeconds(), memory);
    }

    private static ReplicaEstimate copy(
            ReplicaEstimate old, double stepSeconds, double prefillSeconds, double tailSeconds, Memory memory) {
        return new ReplicaEstimate(
                old.layout(),
                old.replicas(),
                stepSeconds,
                prefillSeconds,
                old.meanContextTokens(),
                tailSeconds,
                old.tokensPerSecond(),
                old.tokensPerSecondPerGpu(),
                old.mfuPercent(),
                old.mfuBasis(),
                memory,
                old.memoryLimitBytesPerGpu(),
                old.parts());
    }

    private static ReplicaEstimate withLayout(ReplicaEstimate old, int sequences, int data, int replicas) {
        Layout layout = old.layout();
        return new ReplicaEstimate(
                new Layout(
                        layout.tensor(),
                        layout.pipeline(),
                        1,
                        data,
                        layout.expert(),
                        1,
                        sequences,
                        layout.recompute(),
                        0),
                replicas,
                old.stepSeconds(),
                old.prefillSeconds(),
                old.meanContextTokens(),
                old.tailSeconds(),
                old.tokensPerSecond(),
                old.tokensPerSecondPerGpu(),
                old.mfuPercent(),
                old.mfuBasis(),
                old.memory(),
                old.memoryLimitBytesPerGpu(),
                old.parts());
    }

    private static Scenario alone(String job, String... settings) throws ProfileException {
        Scenario shipped = ScenarioReader.read(
                HOME.resolve("cluster-profiles/scenarios/post-training.yaml"),
                Stream.of(settings).map(Setting::parse).toList(),
                Catalogue.open(HOME.resolve("cluster-profiles"), Optional.empty()));
        return shipped.withJobs(
                shipped.jobs().stream().filter(each -> each.name().equals(job)).toList());
    }

    private static PlanAnswer plan(Scenario scenario) {
        return CapacityPlanner.plan(scenario, SETTINGS, () -> false);
    }
}
