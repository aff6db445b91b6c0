package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of {@code claim check} and {@code claim list}. */
class ClaimCommandTest {
    @TempDir
    private Path folder;

    private static Captured run(String... args) {
        Captured run = Captured.run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run;
    }

    private static JsonNode json(String... args) {
        return new JsonMapper().readTree(run(args).out());
    }

    @Test
    void theJsonHasWhatTheContractNames() {
        JsonNode answer = json("claim", "check", "deepseek-v3", "semianalysis-deepseek-fleet", "-o", "json");
        assertThat(answer.get("format").asString()).isEqualTo("muster/claim/1");
        assertThat(answer.get("claims")).hasSize(2);
        JsonNode claim = answer.get("claims").get(0);
        assertThat(claim.get("claim").asString()).isEqualTo("deepseek-v3");
        assertThat(claim.get("title").asString()).isEqualTo("DeepSeek-V3 official run");
        assertThat(claim.get("verdict").asString()).isIn("consistent", "tight");
        assertThat(claim.get("scope").get("excludes").get(0).asString()).isEqualTo("research");
        assertThat(claim.get("derived").get("usd").get("low").decimalValue()).isEqualByComparingTo("5576000");
        assertThat(claim.get("derived").get("basisPhase").asString()).isEqualTo("pretrain");
        assertThat(claim.get("derived").get("capexUsd").isNull()).isTrue();
        assertThat(claim.get("fleets")).isEmpty();
        assertThat(claim.get("ladder")).isEmpty();
        for (JsonNode check : claim.get("checks")) {
            assertThat(check.propertyNames())
                    .contains("name", "stated", "derived", "unit", "verdict", "formula", "sources");
            assertThat(check.get("sources")).isNotEmpty();
        }
        JsonNode fleet = answer.get("claims").get(1);
        assertThat(fleet.get("findings"))
                .anySatisfy(finding -> assertThat(finding.asString()).contains("10,000 × A100", "$1.391 B", "$787 M"))
                .anySatisfy(finding -> assertThat(finding.asString())
                        .contains("2,048 GPUs for 57 days", "2.3 days of the 50,000 Hoppers", "0.16 %"))
                .anySatisfy(finding -> assertThat(finding.asString()).startsWith("Reconstructed"));
    }

    @Test
    void theListNamesEveryClaimWithItsVerdict() {
        JsonNode list = json("claim", "list", "-o", "json");
        assertThat(list.get("format").asString()).isEqualTo("muster/claims/1");
        assertThat(list.get("claims")
                        .valueStream()
                        .map(claim -> claim.get("claim").asString()))
                .contains(
                        "deepseek-v3",
                        "deepseek-r1",
                        "semianalysis-deepseek-fleet",
                        "minimax-m1",
                        "llama-3.1-405b",
                        "ant-ling")
                .isSorted();
        assertThat(list.get("claims"))
                .allSatisfy(claim -> assertThat(claim.propertyNames())
                        .containsExactly("claim", "title", "date", "confidence", "verdict"));
        assertThat(run("claim", "list").out()).contains("undetermined");
    }

