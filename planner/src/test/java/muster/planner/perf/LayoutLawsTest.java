package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What hardware does to the best layout, whatever the model. */
class LayoutLawsTest {
    private static final int TRIES = 120;

    @Provide
    Arbitrary<DrawnCases.Case> cases() {
        return DrawnCases.cases();
    }

    @Property(tries = TRIES)
    void moreArithmeticNeverMakesTheBestLayoutSlower(
            @ForAll("cases") DrawnCases.Case drawn, @ForAll @DoubleRange(min = 1, max = 8) double factor) {
        requireNoSlower(drawn, HardwareVariants.withGpu(drawn.node(), gpu -> HardwareVariants.withRates(gpu, factor)));
    }

    @Property(tries = TRIES)
    void moreMemoryNeverMakesTheBestLayoutSlower(
            @ForAll("cases") DrawnCases.Case drawn, @ForAll @DoubleRange(min = 1, max = 8) double factor) {
        requireNoSlower(drawn, HardwareVariants.withGpu(drawn.node(), gpu -> HardwareVariants.withMemory(gpu, factor)));
    }

    @Property(tries = TRIES)
    void moreMemoryBandwidthNeverMakesTheBestLayoutSlower(
            @ForAll("cases") DrawnCases.Case drawn, @ForAll @DoubleRange(min = 1, max = 8) double factor) {
        requireNoSlower(
                drawn,
                HardwareVariants.withGpu(drawn.node(), gpu -> HardwareVariants.withMemoryBandwidth(gpu, factor)));
    }

    @Property(tries = TRIES)
    void aFasterLinkNeverMakesTheBestLayoutSlower(
            @ForAll("cases") DrawnCases.Case drawn, @ForAll @DoubleRange(min = 1, max = 8) double factor) {
        requireNoSlower(drawn, HardwareVariants.withGpu(drawn.node(), gpu -> HardwareVariants.withLink(gpu, factor)));
    }

    @Property(tries = TRIES)
    void aFasterFabricNeverMakesTheBestLayoutSlower(
            @ForAll("cases") DrawnCases.Case drawn, @ForAll @DoubleRange(min = 1, max = 8) double factor) {
        requireNoSlower(drawn, HardwareVariants.withFabric(drawn.node(), factor));
    }

    /** A step is a sum of some 30 products, each rounded to 2^-53 of its size. */
    private static void requireNoSlower(DrawnCases.Case drawn, Node better) {
        assertThat(drawn.with(better).bestSeconds())
                .as("%s", drawn)
                .isLessThanOrEqualTo(drawn.bestSeconds() * (1 + 1e-14));
    }

    @Property(tries = TRIES)
    void oneGpuHasNoCollectivesSendsOrBubble(@ForAll("cases") DrawnCases.Case drawn) {
        Node alone = HardwareVariants.withGpusPerNode(drawn.node(), 1);
        List<LayoutEstimate> layouts = new LayoutEstimator(drawn.job(), alone, LayoutWish.any())
                .best(1, 1_000)
                .best();
        assertThat(layouts).isNotEmpty().allSatisfy(estimate -> {
            LayoutEstimate.Breakdown parts = estimate.breakdown();
            assertThat(List.of(
                            parts.tensorParallel(),
                            parts.expertParallel(),
                            parts.contextParallel(),
                            parts.pipelineBubble(),
                            parts.pipelineSend(),
                            parts.dataParallel()))
                    .as("%s", drawn)
                    .containsOnly(0.0);
        });
    }
}
