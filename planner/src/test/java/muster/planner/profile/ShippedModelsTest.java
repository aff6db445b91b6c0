package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Attention.Mask;
import muster.planner.domain.Model;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of the shipped models against their published counts of parameters and arithmetic. */
class ShippedModelsTest {
    /**
     * Llama 3.1, per layer: query and output 2 × hidden², key and value 2 × hidden × 1,024, feed-forward 3 × hidden × size,
     * two norms; then embedding and head 2 × 128,256 × hidden, and one norm.
     *
     * <p>8B: 32 × (2 × 4,096² + 2 × 4,096 × 1,024 + 3 × 4,096 × 14,336 + 2 × 4,096) = 32 × 218,112,000 = 6,979,584,000;
     * + 1,050,673,152 + 4,096 = 8,030,261,248.
     *
     * <p>70B: 80 × (134,217,728 + 16,777,216 + 704,643,072 + 16,384) = 80 × 855,654,400 = 68,452,352,000; + 2,101,346,304
     * + 8,192 = 70,553,706,496.
     *
     * <p>405B: 126 × (536,870,912 + 33,554,432 + 2,617,245,696 + 32,768) = 126 × 3,187,703,808 = 401,650,679,808; +
     * 4,202,692,608 + 16,384 = 405,853,388,800.
     *
     * <p>Mixtral 8x7B: 32 × (41,943,040 attention + 8 × 176,160,768 experts + 32,768 router + 8,192 norms) = 32 ×
     * 1,451,270,144 = 46,440,644,608; + 262,144,000 + 4,096 = 46,702,792,704.
     *
     * <p>DeepSeek-V3: see the test of its parts. DeepSeek-V2, per layer: attention 149,225,472, norms in it 2,048 and around
     * it 10,240: 149,237,760; × 60 = 8,954,265,600. One dense layer 3 × 5,120 × 12,288 = 188,743,680. 59 × (162 × 23,592,960
     * experts + 819,200 router) = 59 × 3,822,878,720 = 225,549,844,480. Embedding and head 2 × 102,400 × 5,120 =
     * 1,048,576,000; + 5,120. In sum 235,741,434,880 (published as 236 B).
     */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 8030261248",
        "llama-3.1-70b, 70553706496",
        "llama-3.1-405b, 405853388800",
        "mixtral-8x7b, 46702792704",
        "deepseek-v3, 671026419200",
        "deepseek-v2, 235741434880",
        "gpt-3-175b, 174604259328"
    })
    void parametersFollowFromTheShape(String name, long parameters) throws ProfileException {
        Model model = model(name);
        assertThat(model.architecture().totalParameters()).isEqualTo(parameters);
        assertThat(model.figures().get("parameters").value()).isCloseTo(parameters, within(0.003 * parameters));
    }

    /**
     * Sums of the parts by a second program, for shapes whose published count is rounded. GLM-4.5 and its smaller sister
     * with the prediction module and that module's own embedding and head have 358,337,791,296 and 110,468,824,832, as
     * their checkpoints.
     */
    @ParameterizedTest
    @CsvSource({
        "dbrx, 131596523520",
        "deepseek-67b, 67425001472",
        "glm-4.5, 352797829024",
        "glm-4.5-air, 106852251264",
        "gpt-1t, 1008038758400",
        "gpt-22b, 22074273792",
        "grok-1, 315684820992",
        "mpt-70b, 64862437376",
        "mt-nlg-530b, 529600819200",
        "nemotron-4-15b, 15628775424",
        "nemotron-4-340b, 341029195776",
        "opt-175b, 174604468224"
    })
    void roundedCountsHideNoSlip(String name, long parameters) throws ProfileException {
        assertThat(model(name).architecture().totalParameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"glm-4.5, 358337791296", "glm-4.5-air, 110468824832"})
    void glmCheckpointsHoldTheModuleWithItsOwnEnds(String name, long parameters) throws ProfileException {
        Architecture glm = model(name).architecture();
        assertThat(glm.totalParameters()
                        + glm.predictionLayerParameters()
                        + glm.embeddingParameters()
                        + glm.headParameters())
                .isEqualTo(parameters);
    }

    /**
     * One key and one value for 71 heads: 4,544 × (71 + 71 + 1 + 1) × 64 = 41,877,504; feed-forward 8 × 4,544² =
     * 165,183,488; one norm of two vectors 9,088. × 32, and 65,024 × 4,544 of a tied embedding and the last norm.
     */
    @Test
    void falcon7bSharesOneKeyAndOneNorm() throws ProfileException {
        Architecture falcon = model("falcon-7b").architecture();
        assertThat(falcon.attention().kind()).isEqualTo("mqa");
        assertThat(falcon.denseLayerParameters()).isEqualTo(41_877_504 + 165_183_488 + 9088);
        assertThat(falcon.totalParameters()).isEqualTo(32L * 207_070_080 + 65_024 * 4544 + 9088);
        assertThat(falcon.attention().keyValueElements()).isEqualTo(128);
    }

    /** Dense models: all. Mixtral: 46,702,792,704 − 32 × 6 × 176,160,768. V3: 671,026,419,200 − 58 × 248 × 44,040,192. V2: 235,741,434,880 − 59 × 154 × 23,592,960. */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 8030261248",
        "mixtral-8x7b, 12879925248",
        "deepseek-v3, 37552297472",
        "deepseek-v2, 21375800320"
    })
    void activeParametersLeaveOutExpertsNotChosen(String name, long parameters) throws ProfileException {
        Model model = model(name);
        assertThat(model.architecture().activeParameters()).isEqualTo(parameters);
        assertThat(model.figures().get("activeParameters").value()).isCloseTo(parameters, within(0.02 * parameters));
    }

    /**
     * Per layer: attention 4 × 12,288² + 4 × 12,288 biases, feed-forward 8 × 12,288² + 5 × 12,288 biases, two norms of two
     * vectors: 12 × 150,994,944 + 13 × 12,288 = 1,812,099,072. × 96 = 173,961,510,912. Tokens 50,257 × 12,288 =
     * 617,558,016, positions 2,048 × 12,288 = 25,165,824, the last norm 24,576: 174,604,259,328, of which the printed 175.0
     * B are within 0.3 %.
     */
    @Test
    void gpt3HasBiasesAndLearnedPositions() throws ProfileException {
        Architecture gpt3 = model("gpt-3-175b").architecture();
        assertThat(gpt3.denseLayerParameters()).isEqualTo(1_812_099_072L);
        assertThat(gpt3.embeddingParameters()).isEqualTo(617_558_016L + 25_165_824L);
        assertThat(gpt3.headParameters()).isZero();
        assertThat(gpt3.finalNormParameters()).isEqualTo(24_576);
        assertThat(gpt3.attention().kind()).isEqualTo("mha");
    }

    /**
     * Query 7,168 × 1,536 + 1,536 × 128 × 192 = 48,758,784; key and value down 7,168 × 576 = 4,128,768, up 512 × 128 × 256
     * = 16,777,216; output 128 × 128 × 7,168 = 117,440,512: 187,105,280, and 2,048 in norms. An expert is 3 × 7,168 × 2,048;
     * the router 256 × 7,168 and 256 biases. 61 × (187,107,328 + 14,336) + 3 × 396,361,728 + 58 × (257 × 44,040,192 +
     * 1,835,264) + 2 × 926,679,040 + 7,168 = 671,026,419,200.
     */
    @Test
    void deepSeekV3IsTheSumOfItsParts() throws ProfileException {
        Architecture v3 = model("deepseek-v3").architecture();
        Attention.Latent attention = (Attention.Latent) v3.attention();
        assertThat(attention.queryParameters(7168)).isEqualTo(48_758_784);
        assertThat(attention.keyValueDownParameters(7168)).isEqualTo(4_128_768);
        assertThat(attention.keyValueUpParameters()).isEqualTo(16_777_216);
        assertThat(attention.outputParameters(7168)).isEqualTo(117_440_512);
        assertThat(v3.attentionParameters()).isEqualTo(187_107_328);
        assertThat(v3.denseFeedForwardParameters()).isEqualTo(396_361_728);
        assertThat(v3.expertParameters()).isEqualTo(44_040_192);
        assertThat(v3.routerParameters()).isEqualTo(1_835_264);
        assertThat(v3.embeddingParameters()).isEqualTo(926_679_040);
        assertThat(v3.headParameters()).isEqualTo(926_679_040);
        assertThat(v3.expertLayers()).isEqualTo(58);
        assertThat(v3.attention().keyValueElements()).isEqualTo(576);
        // 187,107,328 + 14,336 + 1,835,264 + 257 × 44,040,192 = 11,507,286,272; + 2 × 7,168² + 3 × 7,168
        assertThat(v3.predictionLayerParameters()).isEqualTo(11_507_286_272L + 102_760_448 + 21_504);
    }

    /**
     * Weights that multiply a token: 61 × 187,105,280 + 3 × 396,361,728 + 58 × (9 × 44,040,192 + 1,835,008) + 926,679,040
     * = 36,624,596,992, at 2 FLOP. Scores and values: 61 × 2 × 128 × (192 + 128) × 2,048 = 10,234,101,760 at 4,096 tokens.
     * Forward 83.483 GFLOP, training three times that: 250.45 (the ISCA paper prints 250). The whole matrix: 281.15.
     */
    @Test
    void deepSeekV3TakesTwoHundredFiftyGigaflopPerToken() throws ProfileException {
        Architecture v3 = model("deepseek-v3").architecture();
        assertThat(v3.forwardFlops(4096, Mask.CAUSAL)).isEqualTo(2.0 * 36_624_596_992L + 10_234_101_760L);
        assertThat(v3.trainingFlops(4096, Mask.CAUSAL) / 1e9).isCloseTo(250.45, within(0.005));
        assertThat(v3.trainingFlops(4096, Mask.FULL) / 1e9).isCloseTo(281.15, within(0.005));
        // With the module that predicts one more token: 260.64, and 291.85 with the whole matrix.
        assertThat((v3.forwardFlops(4096, Mask.CAUSAL) + v3.predictionLayerFlops(4096, Mask.CAUSAL)) * 3 / 1e9)
                .isCloseTo(260.64, within(0.1));
    }

    /** 2 × (70,553,706,496 − embedding 1,050,673,152 − norms 1,318,912) + 80 × 2 × 64 × 256 × 4,096 at 8,192 tokens. */
    @Test
    void denseForwardIsTwiceTheWeightsAndTheCore() throws ProfileException {
        Architecture llama = model("llama-3.1-70b").architecture();
        assertThat(llama.forwardFlops(8192, Mask.CAUSAL))
                .isEqualTo(2.0 * (70_553_706_496L - 1_050_673_152L - 161 * 8192) + 80.0 * 2 * 64 * 256 * 4096);
    }

    private static Model model(String name) throws ProfileException {
        return (Model) ShippedFiles.catalogue().find(Kind.MODEL, name);
    }
}
