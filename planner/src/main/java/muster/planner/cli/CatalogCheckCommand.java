package muster.planner.cli;

import java.util.List;
import java.util.concurrent.Callable;
import muster.planner.profile.CheckReport;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster catalog check}: reads everything and says what is wrong. */
@Command(
        name = "check",
        description = "Reads every entry of the catalogue and says what is wrong with it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no problems", "2:bad usage, or problems were found"},
        footer = {"", "Examples:", "  muster catalog check", "  muster catalog check --catalog my-profiles"})
final class CatalogCheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CatalogueOption option;

    CatalogCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        CheckReport report = option.open(console).check();
        report.problems().forEach(problem -> console.complain(problem.toString()));
        List<Finding> findings = report.problems().stream()
                .map(problem -> new Finding(
                        problem.file(), problem.line(), problem.column(), problem.message(), problem.maybe()))
                .toList();
        if (output.isJson()) {
            output.deliver(CatalogueReport.checkJson(report.entries(), findings), console);
        } else if (findings.isEmpty()) {
            output.deliver(CatalogueReport.checkText(report.entries()), console);
        }
        return findings.isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
    }
}
