package muster.planner.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code muster catalog}: the data that plans are made from. */
@Command(
        name = "catalog",
        description =
                "Shows and checks the catalogue: GPUs, nodes, models, stacks, sites, markets, with their sources.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Examples:", "  muster catalog list", "  muster catalog show hgx-h800"})
final class CatalogCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command of catalog given.");
    }
}
