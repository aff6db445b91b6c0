package muster.planner.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import muster.planner.domain.Attention;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FlopBasis;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.perf.RunEstimator;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import org.junit.jupiter.api.Test;

/** Runs that the model itself made up with other constants: a fit has to find its way back to their times. */
class StackFitTest {
    private static final Origin ORIGIN = new Origin("test", "2026", Confidence.LOW);
    private static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home"), "cluster-profiles"), Optional.empty());
    private static final Map<String, Double> TRUTH = Map.of(
            "efficiency.hopper.matrix.bf16", 0.6,
            "efficiency.hopper.memory", 0.6,
            "efficiency.hopper.launch", 200e-6,
            "overlap.tensor", 0.2);

    @Test
    void aFitPredictsWhatItWasNotFittedTo() throws ProfileException {
        Stack stack = stack();
        Stack truth = stack.with(TRUTH, ORIGIN);
        List<Measurement> rows = new ArrayList<>();
        for (String model : List.of("llama-3.1-8b", "llama-3.1-70b", "gpt-3-175b")) {
            for (int tensor : new int[] {2, 4, 8}) {
                for (int microbatch : new int[] {1, 2, 4}) {
                    rows.add(made(model, truth, tensor, microbatch));
                }
            }
        }
        StackFit fit = new StackFit(stack, rows);
        StackFit.Fitted without = fit.fit(row -> !row.model().equals("llama-3.1-70b"), fit.priors());
        for (Measurement row : rows) {
            MeasuredRun run = StackFit.with(row.run().orElseThrow(), without.stack());
            double seconds = new RunEstimator(run).estimate().orElseThrow().stepSeconds();
            assertThat(seconds).as(row.id()).isCloseTo(row.value(), within(0.04 * row.value()));
        }
        assertThat(fit.fit().values()).isEqualTo(fit.fit().values());
    }

    @Test
    void aPublishedConstantIsKept() throws ProfileException {
        Stack stack = (Stack) CATALOGUE.find(Catalogue.Kind.STACK, "deepseek");
        Measurement row = made("llama-3.1-8b", stack, 1, 1);
        assertThat(new StackFit(stack, List.of(row)).fit().values())
                .doesNotContainKey("efficiency.hopper.link")
                .containsKey("efficiency.hopper.memory");
    }

    private static Stack stack() throws ProfileException {
        return (Stack) CATALOGUE.find(Catalogue.Kind.STACK, "megatron-core");
    }

    private static Measurement made(String model, Stack stack, int tensor, int microbatch) throws ProfileException {
        OptionalInt one = OptionalInt.of(1);
        LayoutWish wish = new LayoutWish(
                OptionalInt.of(tensor),
                one,
                one,
                OptionalInt.of(64 / tensor),
                one,
                one,
                OptionalInt.of(microbatch),
                Optional.of(Layout.Recompute.FULL),
                OptionalInt.empty());
        MeasuredRun run = new MeasuredRun(
                job(model, stack),
                (Node) CATALOGUE.find(Catalogue.Kind.NODE, "hgx-h100"),
                64,
                wish,
                true,
                new FlopBasis(false, Attention.Mask.CAUSAL));
        double seconds = new RunEstimator(run).estimate().orElseThrow().stepSeconds();
        String id = "made-%s-%d-%d".formatted(model, tensor, microbatch);
        return new Measurement(
                id,
                2,
                stack.name(),
                "",
                model,
                "h100",
                Optional.of(MeasuredKind.STEP_SECONDS),
                seconds,
                true,
                "",
                Optional.of(run),
                List.of());
    }

    private static Job job(String model, Stack stack) throws ProfileException {
        return Job.alone(
                "job",
                (Model) CATALOGUE.find(Catalogue.Kind.MODEL, model),
                new Figure(1e9, BaseUnit.TOKENS, ORIGIN),
                new Figure(4_096, BaseUnit.TOKENS, ORIGIN),
                new Figure(512, BaseUnit.SEQUENCES, ORIGIN),
                Precision.BF16,
                stack);
    }
}
