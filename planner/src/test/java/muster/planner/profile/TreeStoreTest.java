package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeStoreTest {
    @TempDir
    private Path folder;

    @Test
    void whatComesBackIsWhatWasParsed() throws IOException {
        Path odd = ShippedFiles.write(folder, "odd.yaml", "a: [~, '', \"é × 日本 😀\", {b: c}]\n? d\n: {}\n");
        List<Path> files = new ArrayList<>(List.of(odd));
        try (Stream<Path> shipped = Files.walk(ShippedFiles.CATALOGUE)) {
            shipped.filter(file -> file.toString().endsWith(".yaml")).forEach(files::add);
        }
        Path store = folder.resolve("trees");
        ParsedFiles parsed = ParsedFiles.of(files, Optional.of(store), true);
        TreeStore kept = TreeStore.read(store);
        assertThat(files)
                .hasSizeGreaterThan(90)
                .allSatisfy(file -> assertThat(kept.find(file)).contains(parsed.get(file)));
    }

    /** The second reading finds every claim, the yardsticks and the entries that an earlier start left. */
    @Test
    void claimsFromTheStoreAreThoseOfTheFiles() throws ProfileException {
        Path entries = folder.resolve("catalogue.trees");
        Catalogue catalogue = Catalogue.open(ShippedFiles.CATALOGUE, Optional.empty(), Optional.of(entries));
        catalogue.list(List.of(Kind.values()));
        ClaimListing parsed = ClaimReader.list(catalogue);
        assertThat(folder.resolve(ClaimReader.STORE)).exists();

        assertThat(ClaimReader.list(catalogue)).isEqualTo(parsed);
        assertThat(ClaimReader.list(ShippedFiles.catalogue())).isEqualTo(parsed);
        assertThat(YardstickReader.read(catalogue)).isEqualTo(YardstickReader.read(ShippedFiles.catalogue()));
    }

    @Test
    void aChangedFileIsParsedAnewAndKeptAnew() throws IOException {
        Path file = ShippedFiles.write(folder, "a.yaml", "a: 1\n");
        Path store = folder.resolve("trees");
        ParsedFiles.of(List.of(file), Optional.of(store), true);
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "a: 2\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 5));
        assertThat(TreeStore.read(store).find(file)).isEmpty();
        ParsedFile parsed =
                ParsedFiles.of(List.of(file), Optional.of(store), true).get(file);
        assertThat(parsed.mapping().orElseThrow().find("a").orElseThrow().shape())
                .isEqualTo("(2)");
        assertThat(TreeStore.read(store).find(file)).contains(parsed);
    }

    @Test
    void filesWithProblemsAreNotKept() {
        Path twice = ShippedFiles.write(folder, "twice.yaml", "a: 1\na: 2\n");
        Path broken = ShippedFiles.write(folder, "broken.yaml", "a: [\n");
        Path store = folder.resolve("trees");
        ParsedFiles.of(List.of(twice, broken), Optional.of(store), true);
        assertThat(TreeStore.read(store).find(twice)).isEmpty();
        assertThat(TreeStore.read(store).find(broken)).isEmpty();
        assertThat(ParsedFiles.of(List.of(twice), Optional.of(store), true)
                        .get(twice)
                        .problems())
                .isNotEmpty();
    }

    @Test
    void aBrokenStoreIsNoStore() throws IOException {
        Path file = ShippedFiles.write(folder, "a.yaml", "a: {b: c}\n");
        Path store = folder.resolve("trees");
        TreeStore.write(store, Map.of(file, ParsedFile.of(file)));
        byte[] whole = Files.readAllBytes(store);
        for (int length = 0; length < whole.length; length++) {
            Files.write(store, Arrays.copyOf(whole, length));
            assertThat(TreeStore.read(store).find(file))
                    .as("the first %d bytes", length)
                    .isEmpty();
        }
        for (int index = 0; index < whole.length; index++) {
            byte[] damaged = whole.clone();
            damaged[index] ^= (byte) 0x80;
            Files.write(store, damaged);
            TreeStore.read(store).find(file); // may be anything, but no exception
        }
        assertThat(ParsedFiles.of(List.of(file), Optional.of(folder.resolve("no/such/folder/trees")), true)
                        .get(file)
                        .problems())
                .isEmpty();
    }

    @Test
    void aCatalogueReadsTheSameFromItsStore() {
        Path store = folder.resolve("trees");
        Catalogue catalogue = Catalogue.open(ShippedFiles.CATALOGUE, Optional.empty(), Optional.of(store));
        CatalogueListing first = catalogue.list(List.of(Kind.values()));
        assertThat(store).isNotEmptyFile();
        assertThat(catalogue.list(List.of(Kind.values()))).isEqualTo(first);
        assertThat(ShippedFiles.catalogue().list(List.of(Kind.values()))).isEqualTo(first);
    }
}
