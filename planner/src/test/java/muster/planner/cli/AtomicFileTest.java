package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void theOldTextIsReplacedAndNothingElseRemains() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "a much longer old text");
        new AtomicFile(file).write("new ×\n");
        assertThat(file).hasContent("new ×\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.json"), file);
        new AtomicFile(link).write("new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }
}
