package muster.planner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.CapacityPlanner;
import muster.planner.domain.BeyondCountingException;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.profile.ScenarioReader;
import muster.planner.report.PlanCsv;
import muster.planner.report.PlanJson;
import muster.planner.report.PlanReport;
import muster.planner.report.PlanText;
import muster.planner.report.SearchStateText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster plan SCENARIO}: finds the fleet. */
@Command(
        name = "plan",
        description = "Finds the best fleet for a scenario, and says how close to the best it is proved to be.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a plan was found",
            "1:internal error",
            "2:bad usage or bad input",
            "3:infeasible, proved",
            "4:no plan found, nothing proved",
            "5:a --fail-if condition holds",
            "6:interrupted; the best plan so far was printed"
        },
        footer = {
            "",
            "Examples:",
            "  muster plan cluster-profiles/scenarios/deepseek-v3.yaml",
            "  muster plan run.yaml --set 'pools.h800.rent=$1.70 /GPU/h' --set 'limits.deadline=40 d'",
            "  muster plan run.yaml -o json --out-file plan.json",
            "  muster plan run.yaml --top 5 --within '10 %%'",
            "  muster plan run.yaml --fail-if 'gap > 1 %%' --fail-if 'totals.usd > $6 M'"
        })
final class PlanCommand implements Callable<Integer> {
    private static final int MOST_TOP = 100;
    private static final double DEFAULT_WITHIN_PERCENT = 5;

    private final Console console;

    @Parameters(paramLabel = "SCENARIO", description = "the scenario's YAML file")
    private Path file;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CatalogueOption catalogue;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private SearchOptions search;

    @Option(
            names = "--fail-if",
            paramLabel = "'NAME OP VALUE'",
            description = "exit with 5 if this holds of the plan; NAME is a path of the JSON, or gap; repeatable")
    private List<String> conditions = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "show N plans, the best first, whose fleets differ by at least a tenth; default: 1")
    private int top = 1;

    @Option(
            names = "--within",
            paramLabel = "PERCENT",
            description = "with --top: how much worse than the best they may be; default: 5%%")
    private String within;

    @Option(names = "--quiet", description = "no progress on stderr")
    private boolean quiet;

    @Mixin
    private BackendOption backend;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        BadInput.refuseEmpty("SCENARIO", file.toString());
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        List<Threshold> thresholds = new ArrayList<>();
        for (String condition : conditions) {
            thresholds.add(Threshold.parse(condition));
        }
        search.check();
        double withinPercent = withinPercent();
        backend.apply();
        Scenario scenario = search.seeded(ScenarioReader.read(file, settings.parsed(), catalogue.open(console)));
        for (Threshold threshold : thresholds) {
            threshold.check(scenario);
        }
        PlanAnswer answer = planned(scenario, withinPercent);
        output.deliver(
                switch (output.format()) {
                    case TEXT -> PlanText.of(answer, output.colour(console));
                    case JSON -> PlanJson.of(answer);
                    case CSV -> PlanCsv.of(answer);
                    case MD -> PlanReport.markdown(answer);
                    case HTML -> PlanReport.html(answer);
                },
                console);
        return exitCode(answer, thresholds);
    }

    private PlanAnswer planned(Scenario scenario, double withinPercent) throws BadInput {
        SearchSettings searchSettings = search.settings(scenario.seed());
        try (InterruptSignal interrupt = InterruptSignal.listen();
                ProgressLine progress =
                        new ProgressLine(console, "Searching", "Ctrl-C stops and prints the best plan so far")) {
            if (!quiet) {
                progress.show();
            }
            return top == 1
                    ? CapacityPlanner.plan(
                            scenario,
                            searchSettings,
                            state -> progress.reached(SearchStateText.of(state)),
                            interrupt::isRaised)
                    : CapacityPlanner.planWithAlternatives(
                            scenario, searchSettings, top - 1, withinPercent, interrupt::isRaised);
        } catch (BeyondCountingException wrongUnit) {
            throw new BadInput(wrongUnit.getMessage(), Optional.of(wrongUnit.maybe()));
        }
    }

    private double withinPercent() throws BadInput {
        if (top < 1 || top > MOST_TOP) {
            throw new BadInput(
                    "The option --top (%d) must be from 1 to %d.".formatted(top, MOST_TOP), Optional.empty());
        }
        if (within != null && top == 1) {
            throw new BadInput("The option --within goes with --top.", Optional.of("add --top 5."));
        }
        return OptionQuantity.percent("--within", within).orElse(DEFAULT_WITHIN_PERCENT);
    }

    private int exitCode(PlanAnswer answer, List<Threshold> thresholds) {
        if (answer.status() == Status.INFEASIBLE) {
            return ExitCodes.INFEASIBLE;
        } else if (answer.run().interrupted()) {
            return ExitCodes.INTERRUPTED;
        } else if (answer.plan().isEmpty()) {
            return ExitCodes.UNKNOWN;
        }
        int exitCode = ExitCodes.DONE;
        for (Threshold threshold : thresholds) {
            Optional<String> reason = threshold.reasonToFail(answer);
            if (reason.isPresent()) {
                console.complain(reason.get());
                exitCode = ExitCodes.THRESHOLD_MISSED;
            }
        }
        return exitCode;
    }
}
