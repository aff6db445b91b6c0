package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile files end in one located problem, soon and in little memory. */
@Timeout(20)
class YamlLimitsTest {
    private static Path folder;

    @BeforeAll
    static void keep(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void aHundredMegabyteFileIsRefusedUnread() throws IOException {
        Path file = folder.resolve("large.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100_000_000);
        }
        assertThat(problem(file))
                .isEqualTo(file + ":1:1: The file has 100,000,000 bytes; at most 10,000,000 are read.\n"
                        + "  Maybe this is not the file you meant.");
    }

    @Test
    void aDeviceIsNoFile() {
        assertThat(problem(Path.of("/dev/zero"))).startsWith("/dev/zero:1:1: This is not a regular file.");
    }

    @Test
    void aMissingFileAndAFolderAreSaidToBeSo() {
        assertThat(problem(folder.resolve("nowhere.yaml"))).contains(":1:1: The file does not exist.\n  Maybe ");
        assertThat(problem(folder)).endsWith(":1:1: This is a folder, not a file.");
    }

    @Test
    void deepFlowNestingIsRefusedWhereItGetsTooDeep() {
        assertThat(problemOf("a: " + "[".repeat(20_000) + "]".repeat(20_000)))
                .contains(":1:103: Values nest deeper than 100 levels here.");
        assertThat(problemOf("a: " + "{a: ".repeat(20_000))).contains("Values nest deeper than 100 levels here.");
    }

    @Test
    void deepBlockNestingIsRefusedWhereItGetsTooDeep() {
        assertThat(problemOf("- ".repeat(20_000) + "x")).contains(":1:201: Values nest deeper than 100 levels here.");
        String stairs = IntStream.range(0, 4_000)
                .mapToObj(level -> " ".repeat(level) + "a:\n")
                .collect(Collectors.joining());
        assertThat(problemOf(stairs)).contains(":100:100: Values nest deeper than 100 levels here.");
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 9; level++) {
            String alias = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(
                            level,
                            level,
                            String.join(
                                    ", ",
                                    List.of(alias, alias, alias, alias, alias, alias, alias, alias, alias, alias))));
        }
        assertThat(problemOf(bomb.toString()))
                .contains(":5:45: More than 100,000 values stand in this file, aliases written out.");
    }

    @Test
    void manyAliasesAndAliasesToThemselvesAreRefused() {
        assertThat(problemOf("a: &a x\nb: [" + "*a, ".repeat(60) + "*a]"))
                .contains(":2:205: More than 50 aliases are used.");
        assertThat(problemOf("a: &a [*a]")).contains(":1:8: The alias (*a) has no anchor before it.");
    }

    @Test
    void manyValuesAreRefused() {
        assertThat(problemOf("a: [" + "x,\n ".repeat(1_000_000) + "]")).contains("More than 100,000 values");
    }

    /** Each just below the limits of size and line length. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x", "x ", "x, ", "#", "&", "*", "''", "? ", "- ", "k: ", "{", "!", "%", "| ", "\n", "\n\n x"})
    void largeFilesEndSoon(String piece) {
        String line = piece.repeat(YamlText.LONGEST_LINE / piece.length() - 10);
        for (String start : List.of("scenario: ", "a: \"", "")) {
            String text = (start + line + "\n").repeat(9_000_000 / line.length());
            assertThat(problemOf(text)).isNotBlank().hasSizeLessThan(100_000);
        }
    }

    @Test
    void anEndlessLineIsRefused() {
        assertThat(problemOf("a: 1\nb: " + "x".repeat(9_000_000)))
                .endsWith(":2:1: This line is longer than 100,000 characters.");
    }

    @Test
    void manyUnknownKeysEndSoon() {
        String keys = IntStream.range(0, 49_000)
                .mapToObj(number -> "jobsandpools%d: x\n".formatted(number))
                .collect(Collectors.joining());
        assertThat(problemOf(keys)).contains("The key (jobsandpools0) is unknown.");
        assertThat(problemOf("pools:\n- name: a\n  node:\n    extends: hgx-h800\n" + keys.indent(4)))
                .contains("The key (pools.a.node.jobsandpools0) is unknown.");
    }

    @Test
    void typeTagsAreRefusedAndReadingGoesOn() {
        assertThat(problemOf("scenario: !!javax.script.ScriptEngineManager [x]\nstart: !env HOME\na: 1\na: 2"))
                .contains(":1:11: The type tag (tag:yaml.org,2002:javax.script.ScriptEngineManager) is not allowed.")
                .contains(":2:8: The type tag (!env) is not allowed.")
                .contains(":4:1: The key (a) stands twice; the first is on line 3.");
    }

    @Test
    void mergeKeysAndKeysThatAreNoNamesAreRefused() {
        assertThat(problemOf("<<: {a: 1}\n[1, 2]: x"))
                .contains(":1:1: The merge key (<<) is not supported.")
                .contains(":2:1: A key must be a name, not a list.");
    }

    @Test
    void syntaxErrorsHaveAPlaceAndNoSnippet() {
        assertThat(problemOf("a: [1, 2\nb: }"))
                .contains(":2:2: This is not valid YAML: ")
                .doesNotContain("^");
        assertThat(problemOf("a: b: c")).contains(":1:5: This is not valid YAML: mapping values are not allowed here.");
        assertThat(problemOf("a: \"\\UFFFFFFFF\"")).contains("This is not valid YAML");
        assertThat(problemOf("a: 1\n--- \nb: 1")).contains(":2:1: A second document starts here; one is allowed.");
    }

    @Test
    void bytesThatAreNoTextAreLocated() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', 'x', '\n', 'b', ':', ' ', (byte) 0xE9, '\n'});
        assertThat(problem(file))
                .isEqualTo(file + ":2:4: The byte 0xE9 is not valid UTF-8.\n  Maybe save the file as UTF-8.");
        assertThat(problemOf("a: x\u0007y")).endsWith(":1:5: The character U+0007 is not allowed in YAML.");
    }

    @Test
    void emptyFilesAreSaidToBeEmpty() {
        assertThat(problemOf("")).contains(":1:1: The file is empty.");
        assertThat(problemOf("# only a comment\n")).contains(":1:1: The file is empty.");
    }

    private static String problemOf(String text) {
        return problem(ShippedFiles.write(folder, "hostile.yaml", text));
    }

    private static String problem(Path file) {
        return catchThrowableOfType(
                        ProfileException.class, () -> ScenarioReader.read(file, List.of(), ShippedFiles.catalogue()))
                .getMessage();
    }
}
