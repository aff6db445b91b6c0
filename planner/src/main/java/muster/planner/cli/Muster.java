package muster.planner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import muster.planner.domain.UnavailableBackendException;
import muster.planner.profile.ProfileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code muster COMMAND}. */
@Command(
        name = "muster",
        description = "Plans GPU fleets for training large models, and proves how close to the best a plan is.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  muster plan cluster-profiles/scenarios/deepseek-v3.yaml",
            "  muster init my-run && muster plan my-run.yaml --set 'limits.deadline=40 d'",
            "  muster COMMAND --help"
        })
public final class Muster implements Runnable {
    @Spec
    private CommandSpec spec;

    private Muster() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Console console = new Console(
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                properties());
        System.exit(run(args, console));
    }

    static Map<String, String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("muster."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    /** {@return the exit code of the command, its answer written} */
    static int run(String[] args, Console console) {
        int exitCode;
        try {
            exitCode = execute(args, console);
        } catch (Throwable unexpected) { // errors too: whatever happens, one line and exit code 1
            exitCode = internalError(unexpected, console);
        }
        try {
            console.flush();
        } catch (IOException e) {
            console.complain("The answer cannot be written to stdout: " + e.getMessage());
            return ExitCodes.INTERNAL_ERROR;
        }
        return exitCode;
    }

    private static int execute(String[] args, Console console) {
        StringWriter help = new StringWriter();
        int exitCode = commandLine(console).setOut(new PrintWriter(help, true)).execute(args);
        console.answer(help.toString());
        return exitCode;
    }

    static CommandLine commandLine(Console console) {
        CommandLine muster = new CommandLine(new Muster());
        CommandLine catalog = new CommandLine(new CatalogCommand())
                .addSubcommand(new CatalogListCommand(console))
                .addSubcommand(new CatalogShowCommand(console))
                .addSubcommand(new CatalogCheckCommand(console));
        CommandLine claim = new CommandLine(new ClaimCommand())
                .addSubcommand(new ClaimCheckCommand(console))
                .addSubcommand(new ClaimListCommand(console));
        return muster.addSubcommand(new PlanCommand(console))
                .addSubcommand(new FrontierCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new EstimateCommand(console))
                .addSubcommand(new ValidateCommand(console))
                .addSubcommand(claim)
                .addSubcommand(new InitCommand(console))
                .addSubcommand(catalog)
                .addSubcommand(new SchemaCommand(console))
                .addSubcommand(new BackendsCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .setErr(new PrintWriter(console.err(), true))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((badUsage, words) -> usageError(badUsage, console))
                .setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, console));
    }

    /** Without a command there is nothing to do, and that is bad usage. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given.");
    }

    private static int usageError(ParameterException badUsage, Console console) {
        CommandLine command = badUsage.getCommandLine();
        UsageHint hint = UsageHint.of(badUsage);
        console.complain(hint.message(), hint.maybe());
        console.complain("  See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.BAD_INPUT;
    }

    private static int failure(Exception failure, Console console) {
        switch (failure) {
            case BadInput bad -> console.complain(bad.getMessage(), bad.maybe());
            case CannotWrite full -> {
                console.complain(
                        full.getMessage(), Optional.of("choose another file; the answer goes to stdout without one."));
                return ExitCodes.INTERNAL_ERROR;
            }
            case UnavailableBackendException lost ->
                console.complain(
                        lost.getMessage(), Optional.of("leave --backend out; the processor computes the same answer."));
            case ProfileException bad -> bad.problems().forEach(problem -> console.complain(problem.toString()));
            default -> {
                return internalError(failure, console);
            }
        }
        return ExitCodes.BAD_INPUT;
    }

    private static int internalError(Throwable failure, Console console) {
        console.complain("Internal error: "
                + String.valueOf(failure).lines().findFirst().orElse("") + " (MUSTER_DEBUG=1 shows where)");
        if (console.environment("MUSTER_DEBUG").filter("1"::equals).isPresent()) {
            failure.printStackTrace(console.err());
        }
        return ExitCodes.INTERNAL_ERROR;
    }
}
