package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;

import muster.planner.domain.Node;
import muster.planner.domain.Schedule;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for each layout by itself. Memory is that of one GPU. Sharding means more ranks in one dimension, and so more
 * GPUs, with all else equal: the other dimensions, the microbatch, the batch.
 */
class OneLayoutLawsTest {
    private static final int TRIES = 1_000;

    /** Sums of some 30 products, each rounded to 2^-53 of its size. */
    private static final double ROUNDING = 1 + 1e-14;

    @Provide
    Arbitrary<PlacedLayout> layouts() {
        return DrawnCases.layouts();
    }

    /**
     * ZeRO-3 gathers the layers of the largest stage, while the pace may be that of an even share of layers and edges: where
     * layers do not divide, less arithmetic to hide behind can cost some millionths of a step. Nobody runs ZeRO-3 on stages.
     */
    @Property(tries = TRIES)
    void betterHardwareNeverMakesALayoutSlower(
            @ForAll("layouts") PlacedLayout layout,
            @ForAll @DoubleRange(min = 1, max = 8) double factor,
            @ForAll @IntRange(max = 3) int what) {
        int layers = layout.drawn().job().model().architecture().layers();
        Assume.that(layout.sharding().zero() < 3 || layers % (layout.stages() * layout.chunks()) == 0);
        Node node = layout.drawn().node();
        Node better = switch (what) {
            case 0 -> HardwareVariants.withGpu(node, gpu -> HardwareVariants.withRates(gpu, factor));
            case 1 -> HardwareVariants.withGpu(node, gpu -> HardwareVariants.withMemoryBandwidth(gpu, factor));
            case 2 -> HardwareVariants.withGpu(node, gpu -> HardwareVariants.withLink(gpu, factor));
            default -> HardwareVariants.withFabric(node, factor);
        };
        assertThat(layout.with(better).seconds()).isLessThanOrEqualTo(layout.seconds() * ROUNDING);
    }

    /** Twice the microbatch, half as many of them: the batch stays. */
    @Property(tries = TRIES)
    void aLargerMicrobatchNeverTakesLessMemory(@ForAll("layouts") PlacedLayout layout) {
        PlacedLayout larger = layout.withMicrobatch(2 * layout.sharding().microbatch());
        assertThat(larger.bytes() * ROUNDING)
                .isGreaterThanOrEqualTo(
                        layout.withMicrobatches(2 * layout.microbatches()).bytes());
    }

    @Property(tries = TRIES)
    void tensorRanksNeverRaiseMemory(@ForAll("layouts") PlacedLayout layout) {
        requireNoMore(layout, layout.withTensor(2 * layout.sharding().tensor()));
    }

    /** Experts are dealt out anew among the same GPUs. */
    @Property(tries = TRIES)
    void expertRanksNeverRaiseMemory(@ForAll("layouts") PlacedLayout layout) {
        requireNoMore(layout, layout.withExpert(2 * layout.sharding().expert()));
    }

    @Property(tries = TRIES)
    void contextRanksNeverRaiseMemory(@ForAll("layouts") PlacedLayout layout) {
        requireNoMore(layout, layout.withContext(2 * layout.sharding().context()));
    }

    /** Half as many microbatches each. */
    @Property(tries = TRIES)
    void dataRanksNeverRaiseMemory(@ForAll("layouts") PlacedLayout layout) {
        requireNoMore(layout.withMicrobatches(2 * layout.microbatches()), layout.withData(2 * layout.data()));
    }

    @Property(tries = TRIES)
    void everyStageOfZeroShardsMore(@ForAll("layouts") PlacedLayout layout) {
        for (int stage = 1; stage <= 3; stage++) {
            requireNoMore(layout.withZero(stage - 1), layout.withZero(stage));
        }
    }

    /**
     * 1F1B, zero-bubble and DualPipe, where layers divide evenly before and after. Uneven parts are rounded up to whole
     * layers while the first stage keeps a microbatch per stage, so activations may grow by a layer per stage.
     */
    @Property(tries = TRIES)
    void evenPipelineStagesNeverRaiseMemory(
            @ForAll("layouts") PlacedLayout drawn, @ForAll @IntRange(min = 1, max = 6) int layersPerStage) {
        Assume.that(drawn.sharding().schedule() != Schedule.INTERLEAVED);
        PlacedLayout layout = drawn.withLayers(2 * drawn.stages() * layersPerStage);
        requireNoMore(layout, layout.withStages(2 * layout.stages()));
    }

    /**
     * Interleaved, a stage keeps (1 + (p - 1) / (p v)) times the activations of all layers (arXiv:2205.05198, section
     * 4.2.3), which grows with p: by at most 1 / (2 p v) of them from p to 2 p stages.
     */
    @Property(tries = TRIES)
    void interleavedStagesRaiseMemoryByPartOfAChunkAtMost(
            @ForAll("layouts") PlacedLayout drawn,
            @ForAll @IntRange(min = 2, max = 4) int chunks,
            @ForAll @IntRange(min = 1, max = 4) int layersPerChunk) {
        PlacedLayout layout = drawn.withSchedule(Schedule.INTERLEAVED)
                .withChunks(chunks)
                .withLayers(2 * drawn.stages() * chunks * layersPerChunk);
        double layers = layout.drawn().job().model().architecture().layers();
        double growth = layers * layout.shape().activationBytes() / (2.0 * layout.stages() * chunks);
        assertThat(layout.withStages(2 * layout.stages()).bytes())
                .isLessThanOrEqualTo((layout.bytes() + growth) * ROUNDING);
    }

    private static void requireNoMore(PlacedLayout before, PlacedLayout sharded) {
        assertThat(sharded.bytes()).isLessThanOrEqualTo(before.bytes() * ROUNDING);
    }
}
