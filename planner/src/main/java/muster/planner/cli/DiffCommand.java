package muster.planner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.domain.PlanDifference;
import muster.planner.planfile.PlanComparison;
import muster.planner.planfile.PlanFile;
import muster.planner.profile.Problem;
import muster.planner.profile.ProfileException;
import muster.planner.report.DifferenceJson;
import muster.planner.report.DifferenceReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster diff}: what changed from one plan to another. */
@Command(
        name = "diff",
        description = {
            "Shows what changed from one plan to another: fleet, cost, limits, prices and every other value.",
            "It reads the two plan files (plan -o json) and nothing else; items of lists are matched by name."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, whether anything changed or not",
            "1:internal error",
            "2:bad usage or bad input",
            "5:a --fail-if condition holds"
        },
        footer = {
            "",
            "Examples:",
            "  muster plan run.yaml -o json --out-file before.json",
            "  muster plan run.yaml --set 'pools.h800.rent=$1.70 /GPU/h' -o json --out-file after.json",
            "  muster diff before.json after.json",
            "  muster diff before.json after.json --fail-if 'changes.totals.usd.deltaPercent > 5 %%'"
        })
final class DiffCommand implements Callable<Integer> {
    private static final String EXAMPLE = "changes.totals.usd.deltaPercent > 5 %";

    private final Console console;

    @Parameters(index = "0", paramLabel = "PLAN_A.json", description = "the plan before")
    private Path before;

    @Parameters(index = "1", paramLabel = "PLAN_B.json", description = "the plan after")
    private Path after;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ConditionsOption conditions;

    @Option(names = "--quiet", description = "no progress on stderr; there is none")
    private boolean quiet;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        BadInput.refuseEmpty("PLAN_A.json", before.toString());
        BadInput.refuseEmpty("PLAN_B.json", after.toString());
        conditions.check(EXAMPLE);
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        List<Problem> problems = new ArrayList<>();
        Optional<PlanFile> a = read(before, problems);
        Optional<PlanFile> b = read(after, problems);
        if (!problems.isEmpty()) {
            throw new ProfileException(problems);
        }
        PlanDifference difference = PlanComparison.compare(a.orElseThrow(), b.orElseThrow());
        List<String> reasons = conditions.reasonsToFail(
                path -> DifferenceJson.find(difference, path), "the changes between these plans", EXAMPLE);
        output.deliver(
                switch (output.format()) {
                    case TEXT -> DifferenceReport.text(difference, output.colour(console));
                    case JSON -> DifferenceJson.of(difference);
                    case CSV -> DifferenceReport.csv(difference);
                    case MD -> DifferenceReport.markdown(difference);
                    case HTML -> DifferenceReport.html(difference);
                },
                console);
        reasons.forEach(console::complain);
        return reasons.isEmpty() ? ExitCodes.DONE : ExitCodes.THRESHOLD_MISSED;
    }

    /** Both files are read before any problem ends the command, so that all are told at once. */
    private static Optional<PlanFile> read(Path file, List<Problem> problems) {
        try {
            return Optional.of(PlanFile.read(file));
        } catch (ProfileException bad) {
            problems.addAll(bad.problems());
            return Optional.empty();
        }
    }
}
