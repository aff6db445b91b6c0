package muster.planner.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.PlanExplainer;
import muster.planner.domain.BeyondCountingException;
import muster.planner.domain.Explanation;
import muster.planner.domain.Scenario;
import muster.planner.profile.Catalogue;
import muster.planner.profile.Setting;
import muster.planner.report.ExplanationJson;
import muster.planner.report.ExplanationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster explain SCENARIO|PLAN.json}: why the best plan is as it is, or why there is none. */
@Command(
        name = "explain",
        description = {
            "Says what a plan rests on: what one more unit of each limit is worth, below which rent a pool wins,",
            "and which inputs drive the cost; or, where there is no plan, which limits exclude each other.",
            "Each answer comes from planning again. From a plan file it reads that file and nothing else."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is a plan, and it was explained",
            "1:internal error",
            "2:bad usage or bad input",
            "3:infeasible, proved; the conflict was explained",
            "4:no plan found, nothing proved",
            "5:a --fail-if condition holds",
            "6:interrupted; what was found so far was printed"
        },
        footer = {
            "",
            "Examples:",
            "  muster explain cluster-profiles/scenarios/deepseek-v3.yaml",
            "  muster explain plan.json -o html --out-file why.html",
            "  muster explain run.yaml --set 'limits.deadline=20 d'"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final String EXAMPLE = "limits.deadline.worth.value > $10 k";

    private final Console console;

    @Parameters(paramLabel = "SCENARIO|PLAN.json", description = "a scenario's YAML file, or a plan (plan -o json)")
    private Path file;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CatalogueOption catalogue;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private SearchOptions search;

    @Mixin
    private ConditionsOption conditions;

    @Option(names = "--quiet", description = "no progress on stderr")
    private boolean quiet;

    @Mixin
    private BackendOption backend;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        BadInput.refuseEmpty("SCENARIO|PLAN.json", file.toString());
        conditions.check(EXAMPLE);
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        search.check();
        backend.apply();
        Scenario scenario = search.seeded(ScenarioOrPlan.read(file, new Besides()));
        Explanation explanation = explained(scenario);
        boolean done = exitCode(explanation) == ExitCodes.DONE;
        List<String> reasons = done
                ? conditions.reasonsToFail(path -> ExplanationJson.find(explanation, path), "this explanation", EXAMPLE)
                : List.of();
        output.deliver(
                switch (output.format()) {
                    case TEXT -> ExplanationReport.text(explanation, output.colour(console));
                    case JSON -> ExplanationJson.of(explanation);
                    case CSV -> ExplanationReport.csv(explanation);
                    case MD -> ExplanationReport.markdown(explanation);
                    case HTML -> ExplanationReport.html(explanation);
                },
                console);
        reasons.forEach(console::complain);
        return reasons.isEmpty() ? exitCode(explanation) : ExitCodes.THRESHOLD_MISSED;
    }

    private static int exitCode(Explanation explanation) {
        return switch (explanation.answer().status()) {
            case INFEASIBLE -> ExitCodes.INFEASIBLE;
            case UNKNOWN -> explanation.run().interrupted() ? ExitCodes.INTERRUPTED : ExitCodes.UNKNOWN;
            case OPTIMAL, FEASIBLE -> explanation.run().interrupted() ? ExitCodes.INTERRUPTED : ExitCodes.DONE;
        };
    }

    private final class Besides implements ScenarioOrPlan.Besides {
        @Override
        public List<Setting> settings() throws BadInput {
            return settings.parsed();
        }

        @Override
        public Catalogue catalogue() throws BadInput {
            return catalogue.open(console);
        }

        @Override
        public boolean given() {
            return settings.isGiven() || catalogue.isGiven();
        }
    }

    private Explanation explained(Scenario scenario) throws BadInput {
        try (InterruptSignal interrupt = InterruptSignal.listen();
                ProgressLine progress =
                        new ProgressLine(console, "Explaining", "Ctrl-C stops and prints what was found so far")) {
            if (!quiet) {
                progress.show();
            }
            return PlanExplainer.explain(scenario, search.settings(scenario.seed()), interrupt::isRaised);
        } catch (BeyondCountingException wrongUnit) {
            throw new BadInput(wrongUnit.getMessage(), Optional.of(wrongUnit.maybe()));
        }
    }
}
