package muster.planner.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where an answer goes and how it looks. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.Converter.class,
            description = "text (default) or json; csv, md or html where a command has them")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = "--out-file",
            paramLabel = "FILE",
            description = "write the answer there instead of stdout; the file is replaced whole or not at all")
    private String outFile;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = ColourChoice.Converter.class,
            description = "auto (default), always or never; NO_COLOR and TERM=dumb turn auto off")
    private ColourChoice colour = ColourChoice.AUTO;

    boolean isJson() {
        return format == OutputFormat.JSON;
    }

    /** {@return whether the text may carry colour; a file gets it only by command} */
    boolean colour(Console console) {
        return outFile == null ? colour.applies(console) : colour == ColourChoice.ALWAYS;
    }

    OutputFormat format() {
        return format;
    }

    /**
     * Refuses a format that the command does not have, and a file that cannot be written, before any work is done for it.
     *
     * @param further formats besides text and JSON
     */
    void check(OutputFormat... further) throws BadInput {
        boolean known = format == OutputFormat.TEXT
                || format == OutputFormat.JSON
                || List.of(further).contains(format);
        if (!known) {
            throw new BadInput(
                    "(%s) is no output format of this command."
                            .formatted(format.name().toLowerCase(Locale.ROOT)),
                    Optional.of("one of text and json."));
        }
        if (outFile != null) {
            target().check();
        }
    }

    void deliver(String answer, Console console) throws BadInput, CannotWrite {
        if (outFile == null) {
            console.answer(answer);
        } else {
            AtomicFile target = target();
            try {
                target.write(answer);
            } catch (IOException e) {
                throw new CannotWrite(target.path(), e);
            }
        }
    }

    private AtomicFile target() throws BadInput {
        BadInput.refuseEmpty("--out-file", outFile);
        try {
            return new AtomicFile(Path.of(outFile));
        } catch (InvalidPathException e) {
            throw new BadInput("The name (%s) given by --out-file is no path.".formatted(outFile), Optional.empty());
        }
    }
}
