package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code estimate} refuses before any work. */
class EstimateUsageTest {
    private static final String SHIPPED = Path.of(
                    System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
            .toString();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model     | deepsek-v3   | no model named (deepsek-v3) | Maybe deepseek-v3",
                "--node      | hgx-h8OO     | no node named (hgx-h8OO)    | Maybe hgx-h800",
                "--node      | hgx-a100     | the GPU a100 of node        | Maybe bf16",
                "--nodes     | 0            | out of range                | Maybe",
                "--nodes     | 1.5 nodes    | whole number                | Maybe",
                "--nodes     | 256 GPUs     | a number of nodes           | Maybe",
                "--sequence  | long         | sequence (long)             | Maybe",
                "--batch     | 4097 tokens  | whole number of sequences   | Maybe 1 sequences",
                "--batch     | 15360 rows   | unknown unit (rows)         | Maybe",
                "--batch     | -1           | negative                    | Maybe",
                "--precision | fp9          | is not a precision          | Maybe fp8",
                "--precision | fp16         | the stack deepseek          | Maybe bf16 or fp8",
                "--stack     | deepsek      | no stack named (deepsek)    | Maybe deepseek",
                "--layout    | xp=3         | (xp) is no dimension        | Maybe",
                "--layout    | tp=0         | tp (0)                      | Maybe tp=8",
                "--layout    | dp=1.5       | dp (1.5)                    | Maybe dp=8",
                "--layout    | mbs=99999999999 | mbs (99999999999)        | Maybe mbs=8",
                "--layout    | pp=8,pp=16   | --layout:1:6: pp stands twice | Maybe leave one out",
                "--layout    | pp           | key=value                   | Maybe pp=8",
                "--layout    | zero=4       | zero (4)                    | Maybe one of 0, 1, 2, 3",
                "--layout    | recompute=ful | recompute (ful)            | Maybe full",
                "--top       | 0            | --top                       | 1 to",
                "--top       | few          | --top                       | few",
                "-o          | csv          | text and json               | csv",
                "--job       | pretrain     | about a scenario            | Maybe muster estimate SCENARIO",
                "--set       | limits.deadline=4 d | about a scenario     | Maybe muster estimate SCENARIO"
            })
    void aBadOptionIsRefused(String option, String value, String word, String maybe) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--model", "deepseek-v3");
        options.put("--node", "hgx-h800");
        options.put("--nodes", "256");
        options.put("--sequence", "4096");
        options.put("--batch", "15360");
        options.put("--precision", "fp8");
        options.put("--stack", "deepseek");
        options.put(option, value);
        List<String> args = new ArrayList<>(List.of("estimate"));
        options.forEach((name, text) -> args.addAll(List.of(name, text)));
        assertRefused(Captured.run(args.toArray(String[]::new)), word, maybe);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertRefused(
                Captured.run(
                        "estimate",
                        "--model=nope",
                        "--node=nope",
                        "--nodes=x",
                        "--sequence=x",
                        "--batch=x",
                        "--precision=x",
                        "--stack=nope",
                        "--layout=tp=x,y=1"),
                "--model:",
                "--node:",
                "--nodes:",
                "--sequence:",
                "--batch:",
                "--precision:",
                "--stack:",
                "--layout:1:1:",
                "--layout:1:6:");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(
                Captured.run("estimate", "--model", "deepseek-v3", "--nodes", "1"),
                "Missing: --node, --sequence, --batch, --precision, --stack.",
                "Maybe");
        assertRefused(Captured.run("estimate"), "Missing: --model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pool  | h900        | no pool named (h900)  | Maybe h100 or h800",
                "--job   | pretain     | no job named (pretain) | Maybe pretrain",
                "--job   | pretrain    | 3 pools, and none was chosen | Maybe --pool, one of h800, h100, h20",
                "--model | deepseek-v3 | does not go with a scenario | Maybe --set 'jobs.NAME.model=…'",
                "--node  | hgx-h800    | does not go with a scenario | Maybe --set 'pools.NAME.node=…'"
            })
    void aBadChoiceInAScenarioIsRefused(String option, String value, String word, String maybe) {
        assertRefused(Captured.run("estimate", SHIPPED, option, value), word, maybe);
    }

    @Test
    void aPoolHasNoMoreNodesThanItsMaximum() {
        assertRefused(
                Captured.run("estimate", SHIPPED, "--pool", "h800", "--nodes", "300"),
                "nodes (300)",
                "Maybe --set 'pools.h800.max=300 nodes'");
    }

    private static void assertRefused(Captured run, String... words) {
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(words);
    }
}
