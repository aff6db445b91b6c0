package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports compared with files kept beside the tests; {@code -Dmuster.golden.write=true} writes the files anew. */
final class Golden {
    private static final Path FOLDER =
            Path.of(System.getProperty("muster.home"), "planner/src/test/resources/muster/planner/report");

    private Golden() {}

    static void assertSame(String file, String actual) throws IOException {
        if (Boolean.getBoolean("muster.golden.write")) {
            Files.writeString(FOLDER.resolve(file), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(FOLDER.resolve(file)));
    }
}
