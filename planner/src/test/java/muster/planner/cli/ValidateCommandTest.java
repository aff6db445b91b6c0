package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {
    private static final String RUNS = """
            id,stack,model,params_b,layers,hidden,heads,ffn,vocab,seq,global_batch_seqs,gpu,n_gpus,tp,pp,dp,microbatch,precision,measured_kind,measured_value
            ours-1,megatron-core,GPT-1.3B <b>&,1.3,24,2048,16,8192,51200,2048,512,H100-80GB,32,2,1,16,4,bf16,iter_s,0.9
            ours-2,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,2048,512,H100-80GB,32,1,1,32,4,bf16,tokens_s_gpu,40000
            ours-3,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,2048,512,Z9,32,1,1,32,4,bf16,tokens_s_gpu,40000
            """;

    @TempDir
    Path folder;

    @Test
    void jsonHasRowsGroupsAndTheOverallError() throws IOException {
        JsonNode answer = new JsonMapper().readTree(run("-o", "json").out());
        assertThat(answer.get("format").stringValue()).isEqualTo("muster/validate/1");
        JsonNode first = answer.get("rows").get(0);
        double predicted = first.get("predicted").doubleValue();
        assertThat(first.get("unit").stringValue()).isEqualTo("s");
        // Slow is positive: predicted / measured - 1 of the time.
        assertThat(first.get("errorPercent").doubleValue())
                .isCloseTo(100 * (predicted / 0.9 - 1), org.assertj.core.api.Assertions.within(1e-6));
        JsonNode second = answer.get("rows").get(1);
        // A rate is turned over first.
        assertThat(second.get("errorPercent").doubleValue())
                .isCloseTo(
                        100 * (40_000 / second.get("predicted").doubleValue() - 1),
                        org.assertj.core.api.Assertions.within(1e-6));
        JsonNode third = answer.get("rows").get(2);
        assertThat(third.get("used").booleanValue()).isFalse();
        assertThat(third.get("predicted").isNull()).isTrue();
        assertThat(third.get("reason").stringValue()).contains("no node with the GPU (Z9)");
        assertThat(answer.get("groups")).hasSize(1);
        assertThat(answer.get("groups").get(0).get("group").stringValue()).isEqualTo("ours");
        assertThat(answer.get("overall").get("rows").intValue()).isEqualTo(2);
        assertThat(answer.get("overallAll").get("rows").intValue()).isEqualTo(2);
    }

    @Test
    void textAndMarkdownHaveTheTables() throws IOException {
        assertThat(run().out()).contains("Error of the step time by group", "ours", "all complete", "Z9");
        assertThat(run("-o", "md").out()).contains("# Accuracy", "| group |", "&lt;b>");
    }

    /** Parsed as XML, so that an unescaped name or an unclosed tag fails; nothing is loaded from anywhere. */
    @Test
    void htmlStandsAloneWithChartAndTable() throws Exception {
        String html = run("-o", "html").out();
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("&lt;b&gt;&amp;", "<svg", "<table>")
                .doesNotContain("<b>", "http://localhost", "src=", "href=");
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1);
        // Two points, a circle each, and one in the legend.
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(3);
    }

    @Test
    void aFitIsWrittenAsACatalogueThatPredictsBetter() throws IOException {
        Captured fit = run("--fit", "--write", folder.resolve("profiles").toString(), "-o", "json");
        assertThat(fit.exitCode()).isEqualTo(ExitCodes.DONE);
        JsonNode answer = new JsonMapper().readTree(fit.out());
        assertThat(answer.get("fits").get(0).get("stack").stringValue()).isEqualTo("megatron-core");
        assertThat(folder.resolve("profiles/stacks/megatron-core.yaml"))
                .content()
                .startsWith("extends: megatron-core");
        double before = answer.get("overall").get("mapePercent").doubleValue();
        JsonNode after = new JsonMapper()
                .readTree(run("--catalog", folder.resolve("profiles").toString(), "-o", "json")
                        .out());
        assertThat(after.get("overall").get("mapePercent").doubleValue()).isLessThan(before);
        // Written again, the fitted part is replaced, not added.
        String once = Files.readString(folder.resolve("profiles/stacks/megatron-core.yaml"));
        run("--fit", "--write", folder.resolve("profiles").toString());
        assertThat(folder.resolve("profiles/stacks/megatron-core.yaml"))
                .content()
                .isEqualTo(once);
    }

    /** The largest counts that are read, and layouts that do not go with their GPUs: rows that are not used, no crash. */
    @Test
    void absurdRowsAreNotUsed() throws IOException {
        Path file = folder.resolve("absurd.csv");
        Files.writeString(file, RUNS.lines().limit(1).findFirst().orElseThrow() + """

                        big-1,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,4000000,4000000,H100-80GB,4000000,1,1,4000000,1,bf16,iter_s,1
                        big-2,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,2048,4000000,H100-80GB,3999744,16384,16384,,16384,bf16,iter_s,1
                        big-3,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,2048,512,H100-80GB,31,2,1,,4,bf16,iter_s,1
                        big-4,megatron-core,GPT-1.3B,1.3,4000000,2048,16,8192,51200,2048,512,H100-80GB,32,2,1,,4,bf16,iter_s,1
                        """);
        Captured run = Captured.run("validate", file.toString(), "-o", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
        JsonNode rows = new JsonMapper().readTree(run.out()).get("rows");
        assertThat(rows.get(0).get("fits").booleanValue()).isFalse();
        assertThat(rows.get(1).get("used").booleanValue()).isFalse();
        assertThat(rows.get(2).get("reason").stringValue()).contains("no layout is legal");
        assertThat(rows.get(3).get("reason").stringValue()).contains("layers (4000000)");
    }

    @Test
    void aRowWithoutAValueStatesNone() throws IOException {
        Path file = Files.writeString(folder.resolve("unstated.csv"), RUNS.replace("iter_s,0.9", "iter_s,"));
        JsonNode row = new JsonMapper()
                .readTree(
                        Captured.run("validate", file.toString(), "-o", "json").out())
                .get("rows")
                .get(0);
        assertThat(row.get("measured").isNull()).isTrue();
        assertThat(row.get("reason").stringValue()).contains("no value is stated");
        assertThat(Captured.run("validate", file.toString(), "-o", "csv").out()).contains("H100-80GB,s,,,,false,");
        assertThat(Captured.run("validate", file.toString()).out()).contains("–");
    }

    @Test
    void aConditionThatHoldsFailsTheRun() throws IOException {
        Captured missed = run("--fail-if", "overall.mapePercent > 0.001 %", "--fail-if", "groups.ours.rows = 2");
        assertThat(missed.exitCode()).isEqualTo(ExitCodes.THRESHOLD_MISSED);
        assertThat(missed.err()).contains("overall.mapePercent is ", "groups.ours.rows is 2.");
        assertThat(missed.out()).as("the report comes all the same").contains("Error of the step time by group");
        assertThat(run("--fail-if", "groups.ours.mapePercent > 1000 %").exitCode())
                .isZero();
        assertThat(run("--fail-if", "rows.ours-3.errorPercent > 10 %").err())
                .contains("cannot be judged: this validation states no rows.ours-3.errorPercent");
        Captured unknown = run("--fail-if", "groups.theirs.mapePercent > 1 %");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("(groups.theirs.mapePercent), which is not in this validation.");
        Captured beforeTheFit = run("--fit", "--fail-if", "groups.theirs.mapePercent > 1 %");
        assertThat(beforeTheFit.exitCode()).isEqualTo(2);
        assertThat(beforeTheFit.err()).contains("(groups.theirs.mapePercent), which is not in this validation.");
        assertThat(run("--fail-if", "fits.megatron-core.mapePercent > 1 %").exitCode())
                .as("of a fit that was not asked for")
                .isEqualTo(2);
        assertThat(run("--fail-if", "overall.mapePercent > 1 d").err()).contains("expected a percentage");
    }

    /** Eight layouts of one model, whose measured times rise as the model says, or fall. */
    @Test
    void layoutsOfOneSetAreRanked() throws IOException {
        StringBuilder rising = new StringBuilder(RUNS.lines().findFirst().orElseThrow()).append('\n');
        StringBuilder falling = new StringBuilder(rising);
        for (int rows = 1; rows <= 8; rows++) {
            // More microbatches of one sequence each, so a longer step.
            String row =
                    "r-%d,megatron-core,GPT-1.3B,1.3,24,2048,16,8192,51200,2048,%d,H100-80GB,32,1,1,32,1,bf16,iter_s,%s%n";
            rising.append(row.formatted(rows, 32 * rows, 1 + 0.1 * rows));
            falling.append(row.formatted(rows, 32 * rows, 1 - 0.1 * rows));
        }
        assertThat(ranking(rising.toString()).get("rankCorrelation").doubleValue())
                .isEqualTo(1);
        assertThat(ranking(falling.toString()).get("rankCorrelation").doubleValue())
                .isEqualTo(-1);
        assertThat(ranking(rising.toString()).get("rows").intValue()).isEqualTo(8);
    }

    private JsonNode ranking(String table) throws IOException {
        Path runs = folder.resolve("ranked.csv");
        Files.writeString(runs, table);
        JsonNode rankings = new JsonMapper()
                .readTree(
                        Captured.run("validate", runs.toString(), "-o", "json").out())
                .get("rankings");
        assertThat(rankings).hasSize(1);
        return rankings.get(0);
    }

    @Test
    void badUsageIsRefused() throws IOException {
        assertThat(run("--write", folder.toString()).err()).contains("--write goes with --fit");
        Captured missing = Captured.run("validate", folder.resolve("none.csv").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(missing.err()).contains("none.csv:1:1");
        assertThat(Captured.run("estimate", "cluster-profiles/scenarios/deepseek-v3.yaml", "-o", "html")
                        .err())
                .contains("(html) is no output format of this command");
    }

    private Captured run(String... options) throws IOException {
        Path file = folder.resolve("runs.csv");
        Files.writeString(file, RUNS);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "validate";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Captured.run(arguments);
    }
}
