package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("muster.home"), "pom.xml"));
        assertThat(pom).contains("<artifactId>muster</artifactId>\n  <version>" + Version.NUMBER + "</version>");
    }
}
