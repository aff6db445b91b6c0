package muster.planner.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Scenario;
import muster.planner.domain.Stack;
import muster.planner.perf.LayoutEstimator;
import muster.planner.perf.LayoutOptions;
import muster.planner.perf.RateBook;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;
import muster.planner.profile.Setting;

/** How long all layouts of a job take, from architecture and node to the options that a search reads. */
public final class OptionsBenchmark {
    private static final int ROUNDS = 11;
    private static final int MOST_NODES = 512;
    private static final Origin ORIGIN = new Origin("default: a benchmark", "", Confidence.HIGH);

    private OptionsBenchmark() {}

    /**
     * Prints seconds by question: the first in this JVM, then the median of {@value #ROUNDS}.
     *
     * @param arguments the folder of the catalogue; absent means cluster-profiles
     */
    public static void main(String[] arguments) throws ProfileException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "cluster-profiles");
        Catalogue catalogue = Catalogue.open(folder, Optional.empty());
        System.out.printf("%-74s %10s %9s %9s%n", "all layouts, one core", "layouts", "first, s", "median, s");
        Job deepSeek = job(catalogue, "deepseek-v3", "deepseek", Precision.FP8, 4_096, 15_360);
        Node h800 = (Node) catalogue.find(Catalogue.Kind.NODE, "hgx-h800");
        row(
                "DeepSeek-V3 on 1 to 512 nodes of 8 H800, options included",
                () -> LayoutOptions.of(deepSeek, h800, MOST_NODES).candidates());
        Job gpt3 = job(catalogue, "gpt-3-175b", "megatron-core", Precision.BF16, 2_048, 1_536);
        Node a100 = (Node) catalogue.find(Catalogue.Kind.NODE, "hgx-a100");
        row(
                "GPT-3 175B on 1,024 A100",
                () -> new LayoutEstimator(gpt3, a100, LayoutWish.any())
                        .best(128, 1)
                        .candidates());
        row(
                "GPT-3 175B on 1 to 128 nodes of 8 A100, options included",
                () -> LayoutOptions.of(gpt3, a100, 128).candidates());
        Scenario scenario = ScenarioReader.read(
                folder.resolve("scenarios/mixed-fleet.yaml"),
                List.of(
                        Setting.parse("pools.h800.max=512 nodes"),
                        Setting.parse("pools.h100.max=512 nodes"),
                        Setting.parse("pools.h20.max=512 nodes")),
                catalogue);
        row("DeepSeek-V3 on three pools of 512 nodes, with shares of a step", () -> {
            new RateBook().of(scenario);
            return 0;
        });
    }

    private static void row(String question, LongSupplier answer) {
        long[] nanos = new long[ROUNDS];
        long layouts = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            layouts = answer.getAsLong();
            nanos[round] = System.nanoTime() - begin;
        }
        double first = nanos[0] / 1e9;
        Arrays.sort(nanos);
        System.out.printf(
                "%-74s %10s %9.3f %9.3f%n",
                question, layouts > 0 ? "%,d".formatted(layouts) : "", first, nanos[ROUNDS / 2] / 1e9);
    }

    private static Job job(
            Catalogue catalogue, String model, String stack, Precision precision, int sequenceTokens, int batch)
            throws ProfileException {
        return new Job(
                model,
                (Model) catalogue.find(Catalogue.Kind.MODEL, model),
                new Figure(1e12, BaseUnit.TOKENS, ORIGIN),
                new Figure(sequenceTokens, BaseUnit.TOKENS, ORIGIN),
                new Figure(batch, BaseUnit.SEQUENCES, ORIGIN),
                precision,
                (Stack) catalogue.find(Catalogue.Kind.STACK, stack),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Job.Spread.DATA_PARALLEL,
                Map.of(),
                Set.of());
    }
}
