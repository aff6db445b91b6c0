package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import muster.planner.domain.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a scenario's text, reading it gives a scenario or located problems, and nothing else. */
class ScenarioFuzzTest {
    private static final int MUTANTS = 1_000;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "<<: ",
            "~",
            "none",
            "null",
            "\n",
            "\t",
            "  ",
            "\"",
            "'",
            "#",
            "|",
            ">",
            "%",
            "@",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "\uD800",
            "é",
            "0",
            "-1",
            ".nan",
            ".inf",
            "1e400",
            "$",
            "$6 M",
            "2027-02-30",
            "name: ",
            "extends: h800\n",
            "value: ",
            "[[[[",
            "? ",
            "---\n",
            "...\n",
            "\\U",
            "999999999999999999999999");

    @Test
    @Timeout(120)
    void mutantsGiveAScenarioOrLocatedProblems(@TempDir Path folder) throws IOException {
        String shipped = Files.readString(ShippedFiles.SCENARIO);
        int read = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = mutate(random.nextBoolean() ? shipped : ShippedFiles.SMALL_SCENARIO, random);
            Path file = folder.resolve("mutant.yaml");
            Files.write(
                    file,
                    text.getBytes(
                            random.nextInt(20) == 0
                                    ? java.nio.charset.StandardCharsets.UTF_16
                                    : java.nio.charset.StandardCharsets.UTF_8));
            try {
                Scenario scenario = ScenarioReader.read(file, List.of(), ShippedFiles.catalogue());
                assertThat(scenario.jobs()).as("seed %d", seed).isNotEmpty();
                read++;
            } catch (ProfileException e) {
                assertThat(e.problems()).as("seed %d", seed).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.message()).isNotBlank().hasSizeLessThan(600);
                });
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " broke the reader with:\n" + text, e);
            }
        }
        assertThat(read).as("mutants that are still scenarios").isGreaterThan(20);
    }

    @Test
    @Timeout(120)
    void mutatedSettingsGiveAScenarioOrLocatedProblems() {
        List<String> sound = List.of(
                "limits.deadline=60 d",
                "pools.h800.rent=$1.5 /GPU/h",
                "jobs.pretrain.measured={h800: 9 tokens/s/GPU}",
                "pools=[]",
                "sites=[{name: a}]",
                "objective=[days, cost]");
        for (int seed = 0; seed < MUTANTS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = mutate(sound.get(random.nextInt(sound.size())), random);
            try {
                ScenarioReader.read(
                        ShippedFiles.SCENARIO,
                        List.of(new Setting(text.substring(0, text.length() / 2), text.substring(text.length() / 2))),
                        ShippedFiles.catalogue());
            } catch (ProfileException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " broke the reader with: " + text, e);
            }
        }
    }

    private static String mutate(String text, SplittableRandom random) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            int from = random.nextInt(mutant.length() + 1);
            int to = Math.min(mutant.length(), from + random.nextInt(12));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(4)) {
                case 0 -> mutant.delete(from, to);
                case 1 -> mutant.insert(from, piece);
                case 2 -> mutant.replace(from, to, piece);
                default -> mutant.insert(from, mutant.substring(from, to).repeat(3));
            }
        }
        return mutant.toString();
    }
}
