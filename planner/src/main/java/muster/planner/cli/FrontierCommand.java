package muster.planner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.FrontierInquiry;
import muster.planner.domain.Axis;
import muster.planner.domain.BeyondCountingException;
import muster.planner.domain.FrontierAnswer;
import muster.planner.domain.Scenario;
import muster.planner.profile.NearestNames;
import muster.planner.profile.ScenarioReader;
import muster.planner.report.FrontierJson;
import muster.planner.report.FrontierReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster frontier SCENARIO}: plans of which none is better than another on every axis. */
@Command(
        name = "frontier",
        description = {
            "Shows what cost, days and power can be had together: plans that no other plan beats on every axis.",
            "Each point is a whole plan, found by holding the other axes below limits; nothing is weighed or added up."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is a frontier",
            "1:internal error",
            "2:bad usage or bad input",
            "3:infeasible, proved",
            "4:no plan found, nothing proved",
            "5:a --fail-if condition holds",
            "6:interrupted; the points so far were printed"
        },
        footer = {
            "",
            "Examples:",
            "  muster frontier cluster-profiles/scenarios/deepseek-v3.yaml --axes cost,days",
            "  muster frontier run.yaml --axes cost,days,power --points 40 -o json --out-file frontier.json",
            "  muster frontier run.yaml --axes days,power -o html --out-file frontier.html"
        })
final class FrontierCommand implements Callable<Integer> {
    private static final int MOST_POINTS = 1_000;

    private static final String EXAMPLE = "complete = false";

    private final Console console;

    @Parameters(paramLabel = "SCENARIO", description = "the scenario's YAML file")
    private Path file;

    @Option(
            names = "--axes",
            paramLabel = "AXIS,AXIS",
            description =
                    "two or three of cost, days and power, the first of which orders the points; default: cost,days")
    private String axes = "cost,days";

    @Option(names = "--points", paramLabel = "N", description = "how many points at most; default: 20")
    private int points = 20;

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

    FrontierCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        BadInput.refuseEmpty("SCENARIO", file.toString());
        conditions.check(EXAMPLE);
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        List<Axis> asked = asked();
        if (points < asked.size() || points > MOST_POINTS) {
            throw new BadInput(
                    "The option --points (%d) must be from %d, one for each axis, to %,d."
                            .formatted(points, asked.size(), MOST_POINTS),
                    Optional.empty());
        }
        search.check();
        backend.apply();
        Scenario scenario = search.seeded(ScenarioReader.read(file, settings.parsed(), catalogue.open(console)));
        FrontierAnswer answer = traced(scenario, asked);
        boolean done = exitCode(answer) == ExitCodes.DONE;
        List<String> reasons = done
                ? conditions.reasonsToFail(path -> FrontierJson.find(answer, path), "this frontier", EXAMPLE)
                : List.of();
        output.deliver(
                switch (output.format()) {
                    case TEXT -> FrontierReport.text(answer, output.colour(console));
                    case JSON -> FrontierJson.of(answer);
                    case CSV -> FrontierReport.csv(answer);
                    case MD -> FrontierReport.markdown(answer);
                    case HTML -> FrontierReport.html(answer);
                },
                console);
        reasons.forEach(console::complain);
        return reasons.isEmpty() ? exitCode(answer) : ExitCodes.THRESHOLD_MISSED;
    }

    private static int exitCode(FrontierAnswer answer) {
        return switch (answer.status()) {
            case INFEASIBLE -> ExitCodes.INFEASIBLE;
            case UNKNOWN -> answer.run().interrupted() ? ExitCodes.INTERRUPTED : ExitCodes.UNKNOWN;
            case OPTIMAL, FEASIBLE -> answer.run().interrupted() ? ExitCodes.INTERRUPTED : ExitCodes.DONE;
        };
    }

    private FrontierAnswer traced(Scenario scenario, List<Axis> asked) throws BadInput {
        try (InterruptSignal interrupt = InterruptSignal.listen();
                ProgressLine progress =
                        new ProgressLine(console, "Tracing", "Ctrl-C stops and prints the points so far")) {
            if (!quiet) {
                progress.show();
            }
            return FrontierInquiry.trace(
                    scenario, asked, points, search.settings(scenario.seed()), interrupt::isRaised);
        } catch (BeyondCountingException wrongUnit) {
            throw new BadInput(wrongUnit.getMessage(), Optional.of(wrongUnit.maybe()));
        }
    }

    private List<Axis> asked() throws BadInput {
        List<String> known = Arrays.stream(Axis.values()).map(Axis::key).toList();
        List<Axis> asked = new ArrayList<>();
        for (String word : axes.split(",", -1)) {
            Optional<Axis> axis = Arrays.stream(Axis.values())
                    .filter(candidate -> candidate.key().equals(word.strip()))
                    .findFirst();
            if (axis.isEmpty()) {
                throw new BadInput(
                        "(%s) given by --axes is no axis.".formatted(word.strip()),
                        NearestNames.maybe(word.strip(), known));
            }
            if (asked.contains(axis.get())) {
                throw new BadInput("The option --axes names %s twice.".formatted(word.strip()), Optional.empty());
            }
            asked.add(axis.get());
        }
        if (asked.size() < 2) {
            throw new BadInput(
                    "The option --axes (%s) names one axis; a frontier has two or three.".formatted(axes),
                    Optional.of("--axes cost,days. The least of one alone is `muster plan` with an objective."));
        }
        return asked;
    }
}
