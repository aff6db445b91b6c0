package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vectors of one width, where this machine has it. */
interface TestedVectors extends TestedBackend {
    int bits();

    @BeforeEach
    default void needsTheWidth() {
        assumeTrue(
                KernelBackends.listVectorWidths().contains(bits()),
                () -> "no vectors of %d bits here, only %s".formatted(bits(), KernelBackends.listVectorWidths()));
    }

    @Override
    default KernelBackend backend() {
        return KernelBackends.openVector(bits());
    }

    /** Asks the copies of the classes themselves, whose species computes. */
    @Test
    default void itRunsOnTheWidthItNames() throws ReflectiveOperationException {
        assertThat(backend().choice().laneBits()).isEqualTo(bits());
        for (Object kernels :
                List.of(backend().layouts(), backend().futures(), backend().placements())) {
            assertThat(kernels.getClass().getDeclaredMethod("laneBits").invoke(kernels))
                    .isEqualTo(bits());
        }
    }
}
