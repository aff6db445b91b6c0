package muster.planner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import muster.planner.profile.Catalogue;
import picocli.CommandLine.Option;

/** Which catalogue is read. */
final class CatalogueOption {
    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "a folder laid over the shipped catalogue; a file there replaces the entry of its name")
    private Path overlay;

    boolean isGiven() {
        return overlay != null;
    }

    Catalogue open(Console console) throws BadInput {
        if (overlay != null) {
            BadInput.refuseEmpty("--catalog", overlay.toString());
        }
        if (overlay != null && Files.exists(overlay) && !Files.isDirectory(overlay)) {
            throw new BadInput(
                    "The path (%s) given by --catalog is a file, not a folder.".formatted(overlay),
                    Optional.of("name the folder that holds gpus, nodes, models, stacks, sites or markets."));
        }
        if (overlay != null && !Files.isDirectory(overlay)) {
            throw new BadInput(
                    "The folder (%s) given by --catalog does not exist.".formatted(overlay), Optional.empty());
        }
        return Catalogue.open(
                console.catalogueFolder(),
                Optional.ofNullable(overlay),
                console.stateFolder().map(folder -> folder.resolve("catalogue.trees")));
    }
}
