package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import muster.planner.domain.Architecture;
import muster.planner.domain.Attention.Mask;
import muster.planner.domain.Model;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FLOP per token of shipped models against published figures, and by hand. */
class ModelArithmeticTest {
    /**
     * NVIDIA's performance summary of Megatron-Bridge prints tokens and model TFLOP per second and GPU, so that their
     * quotient is FLOP per token: causal attention, the prediction module of DeepSeek-V3 unless it says otherwise.
     */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 8192, 37556, 1933",
        "llama-3.1-70b, 8192, 4596, 2064",
        "llama-3.1-405b, 8192, 1333, 3365",
        "qwen3-30b-a3b, 4096, 30376, 699",
        "qwen3-235b-a22b, 4096, 6583, 974",
        "kimi-k2, 4096, 5372, 1099",
        "deepseek-v3, 4096, 1297, 338",
        "deepseek-v3-without-prediction, 4096, 3848, 961"
    })
    void trainingTakesWhatMegatronBridgePrints(String name, int sequence, double tokens, double teraflops)
            throws ProfileException {
        Architecture architecture = architecture(name);
        double module = architecture.predictionLayers() * 3 * architecture.predictionLayerFlops(sequence, Mask.CAUSAL);
        assertThat(architecture.trainingFlops(sequence, Mask.CAUSAL) + module)
                .isCloseTo(teraflops * 1e12 / tokens, within(0.006 * teraflops * 1e12 / tokens));
    }

    /**
     * NVIDIA's recipe for Grok-1 prints, per token of a sequence of 8,192, 53,150,220,288 for attention and 463,856,467,968
     * for the experts. It leaves out the router, 6 × 64 × 6,144 × 8, and counts a head of 128,256 tokens, not 131,072.
     */
    @Test
    void grokTakesWhatItsRecipePrints() throws ProfileException {
        assertThat(architecture("grok-1").trainingFlops(8192, Mask.CAUSAL))
                .isEqualTo(53_150_220_288L + 463_856_467_968L + 6.0 * 64 * 6144 * 8 + 6.0 * 131_072 * 6144);
    }

    /** Narayanan et al. 2021, section 5.1, per token and without recomputation: 72 l h² (1 + s/(6h) + V/(12 h l)). */
    @ParameterizedTest
    @CsvSource({
        "gpt-1.7b, 24, 2304",
        "gpt-22b, 48, 6144",
        "gpt-145.6b, 80, 12288",
        "mt-nlg-530b, 105, 20480",
        "gpt-1t, 128, 25600"
    })
    void gptShapesTakeWhatTheirPaperCounts(String name, double layers, double hidden) throws ProfileException {
        double perToken = 72 * layers * hidden * hidden * (1 + 2048 / (6 * hidden) + 51_200 / (12 * hidden * layers));
        assertThat(architecture(name).trainingFlops(2048, Mask.FULL)).isCloseTo(perToken, within(1e-9 * perToken));
    }

    /**
     * Per layer: attention 2 × 2,880 × 64 × (64 + 64 + 8 + 8) = 53,084,160; four experts 8 × 3 × 2,880² = 199,065,600; the
     * router 2 × 2,880 × 128 = 737,280: 252,887,040. Scores and values 2 × 64 × 128 × keys, of which 18 layers see 2,048
     * at 4,096 tokens and 18 see 128 − 128²/8,192 = 126: 16,384 × 1,087 = 17,809,408. × 36, and the head 2 × 201,088 ×
     * 2,880.
     */
    @Test
    void gptOssLooksThroughAWindowInEverySecondLayer() throws ProfileException {
        assertThat(architecture("gpt-oss-120b").forwardFlops(4096, Mask.CAUSAL))
                .isEqualTo(36.0 * (252_887_040 + 17_809_408) + 2.0 * 201_088 * 2880);
    }

    /**
     * At 16,384 tokens 12 layers see 8,192 keys on average, 36 see 4,096 in chunks of 8,192: 2 × 40 × 256 × 5,120 =
     * 104,857,600 per layer. Up to 8,192 tokens a chunk is the whole sequence.
     */
    @Test
    void llama4SeesChunksInThreeLayersOfFour() throws ProfileException {
        Architecture scout = architecture("llama-4-scout");
        assertThat(scout.attentionCoreFlops(16_384, Mask.CAUSAL)).isEqualTo(104_857_600);
        assertThat(scout.attentionCoreFlops(8192, Mask.CAUSAL)).isEqualTo(2.0 * 40 * 256 * 4096);
        assertThat(architecture("llama-4-maverick").expertLayers()).isEqualTo(24);
    }

    /**
     * Ten layers of 2 × 64 × 256 × S/2, seventy of 4 × 64 × 128² = 4,194,304. At 8,192 tokens: (10 × 134,217,728 + 70 ×
     * 4,194,304) / 80 = 20,447,232. A hundred times longer, only the ten grow.
     */
    @Test
    void miniMaxKeepsAStateInSevenLayersOfEight() throws ProfileException {
        Architecture miniMax = architecture("minimax-m1");
        assertThat(miniMax.attentionCoreFlops(8192, Mask.CAUSAL)).isEqualTo(20_447_232);
        assertThat(80 * miniMax.attentionCoreFlops(819_200, Mask.CAUSAL))
                .isEqualTo(10.0 * 13_421_772_800L + 70 * 4_194_304);
        // 5 × 6,144 × 8,192 + 8,192 of a linear layer, 2 × 6,144 × 128 × 72 of another.
        assertThat(miniMax.linearAttentionExcess()).isEqualTo(70 * (251_666_432L - 113_246_208));
    }

    /** A vision encoder is counted, and no token of text passes it. */
    @Test
    void otherPartsCountInParametersOnly() throws ProfileException {
        Architecture scout = architecture("llama-4-scout");
        assertThat(scout.totalParameters()).isEqualTo(107_769_861_120L + 871_932_416);
        assertThat(scout.activeParameters()).isEqualTo(17_172_894_720L);
    }

    private static Architecture architecture(String name) throws ProfileException {
        return ((Model) ShippedFiles.catalogue().find(Kind.MODEL, name)).architecture();
    }
}
