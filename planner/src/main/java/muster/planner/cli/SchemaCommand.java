package muster.planner.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.profile.Schemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster schema [KIND]}: the JSON Schema of a kind of file. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of a kind of file, for editors that check YAML while it is written.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage"},
        footer = {"", "Examples:", "  muster schema > scenario.schema.json", "  muster schema node"})
final class SchemaCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "scenario (default), gpu, node, model, stack, site, market, claim or yardsticks")
    private String kind = "scenario";

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!Schemas.KINDS.contains(kind)) {
            throw new BadInput(
                    "There is no schema (%s).".formatted(kind),
                    Optional.of("one of " + String.join(", ", Schemas.KINDS) + "."));
        }
        console.answer(Schemas.json(kind).stripTrailing() + "\n");
        return ExitCodes.DONE;
    }
}
