package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import muster.planner.domain.Attention;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Precision;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimate.PartKind;
import muster.planner.domain.ReplicaEstimate.WaitsFor;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoding by hand, and against what services have published. */
class ReplicaModelTest {
    private static final Stack DEEPSEEK = DrawnCases.stack("deepseek");
    private static final Stack MEGATRON = DrawnCases.stack("megatron-core");

    /** 2 × 128 × (2 × 512 + 64) FLOP over 2 × 576 B. */
    @Test
    void absorbedLatentAttentionDoes242FlopPerByte() {
        Attention attention = model("deepseek-v3").architecture().attention();
        assertThat(attention.cachedKeyFlops() / (2 * attention.cachedElements(1)))
                .isCloseTo(241.8, within(0.1));
    }

    /** 2 × 64 × 256 FLOP over 2 × 8 × 128 × 2 B: as many as query heads share a key. */
    @Test
    void groupedAttentionDoes8FlopPerByte() {
        Attention attention = model("llama-3.1-70b").architecture().attention();
        assertThat(attention.cachedKeyFlops() / (2 * attention.cachedElements(1)))
                .isEqualTo(8);
        assertThat(attention.cachedElements(8)).isEqualTo(attention.cachedElements(1) / 8);
        assertThat(attention.cachedElements(16)).isEqualTo(attention.cachedElements(8));
    }

    /**
     * One sequence of Llama 3.1 8B on one H100 in BF16, memory at 3.35 TB/s × 0.755 = 2.52925 TB/s: 32 layers read
     * 41,943,040 and 176,160,768 weights, the head 128,256 × 4,096; keys and values of 1,000 tokens take 4,096 B each.
     */
    @Test
    void oneSequenceReadsEveryWeightOnce() {
        ReplicaModel model = replicas("llama-3.1-8b", MEGATRON, Precision.BF16, "hgx-h100", 1_000);
        ReplicaShape alone = new ReplicaShape(1, 1, 1);
        double rate = 3.35e12 * 0.755;
        assertPart(model, alone, PartKind.PROJECTIONS, 32 * 2 * 41_943_040.0 / rate);
        assertPart(model, alone, PartKind.FEED_FORWARD, 32 * 2 * 176_160_768.0 / rate);
        assertPart(model, alone, PartKind.CACHE, 32 * 1_000 * 4_096.0 / rate);
        assertPart(model, alone, PartKind.HEAD, (2 * 128_256.0 * 4_096 + 3 * 4 * 128_256) / rate);
        assertThat(model.parts(alone, 1)).noneMatch(part -> part.waitsFor() == WaitsFor.NETWORK);
        assertThat(model.memory(alone, 1).weightBytes()).isCloseTo(2 * 8_030_261_248.0, within(1e5));
    }

    private static void assertPart(ReplicaModel model, ReplicaShape shape, PartKind kind, double seconds) {
        ReplicaEstimate.Part part = model.parts(shape, 1).stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
        assertThat(part.seconds()).as("%s", kind).isCloseTo(seconds, within(1e-9));
        assertThat(part.waitsFor()).isEqualTo(WaitsFor.MEMORY);
    }

    /**
     * Output tokens/s of a node that decodes DeepSeek-V3, as published: LMSYS, "Deploying DeepSeek with PD disaggregation
     * and large-scale expert parallelism on 96 H100 GPUs", 2025-05-05, which quotes DeepSeek's own profile and service
     * too; the units of 18 and 9 nodes had redundant experts and count as 16 and 8. Nothing was fitted to them.
     */
    @ParameterizedTest
    @CsvSource({
        "hgx-h800, 128, 128, 4096, 18598", // DeepSeek's profile
        "hgx-h800, 128, 128, 4989, 14800", // DeepSeek's service, average of a day
        "hgx-h100, 64, 256, 2000, 22282", // SGLang
        "hgx-h100, 64, 128, 4000, 17373", // SGLang, further-token prediction simulated
    })
    void decodingIsWithin15PercentOfWhatServicesPublished(
            String node, int ranks, int sequences, int context, double tokensPerSecondPerNode) {
        ReplicaModel model = replicas("deepseek-v3", DEEPSEEK, Precision.FP8, node, context);
        double seconds = model.stepSeconds(new ReplicaShape(1, ranks, 1), sequences);
        assertThat(8 * sequences / seconds).isCloseTo(tokensPerSecondPerNode, within(0.15 * tokensPerSecondPerNode));
    }

