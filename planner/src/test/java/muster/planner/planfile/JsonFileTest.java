package muster.planner.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanDifference;
import muster.planner.profile.ProfileException;
import muster.planner.report.Answers;
import muster.planner.report.DifferenceJson;
import muster.planner.report.DifferenceReport;
import muster.planner.report.PlanJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileTest {
    private static JsonValue parse(String text) throws ProfileException {
        return JsonFile.parse(text.getBytes(StandardCharsets.UTF_8), "x.json");
    }

    @Test
    void valuesKeepTheirPlaces() throws ProfileException {
        JsonValue.Group root = (JsonValue.Group) parse("{\"a\": 1.50,\n  \"b\": [true, null, \"ü\"]}");
        assertThat(root.find("a")).contains(new JsonValue.Amount(new JsonValue.Place(1, 7), new BigDecimal("1.50")));
        JsonValue.Items list = (JsonValue.Items) root.find("b").orElseThrow();
        assertThat(list.place()).isEqualTo(new JsonValue.Place(2, 8));
        assertThat(list.items())
                .containsExactly(
                        new JsonValue.Truth(new JsonValue.Place(2, 9), true),
                        new JsonValue.Nothing(new JsonValue.Place(2, 15)),
                        new JsonValue.Text(new JsonValue.Place(2, 21), "ü"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": 1, \"a\": 2}|x.json:1:13: This is not JSON: Duplicate Object property \"a\"",
                "{\"a\": 1} {}|x.json:1:10: Something follows the end of the JSON value.",
                "{\"a\": 01}|x.json:1:8: This is not JSON",
                "{\"a\": NaN}|x.json:1:10: This is not JSON",
                "{\"a\"|x.json:1:5: This is not JSON",
                "[1e151]|x.json:1:2: The number is out of range.",
                "[1e-999999999]|x.json:1:2: The number is out of range.",
                "[1e99999999999]|x.json:1:2: The number is out of range.",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void boundsHoldOnHostileFiles() {
        assertThatThrownBy(() -> parse("[".repeat(1_000_000)))
                .hasMessageContaining("nested deeper than %d levels".formatted(JsonFile.MOST_DEPTH));
        assertThatThrownBy(() -> parse("[" + "0,".repeat(JsonFile.MOST_VALUES) + "0]"))
                .hasMessageContaining("more than 2,000,000 values");
        assertThatThrownBy(() -> parse("[" + "9".repeat(1_000) + "]")).hasMessageContaining("longer than 400");
        assertThatThrownBy(() -> parse("{\"" + "a".repeat(100_000) + "\": 1}")).hasMessageContaining("a name");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("The file is empty.");
    }

    @Test
    void aFileOfAnySizeIsRefusedBeforeItIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.json");
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(JsonFile.MOST_BYTES + 1L); // sparse
            channel.write(ByteBuffer.wrap(new byte[] {'1'}));
        }
        assertThatThrownBy(() -> JsonFile.read(file)).hasMessageContaining("has more than 50,000,000 bytes");
        assertThatThrownBy(() -> JsonFile.read(folder)).hasMessageContaining("This is a folder, not a file.");
        assertThatThrownBy(() -> JsonFile.read(folder.resolve("none.json"))).hasMessageContaining("does not exist");
    }

    /** Whatever a byte of a real plan becomes: a plan, or a located problem. */
    @Test
    void mutatedPlansNeverEndInAnythingElse() throws ProfileException {
        PlanAnswer answer = Answers.feasible();
        byte[] plan = PlanJson.of(answer).getBytes(StandardCharsets.UTF_8);
        PlanFile sound = PlanFile.of(Path.of("a.json"), JsonFile.parse(plan, "a.json"));
        SplittableRandom random = new SplittableRandom(20_261_125);
        int compared = 0;
        for (int round = 0; round < 400; round++) {
            byte[] mutated = plan.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                mutated[random.nextInt(mutated.length)] =
                        (byte) "{}[]\",:0e-nt \u0000\u007f".charAt(random.nextInt(15));
            }
            try {
                PlanFile file = PlanFile.of(Path.of("b.json"), JsonFile.parse(mutated, "b.json"));
                PlanDifference difference = PlanComparison.compare(sound, file);
                assertThat(DifferenceReport.text(difference, true)).isNotEmpty();
                assertThat(DifferenceReport.html(difference)).isNotEmpty();
                assertThat(DifferenceReport.csv(difference)).isNotEmpty();
                assertThat(DifferenceJson.of(difference)).isNotEmpty();
                compared++;
            } catch (ProfileException located) {
                assertThat(located.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                });
            }
        }
        assertThat(compared).isPositive();
    }
}
