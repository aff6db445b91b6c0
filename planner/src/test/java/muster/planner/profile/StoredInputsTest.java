package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import muster.planner.domain.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scenario was read from is enough to read it again. */
class StoredInputsTest {
    static Stream<Path> everyShippedScenarioIsReadAgainAsItWas() {
        return Catalogue.listed(ShippedFiles.CATALOGUE.resolve("scenarios")).stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyShippedScenarioIsReadAgainAsItWas(Path file) throws ProfileException {
        Scenario read =
                ScenarioReader.read(file, List.of(Setting.parse("limits.power=2.5 MW")), ShippedFiles.catalogue());
        Scenario again = ScenarioReader.readAgain(read.written().orElseThrow());
        assertThat(again).isEqualTo(read);
    }
}
