package muster.planner.cli;

import java.util.List;
import java.util.concurrent.Callable;
import muster.planner.profile.Catalogue;
import muster.planner.profile.CheckReport;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster catalog check}: reads everything and says what is wrong. */
@Command(
        name = "check",
        description = {
            "Reads the entries of the catalogue and says what is wrong with them: keys, units, ranges, sources, names.",
            "--stale lists old values besides; they are no problems."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no problems", "2:bad usage, or problems were found"},
        footer = {
            "",
            "Examples:",
            "  muster catalog check",
            "  muster catalog check --catalog my-profiles",
            "  muster catalog check --stale 180d"
        })
final class CatalogCheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private CatalogueFilter filter;

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
        Catalogue catalogue = option.open(console);
        CatalogueFilter.Answer answer = filter.apply(catalogue);
        CheckReport report = catalogue.check(answer.listing());
        report.problems().forEach(problem -> console.complain(problem.toString()));
        List<Finding> findings = report.problems().stream()
                .map(problem -> new Finding(
                        problem.file(), problem.line(), problem.column(), problem.message(), problem.maybe()))
                .toList();
        if (output.isJson()) {
            output.deliver(
                    CatalogueReport.checkJson(report.entries(), findings, answer.entries(), answer.stale()), console);
        } else if (findings.isEmpty()) {
            output.deliver(
                    CatalogueReport.checkText(
                            report.entries(), answer.entries(), answer.stale(), output.colour(console)),
                    console);
        }
        return findings.isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
    }
}
