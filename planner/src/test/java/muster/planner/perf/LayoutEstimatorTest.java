package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import org.junit.jupiter.api.Test;

/** Published layouts come out near their published times and fit, and estimates add up. */
class LayoutEstimatorTest {
    private static final Origin ORIGIN = new Origin("test", "", Confidence.LOW);
    private static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home"), "cluster-profiles"), Optional.empty());

    /** 2,048 H800: arXiv:2412.19437, section 3.1, and arXiv:2505.09343, table 4, which prints 19.926 s a step. */
    @Test
    void deepSeekV3TakesItsPublishedStepTimeWithinFifteenPercent() throws ProfileException {
        Job job = job("deepseek-v3", "deepseek", Precision.FP8, 4_096, 15_360);
        LayoutEstimate estimate = estimator(job, node("hgx-h800"), wish(1, 16, 128, 64))
                .best(256, 1)
                .best()
                .getFirst();
        assertThat(estimate.stepSeconds()).isCloseTo(19.926, within(0.15 * 19.926));
        assertThat(estimate.fits()).isTrue();
        // 15,360 × 4,096 tokens × 250.45 GFLOP over step, GPUs and 989 TFLOP/s.
        double mfuPercent = 100 * 15_360.0 * 4_096 * 250.45e9 / estimate.stepSeconds() / 2_048 / 989e12;
        assertThat(estimate.mfuPercent()).isCloseTo(mfuPercent, within(0.05));
    }

    /** 3,072 A100 for GPT-3 175B: arXiv:2104.04473, section 5.1, tensor 8, pipeline 8 on 80 GB. */
    @Test
    void gpt3sPublishedLayoutFits() throws ProfileException {
        Job job = job("gpt-3-175b", "megatron-lm-2021", Precision.FP16, 2_048, 1_536);
        assertThat(estimator(job, node("hgx-a100"), wish(8, 8, 16, 1))
                        .best(128, 1)
                        .feasible())
                .isPositive();
    }

    /** 8,192 H100: arXiv:2407.21783, table 4, tensor 8, pipeline 16, data 64. */
    @Test
    void llama405sPublishedLayoutFits() throws ProfileException {
        Job job = job("llama-3.1-405b", "meta", Precision.BF16, 8_192, 2_048);
        assertThat(estimator(job, node("hgx-h100"), wish(8, 16, 64, 1))
                        .best(1_024, 1)
                        .feasible())
                .isPositive();
    }

    @Test
    void theBreakdownAddsUpToTheStep() throws ProfileException {
        for (LayoutEstimate estimate : llama(16).best()) {
            LayoutEstimate.Breakdown parts = estimate.breakdown();
            double sum = parts.compute()
                    + parts.tensorParallel()
                    + parts.expertParallel()
                    + parts.contextParallel()
                    + parts.pipelineBubble()
                    + parts.pipelineSend()
                    + parts.dataParallel()
                    + parts.optimizer()
                    + parts.recompute()
                    + parts.other();
            assertThat(sum).isCloseTo(estimate.stepSeconds(), within(1e-9 * estimate.stepSeconds()));
            assertThat(parts.compute()).isPositive();
        }
    }

    @Test
    void everyLayoutUsesAllGpusAndTheWholeBatch() throws ProfileException {
        LayoutEstimates estimates = llama(16);
        assertThat(estimates.best()).hasSize(20);
        assertThat(estimates.best()).allSatisfy(estimate -> {
            Layout layout = estimate.layout();
            assertThat(layout.gpus()).isEqualTo(16 * 8);
            assertThat(1_024 % (layout.data() * layout.microbatch())).isZero();
            assertThat(estimate.fits()).isTrue();
        });
        assertThat(estimates.best().stream().mapToDouble(LayoutEstimate::stepSeconds))
                .isSorted();
    }

    @Test
    void optionsHoldTheBestLayoutOfEachNodeCount() throws ProfileException {
        Job job = job("llama-3.1-70b", "megatron-core", Precision.BF16, 8_192, 256);
        Node node = node("hgx-h100");
        LayoutOptions options = LayoutOptions.of(job, node, 12);
        long candidates = 0;
        for (int nodes = 1; nodes <= 12; nodes++) {
            LayoutEstimates all = estimator(job, node, LayoutWish.any()).best(nodes, 1);
            candidates += all.candidates();
            Optional<LayoutEstimate> kept = options.layout(nodes);
            if (all.feasible() == 0) {
                assertThat(kept).isEmpty();
                assertThat(options.stepSeconds(nodes)).isInfinite();
                continue;
            }
            assertThat(options.stepSeconds(nodes))
                    .isEqualTo(all.best().getFirst().stepSeconds());
            assertThat(kept.orElseThrow().stepSeconds()).isEqualTo(options.stepSeconds(nodes));
            assertThat(kept.orElseThrow().layout().gpus()).isEqualTo(8L * nodes);
        }
        assertThat(options.candidates()).isEqualTo(candidates);
    }

    @Test
    void doublingTheBatchTakesAboutTwiceAsLongAndNeverMore() throws ProfileException {
        Node node = node("hgx-h100");
        double once = best(job("llama-3.1-70b", "megatron-core", Precision.BF16, 8_192, 1_024), node);
        double twice = best(job("llama-3.1-70b", "megatron-core", Precision.BF16, 8_192, 2_048), node);
        assertThat(twice).isLessThanOrEqualTo(2 * once).isGreaterThan(1.8 * once);
    }

    private static LayoutEstimates llama(int nodes) throws ProfileException {
        Job job = job("llama-3.1-70b", "megatron-core", Precision.BF16, 8_192, 1_024);
        return estimator(job, node("hgx-h100"), LayoutWish.any()).best(nodes, 20);
    }

    private static double best(Job job, Node node) {
        return estimator(job, node, LayoutWish.any())
                .best(16, 1)
                .best()
                .getFirst()
                .stepSeconds();
    }

    private static LayoutEstimator estimator(Job job, Node node, LayoutWish wish) {
        return new LayoutEstimator(job, node, wish);
    }

    private static LayoutWish wish(int tensor, int pipeline, int data, int expert) {
        OptionalInt open = OptionalInt.empty();
        return new LayoutWish(
                OptionalInt.of(tensor),
                OptionalInt.of(pipeline),
                open,
                OptionalInt.of(data),
                OptionalInt.of(expert),
                OptionalInt.of(1),
                open,
                Optional.empty(),
                open);
    }

    private static Node node(String name) throws ProfileException {
        return (Node) CATALOGUE.find(Catalogue.Kind.NODE, name);
    }

    private static Job job(String model, String stack, Precision precision, int sequenceTokens, int batchSequences)
            throws ProfileException {
        return new Job(
                "job",
                (Model) CATALOGUE.find(Catalogue.Kind.MODEL, model),
                new Figure(1e12, BaseUnit.TOKENS, ORIGIN),
                new Figure(sequenceTokens, BaseUnit.TOKENS, ORIGIN),
                new Figure(batchSequences, BaseUnit.SEQUENCES, ORIGIN),
                precision,
                (Stack) CATALOGUE.find(Catalogue.Kind.STACK, stack),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Job.Spread.DATA_PARALLEL,
                Map.of(),
                Set.of());
    }
}
