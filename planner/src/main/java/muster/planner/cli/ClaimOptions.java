package muster.planner.cli;

import muster.planner.profile.Catalogue;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the claim commands have in common: what computes, what is read, and how the answer is written. */
final class ClaimOptions {
    @Mixin
    private BackendOption backend;

    @Mixin
    private CatalogueOption catalogue;

    @Mixin
    private OutputOptions output;

    @Option(names = "--quiet", description = "no progress on stderr; there is none")
    private boolean quiet;

    /** {@return the catalogue, after the other options have been found to be usable} */
    Catalogue open(Console console) throws BadInput {
        output.check(OutputFormat.CSV, OutputFormat.MD, OutputFormat.HTML);
        backend.apply();
        return catalogue.open(console);
    }

    OutputOptions output() {
        return output;
    }
}