    /** 5,700 tokens/s of a node, EP16: LMSYS, "Best practices for serving DeepSeek-R1 on H20-96G"; its batch is not stated. */
    @Test
    void h20DecodesATokenOfLatentAttentionAboutAsFastAsPublished() {
        ReplicaModel model = replicas("deepseek-v3", DEEPSEEK, Precision.FP8, "hgx-h20", 4_596);
        double seconds = model.stepSeconds(new ReplicaShape(1, 16, 1), 64);
        assertThat(8 * 64 / seconds).isCloseTo(5_700, within(0.15 * 5_700));
    }

    /**
     * Input tokens/s of a node: 62,713 in DeepSeek's profile, 50,302 by SGLang on H100, 32,206 in DeepSeek's service
     * without cache hits (the same page), all with four nodes.
     */
    @Test
    void prefillLiesBetweenServiceAndProfile() {
        Work.Generation work = Writers.work(4_096, 1_000, 1_000, 1e9);
        ReplicaModel model = new ReplicaModel(
                Writers.job(model("deepseek-v3"), DEEPSEEK, Precision.FP8, work), work, DrawnCases.node("hgx-h800"));
        double seconds = model.prefillSeconds(new ReplicaShape(1, 32, 1));
        assertThat(8 * 4_096 / seconds).isBetween(32_206.0, 62_713.0);
    }

    /** E[n²]/(2 E[n]) of a shifted exponential: (m + s²/m)/2 with s = (p99 − m)/(ln 100 − 1). */
    @Test
    void longSamplesAreSeenInMoreSteps() {
        assertThat(Writers.work(100, 1_000, 1_000, 1).meanContextTokens()).isEqualTo(600);
        double deviation = 3_000 / (Math.log(100) - 1);
        assertThat(Writers.work(100, 1_000, 4_000, 1).meanContextTokens())
                .isCloseTo(100 + (1_000 + deviation * deviation / 1_000) / 2, within(1e-9));
    }

    /** The time of a job is that of its tokens at full batches, then p99 − mean steps of one sequence. */
    @Test
    void theTailRunsOnAlone() {
        Work.Generation work = Writers.work(512, 2_000, 8_000, 100_000);
        Node node = DrawnCases.node("hgx-h100");
        ReplicaEstimate best = new ReplicaEstimator(
                        Writers.job(model("llama-3.1-8b"), MEGATRON, Precision.BF16, work), work, node)
                .best(4, LayoutWish.any(), 1)
                .best()
                .getFirst();
        ReplicaModel model = replicas(work, "llama-3.1-8b", MEGATRON, Precision.BF16, "hgx-h100");
        ReplicaShape shape =
                new ReplicaShape(best.layout().tensor(), 1, best.layout().pipeline());
        assertThat(best.tailSeconds()).isEqualTo(6_000 * model.stepSeconds(shape, 1));
        double perSample = best.prefillSeconds()
                + 2_000 * best.stepSeconds() / shape.stages() / best.layout().microbatch();
        double seconds = 100_000 * perSample / best.replicas() + best.tailSeconds();
        assertThat(best.tokensPerSecond()).isCloseTo(2e8 / seconds, within(1e-6));
    }

    private static ReplicaModel replicas(String name, Stack stack, Precision precision, String node, int context) {
        // Outputs of 2 tokens put all steps at the same context.
        return replicas(Writers.work(context - 1, 2, 2, 1e9), name, stack, precision, node);
    }

    private static ReplicaModel replicas(
            Work.Generation work, String name, Stack stack, Precision precision, String node) {
        return new ReplicaModel(Writers.job(model(name), stack, precision, work), work, DrawnCases.node(node));
    }

    private static Model model(String name) {
        return DrawnCases.model(name);
    }
}
