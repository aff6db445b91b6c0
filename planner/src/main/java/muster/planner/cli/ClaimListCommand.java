package muster.planner.cli;

import java.util.List;
import java.util.concurrent.Callable;
import muster.planner.ClaimInquiry;
import muster.planner.domain.ClaimAnswer;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ClaimListing;
import muster.planner.profile.ClaimReader;
import muster.planner.profile.YardstickReader;
import muster.planner.report.ClaimCsv;
import muster.planner.report.ClaimJson;
import muster.planner.report.ClaimReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster claim list}: the catalogue's claims and their verdicts. */
@Command(
        name = "list",
        description = {
            "Lists the catalogue's claims, each with its verdict.",
            "A claim that cannot be read hides none of the others; its problems go to stderr."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, whatever the verdicts", "1:internal error", "2:bad usage or bad input"})
final class ClaimListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ClaimOptions options;

    ClaimListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Catalogue catalogue = options.open(console);
        ClaimListing listing = ClaimReader.list(catalogue);
        listing.problems().forEach(problem -> console.complain(problem.toString()));
        List<ClaimAnswer> answers = ClaimInquiry.check(listing.claims(), YardstickReader.read(catalogue));
        OutputOptions output = options.output();
        output.deliver(
                switch (output.format()) {
                    case TEXT -> ClaimReport.list(answers, output.colour(console));
                    case JSON -> ClaimJson.list(answers);
                    case CSV -> ClaimCsv.list(answers);
                    case MD -> ClaimReport.listMarkdown(answers);
                    case HTML -> ClaimReport.listHtml(answers);
                },
                console);
        return listing.problems().isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
    }
}
