package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(cuda.get("available").asBoolean()).isFalse();
        assertThat(cuda.get("reason").asString()).isNotBlank();
        assertThat(cuda.get("layoutsPerSecond").isNull()).isTrue();
        assertThat(cuda.get("futuresPerSecond").isNull()).isTrue();
        assertThat(root.get("chosen").asString()).isIn("scalar", "vector");
    }

    @Test
    void aBackEndThatIsNotThereIsBadInput() {
        Captured captured = Captured.run("plan", "nowhere.yaml", "--backend", "cuda");
        assertThat(captured.exitCode()).isEqualTo(2);
        assertThat(captured.out()).isEmpty();
        assertThat(captured.err()).contains("cuda").contains("Maybe");
        assertThat(Captured.run("plan", "nowhere.yaml", "--backend", "abacus").exitCode())
                .isEqualTo(2);
    }
}
