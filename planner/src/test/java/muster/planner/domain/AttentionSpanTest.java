package muster.planner.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.IntStream;
import muster.planner.domain.Attention.Mask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AttentionSpanTest {
    /** Counted token by token, the token itself included, a causal sum has half a key more than the formula's integral. */
    @Property(tries = 200)
    void windowsCountTheKeysThatTokensSee(
            @ForAll @IntRange(min = 1, max = 400) int sequence, @ForAll @IntRange(min = 1, max = 500) int window) {
        double seen = IntStream.rangeClosed(1, sequence)
                .mapToDouble(token -> Math.min(token, window))
                .average()
                .orElseThrow();
        assertThat(new AttentionSpan(1, window, 0, 0).meanKeys(1, sequence, Mask.CAUSAL))
                .isCloseTo(seen, within(0.5));
    }

    @Property(tries = 200)
    void chunksCountTheKeysThatTokensSee(
            @ForAll @IntRange(min = 1, max = 20) int chunks, @ForAll @IntRange(min = 1, max = 100) int chunk) {
        double seen = IntStream.range(0, chunks * chunk)
                .mapToDouble(token -> token % chunk + 1)
                .average()
                .orElseThrow();
        assertThat(new AttentionSpan(0, 0, 1, chunk).meanKeys(1, chunks * chunk, Mask.CAUSAL))
                .isCloseTo(seen, within(0.5));
    }

    /** 2 of 8 layers see 128 − 128²/8,192 = 126 keys, 2 see 512, 4 see 2,048: (252 + 1,024 + 8,192) / 8. */
    @Test
    void layersAreAveraged() {
        AttentionSpan span = new AttentionSpan(2, 128, 2, 1024);
        assertThat(span.meanKeys(8, 4096, Mask.CAUSAL)).isEqualTo(1183.5);
        // Full: (2 × 128 + 2 × 1,024 + 4 × 4,096) / 8.
        assertThat(span.meanKeys(8, 4096, Mask.FULL)).isEqualTo(2336);
    }

    @Test
    void shortSequencesFitIntoWindowAndChunk() {
        AttentionSpan span = new AttentionSpan(2, 4096, 2, 8192);
        assertThat(span.meanKeys(4, 4096, Mask.CAUSAL)).isEqualTo(2048);
        assertThat(span.meanKeys(4, 4096, Mask.FULL)).isEqualTo(4096);
    }

    /**
     * 4 heads of 16 over a hidden size of 64: attention 4 × 64² = 16,384 weights; linear 5 × 64 × 64 = 20,480 and a norm of
     * 64. Three layers of which two are linear: (16,384 + 2 × 20,480) / 3 weights multiply a token on average, and
     * 2 × (20,544 − 16,384) weights more are there. The core at 32 tokens: 2 × 4 × 32 × 16 = 4,096 and 4 × 4 × 16² = 4,096.
     */
    @Test
    void linearLayersKeepAState() {
        Architecture mixed = with(new LinearAttention(2, 4, 16));
        Architecture plain = with(LinearAttention.NONE);
        assertThat(mixed.attentionMatrixParameters()).isEqualTo((16_384 + 2 * 20_480) / 3.0);
        assertThat(mixed.totalParameters() - plain.totalParameters())
                .isEqualTo(mixed.linearAttentionExcess())
                .isEqualTo(2 * (20_544 - 16_384));
        assertThat(mixed.attentionCoreFlops(32, Mask.CAUSAL)).isEqualTo(4096);
        assertThat(mixed.attentionCoreFlops(64, Mask.CAUSAL)).isEqualTo((8192 + 2 * 4096) / 3.0);
        assertThat(mixed.keyValueElements()).isEqualTo(128 / 3.0);
        assertThat(plain.keyValueElements()).isEqualTo(128);
    }

    @Test
    void kindsOfLayersMustNotExceedLayers() {
        assertThatThrownBy(() -> with(new LinearAttention(4, 4, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "windowLayers (0), chunkLayers (0) and linearLayers (4) must not exceed layers (3) together.");
        assertThatThrownBy(() -> new AttentionSpan(1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windowSize (0) must be at least 1");
    }

    private static Architecture with(LinearAttention linear) {
        return new Architecture(
                3,
                64,
                new Embedding(100, true, 0),
                new Attention.Grouped(4, 4, 16),
                AttentionSpan.WHOLE,
                linear,
                3,
                256,
                false,
                Architecture.Experts.NONE,
                Set.of(),
                Norms.USUAL,
                false,
                0,
                0);
    }
}
