package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import muster.planner.domain.Model;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasesTest {
    private static final String SOURCES = "sources: {me: {title: Me, date: 2026, confidence: low}}\n";

    private static final Catalogue SHIPPED = ShippedFiles.catalogue();

    @TempDir
    Path overlay;

    /** As published measurements spell them. */
    @ParameterizedTest
    @CsvSource({
        "DeepSeek-V3, deepseek-v3",
        "DeepSeekV3 (dropless), deepseek-v3",
        "DeepSeekV3 (w/ MTP), deepseek-v3",
        "DeepSeekV3 (w/o MTP), deepseek-v3-without-prediction",
        "DeepSeek-V2 per trillion tokens, deepseek-v2",
        "DeepSeek-67B per trillion tokens, deepseek-67b",
        "GPT-1.7B, gpt-1.7b",
        "GPT-22B, gpt-22b",
        "GPT-290.8B, gpt-290.8b",
        "GPT-174.6B PTD, gpt-3-175b",
        "GPT-175B (Paxml), gpt-3-175b",
        "GPT3-175B, gpt-3-175b",
        "GPT-529.6B ZeRO-3, mt-nlg-530b",
        "GPT-530B, mt-nlg-530b",
        "GPT-1T, gpt-1t",
        "GPT-1008.0B, gpt-1t",
        "GPT-NeoX-20B, gpt-neox-20b",
        "GPT-Neo-2.7B, gpt-neo-2.7b-sailor",
        "OPT-350M, opt-350m-sailor",
        "OPT-175B, opt-175b",
        "BLOOM-176B, bloom-176b",
        "BLOOM-candidate 203B, bloom-candidate-203b",
        "MPT-30b, mpt-30b",
        "LLAMA2-7B, llama-2-7b",
        "Llama2-70B (MaxText), llama-2-70b",
        "LLAMA3-8B, llama-3.1-8b",
        "LLAMA3_70B, llama-3.1-70b",
        "Llama3.1-405B, llama-3.1-405b",
        "LLAMA3.1_405B, llama-3.1-405b",
        "Nemotron4-15B, nemotron-4-15b",
        "Nemotron4-340B, nemotron-4-340b",
        "Qwen3_30B_a3B, qwen3-30b-a3b",
        "Qwen3_235B_a22B (tokendrop), qwen3-235b-a22b",
        "Kimi_K2, kimi-k2",
        "GPT OSS 120B, gpt-oss-120b",
        "Grok1-314B, grok-1",
        "mixtral-8x7b, mixtral-8x7b"
    })
    void measuredModelsAreKnown(String called, String name) {
        assertThat(SHIPPED.nameOf(Kind.MODEL, called)).contains(name);
    }

    /** Several shapes share these names, or parts of the shape are of a kind that the format does not have. */
    @ParameterizedTest
    @CsvSource({"BLOOM-candidate 181B", "BLOOM-candidate 176B", "Nemotron_3_Nano", "DeepSeekV4 Flash"})
    void namesWithoutOneShapeStandForNothing(String called) {
        assertThat(SHIPPED.nameOf(Kind.MODEL, called)).isEmpty();
    }

    @Test
    void twoEntriesOfOneNameAreAProblem() {
        ShippedFiles.write(
                overlay,
                "models/mine.yaml",
                "extends: llama-3.1-8b\naliases: {value: [Kimi_K2, Mine], source: me}\n" + SOURCES);
        List<Problem> problems = ShippedFiles.catalogueUnder(overlay).check().problems();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("(kimik2) is a name of model (kimi-k2) too.");
            assertThat(problem.file()).endsWith("mine.yaml");
        });
        Catalogue catalogue = ShippedFiles.catalogueUnder(overlay);
        assertThat(catalogue.nameOf(Kind.MODEL, "Kimi_K2")).contains("kimi-k2");
        assertThat(catalogue.nameOf(Kind.MODEL, "Mine")).contains("mine");
    }

    @Test
    void whatBuildsUponAnEntryDoesNotTakeItsAliases() {
        ShippedFiles.write(overlay, "models/longer.yaml", "extends: kimi-k2\n");
        assertThat(ShippedFiles.catalogueUnder(overlay).check().problems()).isEmpty();
        assertThat(ShippedFiles.catalogueUnder(overlay).nameOf(Kind.MODEL, "Kimi_K2"))
                .contains("kimi-k2");
    }

    @Test
    void whatReplacesAnEntryKeepsItsAliases() {
        ShippedFiles.write(overlay, "models/kimi-k2.yaml", "extends: kimi-k2\nsource: me\ncontext: 8192\n" + SOURCES);
        assertThat(ShippedFiles.catalogueUnder(overlay).nameOf(Kind.MODEL, "Kimi_K2"))
                .contains("kimi-k2");
    }

    @Test
    void anEntryThatCannotBeReadHidesNoOther() {
        ShippedFiles.write(overlay, "models/broken.yaml", "layers: many\n");
        Catalogue catalogue = ShippedFiles.catalogueUnder(overlay);
        assertThat(catalogue.nameOf(Kind.MODEL, "Kimi_K2")).contains("kimi-k2");
        assertThat(catalogue.nameOf(Kind.MODEL, "GPT-530B")).contains("mt-nlg-530b");
    }

    @Test
    void aliasesAreTexts() throws ProfileException {
        ShippedFiles.write(
                overlay, "models/mine.yaml", "extends: kimi-k2\naliases: {value: Mine, source: me}\n" + SOURCES);
        assertThat(ShippedFiles.catalogueUnder(overlay).check().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("aliases must be a list of texts of up to 100 characters."));
        Model kimi = (Model) ShippedFiles.catalogue().find(Kind.MODEL, "kimi-k2");
        assertThat(kimi.traits().get("aliases").words()).containsExactly("Kimi_K2");
    }
}
