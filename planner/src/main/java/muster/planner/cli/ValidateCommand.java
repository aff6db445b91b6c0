package muster.planner.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.ModelCheck;
import muster.planner.domain.Calibration;
import muster.planner.domain.Measurement;
import muster.planner.domain.Validation;
import muster.planner.profile.MeasurementReader;
import muster.planner.report.StackConstantsYaml;
import muster.planner.report.ValidationCsv;
import muster.planner.report.ValidationHtml;
import muster.planner.report.ValidationJson;
import muster.planner.report.ValidationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster validate}: predicted against measured, row by row; and the constants that fit. */
@Command(
        name = "validate",
        description = {
            "Holds the performance model against a table of measured runs: row by row, and by group.",
            "Columns are those of cluster-profiles/measurements/runs.csv; cells may be empty, other columns are ignored."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:internal error", "2:bad usage or bad input", "5:a --fail-if condition holds"},
        footer = {
            "",
            "Examples:",
            "  muster validate cluster-profiles/measurements/runs.csv",
            "  muster validate our-runs.csv --fail-if 'overall.mapePercent > 10 %%'",
            "  muster validate our-runs.csv -o html --out-file accuracy.html",
            "  muster validate our-runs.csv --fit --write our-profiles",
            "  muster estimate … --catalog our-profiles"
        })
final class ValidateCommand implements Callable<Integer> {
    private static final String ANSWER = "this validation";
    private static final String EXAMPLE = "overall.mapePercent > 6 %";

    private final Console console;

    @Parameters(paramLabel = "MEASUREMENTS.csv", description = "the table of measured runs")
    private Path file;

    @Option(
            names = "--fit",
            description =
                    "also propose the stacks' constants that fit the rows, with the errors of left-out rows; takes"
                            + " minutes for hundreds of rows")
    private boolean fit;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "with --fit: write the constants to DIR/stacks, as entries of a catalogue")
    private Path target;

    @Mixin
    private ConditionsOption conditions;

    @Mixin
    private CatalogueOption catalogue;

    @Mixin
    private OutputOptions output;

    @Option(names = "--quiet", description = "no progress on stderr")
    private boolean quiet;

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        if (target != null && !fit) {
            throw new BadInput("The option --write goes with --fit.", Optional.of("add --fit."));
        }
        conditions.check(EXAMPLE);
        List<Measurement> measurements = MeasurementReader.read(file, catalogue.open(console));
        Validation validation = ModelCheck.validate(file.toString(), measurements);
        // A fit takes minutes: a misspelt path is told before it.
        conditions.checkPaths(
                path -> fit && ValidationJson.isOfFits(path)
                        || ValidationJson.find(validation, Optional.empty(), path)
                                .isPresent(),
                ANSWER,
                EXAMPLE);
        Optional<List<Calibration>> calibrations = fit ? Optional.of(fitted(measurements)) : Optional.empty();
        List<String> reasons =
                conditions.reasonsToFail(path -> ValidationJson.find(validation, calibrations, path), ANSWER, EXAMPLE);
        if (target != null) {
            for (Calibration calibration : calibrations.orElseThrow()) {
                write(calibration);
            }
        }
        output.deliver(
                switch (output.format()) {
                    case TEXT -> ValidationText.of(validation, calibrations, output.colour(console));
                    case JSON -> ValidationJson.of(validation, calibrations);
                    case CSV -> ValidationCsv.of(validation);
                    case MD -> ValidationText.markdown(validation, calibrations);
                    case HTML -> ValidationHtml.of(validation, calibrations);
                },
                console);
        reasons.forEach(console::complain);
        return reasons.isEmpty() ? ExitCodes.DONE : ExitCodes.THRESHOLD_MISSED;
    }

    private List<Calibration> fitted(List<Measurement> measurements) {
        try (ProgressLine progress = new ProgressLine(console, "Fitting stacks", "Ctrl-C ends it")) {
            if (!quiet) {
                progress.show();
            }
            return ModelCheck.calibrate(measurements);
        }
    }

    /** Replaces the fitted part of a file that has one; else lays a new entry over the catalogue's. */
    private void write(Calibration calibration) throws BadInput, CannotWrite {
        Path stack = target.resolve("stacks").resolve(calibration.stack().name() + ".yaml");
        try {
            Files.createDirectories(stack.getParent());
            String before = Files.exists(stack) ? Files.readString(stack, StandardCharsets.UTF_8) : "";
            if (!before.isEmpty() && !before.contains(StackConstantsYaml.BEGIN)) {
                throw new BadInput(
                        "The file (%s) has no fitted part that could be replaced.".formatted(stack),
                        Optional.of("choose another folder for --write, or remove the file."));
            }
            new AtomicFile(stack)
                    .write(
                            before.isEmpty()
                                    ? StackConstantsYaml.overlay(calibration, file.toString())
                                    : StackConstantsYaml.replacedIn(before, calibration));
        } catch (IOException e) {
            throw new CannotWrite(stack, e);
        }
    }
}