    @Test
    void aClaimThatCannotBeReadHidesNoOther(@TempDir Path folder) throws IOException {
        Path claims = Files.createDirectories(folder.resolve("claims"));
        Files.writeString(claims.resolve("mine.yaml"), "claim: Mine\nsauce: none\n");
        Path gpus = Files.createDirectories(folder.resolve("gpus"));
        Files.writeString(gpus.resolve("h800.yaml"), "name: H800\n");

        Captured listed = Captured.run("claim", "list", "--catalog", folder.toString());

        assertThat(listed.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(listed.err())
                .contains("mine.yaml:2:1: The key (sauce) is unknown.", "h800.yaml:1:1: flops is missing.");
        assertThat(listed.out()).contains("gpt-3-175b", "llama-3.1-405b").doesNotContain("deepseek-v3 ", "Mine");
    }

    @Test
    void filesThatNoNameLeadsToAreTold(@TempDir Path folder) throws IOException {
        Path claims = Files.createDirectories(folder.resolve("claims"));
        Files.writeString(claims.resolve("our claim!.yaml"), "claim: Mine");
        Files.createSymbolicLink(claims.resolve("moved.yaml"), Path.of("nowhere.yaml"));

        Captured listed = Captured.run("claim", "list", "--catalog", folder.toString());

        assertThat(listed.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(listed.err())
                .contains(
                        "our claim!.yaml:1:1: No claim can have the name of this file.",
                        "moved.yaml:1:1: The file is a symbolic link to (nowhere.yaml), which does not exist.");
        assertThat(listed.out()).contains("deepseek-v3 ", "yi-lightning");
        assertThat(Captured.run("claim", "check", "moved", "--catalog", folder.toString())
                        .err())
                .contains("The catalogue has no claim named (moved)")
                .doesNotContain("Maybe moved");
    }

    @Test
    void aBrokenFileOfAShippedNameHidesNothing(@TempDir Path folder) throws IOException {
        Path claims = Files.createDirectories(folder.resolve("claims"));
        Files.writeString(claims.resolve("deepseek-v3.yaml"), "claim: [broken");

        Captured listed = Captured.run("claim", "list", "--catalog", folder.toString());

        assertThat(listed.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(listed.err())
                .contains(
                        "deepseek-v3.yaml:1:1: This file, which cannot be read, takes the place of the shipped claim",
                        "which is listed instead",
                        "Maybe rename it",
                        "This is not valid YAML");
        // The fleet is compared with the broken claim; the shipped one stands in there too.
        assertThat(listed.out()).contains("DeepSeek-V3 official run", "semianalysis-deepseek-fleet");

        Captured checked = Captured.run("claim", "check", "deepseek-v3", "--catalog", folder.toString());

        assertThat(checked.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err())
                .contains("takes the place of the shipped claim of its name.", "This is not valid YAML");
    }

    @Test
    void verdictsFailOnlyWhereAsked() {
        assertThat(run("claim", "check", "llama-3.1-405b").out()).contains("Contradicted", "35.3 %");
        Captured failed = Captured.run("claim", "check", "llama-3.1-405b", "--fail-if", "verdict = contradicted");
        assertThat(failed.exitCode()).isEqualTo(ExitCodes.THRESHOLD_MISSED);
        assertThat(failed.err()).contains("holds of llama-3.1-405b");
        run("claim", "check", "deepseek-v3", "--fail-if", "verdict = contradicted");
        assertThat(Captured.run("claim", "check", "deepseek-v3", "--fail-if", "derived.usd.high > $5.5 M")
                        .exitCode())
                .isEqualTo(ExitCodes.THRESHOLD_MISSED);
        run("claim", "check", "deepseek-v3", "--fail-if", "claims.deepseek-v3.derived.usd.high > $5.6 M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict > contradicted", "verdict = wrong", "nothing = 1", "derived.usd.high > 60 d", "x"})
    void conditionsThatCannotBeJudgedAreRefused(String condition) {
        Captured run = Captured.run("claim", "check", "deepseek-v3", "--fail-if", condition);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.err()).contains("--fail-if");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void checksTellByHowMuchAndDerivedFiguresWhatWasStated() {
        JsonNode claim = json("claim", "check", "semianalysis-deepseek-fleet", "-o", "json")
                .get("claims")
                .get(0);
        JsonNode capex = claim.get("checks")
                .valueStream()
                .filter(check -> check.get("name").asString().equals("capex"))
                .findFirst()
                .orElseThrow();
        assertThat(capex.get("differencePercent").doubleValue()).isCloseTo(1.75, within(1e-9));
        assertThat(capex.get("rounding").get("stated").get("high").doubleValue())
                .isEqualTo(1.65e9);
        JsonNode derived = claim.get("derived").get("capexUsd");
        assertThat(derived.get("stated").doubleValue()).isEqualTo(1.6e9);
        assertThat(derived.get("fits").booleanValue()).isTrue();
        String text = run("claim", "check", "deepseek-r1").out();
        assertThat(text).contains("off by", "+0.37 %", "holds within rounding: what is stated stands for 100,500 h");
        Captured clash = run("claim", "check", "deepseek-v3", "--set", "stated.price=$1.70 /GPU/h");
        assertThat(clash.out()).contains("$5.576 M, which clashes", "-15 %");
    }

    @Test
    void whatIsNoClaimIsRefusedWithAGuess() {
        Captured typo = Captured.run("claim", "check", "deepseek-v4");
        assertThat(typo.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(typo.err()).contains("(deepseek-v4)", "Maybe", "deepseek-v3");
        assertThat(Captured.run("claim", "check").exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(Captured.run("claim").exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        Captured missing = Captured.run("claim", "check", "missing.yaml", "./deepseek-v3.yaml", "deepseek-v4");
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(missing.err())
                .contains(
                        "The file (missing.yaml) does not exist.\n  Maybe `muster claim list` shows the names",
                        "The file (./deepseek-v3.yaml) does not exist.\n  Maybe deepseek-v3 or",
                        "The catalogue has no claim named (deepseek-v4)");
        assertThat(Captured.run("estimate", "-o", "csv").err()).contains("csv");
    }

    @Test
    void badClaimsGetEveryErrorAtItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), """
                claim: Bad
                stated:
                  gpu: h801
                  gpus: 0
                  price: 2.00
                  cost: 5.576 M
                  tokens: 14.8e12
                  gpuhours: 2.7 M
                  figures:
                    - {name: a, value: 3, percent: 130 %}
                    - {name: b, value: $3 M, of: a, percent: 3 %}
                    - {name: c, value: 3, of: d}
                """);
        Captured run = Captured.run("claim", "check", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        "bad.yaml:1:1: source is missing",
                        "bad.yaml:3:8: The catalogue has no gpu named (h801).",
                        "bad.yaml:4:9: stated.gpus (0) is out of range",
                        "bad.yaml:5:10: stated.price (2.00) has no unit",
                        "bad.yaml:6:9: stated.cost (5.576 M) has no currency",
                        "bad.yaml:7:11: stated.tokens (14.8e12) has no unit",
                        "bad.yaml:8:3: The key (stated.gpuhours) is unknown.",
                        "Maybe gpuHours",
                        "bad.yaml:10:36: figures.a.percent (130 %) is out of range",
                        "figures.a.percent does not say of what",
                        "is not of the kind",
                        "no figure is named (d)");
        Path sourceless = Files.writeString(folder.resolve("none.yaml"), """
                claim: No date
                source: {title: "", confidence: sure}
                """);
        assertThat(Captured.run("claim", "check", sourceless.toString()).err())
                .contains("source.title is empty", "source.date is missing", "(sure) is not a confidence");
        Path undated = Files.writeString(folder.resolve("undated.yaml"), """
                claim: No such day
                stated: {gpus: 5}
                source: {title: A post, date: 2024-13-45}
                """);
        assertThat(Captured.run("claim", "check", undated.toString()).err())
                .contains("undated.yaml:3:31: source.date (2024-13-45) is not a date.")
                .doesNotContain("has no source", "sources.claim");
    }

    /** Names and words of a file, as markup, as formulas and as table cells. */
    @Test
    void textsOfAFileAreNeitherMarkupNorFormulas() throws IOException {
        Path file = Files.writeString(folder.resolve("odd.yaml"), """
                claim: "=cmd|' /C calc'!A0 <script>alert(1)</script> | [x](javascript:y)"
                source: {title: "<img src=x onerror=alert(2)>", url: "javascript:alert(3)", date: 2025, quote: '"><svg onload=alert(4)>'}
                stated: {gpus: 8, days: 2 d, gpuHours: 384, price: $2 /GPU/h, cost: $768}
                scope: {excludes: ["<b>bold</b>", "@SUM(A1)"]}
                notes: ["+1+1", "</style><script>x</script>"]
                """);
        String html = run("claim", "check", file.toString(), "-o", "html").out();
        assertThat(html).doesNotContain("<script", "<img", "<b>", "onload=alert(4)>\"", "href", "http:");
        assertThat(Pattern.compile("(?i)(src|href|url)\\s*[=(]")
                        .matcher(withoutText(html))
                        .find())
                .isFalse();
        String csv = run("claim", "check", file.toString(), "-o", "csv").out();
        assertThat(csv.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("odd,"));
        assertThat(csv).contains(",'=cmd|").doesNotContain(",=cmd");
        String markdown = run("claim", "check", file.toString(), "-o", "md").out();
        assertThat(markdown).doesNotContain("<script", "<img", "[x](");
    }

    private static String withoutText(String html) {
        return html.replaceAll(">[^<]*<", "><");
    }

    @Test
    void onePageHoldsChartsWithTheirTables() throws Exception {
        String html = run("claim", "check", "deepseek-v3", "semianalysis-deepseek-fleet", "-o", "html")
                .out();
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme:dark", "@media print", "default-src 'none'", "<svg", "56.7 d");
        assertThat(html).doesNotContain("<script", "<link", "src=");
        int chart = 0;
        while ((chart = html.indexOf("<figure>", chart + 1)) > 0) {
            assertThat(html.substring(html.indexOf("</figure>", chart)).strip())
                    .startsWith("</figure>\n<div class=\"wide\"><table>");
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        for (String svg : html.split("(?=<svg )")) {
            if (svg.startsWith("<svg")) {
                String one = svg.substring(0, svg.indexOf("</svg>") + 6);
                assertThat(factory.newDocumentBuilder()
                                .parse(new InputSource(new StringReader(one)))
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("svg");
            }
        }
    }

    @Test
    void everyFormatOfTheListAndOfAPlanIsWritten() {
        for (String format : List.of("csv", "md", "html")) {
            assertThat(run("claim", "list", "-o", format).out()).contains("deepseek-v3");
        }
        String scenario = Path.of(System.getProperty("muster.home"), "cluster-profiles/scenarios/deepseek-v3.yaml")
                .toString();
        assertThat(run("plan", scenario, "-o", "csv", "--quiet").out())
                .startsWith("path,value\r\n")
                .contains("status,optimal");
        assertThat(run("plan", scenario, "-o", "md", "--quiet").out()).contains("## Cost", "| --- |");
        String page = run("plan", scenario, "-o", "html", "--quiet").out();
        assertThat(page)
                .contains("<svg", "cost, part by part", "schedule: days of jobs", "use of limits", "fleet: nodes");
    }

    @Test
    void severalClaimsKeepTheirOrderAndSettingsApplyToEach() {
        JsonNode answer =
                json("claim", "check", "minimax-m1", "deepseek-v3", "-o", "json", "--set", "stated.gpus=1024");
        assertThat(answer.get("claims")
                        .valueStream()
                        .map(claim -> claim.get("claim").asString()))
                .containsExactly("minimax-m1", "deepseek-v3");
        assertThat(answer.get("claims")
                        .get(1)
                        .get("derived")
                        .get("days")
                        .get("low")
                        .doubleValue())
                .isGreaterThan(113);
    }
}
