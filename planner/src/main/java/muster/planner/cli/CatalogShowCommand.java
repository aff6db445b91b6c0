package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.profile.Catalogue;
import muster.planner.profile.Catalogue.Kind;
import muster.planner.profile.NearestNames;
import muster.planner.report.CatalogueReport;
import muster.planner.report.CatalogueReport.Listed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code muster catalog show NAME}: one entry, each value with its source. */
@Command(
        name = "show",
        description = "Shows an entry: each value with its source, date and confidence.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, no such entry, or it cannot be read"},
        footer = {"", "Examples:", "  muster catalog show hgx-h800", "  muster catalog show deepseek-v3 -o json"})
final class CatalogShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "the entry's name; one of each kind is shown")
    private String name;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CatalogueOption option;

    CatalogShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Catalogue catalogue = option.open(console);
        List<Listed> entries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (catalogue.names(kind).contains(name)) {
                entries.add(new Listed(kind.word(), catalogue.find(kind, name)));
            }
        }
        if (entries.isEmpty()) {
            throw new BadInput("The catalogue has no entry (%s).".formatted(name), maybe(catalogue));
        }
        output.deliver(
                output.isJson()
                        ? CatalogueReport.showJson(entries)
                        : CatalogueReport.showText(entries, output.colour(console)),
                console);
        return ExitCodes.DONE;
    }

    private Optional<String> maybe(Catalogue catalogue) {
        List<String> names = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            names.addAll(catalogue.names(kind));
        }
        return NearestNames.near(name, names).stream()
                .findFirst()
                .map(near -> near + ".")
                .or(() -> Optional.of("see: muster catalog list"));
    }
}
