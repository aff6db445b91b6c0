package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.ClaimInquiry;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ClaimReader;
import muster.planner.profile.YardstickReader;
import muster.planner.report.ClaimCsv;
import muster.planner.report.ClaimJson;
import muster.planner.report.ClaimReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster claim check}: what adds up, what is possible, and what is left out. */
@Command(
        name = "check",
        description = {
            "Checks claims: what adds up, what is physically possible, and what is left out.",
            "A claim is a name of the catalogue or a YAML file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, whatever the verdict",
            "1:internal error",
            "2:bad usage or bad input",
            "5:a --fail-if condition holds of a claim"
        },
        footer = {
            "",
            "Examples:",
            "  muster claim check deepseek-v3 semianalysis-deepseek-fleet",
            "  muster claim check deepseek-v3 --set 'stated.price=$1.70 /GPU/h' --set stated.cost=~",
            "  muster claim check my-claim.yaml --fail-if 'verdict = contradicted'",
            "  muster claim check --all -o html --out-file claims.html"
        })
final class ClaimCheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "NAME|FILE", description = "claims, in the order of the answer")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "every claim of the catalogue")
    private boolean all;

    @Option(
            names = "--fail-if",
            paramLabel = "'NAME OP VALUE'",
            description =
                    "exit with 5 if this holds of any claim; NAME is verdict, or a figure such as derived.usd.high;"
                            + " repeatable")
    private List<String> conditions = new ArrayList<>();

    @Mixin
    private SettingsOption settings;

    @Mixin
    private ClaimOptions options;

    ClaimCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<ClaimThreshold> thresholds = new ArrayList<>();
        for (String condition : conditions) {
            thresholds.add(ClaimThreshold.parse(condition));
        }
        if (all != names.isEmpty()) {
            throw new BadInput(
                    all ? "The option --all stands beside names of claims." : "No claim is named.",
                    Optional.of("muster claim check deepseek-v3; `muster claim list` shows the names."));
        }
        Catalogue catalogue = options.open(console);
        List<String> wanted = all ? ClaimReader.names(catalogue) : names;
        List<Claim> claims =
                ClaimReader.read(ClaimFiles.find(wanted, catalogue, console), settings.parsed(), catalogue);
        List<ClaimAnswer> answers = ClaimInquiry.check(claims, YardstickReader.read(catalogue));
        OutputOptions output = options.output();
        output.deliver(
                switch (output.format()) {
                    case TEXT -> ClaimReport.text(answers, output.colour(console));
                    case JSON -> ClaimJson.of(answers);
                    case CSV -> ClaimCsv.of(answers);
                    case MD -> ClaimReport.markdown(answers);
                    case HTML -> ClaimReport.html(answers);
                },
                console);
        int exitCode = ExitCodes.DONE;
        for (ClaimThreshold threshold : thresholds) {
            for (String reason : threshold.reasonsToFail(answers)) {
                console.complain(reason);
                exitCode = ExitCodes.THRESHOLD_MISSED;
            }
        }
        return exitCode;
    }
}
