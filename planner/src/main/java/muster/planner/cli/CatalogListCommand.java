package muster.planner.cli;

import java.util.List;
import java.util.concurrent.Callable;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Listed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster catalog list}: every entry by kind. */
@Command(
        name = "list",
        description = {
            "Lists the entries of the catalogue by kind: how many values, of which dates, how many of them are",
            "assumptions that nobody published, and on how many sources disagree."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, or an entry cannot be read; the others are listed"},
        footer = {
            "",
            "Examples:",
            "  muster catalog list",
            "  muster catalog list --gpu h800",
            "  muster catalog list --kind market --stale 180d --as-of 2026-11-30",
            "  muster catalog list --conflicts -o json"
        })
final class CatalogListCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--assumed", description = "only entries with values that nobody published (low confidence)")
    private boolean assumed;

    @Option(names = "--conflicts", description = "only entries with values on which sources disagree")
    private boolean conflicts;

    @Mixin
    private CatalogueFilter filter;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CatalogueOption option;

    CatalogListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        CatalogueFilter.Answer answer = filter.apply(option.open(console));
        answer.listing().problems().forEach(problem -> console.complain(problem.toString()));
        List<Listed> entries = answer.entries().stream()
                .filter(listed -> !assumed || CatalogueReport.isAssumed(listed.entry()))
                .filter(listed -> !conflicts || CatalogueReport.isDisputed(listed.entry()))
                .toList();
        output.deliver(
                output.isJson()
                        ? CatalogueReport.listJson(entries, answer.stale())
                        : CatalogueReport.listText(entries, answer.stale(), output.colour(console)),
                console);
        return answer.listing().problems().isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
    }
}
