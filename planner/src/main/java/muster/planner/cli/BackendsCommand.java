package muster.planner.cli;

import java.util.concurrent.Callable;
import muster.planner.ComputeBackends;
import muster.planner.domain.BackendCensus;
import muster.planner.report.BackendReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster backends}: which back ends run here and how fast. */
@Command(
        name = "backends",
        description = "Says which back ends compute here and how fast; measures for a few seconds.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage"},
        footer = {"", "Examples:", "  muster backends", "  muster backends -o json"})
final class BackendsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private OutputOptions output;

    BackendsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        BackendCensus census = ComputeBackends.measured();
        output.deliver(
                output.isJson() ? BackendReport.json(census) : BackendReport.text(census, output.colour(console)),
                console);
        return ExitCodes.DONE;
    }
}
