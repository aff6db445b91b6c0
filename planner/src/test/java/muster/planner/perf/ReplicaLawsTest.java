package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;

import muster.planner.domain.Gpu;
import muster.planner.domain.Work;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What hardware, lengths and counts do to the best replicas, whatever the model. */
class ReplicaLawsTest {
    private static final int TRIES = 150;

    /** A rate is a quotient of sums of some 30 products, each rounded to 2^-53 of its size. */
    private static final double ROUNDING = 1e-12;

    @Provide
    Arbitrary<Writers.Case> cases() {
        return Writers.cases();
    }

    @Property(tries = TRIES)
    void betterHardwareNeverWritesLess(
            @ForAll("cases") Writers.Case drawn,
            @ForAll @DoubleRange(min = 1, max = 8) double factor,
            @ForAll @IntRange(max = 4) int which) {
        Gpu gpu = drawn.node().gpu();
        Writers.Case better = drawn.with(
                switch (which) {
                    case 0 -> HardwareVariants.withGpu(drawn.node(), old -> HardwareVariants.withRates(gpu, factor));
                    case 1 -> HardwareVariants.withGpu(drawn.node(), old -> HardwareVariants.withMemory(gpu, factor));
                    case 2 ->
                        HardwareVariants.withGpu(
                                drawn.node(), old -> HardwareVariants.withMemoryBandwidth(gpu, factor));
                    case 3 -> HardwareVariants.withGpu(drawn.node(), old -> HardwareVariants.withLink(gpu, factor));
                    default -> HardwareVariants.withFabric(drawn.node(), factor);
                });
        assertThat(better.tokensPerSecond())
                .as("%s", drawn)
                .isGreaterThanOrEqualTo(drawn.tokensPerSecond() * (1 - ROUNDING));
    }

    @Property(tries = TRIES)
    void aLongerPromptNeverGivesMoreSamples(
            @ForAll("cases") Writers.Case drawn, @ForAll @DoubleRange(min = 1, max = 4) double factor) {
        Work.Generation old = drawn.work();
        requireNoMoreSamples(
                drawn,
                Writers.work(
                        Math.ceil(old.promptTokens().value() * factor),
                        old.meanOutputTokens().value(),
                        old.tailOutputTokens().value(),
                        old.samples().value()));
    }

    @Property(tries = TRIES)
    void longerOutputsNeverGiveMoreSamples(
            @ForAll("cases") Writers.Case drawn, @ForAll @IntRange(min = 1, max = 4) int factor) {
        Work.Generation old = drawn.work();
        requireNoMoreSamples(
                drawn,
                Writers.work(
                        old.promptTokens().value(),
                        old.meanOutputTokens().value() * factor,
                        old.tailOutputTokens().value() * factor,
                        old.samples().value()));
    }

    @Property(tries = TRIES)
    void aLongerTailNeverGivesMoreSamples(
            @ForAll("cases") Writers.Case drawn, @ForAll @DoubleRange(min = 1, max = 10) double factor) {
        Work.Generation old = drawn.work();
        double most = Work.Generation.MOST_TAIL * old.meanOutputTokens().value();
        requireNoMoreSamples(
                drawn,
                Writers.work(
                        old.promptTokens().value(),
                        old.meanOutputTokens().value(),
                        Math.min(most, Math.ceil(old.tailOutputTokens().value() * factor)),
                        old.samples().value()));
    }

    private static void requireNoMoreSamples(Writers.Case drawn, Work.Generation longer) {
        assertThat(drawn.with(longer).samplesPerSecond())
                .as("%s, then %s", drawn, longer)
                .isLessThanOrEqualTo(drawn.samplesPerSecond() * (1 + ROUNDING));
    }

    @Property(tries = TRIES)
    void moreSamplesNeverTakeLessTime(
            @ForAll("cases") Writers.Case drawn, @ForAll @IntRange(min = 1, max = 50) int factor) {
        Work.Generation old = drawn.work();
        Writers.Case more = drawn.with(old.withSamples(old.samples().times(factor)));
        double before = drawn.tokensPerSecond();
        if (before > 0) {
            double seconds = old.tokens().value() / before;
            assertThat(more.work().tokens().value() / more.tokensPerSecond())
                    .as("%s", drawn)
                    .isGreaterThanOrEqualTo(seconds * (1 - ROUNDING))
                    .isLessThanOrEqualTo(seconds * factor * (1 + ROUNDING));
        }
    }

    @Property(tries = TRIES)
    void moreNodesNeverWriteLess(@ForAll("cases") Writers.Case drawn, @ForAll @IntRange(min = 1, max = 8) int more) {
        assertThat(drawn.withNodes(drawn.nodes() + more).tokensPerSecond())
                .as("%s", drawn)
                .isGreaterThanOrEqualTo(drawn.tokensPerSecond() * (1 - ROUNDING));
    }

    @Property(tries = TRIES)
    void moreSequencesWriteMoreTokensInLongerSteps(
            @ForAll("cases") Writers.Case drawn, @ForAll @IntRange(min = 1, max = 500) int sequences) {
        ReplicaSearch search = new ReplicaSearch(drawn.job(), drawn.work(), drawn.node());
        for (ReplicaSearch.Found found : search.all(drawn.nodes())) {
            ReplicaSearch.Candidate few = search.candidate(found.shape(), sequences);
            ReplicaSearch.Candidate many = search.candidate(found.shape(), 2 * sequences);
            assertThat(many.tokensPerSecond()).isGreaterThanOrEqualTo(few.tokensPerSecond() * (1 - ROUNDING));
            assertThat(many.stepSeconds()).isGreaterThanOrEqualTo(few.stepSeconds() * (1 - ROUNDING));
            assertThat(search.model().memory(found.shape(), 2 * sequences).bytes())
                    .isGreaterThan(
                            search.model().memory(found.shape(), sequences).bytes());
        }
    }

    @Property(tries = TRIES)
    void moreRanksNeverHoldMoreWeightsPerGpu(@ForAll("cases") Writers.Case drawn) {
        ReplicaModel model = new ReplicaModel(drawn.job(), drawn.work(), drawn.node());
        double one = weightBytes(model, new ReplicaShape(1, 1, 1));
        assertThat(weightBytes(model, new ReplicaShape(2, 1, 1))).isLessThanOrEqualTo(one);
        assertThat(weightBytes(model, new ReplicaShape(1, 2, 1))).isLessThanOrEqualTo(one);
        assertThat(weightBytes(model, new ReplicaShape(1, 1, 2))).isLessThanOrEqualTo(one);
    }

    private static double weightBytes(ReplicaModel model, ReplicaShape shape) {
        return model.memory(shape, 1).weightBytes();
    }
}
