package muster.planner.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import muster.planner.CapacityPlanner;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.Scenario;
import muster.planner.domain.Work;
import muster.planner.profile.LayoutQuestionReader;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;
import muster.planner.report.EstimateJson;
import muster.planner.report.EstimateText;
import muster.planner.report.ReplicaJson;
import muster.planner.report.ReplicaText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster estimate}: step time, memory and MFU of a layout, or of the best ones. */
@Command(
        name = "estimate",
        description = {
            "Estimates step time, memory and MFU of a layout, or of the best ones, on a number of nodes.",
            "Either name model, node, nodes, sequence, batch, precision and stack, or a SCENARIO's job and pool.",
            "For a job that generates: the replicas that write most; their step gives every sequence a token."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:internal error", "2:bad usage or bad input", "3:no layout is legal, or none fits"},
        footer = {
            "",
            "Examples:",
            "  muster estimate --model deepseek-v3 --node hgx-h800 --nodes 256 --sequence 4096 \\",
            "      --batch 15360 --precision fp8 --stack deepseek --layout tp=1,pp=16,ep=64",
            "  muster estimate --model llama-3.1-70b --node hgx-h100 --nodes 64 --sequence 8192 \\",
            "      --batch '4194304 tokens' --precision bf16 --stack megatron-core --top 10",
            "  muster estimate run.yaml --job pretrain --pool h800 --nodes 128 -o json"
        })
final class EstimateCommand implements Callable<Integer> {
    private static final int DEFAULT_TOP = 5;
    private static final int MOST_TOP = 10_000;

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "a scenario's YAML file; then --job and --pool choose, instead of the names below")
    private Path file;

    @Option(names = "--job", paramLabel = "J", description = "a job of the scenario; needless where it has one")
    private String job;

    @Option(names = "--pool", paramLabel = "P", description = "a pool of the scenario; needless where it has one")
    private String pool;

    @Option(names = "--model", paramLabel = "M", description = "a model of the catalogue")
    private String model;

    @Option(names = "--node", paramLabel = "T", description = "a node of the catalogue")
    private String node;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "how many nodes, all of them used; default with a scenario: the pool's max")
    private String nodes;

    @Option(names = "--sequence", paramLabel = "S", description = "tokens per sequence, such as 4096")
    private String sequence;

    @Option(
            names = "--batch",
            paramLabel = "B",
            description = "sequences per step, such as 15360; or '62914560 tokens', whole sequences")
    private String batch;

    @Option(names = "--precision", paramLabel = "P", description = "fp32, tf32, fp16, bf16, fp8, mxfp8 or nvfp4")
    private String precision;

    @Option(names = "--stack", paramLabel = "K", description = "a software stack of the catalogue")
    private String stack;

    @Option(
            names = "--layout",
            paramLabel = "KEY=N,…",
            description = "fix dimensions: tp, pp, vpp, dp, ep, cp, mbs, recompute (none, selective, full), zero (0 to"
                    + " 3); the others are searched")
    private String layout;

    @Option(names = "--top", paramLabel = "N", description = "how many layouts to show; default: 5")
    private int top = DEFAULT_TOP;

    @Mixin
    private BackendOption backend;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private CatalogueOption catalogue;

    @Mixin
    private OutputOptions output;

    @Option(names = "--quiet", description = "no progress on stderr")
    private boolean quiet;

    EstimateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        backend.apply();
        if (top < 1 || top > MOST_TOP) {
            throw new BadInput("The option --top (%d) must be 1 to %,d.".formatted(top, MOST_TOP), Optional.empty());
        }
        LayoutQuestion question = file == null ? named() : inScenario();
        return switch (question.job().work()) {
            case Work.Training training -> training(question);
            case Work.Generation generation -> generation(question, generation);
        };
    }

    private int training(LayoutQuestion question) throws Exception {
        LayoutEstimates estimates = evaluated(() -> CapacityPlanner.estimate(
                question.job(), question.node(), question.nodes().asInt(), question.wish(), top));
        output.deliver(
                output.isJson()
                        ? EstimateJson.of(question, estimates)
                        : EstimateText.of(question, estimates, output.colour(console)),
                console);
        return estimates.feasible() > 0 ? ExitCodes.DONE : ExitCodes.INFEASIBLE;
    }

    private int generation(LayoutQuestion question, Work.Generation work) throws Exception {
        ReplicaEstimates estimates = evaluated(() -> CapacityPlanner.estimateReplicas(
                question.job(), work, question.node(), question.nodes().asInt(), question.wish(), top));
        output.deliver(
                output.isJson()
                        ? ReplicaJson.of(question, estimates)
                        : ReplicaText.of(question, work, estimates, output.colour(console)),
                console);
        return estimates.feasible() > 0 ? ExitCodes.DONE : ExitCodes.INFEASIBLE;
    }

    private <T> T evaluated(Supplier<T> evaluation) {
        try (ProgressLine progress = new ProgressLine(console, "Evaluating layouts", "Ctrl-C ends it")) {
            if (!quiet) {
                progress.show();
            }
            return evaluation.get();
        }
    }

    private LayoutQuestion named() throws BadInput, ProfileException {
        if (job != null || pool != null || settings.isGiven()) {
            String option = job != null ? "--job" : pool != null ? "--pool" : "--set";
            throw new BadInput(
                    "The option %s is about a scenario, and none is given.".formatted(option),
                    Optional.of("muster estimate SCENARIO --job J --pool P."));
        }
        Map<String, String> required = catalogueNames();
        required.put("--nodes", nodes);
        List<String> missing = required.keySet().stream()
                .filter(option -> required.get(option) == null)
                .toList();
        if (!missing.isEmpty()) {
            throw new BadInput(
                    "Missing: %s.".formatted(String.join(", ", missing)),
                    Optional.of(
                            "see the examples of muster estimate --help; or name a scenario, with --job and --pool."));
        }
        return LayoutQuestionReader.read(
                new LayoutQuestionReader.Words(
                        model, node, nodes, sequence, batch, precision, stack, Optional.ofNullable(layout)),
                catalogue.open(console));
    }

    private LayoutQuestion inScenario() throws BadInput, ProfileException {
        Map<String, String> names = catalogueNames();
        Optional<String> superfluous = names.keySet().stream()
                .filter(option -> names.get(option) != null)
                .findFirst();
        if (superfluous.isPresent()) {
            throw new BadInput(
                    "The option %s does not go with a scenario, which says that itself.".formatted(superfluous.get()),
                    Optional.of("--set '%s.NAME.%s=…', which changes the scenario's."
                            .formatted(
                                    superfluous.get().equals("--node") ? "pools" : "jobs",
                                    superfluous.get().substring(2))));
        }
        Scenario scenario = ScenarioReader.read(file, settings.parsed(), catalogue.open(console));
        return LayoutQuestionReader.read(
                scenario,
                Optional.ofNullable(job),
                Optional.ofNullable(pool),
                Optional.ofNullable(nodes),
                Optional.ofNullable(layout));
    }

    /** The options that stand for a scenario, in the order of the help; null where not given. */
    private Map<String, String> catalogueNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("--model", model);
        names.put("--node", node);
        names.put("--sequence", sequence);
        names.put("--batch", batch);
        names.put("--precision", precision);
        names.put("--stack", stack);
        return names;
    }
}
