package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import muster.planner.profile.Catalogue;
import muster.planner.profile.Catalogue.Kind;
import muster.planner.profile.CatalogueListing;
import muster.planner.profile.NearestNames;
import muster.planner.report.CatalogueReport.Listed;
import muster.planner.report.EntryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code muster catalog show NAME}: one entry, each value with its source. */
@Command(
        name = "show",
        description = {
            "Shows an entry: each value with its source, date and confidence, and what other sources say.",
            "Of a file that cannot be read the shipped entry of its name is shown, and the exit code is 2."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, no such entry, or it cannot be read"},
        footer = {
            "",
            "Examples:",
            "  muster catalog show hgx-h800",
            "  muster catalog show H100-80GB",
            "  muster catalog show h800 -o json"
        })
final class CatalogShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            description = "the entry's name, or another name that a GPU or node goes by; one of each kind is shown")
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
        CatalogueListing listing = catalogue.named(name);
        if (listing.read() == 0) {
            throw new BadInput("The catalogue has no entry (%s).".formatted(name), maybe(catalogue));
        }
        listing.problems().forEach(problem -> console.complain(problem.toString()));
        List<Listed> entries =
                listing.found().stream().map(CatalogueFilter::listed).toList();
        if (!entries.isEmpty()) {
            output.deliver(
                    output.isJson() ? EntryReport.json(entries) : EntryReport.text(entries, output.colour(console)),
                    console);
        }
        return listing.problems().isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
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
