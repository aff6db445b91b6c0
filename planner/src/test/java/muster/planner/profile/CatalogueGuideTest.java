package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on own entries shows files that work as they stand. */
class CatalogueGuideTest {
    private static final Pattern FILE = Pattern.compile("```yaml\n# my-profiles/(\\S+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theExamplesAreSound() throws IOException {
        Matcher files = FILE.matcher(Files.readString(Path.of(System.getProperty("muster.home"), "docs/catalogue.md")));
        while (files.find()) {
            ShippedFiles.write(folder, files.group(1), files.group(2));
        }
        Catalogue catalogue = ShippedFiles.catalogueUnder(folder);
        assertThat(catalogue.check().problems()).isEmpty();
        for (Kind kind : List.of(Kind.GPU, Kind.NODE, Kind.MODEL, Kind.MARKET)) {
            assertThat(catalogue.names(kind))
                    .hasSizeGreaterThan(ShippedFiles.catalogue().names(kind).size());
        }
    }
}
