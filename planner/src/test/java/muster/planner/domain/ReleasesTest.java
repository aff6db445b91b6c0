package muster.planner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private static final Origin ORIGIN = new Origin("test", "2026", Confidence.LOW);
    private static final Gpu GPU = SampleEntries.gpu("h100", "hopper", Precision.BF16, ORIGIN);
    private static final Stack STACK = SampleEntries.stack("s", "S", Set.of(Precision.BF16), ORIGIN)
            .with(
                    Map.of(
                            "paces.25.09.hopper.layers", 0.9,
                            "paces.25.11.hopper.layers", 0.95,
                            "paces.25.11.hopper.mixtures", 0.8),
                    ORIGIN);

    @Test
    void aReleaseHasItsPaceAndAnUnlistedOneThatOfTheLastBeforeIt() {
        assertThat(layers("25.09")).isEqualTo(0.9);
        assertThat(layers("25.10")).isEqualTo(0.9);
        assertThat(layers("25.11.1")).isEqualTo(0.95);
        assertThat(layers("24.01")).isEqualTo(0.9);
        assertThat(STACK.at("25.11").pace(GPU).orElseThrow().mixtures().value()).isEqualTo(0.8);
        assertThat(STACK.at("25.09").pace(GPU).orElseThrow().mixtures().value()).isEqualTo(1);
    }

    @Test
    void withoutAReleaseTheEfficienciesHold() {
        assertThat(STACK.pace(GPU)).isEmpty();
        assertThat(STACK.at("25.09").pace(SampleEntries.gpu("b200", "blackwell", Precision.BF16, ORIGIN)))
                .isEmpty();
    }

    @Test
    void releasesAreOrderedByTheirNumbers() {
        assertThat(Stack.compareReleases("25.9", "25.11")).isNegative();
        assertThat(Stack.compareReleases("26.02.01", "26.02")).isPositive();
        assertThat(Stack.compareReleases("24.09", "24.9")).isNotZero();
    }

    private static double layers(String release) {
        return STACK.at(release).pace(GPU).orElseThrow().layers().value();
    }
}
