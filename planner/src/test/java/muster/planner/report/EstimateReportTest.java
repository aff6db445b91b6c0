package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.Schedule;
import org.junit.jupiter.api.Test;

/** Estimates made by hand: 2,048 GPUs, 15,360 × 4,096 tokens in 20 s are 3,145,728 tokens/s, 1,536 per GPU. */
class EstimateReportTest {
    private static final double LIMIT_BYTES = 80e9;

    @Test
    void anEstimateReadsAsKept() throws IOException {
        Golden.assertSame("estimate.txt", EstimateText.of(question("h800"), fitting(), false));
        Golden.assertSame("estimate.json", EstimateJson.of(question("h800"), fitting()));
    }

    @Test
    void anEstimateThatDoesNotFitSaysSo() throws IOException {
        LayoutEstimates none = new LayoutEstimates(12, 0, List.of(estimate(20, 95e9)));
        Golden.assertSame("estimate-too-large.txt", EstimateText.of(question("h800"), none, false));
    }

    @Test
    void colourChangesNoWord() {
        String coloured = EstimateText.of(question("h800"), fitting(), true);
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(EstimateText.of(question("h800"), fitting(), false));
    }

    @Test
    void aNameCannotCommandTheTerminal() {
        String text = EstimateText.of(question("red\u001b[31m\n\u202e"), fitting(), false);
        assertThat(text).contains("\\u001b[31m\\u000a\\u202e");
        assertThat(text.chars().filter(unit -> unit != '\n')).noneMatch(Character::isISOControl);
    }

    private static LayoutEstimates fitting() {
        return new LayoutEstimates(1_234, 56, List.of(estimate(20, 71.5e9), estimate(25, 40e9)));
    }

    private static LayoutEstimate estimate(double stepSeconds, double bytes) {
        double tokensPerSecond = 15_360.0 * 4_096 / stepSeconds;
        double part = stepSeconds / 16;
        return new LayoutEstimate(
                new Layout(1, 16, 1, 128, 1, 1, 1, Layout.Recompute.SELECTIVE, 1),
                Schedule.ONE_FORWARD_ONE_BACKWARD,
                stepSeconds,
                tokensPerSecond,
                tokensPerSecond / 2_048,
                40,
                "bf16 dense peak",
                bytes,
                LIMIT_BYTES,
                new LayoutEstimate.Breakdown(
                        9 * part, part, part / 3, part / 3, 2 * part, part / 3, part, part / 2, part / 2, part));
    }

    private static LayoutQuestion question(String poolName) {
        Job stated = Answers.scenario("By hand", poolName, Optional.empty(), Optional.empty())
                .jobs()
                .getFirst();
        Pool pool = Answers.scenario("By hand", poolName, Optional.empty(), Optional.empty())
                .pools()
                .getFirst();
        Job job = new Job(
                stated.name(),
                stated.model(),
                stated.tokens(),
                stated.training().sequenceTokens(),
                stated.training().batchSequences(),
                Precision.BF16,
                stated.stack(),
                stated.after(),
                stated.releaseSeconds(),
                stated.deadlineSeconds(),
                stated.spread(),
                stated.measured(),
                stated.modelled());
        OptionalInt open = OptionalInt.empty();
        LayoutWish wish = new LayoutWish(
                open, OptionalInt.of(16), open, open, open, open, open, Optional.of(Layout.Recompute.SELECTIVE), open);
        return new LayoutQuestion(
                Optional.of(new LayoutQuestion.InScenario("By hand", "run.yaml", poolName)),
                job,
                pool.node(),
                pool.maxNodes(),
                wish,
                List.of("Something that the reader noted."));
    }
}
