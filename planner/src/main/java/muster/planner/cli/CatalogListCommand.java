package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import muster.planner.profile.Catalogue;
import muster.planner.profile.Catalogue.Kind;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Listed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster catalog list}: every entry by kind. */
@Command(
        name = "list",
        description = "Lists every entry of the catalogue by kind.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, or an entry cannot be read"},
        footer = {"", "Examples:", "  muster catalog list", "  muster catalog list -o json"})
final class CatalogListCommand implements Callable<Integer> {
    private final Console console;

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
        Catalogue catalogue = option.open(console);
        List<Listed> entries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (String name : catalogue.names(kind)) {
                entries.add(new Listed(kind.word(), catalogue.find(kind, name)));
            }
        }
        output.deliver(
                output.isJson()
                        ? CatalogueReport.listJson(entries)
                        : CatalogueReport.listText(entries, output.colour(console)),
                console);
        return ExitCodes.DONE;
    }
}
