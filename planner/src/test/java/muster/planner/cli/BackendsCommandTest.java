package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import muster.kernels.KernelBackends;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BackendsCommandTest {
    @Test
    void allThreeAreNamedAndThoseThatRunAreMeasured() {
        Captured captured = Captured.run("backends", "-o", "json");
        assertThat(captured.exitCode()).isZero();
        JsonNode root = JsonMapper.builder().build().readTree(captured.out());
        assertThat(root.get("format").asString()).isEqualTo("muster/backends/1");
        assertThat(root.get("backends").size()).isEqualTo(3);
        JsonNode scalar = root.get("backends").get(0);
        assertThat(scalar.get("name").asString()).isEqualTo("scalar");
        assertThat(scalar.get("laneBits").asInt()).isEqualTo(64);
        assertThat(scalar.get("layoutsPerSecond").asDouble()).isGreaterThan(1e6);
        assertThat(scalar.get("futuresPerSecond").asDouble()).isGreaterThan(1e6);
        JsonNode cuda = root.get("backends").get(2);
        assertThat(cuda.get("name").asString()).isEqualTo("cuda");
        assertThat(cuda.get("reason").asString()).isNotBlank();
        if (cuda.get("available").asBoolean()) {
            assertThat(cuda.get("device").asString()).isNotBlank();
            assertThat(cuda.get("futuresPerSecond").asDouble()).isGreaterThan(1e6);
        } else {
            assertThat(cuda.get("device").isNull()).isTrue();
            assertThat(cuda.get("layoutsPerSecond").isNull()).isTrue();
            assertThat(cuda.get("futuresPerSecond").isNull()).isTrue();
        }
        assertThat(root.get("chosen").asString()).isIn("scalar", "vector", "cuda");
    }

    @Test
    void aBackEndThatIsNotThereIsBadInput() {
        assumeTrue(KernelBackends.findDevice().isEmpty(), "this machine has a GPU");
        Captured captured = Captured.run("plan", "nowhere.yaml", "--backend", "cuda");
        assertThat(captured.exitCode()).isEqualTo(2);
        assertThat(captured.out()).isEmpty();
        assertThat(captured.err())
                .startsWith("The cuda back end cannot run here: ")
                .contains("\n  Maybe ")
                .hasLineCount(2);
    }

    @Test
    void anUnknownBackEndIsBadInput() {
        assertThat(Captured.run("plan", "nowhere.yaml", "--backend", "abacus").exitCode())
                .isEqualTo(2);
    }
}
